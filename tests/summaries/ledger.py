"""What must hold of a build after any edit, and a picture of it that is equal only where everything is equal."""

from collections import Counter
from typing import Any

from summaries.actions.counting import COUNTED
from summaries.models import Build, Citation, Pin, Place, ThemeDecision
from summaries.sources import gather


def check_ledger(build: Build) -> None:
    """The ledger adds up, each contribution has one place, every count equals a recount from the rows."""
    build.refresh_from_db()
    ledger = Citation.objects.filter(build=build, rank=0)
    keys = list(ledger.values_list("source_key", flat=True))
    assert len(keys) == len(set(keys)) == build.count("n")
    assert set(Citation.objects.filter(build=build).values_list("source_key", flat=True)) == set(keys)
    places = Counter(ledger.values_list("place", flat=True))
    assert {place: build.count(place) for place in Place.values} == {place: places[place] for place in Place.values}
    assert sum(places.values()) == build.count("n")
    pairs = list(Citation.objects.filter(build=build, theme__isnull=False).values_list("source_key", "theme"))
    assert len(pairs) == len(set(pairs))
    bodies = {one.source_key: one.body for one in gather(build.consultation).contributions}
    for row in Citation.objects.filter(build=build).exclude(quote=""):
        assert bodies[row.source_key][row.start : row.end] == row.quote
    homes: dict[str, set[int | None]] = {}
    for key, theme in Citation.objects.filter(build=build).values_list("source_key", "theme"):
        homes.setdefault(key, set()).add(theme)
    for key, original in ledger.exclude(copy_of="").values_list("source_key", "copy_of"):
        assert homes[key] == homes[original]
    check_themes(build)


def check_themes(build: Build) -> None:
    """Standing themes are numbered by contributors and count what they hold; the others hold nothing."""
    standing = list(build.themes.standing().order_by("number"))
    assert [theme.number for theme in standing] == list(range(1, len(standing) + 1))
    order = [(-theme.contributors, -theme.distinct, theme.key) for theme in standing]
    assert order == sorted(order)
    for theme in standing:
        rows = theme.citations.all()
        assert theme.contributions == rows.count() > 0
        assert theme.distinct == rows.filter(copy_of="").count()
        assert theme.contributors == rows.exclude(person=None).values("person").distinct().count()
        assert theme.anonymous == rows.filter(person=None).count()
        assert theme.stances == dict(Counter(rows.exclude(stance="").values_list("stance", flat=True)))
        assert theme.languages == dict(Counter(rows.values_list("language", flat=True)))
        assert theme.kinds == dict(Counter(rows.values_list("kind", flat=True)))
        assert sum(theme.levels.values()) == sum(theme.areas.values()) == theme.contributors
        assert rows.exclude(quote_rank=None).exists()
    assert not Citation.objects.filter(build=build, theme__retired_at__isnull=False).exists()


def picture(build: Build) -> dict[str, Any]:
    """Everything an edit may change, without when and without what only history keeps."""
    build.refresh_from_db()
    fields = ("key", "number", "label", "description", "reviewed_at", "reviewed_by", "phrases", "renamed_at", *COUNTED)
    rows = ("source_key", "theme__key", "rank", "place", "lens", "assigned_by", "assigned_at", "quote", "quote_rank",
            "start", "end")  # fmt: skip
    decided = ("theme__key", "outcome", "reason", "decided_by", "decided_at")
    return {
        "counts": build.counts,
        "themes": list(build.themes.standing().order_by("key").values(*fields)),
        "rows": sorted(Citation.objects.filter(build=build).values_list(*rows), key=str),
        "pins": sorted(Pin.objects.filter(consultation=build.consultation).values_list("source_key", "theme_key")),
        "decisions": sorted(ThemeDecision.objects.filter(theme__build=build).values_list(*decided), key=str),
    }  # fmt: skip
