"""What documents carry beside the themes: campaigns, statements, moderation, who took part, receipts of ballots.

Names nobody: people are counted by group only where `methods.smallcells` allows it, and are pseudonyms that no package
shares with another.
"""

import csv
import io
import secrets
from collections import defaultdict

from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Level
from consultations.models import Consultation
from methods.documents import CampaignEntry, GroupEntry, ModerationEntry, StatementEntry
from methods.smallcells import withheld
from moderation.models import Decision
from opinions.models import Conversation, Statement
from polls.actions import receipts as receipt_rows
from polls.models import Poll
from summaries.models import Build, Citation
from summaries.personal import Mask

PSEUDONYM = 8  # bytes of chance: 2 of a million people meet in one package with a chance of 1 in 30 million


class Pseudonyms(defaultdict[int, str]):
    """Names for people in one package. Made by chance when they are first asked for, and kept nowhere."""

    def __init__(self) -> None:
        super().__init__(lambda: f"p-{secrets.token_hex(PSEUDONYM)}")


def campaigns(build: Build) -> tuple[CampaignEntry, ...]:
    """The campaigns of `build` with their three counts, biggest first."""
    return tuple(
        CampaignEntry(one.original, one.contributions, one.distinct, one.contributors) for one in build.campaigns.all()
    )


def statements(consultation: Consultation, mask: Mask) -> tuple[StatementEntry, ...]:
    """The statements that everybody may read, with their answers."""
    open_to_all = Conversation.objects.visible_to(None).filter(consultation=consultation)
    rows = Statement.objects.shown().filter(conversation__in=open_to_all).select_related(None)
    return tuple(
        StatementEntry(
            one.source_key, mask.text(one.source_key, one.body), one.agree_count, one.disagree_count, one.pass_count
        )
        for one in rows.order_by("conversation", "number")
    )


def moderation(consultation: Consultation) -> tuple[ModerationEntry, ...]:
    """The decisions of moderators that stand, as the public log has them: without names, without the texts."""
    rows = Decision.objects.standing().filter(case__space=consultation.space_id)
    return tuple(
        ModerationEntry(
            kind=str(one.case.content_type.model),
            outcome=str(one.get_outcome_display()),
            rule=str(one.rule or ""),
            reason=one.reasons,
            decided_at=timezone.localtime(one.decided_at),
        )
        for one in rows.select_related("case__content_type", "rule").order_by("decided_at", "pk")
    )


def groups(build: Build) -> tuple[GroupEntry, ...]:
    """Contributors by level of verification and by area; None where a group, or what it would tell, is too small."""
    people = Citation.objects.filter(build=build, rank=0).exclude(person=None).order_by()
    asked = {
        "level": ("person__level", lambda value: str(Level(value).label)),
        "area": ("person__area__name", lambda value: value or _("not said")),
    }
    found = []
    for dimension, (column, label) in asked.items():
        counted = dict(people.values_list(column).annotate(count=Count("person", distinct=True)))
        hidden = withheld(counted)
        found += [
            GroupEntry(dimension, label(value), None if value in hidden else count)
            for value, count in sorted(counted.items(), key=lambda one: str(one[0]))
        ]
    return tuple(found)


def receipts(consultation: Consultation) -> dict[str, bytes]:
    """The receipts of each poll that is over, sorted, as its page publishes them: file name → CSV."""
    files = {}
    for poll in Poll.objects.published().filter(consultation=consultation).order_by("pk"):
        if not poll.is_closed:
            continue
        out = io.StringIO(newline="")
        csv.writer(out, lineterminator="\n").writerows(receipt_rows(poll))
        files[f"polls/{poll.pk}-receipts.csv"] = out.getvalue().encode()
    return files
