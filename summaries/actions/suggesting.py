"""Asks an optional language model for suggestions, keeps what can be traced, and lets a person take or refuse each.

Nothing here changes a summary before a person does: a model that is slow, silent, wrong or hostile costs suggestions.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

import jobs.actions
from accounts.models import Participant
from jobs.models import Job, State
from jobs.registry import Problem
from moderation.actions import record
from realtime.actions import atomic, publish
from summaries import assistant
from summaries.actions.editing import describe_theme, merge_themes, rename_theme
from summaries.models import Build, Citation, Suggested, Suggestion, Translation
from summaries.questions import LANGUAGES, Questions
from summaries.rules import may_build, may_suggest

KIND = "summaries.suggest"
ASKING = gettext_noop("Asking the language model")
SILENT = gettext_noop("The language model does not answer. The summary is complete without it; please try again later.")
FAILURES = 3  # in a row, until it is given up
Progress = Callable[[float, str], None]


@dataclass
class Tally:
    """What came of the questions of one run."""

    asked: int = 0
    kept: int = 0
    refused: int = 0
    failed: int = 0


@atomic()
def start_suggesting(*, build: Build, person: Participant, kinds: Collection[str], language: str) -> Job:
    """Queue the questions about `build`: `kinds` of Suggested, translations into `language`. One run at a time.

    Returns the job, the running one where there is one. Publishes `job.<id>`. Raises PermissionDenied, and
    ValidationError where nothing is asked.
    """
    verdict = may_suggest(person, build)
    if not verdict:
        raise PermissionDenied(verdict.reason)
    wanted = [kind for kind in Suggested.values if kind in kinds]
    if not wanted:
        raise ValidationError(_("Choose what the model is asked."), code="kinds")
    Build.objects.select_for_update(of=("self",)).get(pk=build.pk)
    running = Job.objects.filter(kind=KIND, state__in=[State.QUEUED, State.RUNNING], arguments__build=build.pk).first()
    if running is not None:
        return running
    facts = {"kinds": wanted, "model": assistant.model_name()}
    record(verb="suggestions.ask", person=person, target=f"build:{build.pk}", facts=facts)
    arguments = {"build": build.pk, "kinds": wanted, "language": language if language in LANGUAGES else "id"}
    return jobs.actions.start(kind=KIND, arguments=arguments, owner=person)


def suggest(*, build: Build, kinds: Collection[str], language: str, progress: Progress) -> Tally:
    """Ask about `build`, one question after the other; each answer that holds becomes a Suggestion at once.

    `progress(share, step)` hears how far it is and may raise to stop. Returns the tally. Publishes
    `summary.<consultation>`. Raises Problem after three failures in a row; what was kept until then stays.
    """
    forget_suggestions(build=build, kinds=kinds)
    questions = list(Questions(build, language).all(kinds))
    tally, silent = Tally(), 0
    for number, question in enumerate(questions):
        progress(number / len(questions), ASKING)
        tally.asked += 1
        try:
            made = question()
        except assistant.Unreachable:
            tally.failed, silent = tally.failed + 1, silent + 1
            if silent == FAILURES:
                raise Problem(SILENT) from None
            continue
        silent = 0
        if made:
            tally.kept += keep_suggestions(build=build, made=made)
        else:
            tally.refused += 1
    return tally


@atomic()
def forget_suggestions(*, build: Build, kinds: Collection[str]) -> None:
    """Delete what waits of `kinds`, before they are asked again. Publishes nothing."""
    Suggestion.objects.filter(build=build, kind__in=kinds, taken_at=None, refused_at=None).delete()


@atomic()
def keep_suggestions(*, build: Build, made: list[Suggestion]) -> int:
    """Keep suggestions until a person decides. Returns how many. Publishes `summary.<consultation>`."""
    Suggestion.objects.bulk_create(made)
    publish(build.topic)
    return len(made)


@atomic()
def settle_suggestion(*, suggestion: Suggestion, person: Participant, taken: bool) -> Suggestion:
    """Take a suggestion, which does what a person would do by hand, or refuse it. Once.

    Writes the audit. Returns it. Publishes `summary.<consultation>`. Raises PermissionDenied, and ValidationError where
    it was settled meanwhile or what it is about is gone.
    """
    row = Suggestion.objects.select_for_update(of=("self",)).select_related("build__consultation").get(pk=suggestion.pk)
    verdict = may_build(person, row.build.consultation)
    if not verdict:
        raise PermissionDenied(verdict.reason)
    if row.taken_at or row.refused_at:
        raise ValidationError(_("Somebody else has settled this meanwhile."), code="settled")
    if taken:
        _take(row, person)
        row.taken_at = timezone.now()
    else:
        row.refused_at = timezone.now()
    row.settled_by = person
    row.save(update_fields=["taken_at", "refused_at", "settled_by"])
    facts = {"suggestion": row.pk, "kind": row.kind, "taken": taken, "model": row.machine}
    record(verb="suggestion.settle", person=person, target=f"build:{row.build_id}", facts=facts)
    publish(row.build.topic)
    return row


def _take(row: Suggestion, person: Participant) -> None:
    gone = ValidationError(_("What it is about is gone. Refuse it, or ask again."), code="gone")
    if row.kind == Suggested.TRANSLATION:
        quote = Citation.objects.filter(pk=row.facts["citation"], build=row.build, quote=row.facts["quote"]).first()
        if quote is None:
            raise gone
        fields = {"text": row.text, "machine": row.machine, "made_by": person, "made_at": timezone.now()}
        Translation.objects.update_or_create(citation=quote, language=row.facts["language"], defaults=fields)
        return
    theme = row.build.themes.standing().filter(suggestions=row).select_related("build__consultation").first()
    if theme is None:
        raise gone
    if row.kind == Suggested.TITLE:
        rename_theme(theme=theme, person=person, label=row.text)
    elif row.kind == Suggested.PLAIN:
        describe_theme(theme=theme, person=person, description=row.text)
    elif not row.build.themes.standing().filter(key=row.facts["other"]).exists():
        raise gone
    else:
        merge_themes(build=row.build, person=person, keys=[theme.key, row.facts["other"]], into=theme.key)
