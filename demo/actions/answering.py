"""Builds the stories' summaries, decides about themes with reasons, publishes, and shows the text that changed."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from accounts.models import Participant
from consultations.models import Clause, Consultation
from demo.actions.people import Crowd
from demo.actions.preparing import add_text, on_day
from demo.stories import Answer, Story, town
from demo.stories.school import OTHER
from realtime.actions import atomic
from summaries.actions import begin_build, decide_theme, make_build, publish_build, rename_theme
from summaries.actions.wording import set_census, translate_quote, write_easy_read
from summaries.models import Build, Citation, EasyRead, Edit, Theme, ThemeDecision


@atomic()
def summarise(*, story: Story, consultation: Consultation, crowd: Crowd) -> Build | None:
    """Build the summary of `story`, decide about the themes that it answers, and publish it where it was answered.

    Later texts of the draft are published, because reasons point into them. Returns the summary, if there is one.
    """
    for number in range(2, len(story.versions) + 1):
        add_text(story=story, number=number, consultation=consultation, crowd=crowd)
    if story.summary is None:
        return None
    analyst = crowd.known["analyst"]
    build = make_build(build=begin_build(person=analyst, consultation=consultation), progress=lambda share, step: None)
    at = on_day(story.summary)
    _answer_themes(story, build, analyst, at)
    if story.answered is not None:
        _write_beside(story, build, analyst)
        publish_build(build=build, person=analyst)
        Build.objects.filter(pk=build.pk).update(published_at=on_day(story.answered))
    Edit.objects.filter(build=build).update(at=at + timedelta(hours=2))
    Build.objects.filter(pk=build.pk).update(created_at=at, finished_at=at + timedelta(seconds=9))
    return build


def _answer_themes(story: Story, build: Build, analyst: Participant, at: datetime) -> None:
    """Decide about each theme that has an answer; where all must have one, the rest is outside the consultation."""
    clauses = {clause.number: clause for clause in _newest_clauses(build.consultation)}
    found = _matched(story.answers, list(build.themes.standing()))
    for theme in build.themes.standing().order_by("number"):
        answer = found.get(theme.pk)
        if answer is not None:
            rename_theme(theme=theme, person=analyst, label=answer.label)
        elif story.answered is None:
            continue
        else:
            answer = OTHER
        decision = decide_theme(
            theme=theme,
            person=analyst,
            outcome=answer.outcome,
            reason=answer.reason,
            clause=clauses.get(answer.clause),
        )
        ThemeDecision.objects.filter(pk=decision.pk).update(decided_at=at + timedelta(days=1, hours=theme.number))
        Theme.objects.filter(pk=theme.pk, renamed_at__isnull=False).update(renamed_at=at + timedelta(hours=2))


def _write_beside(story: Story, build: Build, analyst: Participant) -> None:
    """What people add to a summary: easy language, translations of quotes, census figures."""
    consultation = build.consultation
    for language, body in story.easy().items():
        write_easy_read(consultation=consultation, person=analyst, language=language, body=body)
    EasyRead.objects.filter(consultation=consultation).update(written_at=on_day(story.answered or 0))
    quoted = {one.quote: one for one in Citation.objects.filter(build=build).exclude(quote="")}
    for quote, language, text in story.translations():
        if quote in quoted:
            translate_quote(citation=quoted[quote], person=analyst, language=language, text=text)
    rows: list[list[str | int]] = [
        [code, name, town.INHABITANTS[code]] for code, _above, name in town.AREAS if code in town.INHABITANTS
    ]
    source, as_of = town.CENSUS
    set_census(consultation=consultation, person=analyst, rows=rows, source=source, as_of=as_of)


def _matched(answers: Sequence[Answer], themes: Sequence[Theme]) -> dict[int, Answer]:
    """An answer for each theme that has one, those that fit best first; each answer once."""
    pairs = [(_fits(answer, theme), theme, answer) for theme in themes for answer in answers]
    found: dict[int, Answer] = {}
    for fit, theme, answer in sorted(pairs, key=lambda pair: (-pair[0], pair[1].number)):
        if fit and theme.pk not in found and answer not in found.values():
            found[theme.pk] = answer
    return found


def _fits(answer: Answer, theme: Theme) -> int:
    """How many of the answer's words stand in the theme's name and phrases."""
    words = " ".join([theme.found_label, *theme.phrases]).casefold()
    return sum(word in words for word in answer.words)


def _newest_clauses(consultation: Consultation) -> list[Clause]:
    document = consultation.documents.first()
    version = document.current() if document else None
    return list(version.clauses.all()) if version else []
