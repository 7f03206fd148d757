"""Takes words out of summaries that may no longer be shown, and notes it; reading hides them in the meantime."""

from datetime import datetime

from django.db.models import QuerySet

from realtime.actions import atomic, publish
from summaries.actions.exporting import drop_exports
from summaries.actions.packaging import request_package
from summaries.models import Build, Cause, Citation, Export, Reason, Revision, Suggestion, Translation
from summaries.sources import Standing, has_changed_since, standings


def revise_all(*, since: datetime | None = None) -> int:
    """Revise every finished build whose quotes may have lost their source, those with changes after `since` only.

    Each build in a transaction of its own. Returns how many quotes were taken out or came back. Publishes as
    `revise` does.
    """
    builds = Build.objects.finished().select_related("consultation").order_by("pk")
    changed: dict[int, bool] = {}
    count = 0
    for build in builds:
        place = build.consultation_id
        if since is not None and place not in changed:
            changed[place] = has_changed_since(build.consultation, since)
        if since is None or changed[place]:
            count += revise(build=build)
    return count


@atomic()
def revise(*, build: Build) -> int:
    """Compare the quotes of `build` with what people may read now.

    Words that were withdrawn or changed are deleted here too; those that a moderator hid come back when the hiding is
    taken back. On a published build each removal leaves a dated note; numbers stay. Files made before are deleted.
    Returns how many notes and words changed. Publishes `summary.<consultation>` and `consultation.<id>`.
    """
    row = Build.objects.select_for_update(of=("self",)).select_related("consultation").filter(pk=build.pk).first()
    if row is None:
        return 0
    quoted = list(Citation.objects.filter(build=row).exclude(quote_rank=None).exclude(quote=""))
    found = standings(row.consultation, {one.source_key for one in quoted})
    causes = {one.source_key: cause for one in quoted if (cause := _cause(one, found.get(one.source_key)))}
    gone = {key for key, cause in causes.items() if cause != Cause.HIDDEN}
    count = forget_words(build=row, keys=gone) if gone else 0
    hidden = {key for key, cause in causes.items() if cause == Cause.HIDDEN}
    shown_again = {one.source_key for one in quoted} - hidden
    count += Revision.objects.filter(build=row, cause=Cause.HIDDEN, source_key__in=shown_again - gone).delete()[0]
    count += note(build=row, causes=causes)
    if count:
        drop_exports(exports=Export.objects.filter(consultation=row.consultation_id))
        request_package(build=row)
        publish(row.topic, row.consultation.topic)
    return count


@atomic()
def note(*, build: Build, causes: dict[str, str]) -> int:
    """Note on a published `build` why words of contributions (key → Cause) are gone; once for each and cause.

    Returns how many notes are new; publishes nothing.
    """
    if not build.is_published or not causes:
        return 0
    known = Revision.objects.filter(build=build, source_key__in=causes).values_list("source_key", "cause")
    new = sorted(set(causes.items()) - set(known))
    rows = [Revision(build=build, source_key=key, cause=cause) for key, cause in new]
    Revision.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


@atomic()
def forget_words(*, build: Build, keys: set[str]) -> int:
    """Delete from `build` the words of the contributions `keys`: quotes, translations, suggestions that cite them.

    Returns how many quotes it were; publishes nothing.
    """
    rows = Citation.objects.filter(build=build, source_key__in=keys)
    Translation.objects.filter(citation__in=rows).delete()
    cited = [one.pk for one in _suggestions(build) if keys & {cite["key"] for cite in one.facts.get("cites", [])}]
    Suggestion.objects.filter(pk__in=cited).delete()
    return rows.exclude(quote="").update(quote="", start=None, end=None)


def _suggestions(build: Build) -> QuerySet[Suggestion]:
    return Suggestion.objects.filter(build=build)


def _cause(citation: Citation, now: Standing | None) -> str:
    """Why the words of `citation` may not be shown; empty when they may."""
    if now is None or now.reason in (Reason.WITHDRAWN, Reason.EMPTY):
        return Cause.WITHDRAWN
    if now.body[citation.start : citation.end] != citation.quote:
        return Cause.CHANGED
    return Cause.HIDDEN if now.reason else ""
