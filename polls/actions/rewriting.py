"""Writes rows anew, so that neither their order nor their transaction tells when or by whom they were written."""

import uuid
from secrets import SystemRandom
from typing import Any

from django.db.models import QuerySet

BATCH = 1000


def rewrite(rows: QuerySet[Any], **changed: object) -> None:
    """Delete `rows` and write them again in random order under new keys, with the fields in `changed` as given.

    Their poll must be locked: what is committed between reading and deleting would be lost.
    """
    found = list(rows)
    SystemRandom().shuffle(found)
    rows.delete()
    for row in found:
        row.id = uuid.uuid4()
        vars(row).update(changed)
    rows.model.objects.bulk_create(found, batch_size=BATCH)
