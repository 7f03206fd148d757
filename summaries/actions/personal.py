"""Notes what looks like personal data in what was heard, and what people decided to keep. Masked unless kept."""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts.models import Participant
from moderation.actions import record
from realtime.actions import atomic, publish
from summaries.actions.exporting import drop_exports
from summaries.actions.packaging import request_package
from summaries.models import Build, Export, PersonalFind
from summaries.personal import find_in
from summaries.rules import may_build
from summaries.sources import Contribution

BATCH = 1000


@atomic()
def write_finds(*, build: Build, before: Build | None, heard: Iterable[Contribution]) -> int:
    """Note the personal data in `heard`; what people kept in the summary `before` is kept here, if it was not changed.

    Called inside the transaction of a build. Returns how much was found; publishes nothing.
    """
    earlier = PersonalFind.objects.filter(build=before).exclude(kept_at=None) if before else PersonalFind.objects.none()
    kept = {(one.source_key, one.kind, one.start, one.end): one for one in earlier}
    rows = []
    for said in heard:
        for one in find_in(said.body):
            old = kept.get((said.source_key, one.kind, one.start, one.end))
            rows.append(
                PersonalFind(
                    build=build, source_key=said.source_key, kind=one.kind, start=one.start, end=one.end,
                    kept_by_id=old.kept_by_id if old else None, kept_at=old.kept_at if old else None,
                )
            )  # fmt: skip
    PersonalFind.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)
    return len(rows)


@atomic()
def keep_find(*, find: PersonalFind, person: Participant, kept: bool) -> PersonalFind:
    """Decide that a find may be read by everybody (`kept`), or mask it again. Who decided and when is recorded.

    Files made before are deleted. Writes the audit. Returns the find. Publishes `summary.<consultation>`. Raises
    PermissionDenied.
    """
    row = PersonalFind.objects.select_for_update(of=("self",)).select_related("build__consultation").get(pk=find.pk)
    verdict = may_build(person, row.build.consultation)
    if not verdict:
        raise PermissionDenied(verdict.reason)
    if kept == (row.kept_at is not None):
        return row
    row.kept_by, row.kept_at = (person, timezone.now()) if kept else (None, None)
    row.save(update_fields=["kept_by", "kept_at"])
    facts = {"build": row.build_id, "source": row.source_key, "kind": row.kind, "kept": kept}
    record(
        verb="personal.keep" if kept else "personal.mask", person=person, target=f"build:{row.build_id}", facts=facts
    )
    drop_exports(exports=Export.objects.filter(consultation=row.build.consultation_id))
    request_package(build=row.build)
    publish(row.build.topic)
    return row
