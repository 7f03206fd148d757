"""What people do to the draft of the method: merge, split, move, name, describe, review, and take it back.

Every edit leaves who and when, survives the next build, and can be undone exactly. Published summaries stay as they
were read: whoever wants to change one builds the next.
"""

import secrets
from collections.abc import Collection
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Participant
from moderation.actions import record
from moderation.richtext import tidy
from realtime.actions import atomic, publish
from summaries.actions import placing
from summaries.actions.counting import BEHIND, recount
from summaries.actions.deciding import hand_back, hand_over
from summaries.models import Build, Citation, Edit, Theme, Verb
from summaries.rules import may_edit

LABEL = 160
DESCRIPTION = 2000
NEW = "new"  # where contributions go that shall become a theme of their own
NOWHERE = ""


together = atomic  # several edits that are kept all or none


class Stale(Exception):
    """Somebody else changed these themes since the page was opened; `edits` says what was done, newest first."""

    def __init__(self, edits: list[Edit]) -> None:
        super().__init__(len(edits))
        self.edits = edits


@atomic()
def rename_theme(*, theme: Theme, person: Participant, label: str, seen: int | None = None) -> Theme:
    """Give `theme` the name `label` (1 to 160 signs); the method's proposal is kept beside it.

    `seen` is the edition of the build that `person` had in view. Writes the audit. Returns the theme. Publishes
    `summary.<consultation>`. Raises PermissionDenied, Stale, and ValidationError for a name that is empty or too long.
    """
    words = _name(label)
    build, (found,) = _begin(theme.build, person, [theme.key], seen)
    facts = {"fields": _fields([found], "label", "renamed_by_id", "renamed_at"), "label": words}
    found.label, found.renamed_by, found.renamed_at = words, person, timezone.now()
    _end(build, Verb.RENAME, person, [found], facts)
    return found


@atomic()
def describe_theme(*, theme: Theme, person: Participant, description: str, seen: int | None = None) -> Theme:
    """Say in at most 2,000 signs what `theme` is about; empty takes the description away.

    Otherwise like `rename_theme`.
    """
    words = tidy(description)
    if len(words) > DESCRIPTION:
        raise ValidationError(_("The description is too long: at most 2,000 signs."), code="description")
    build, (found,) = _begin(theme.build, person, [theme.key], seen)
    facts = {"fields": _fields([found], "description", "described_by_id", "described_at")}
    found.description, found.described_by, found.described_at = words, person, timezone.now()
    _end(build, Verb.DESCRIBE, person, [found], facts)
    return found


@atomic()
def review_theme(*, theme: Theme, person: Participant, reviewed: bool = True, seen: int | None = None) -> Theme:
    """Note that `person` has read `theme` and finds it right, or (`reviewed` False) that it must be read again.

    Writes the audit. Returns the theme. Publishes `summary.<consultation>`. Raises PermissionDenied and Stale.
    """
    build, (found,) = _begin(theme.build, person, [theme.key], seen)
    if bool(found.reviewed_at) == reviewed:
        return found
    facts = {"fields": _fields([found], "reviewed_by_id", "reviewed_at")}
    found.reviewed_by, found.reviewed_at = (person, timezone.now()) if reviewed else (None, None)
    _end(build, Verb.REVIEW if reviewed else Verb.REOPEN, person, [found], facts)
    return found


@atomic()
def merge_themes(
    *, build: Build, person: Participant, keys: Collection[str], into: str, seen: int | None = None
) -> Edit:
    """Put all contributions of the themes `keys` into the theme `into`, which keeps its name; the others retire.

    Decisions go along: that of `into` holds where it has one, else the newest of the others; all stay readable.
    Writes the audit. Returns the edit. Publishes `summary.<consultation>`. Raises PermissionDenied, Stale, and
    ValidationError for fewer than two themes.
    """
    others = sorted(set(keys) - {into})
    if not others:
        raise ValidationError(_("Choose two themes at least."), code="theme")
    build, (target, *gone) = _begin(build, person, [into, *others], seen)
    facts: dict[str, Any] = {"moves": [], "pins": {}, "retired": [theme.pk for theme in gone]}
    facts["fields"] = _fields([target], "phrases", "reviewed_by_id", "reviewed_at")
    moved: set[str] = set()
    for theme in gone:
        members = set(theme.citations.values_list("source_key", flat=True))
        facts["moves"].append(placing.move_rows(build=build, keys=members, origin=theme, target=target, person=person))
        moved |= members
    facts["pins"] = placing.repin(build=build, old=others, new=into)
    facts["pins"] = placing.pin_rows(build=build, keys=moved, person=person) | facts["pins"]
    facts["decisions"] = hand_over(themes=gone, target=target, person=person)
    target.phrases = list(dict.fromkeys(phrase for theme in (target, *gone) for phrase in theme.phrases[:5]))[:8]
    target.reviewed_by, target.reviewed_at = None, None
    Theme.objects.filter(pk__in=facts["retired"]).update(retired_at=timezone.now())
    facts["names"] = [theme.label for theme in gone]
    return _end(build, Verb.MERGE, person, [target, *gone], facts)


@atomic()
def split_theme(
    *, build: Build, person: Participant, key: str, sources: Collection[str], label: str, seen: int | None = None
) -> Edit:
    """Make the contributions `sources` of the theme `key` a theme of their own, called `label`; copies go along.

    Like `move_contributions`; raises ValidationError as well where nothing would stay behind.
    """
    return _move(build, person, sources, NEW, key, label, seen, Verb.SPLIT)


@atomic()
def move_contributions(
    *,
    build: Build,
    person: Participant,
    sources: Collection[str],
    to: str,
    origin: str = "",
    label: str = "",
    seen: int | None = None,
) -> Edit:
    """Move `sources` (keys of contributions) out of the theme `origin` (empty: out of where the ledger has them).

    `to` is the key of a theme, "" for none, or `NEW` for a new one called `label`. Copies go with their original; what
    stands in further themes stays there too. Each is pinned to where it stands now. Writes the audit. Returns the edit.
    Publishes `summary.<consultation>`. Raises PermissionDenied, Stale, and ValidationError where nothing is chosen,
    nothing would change, or the name is missing.
    """
    return _move(build, person, sources, to, origin, label, seen, Verb.MOVE)


@atomic()
def undo_edit(*, build: Build, person: Participant, edit: int) -> Edit:
    """Take back `edit`, which must be the newest of `build` that is not undone; all is as it was before it.

    Writes the audit. Returns the edit. Publishes `summary.<consultation>`. Raises PermissionDenied, and Stale where
    somebody edited or undid meanwhile.
    """
    build, _none = _begin(build, person, [], None)
    newest = build.edits.filter(undone_at=None).first()
    if newest is None or newest.pk != edit:
        raise Stale(list(build.edits.all()[:3]))
    facts = newest.facts
    concerned = {theme.pk: theme for theme in build.themes.filter(key__in=facts["themes"])}
    Theme.objects.filter(pk__in=facts.get("retired", [])).update(retired_at=None, number=F("number") + BEHIND)
    for move in reversed(facts.get("moves", [])):
        placing.return_rows(build=build, facts=move)
    placing.unquote(rows=facts.get("quoted", []))
    placing.return_pins(build=build, before=facts.get("pins", {}))
    hand_back(facts=facts.get("decisions", {}))
    Theme.objects.filter(pk__in=facts.get("made", [])).update(retired_at=timezone.now())
    for pk, fields in facts.get("fields", {}).items():
        for name, value in fields.items():
            setattr(concerned[int(pk)], name, value)
    _keep_words(build, list(concerned.values()))
    newest.undone_at, newest.undone_by = timezone.now(), person
    newest.save(update_fields=["undone_at", "undone_by"])
    record(verb="theme.undo", person=person, target=f"build:{build.pk}", facts={"edit": newest.pk})
    publish(build.topic)
    return newest


def _move(
    build: Build,
    person: Participant,
    sources: Collection[str],
    to: str,
    origin: str,
    label: str,
    seen: int | None,
    verb: Verb,
) -> Edit:
    if not sources:
        raise ValidationError(_("Choose at least one contribution."), code="source")
    words = _name(label) if to == NEW else ""
    wanted = [key for key in (origin, to) if key not in (NEW, NOWHERE)]
    build, found = _begin(build, person, list(dict.fromkeys(wanted)), seen)
    by_key = {theme.key: theme for theme in found}
    keys = placing.with_copies(build, sources)
    source = by_key.get(origin)
    others = _homes(build, keys, seen) if source is None else []
    target = _new_theme(build, person, words, source) if to == NEW else by_key.get(to)
    moved = placing.move_rows(build=build, keys=keys, origin=source, target=target, person=person)
    if not moved["rows"] and not moved["dropped"]:
        raise ValidationError(_("These contributions stand there already."), code="to")
    if verb == Verb.SPLIT and source is not None and not source.citations.exists():
        raise ValidationError(_("Something must stay in the theme. Rename it instead."), code="source")
    facts: dict[str, Any] = {"moves": [moved], "made": [target.pk] if to == NEW and target else []}
    facts["pins"] = placing.pin_rows(build=build, keys=keys, person=person)
    facts |= {"count": len(keys), "to": target.label if target else "", "from": source.label if source else ""}
    concerned = {theme.pk: theme for theme in [*found, *others, *([target] if target else [])]}
    emptied = [theme for theme in concerned.values() if not theme.citations.exists()]
    facts["fields"] = _fields(list(concerned.values()), "reviewed_by_id", "reviewed_at")
    facts["retired"] = [theme.pk for theme in emptied]
    if target is not None:
        facts["decisions"] = hand_over(themes=emptied, target=target, person=person)
    Theme.objects.filter(pk__in=facts["retired"]).update(retired_at=timezone.now())
    for theme in concerned.values():
        theme.reviewed_by, theme.reviewed_at = None, None
    return _end(build, verb, person, list(concerned.values()), facts)


def _begin(build: Build, person: Participant, keys: list[str], seen: int | None) -> tuple[Build, list[Theme]]:
    """The build, held for this transaction and one edition on, and its themes `keys` in that order."""
    row = Build.objects.select_for_update(of=("self",)).select_related("consultation").get(pk=build.pk)
    verdict = may_edit(person, row)
    if not verdict:
        raise PermissionDenied(verdict.reason)
    found = {theme.key: theme for theme in row.themes.standing().filter(key__in=keys)}
    for theme in found.values():
        theme.build = row
    if len(found) < len(keys) or (seen is not None and any(theme.edition > seen for theme in found.values())):
        raise Stale(edits_since(row, seen if seen is not None else row.edition - 1, keys))
    row.edition += 1
    return row, [found[key] for key in keys]


def edits_since(build: Build, seen: int, keys: Collection[str]) -> list[Edit]:
    """What was done to the themes `keys` (to any, where none is named) after the edition `seen`, newest first."""
    later = build.edits.filter(edition__gt=seen).select_related("person", "undone_by")[:20]
    return [edit for edit in later if not keys or set(keys) & set(edit.facts["themes"])] or list(later[:3])


def _end(build: Build, verb: Verb, person: Participant, themes: list[Theme], facts: dict[str, Any]) -> Edit:
    """Count anew, choose quotes where a theme has none, keep the edit, tell."""
    _keep_words(build, themes)
    if "moves" in facts:
        standing = [theme for theme in themes if theme.pk not in facts["retired"]]
        facts["quoted"] = placing.quote_anew(build=build, themes=standing)
    facts["themes"] = [theme.key for theme in themes]
    facts.setdefault("name", themes[0].label)
    edit = Edit.objects.create(build=build, verb=verb, person=person, facts=facts, edition=build.edition)
    audited = {"build": build.pk, "themes": facts["themes"], "edit": edit.pk}
    record(verb=f"theme.{verb}", person=person, target=f"theme:{themes[0].pk}", facts=audited)
    publish(build.topic)
    return edit


def _keep_words(build: Build, themes: list[Theme]) -> None:
    """Write what an edit changed of `themes` and of the numbers of `build`."""
    words = ["label", "renamed_by", "renamed_at", "description", "described_by", "described_at"]
    for theme in themes:
        theme.edition = build.edition
    Theme.objects.bulk_update(themes, [*words, "reviewed_by", "reviewed_at", "phrases"])
    recount(build=build, themes=themes)
    build.save(update_fields=["counts", "edition"])


def _name(label: str) -> str:
    words = " ".join(tidy(label).split())
    if not 1 <= len(words) <= LABEL:
        raise ValidationError(_("A name has 1 to 160 signs."), code="label")
    return words


def _new_theme(build: Build, person: Participant, label: str, source: Theme | None) -> Theme:
    """A theme that a person made; until it is counted it stands behind all others."""
    return Theme.objects.create(
        build=build, key=f"p-{secrets.token_hex(5)}", number=BEHIND + build.themes.count(), label=label,
        found_label=label, renamed_by=person, renamed_at=timezone.now(), phrases=[], edition=build.edition,
    )  # fmt: skip


def _homes(build: Build, keys: Collection[str], seen: int | None) -> list[Theme]:
    """The themes in which the ledger has `keys`. Raises Stale where somebody moved them there meanwhile."""
    held = Citation.objects.filter(build=build, rank=0, source_key__in=keys).exclude(theme=None).values("theme")
    found = list(build.themes.standing().filter(pk__in=held))
    if seen is not None and any(theme.edition > seen for theme in found):
        raise Stale(edits_since(build, seen, [theme.key for theme in found]))
    return found


def _fields(themes: list[Theme], *names: str) -> dict[str, dict[str, Any]]:
    """What `names` of `themes` hold, as plain values."""

    def plain(value: Any) -> Any:
        return value.isoformat() if hasattr(value, "isoformat") else value

    return {str(theme.pk): {name: plain(getattr(theme, name)) for name in names} for theme in themes}
