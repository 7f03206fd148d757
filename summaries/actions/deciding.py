"""What offices do with a summary: decide about themes with a reason, publish."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Participant
from consultations.models import Clause
from moderation.actions import record
from moderation.richtext import tidy
from realtime.actions import atomic, publish
from summaries.actions.packaging import request_package
from summaries.models import Build, Outcome, Theme, ThemeDecision
from summaries.rules import may_decide, may_publish

REASON = 4000


class Decided(Exception):
    """A colleague decided about the theme since the page was shown: `decision`."""

    def __init__(self, decision: ThemeDecision) -> None:
        super().__init__(str(decision))
        self.decision = decision


@atomic()
def decide_theme(
    *,
    theme: Theme,
    person: Participant,
    outcome: str,
    reason: str,
    clause: Clause | None = None,
    seen: int | None = None,
) -> ThemeDecision:
    """Decide about `theme`: an Outcome, with a reason of 1 to 4,000 signs, and the clause concerned where there is one.

    An earlier decision stays readable; what the same person has just decided in the same words is not written twice.
    `seen` is the id of the decision that the page showed, 0 for none; None: whatever stands is replaced.
    Writes the audit. Returns the decision. Publishes `summary.<consultation>` and `consultation.<id>`.
    Raises PermissionDenied, Decided where another decision stands than was seen, and ValidationError for an empty or
    too long reason, an unknown outcome, a clause of another consultation or a theme that was merged away.
    """
    _hold(theme)
    verdict = may_decide(person, theme)
    if not verdict:
        raise PermissionDenied(verdict.reason)
    if theme.retired_at is not None:
        gone = _("This theme was merged or emptied meanwhile. Please decide about the one that has its contributions.")
        raise ValidationError(gone, code="theme")
    words = tidy(reason)
    if not words:
        raise ValidationError(_("Please give the reason: people will read it."), code="reason")
    if len(words) > REASON:
        raise ValidationError(_("The reason is too long: at most 4,000 signs."), code="reason")
    if outcome not in Outcome.values:
        raise ValidationError(_("Choose what was decided."), code="outcome")
    consultation = theme.build.consultation
    if clause is not None and clause.version.document.consultation_id != consultation.pk:
        raise ValidationError(_("This clause belongs to another consultation."), code="clause")
    newest = theme.decisions.select_related("decided_by").first()
    if newest is not None and newest.says(person, outcome, words, clause):
        return newest
    if newest is not None and seen is not None and newest.pk != seen:
        raise Decided(newest)
    decision = ThemeDecision.objects.create(
        theme=theme, outcome=outcome, reason=words, clause=clause, decided_by=person, decided_at=timezone.now()
    )
    theme.__dict__.pop("decision", None)
    facts = {"build": theme.build_id, "key": theme.key, "decision": decision.pk, "outcome": outcome}
    record(verb="theme.decide", person=person, target=f"theme:{theme.pk}", facts=facts)
    request_package(build=theme.build)
    publish(theme.build.topic, consultation.topic)
    return decision


def _hold(theme: Theme) -> None:
    """Wait for edits of the summary of `theme`, and for a newer one that is being written; see how it stands then."""
    Build.objects.select_for_update(of=("self",)).get(pk=theme.build_id)
    theme.refresh_from_db(fields=["retired_at"])


@atomic()
def publish_build(*, build: Build, person: Participant) -> Build:
    """Let everybody read `build`; an earlier published summary of the consultation gives way to it.

    Writes the audit. Returns the build. Publishes `summary.<consultation>` and `consultation.<id>`.
    Raises PermissionDenied.
    """
    build = Build.objects.select_for_update(of=("self",)).select_related("consultation").get(pk=build.pk)
    verdict = may_publish(person, build)
    if not verdict:
        raise PermissionDenied(verdict.reason)
    build.published_at = timezone.now()
    build.save(update_fields=["published_at"])
    facts = {"build": build.pk, "input": build.input_hash, "undecided": undecided(build)}
    record(verb="summary.publish", person=person, target=f"build:{build.pk}", facts=facts)
    request_package(build=build)
    publish(build.topic, build.consultation.topic)
    return build


def undecided(build: Build) -> int:
    """How many themes of `build` have no decision yet."""
    return build.themes.standing().filter(decisions=None).count()


def hand_over(*, themes: list[Theme], target: Theme, person: Participant) -> dict[str, Any]:
    """Let the decisions of `themes` belong to `target`; where it has one of its own, `person` confirms that one.

    Part of an edit: returns the facts that `hand_back` needs, publishes nothing.
    """
    handed = list(ThemeDecision.objects.filter(theme__in=themes))
    if not handed:
        return {}
    own = target.decisions.first()
    confirmed = None
    if own is not None and any(one.decided_at >= own.decided_at for one in handed):
        confirmed = ThemeDecision.objects.create(
            theme=target, outcome=own.outcome, reason=own.reason, clause_id=own.clause_id, decided_by=person
        )
    ThemeDecision.objects.filter(theme__in=themes).update(theme=target)
    return {"handed": [[one.pk, one.theme_id] for one in handed], "confirmed": confirmed.pk if confirmed else None}


def hand_back(*, facts: dict[str, Any]) -> None:
    """Take back what `hand_over` did. Publishes nothing."""
    for decision, theme in facts.get("handed", []):
        ThemeDecision.objects.filter(pk=decision).update(theme=theme)
    if facts.get("confirmed"):
        ThemeDecision.objects.filter(pk=facts["confirmed"]).delete()
