"""What documents carry beside the themes: campaigns, statements, moderation, who took part, ledgers of polls.

Names nobody: people are counted by group only where `methods.smallcells` allows it, and are pseudonyms that no package
shares with another.
"""

import secrets
from collections import defaultdict
from collections.abc import Mapping

from django.db.models import Count
from django.utils import timezone

from accounts.models import Level
from consultations.models import Consultation
from methods.documents import CampaignEntry, GroundEntry, GroupEntry, ModerationEntry, StatementEntry
from methods.smallcells import withheld
from moderation.models import Decision
from opinions.models import Conversation, Statement
from polls.models import PackageFile, Poll
from summaries.ground import Claim, common_ground
from summaries.models import Build, Citation
from summaries.personal import Mask
from summaries.sources import Contribution
from summaries.voices import area_groups

PSEUDONYM = 8  # bytes of chance: 2 of a million people meet in one package with a chance of 1 in 30 million


class Pseudonyms(defaultdict[int, str]):
    """Names for people in one package. Made by chance when they are first asked for, and kept nowhere."""

    def __init__(self) -> None:
        super().__init__(lambda: f"p-{secrets.token_hex(PSEUDONYM)}")


def campaigns(build: Build, said: Mapping[str, Contribution], mask: Mask) -> tuple[CampaignEntry, ...]:
    """The campaigns of `build` with their words, as far as `said` has them, and their three counts, biggest first."""
    found = []
    for one in build.campaigns.all():
        source = said.get(one.original)
        words = mask.text(one.original, source.body) if source else ""
        found.append(CampaignEntry(one.original, one.contributions, one.distinct, one.contributors, text=words))
    return tuple(found)


def grounds(consultation: Consultation, mask: Mask) -> tuple[GroundEntry, ...]:
    """What is shared and what divides in each conversation, statement by statement with its id."""

    def told(claims: list[Claim]) -> tuple[str, ...]:
        return tuple(f"“{one.text}” {one.sentence} [{one.statement.source_key}]" for one in claims)

    return tuple(
        GroundEntry(str(one.conversation.question), told(one.shared), told(one.divided))
        for one in common_ground(consultation, mask)
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
    """Contributors by level of verification and by area; None where a group, or what it would tell, is too small.

    The same groups as on the page, or what one withholds could be reckoned from the other.
    """
    people = Citation.objects.filter(build=build, rank=0).exclude(person=None).order_by()
    counted = dict(people.values_list("person__level").annotate(count=Count("person", distinct=True)))
    hidden = withheld(counted)
    levels = [
        GroupEntry("level", str(Level(level).label), None if level in hidden else counted[level])
        for level in sorted(counted)
    ]
    return (*levels, *(GroupEntry("area", *row) for row in area_groups(build)))


def ledgers(consultation: Consultation) -> dict[str, bytes]:
    """The files with which each counted poll is counted again, as its page publishes them: file name → content."""
    polls = Poll.objects.published().filter(consultation=consultation, closes_at__lte=timezone.now())
    files = PackageFile.objects.filter(poll__in=polls).order_by("poll", "name")
    return {f"polls/{file.poll_id}/{file.name}": bytes(file.content) for file in files}
