"""Two analysts at once: on a real database with real connections, one edit comes after the other and none is lost."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection, connections, transaction

from summaries import actions
from summaries.models import Build
from tests.factories import make_comment, make_person
from tests.summaries.factories import build_summary, make_heard
from tests.summaries.ledger import check_ledger

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has one writer at a time"),
]


def together(*works: Callable[[], object]) -> list[object]:
    """What each of `works` returned or raised, done at the same moment."""
    gate = threading.Barrier(len(works))
    found: list[object] = [None] * len(works)

    def run(number: int, work: Callable[[], object]) -> None:
        gate.wait()
        try:
            found[number] = work()
        except Exception as problem:
            found[number] = problem
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return found


@pytest.fixture
def build() -> Build:
    return build_summary(make_heard())


def analysts(build: Build, many: int) -> list:
    own = build.consultation.organisation
    return [make_person(f"Analyst {number}", role="analyst", organisation=own) for number in range(many)]


def test_two_merges_of_one_theme_leave_one_done_and_one_refused(build):
    first, second, third = build.themes.standing()[:3]
    one, other = analysts(build, 2)
    seen = build.edition
    found = together(
        lambda: actions.merge_themes(build=build, person=one, keys=[second.key], into=first.key, seen=seen),
        lambda: actions.merge_themes(build=build, person=other, keys=[second.key], into=third.key, seen=seen),
    )
    assert sorted(type(result).__name__ for result in found) == ["Edit", "Stale"]
    check_ledger(build)
    assert build.edition == build.edits.count() == 1


def test_edits_of_different_themes_are_all_kept(build):
    themes = list(build.themes.standing()[:4])
    people = analysts(build, 4)
    found = together(
        *(
            lambda theme=theme, person=person: actions.rename_theme(
                theme=theme, person=person, label=f"Nama {theme.pk}", seen=0
            )
            for theme, person in zip(themes, people, strict=True)
        )
    )
    assert not [result for result in found if isinstance(result, Exception)]
    check_ledger(build)
    assert build.edition == build.edits.count() == 4
    assert {build.themes.get(pk=theme.pk).label for theme in themes} == {f"Nama {theme.pk}" for theme in themes}


def test_undo_pressed_twice_at_once_undoes_one_edit(build):
    first, second = build.themes.standing()[:2]
    one, other = analysts(build, 2)
    actions.rename_theme(theme=first, person=one, label="Satu")
    newest = actions.merge_themes(build=build, person=one, keys=[second.key], into=first.key)
    found = together(
        lambda: actions.undo_edit(build=build, person=one, edit=newest.pk),
        lambda: actions.undo_edit(build=build, person=other, edit=newest.pk),
    )
    assert sorted(type(result).__name__ for result in found) == ["Edit", "Stale"]
    check_ledger(build)
    assert build.edits.filter(undone_at=None).count() == 1
    assert build.themes.get(pk=first.pk).label == "Satu"


def test_edit_and_publication_do_not_cross(build):
    first, second = build.themes.standing()[:2]
    one, other = analysts(build, 2)
    together(
        lambda: actions.merge_themes(build=build, person=one, keys=[second.key], into=first.key),
        lambda: actions.publish_build(build=build, person=other),
    )
    build.refresh_from_db()
    assert build.is_published
    check_ledger(build)
    assert not [edit for edit in build.edits.all() if edit.at > build.published_at]


@pytest.mark.parametrize("work", ["rename", "decide"])
def test_what_is_done_while_the_next_summary_is_written_is_carried_into_it(build, work):
    theme = build.themes.standing()[0]
    (person,) = analysts(build, 1)
    make_comment(build.consultation, body="Halte pasar perlu peta.", language="id")
    next_one = actions.begin_build(person=person, consultation=build.consultation)
    writing = threading.Event()

    def make() -> None:
        try:
            actions.make_build(build=next_one, progress=lambda share, step: writing.set() if share >= 0.95 else None)
        finally:
            connections.close_all()

    thread = threading.Thread(target=make)
    with transaction.atomic():
        if work == "rename":
            actions.rename_theme(theme=theme, person=person, label="Nama baru")
        else:
            actions.decide_theme(theme=theme, person=person, outcome="adopted", reason="Ditambah.")
        thread.start()
        assert writing.wait(30)
        thread.join(1)
    thread.join(30)
    carried = next_one.themes.get(key=theme.key)
    told = carried.label if work == "rename" else carried.decisions.get().reason
    assert told == {"rename": "Nama baru", "decide": "Ditambah."}[work]
