"""Merging, splitting, moving, naming, reviewing, undoing: the ledger stays whole, and edits survive the next build."""

import random

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.models import Level, Participant
from summaries import actions
from summaries.models import Build, Citation, Edit, Pin, Place, Theme
from tests.factories import make_comment, make_person
from tests.summaries.factories import CAMPAIGN, build_summary, make_heard, publish_summary
from tests.summaries.ledger import check_ledger, picture

pytestmark = pytest.mark.django_db


@pytest.fixture
def build() -> Build:
    return build_summary(make_heard())


@pytest.fixture
def analyst(build: Build) -> Participant:
    return make_person("Ana Lista", role="analyst", organisation=build.consultation.organisation)


def themes_of(build: Build) -> list[Theme]:
    return list(build.themes.standing().order_by("number"))


def sources_of(theme: Theme) -> list[str]:
    return sorted(theme.citations.filter(copy_of="").values_list("source_key", flat=True))


def test_merge_puts_everything_into_one_theme(build, analyst):
    first, second, *others = themes_of(build)
    members = set(first.citations.values_list("source_key", flat=True)) | set(
        second.citations.values_list("source_key", flat=True)
    )
    actions.merge_themes(build=build, person=analyst, keys=[first.key, second.key], into=first.key)
    assert {theme.key for theme in themes_of(build)} == {first.key, *(other.key for other in others)}
    merged = build.themes.get(key=first.key)
    assert set(merged.citations.values_list("source_key", flat=True)) == members
    assert (merged.label, merged.contributions) == (first.label, len(members))
    assert set(merged.phrases) >= {first.phrases[0], second.phrases[0]}
    assert build.themes.get(key=second.key).retired_at is not None
    check_ledger(build)


def test_merge_keeps_decisions_of_both(build, analyst):
    first, second = themes_of(build)[:2]
    actions.decide_theme(theme=first, person=analyst, outcome="adopted", reason="First.")
    actions.decide_theme(theme=second, person=analyst, outcome="not_adopted", reason="Second.")
    before = picture(build)
    actions.merge_themes(build=build, person=analyst, keys=[second.key], into=first.key)
    merged = build.themes.get(key=first.key)
    assert merged.decision.reason == "First."
    assert {one.reason for one in merged.decisions.all()} == {"First.", "Second."}
    undo(build, analyst)
    assert picture(build) == before


def test_decision_of_a_merged_theme_holds_where_the_other_has_none(build, analyst):
    first, second = themes_of(build)[:2]
    actions.decide_theme(theme=second, person=analyst, outcome="partly", reason="Second.")
    actions.merge_themes(build=build, person=analyst, keys=[second.key], into=first.key)
    assert build.themes.get(key=first.key).decision.reason == "Second."


def test_split_makes_a_theme_with_quotes_of_its_own(build, analyst):
    theme = max(themes_of(build), key=lambda one: one.distinct)
    chosen = sources_of(theme)[:2]
    edit = actions.split_theme(build=build, person=analyst, key=theme.key, sources=chosen, label="Atap halte")
    made = build.themes.get(label="Atap halte")
    assert edit.verb == "split"
    assert set(chosen) <= set(made.citations.values_list("source_key", flat=True))
    assert theme.citations.filter(source_key__in=chosen).count() == 0
    assert made.citations.exclude(quote="").exists()
    check_ledger(build)


def test_split_that_leaves_nothing_is_refused(build, analyst):
    theme = themes_of(build)[0]
    before = picture(build)
    with pytest.raises(ValidationError):
        actions.split_theme(build=build, person=analyst, key=theme.key, sources=sources_of(theme), label="Semua")
    assert picture(build) == before


def test_moved_contribution_takes_its_copies_along_and_says_who(build, analyst):
    copies = Citation.objects.filter(build=build, rank=0).exclude(copy_of="")
    original = copies.first().copy_of
    target = next(theme for theme in themes_of(build) if not theme.citations.filter(source_key=original).exists())
    actions.move_contributions(build=build, person=analyst, sources=[copies.first().source_key], to=target.key)
    group = [original, *copies.filter(copy_of=original).values_list("source_key", flat=True)]
    rows = target.citations.filter(source_key__in=group)
    assert rows.count() == len(group) == 4
    assert {row.assigned_by for row in rows} == {analyst}
    assert all(row.assigned_at for row in rows)
    check_ledger(build)


def test_moving_into_no_theme_and_back(build, analyst):
    theme = themes_of(build)[0]
    key = sources_of(theme)[0]
    actions.move_contributions(build=build, person=analyst, sources=[key], to="", origin=theme.key)
    row = Citation.objects.get(build=build, source_key=key, rank=0)
    assert (row.theme, row.place) == (None, Place.UNASSIGNED)
    check_ledger(build)
    actions.move_contributions(build=build, person=analyst, sources=[key], to=theme.key)
    assert theme.citations.filter(source_key=key).exists()
    check_ledger(build)


def test_contribution_in_two_themes_leaves_only_the_one_it_is_moved_out_of(build, analyst):
    first, second, third = themes_of(build)[:3]
    row = first.citations.filter(copy_of="").first()
    also = Citation.objects.create(
        build=build, theme=second, source_key=row.source_key, kind=row.kind, rank=1, place=Place.THEMED,
        person=row.person, language=row.language, stance=row.stance, quote_rank=None,
    )  # fmt: skip
    before = list(Citation.objects.filter(source_key=row.source_key).order_by("rank").values())
    actions.move_contributions(build=build, person=analyst, sources=[row.source_key], to=third.key, origin=second.key)
    also.refresh_from_db()
    assert (also.theme, also.rank) == (third, 1)
    pins = Pin.objects.filter(source_key=row.source_key).order_by("pk").values_list("theme_key", flat=True)
    assert list(pins) == [first.key, third.key]
    actions.merge_themes(build=build, person=analyst, keys=[first.key], into=third.key)
    (kept,) = Citation.objects.filter(build=build, source_key=row.source_key)
    assert (kept.theme, kept.rank) == (third, 0)
    undo(build, analyst)
    undo(build, analyst)
    assert list(Citation.objects.filter(source_key=row.source_key).order_by("rank").values()) == before


def test_theme_that_is_emptied_retires_and_hands_its_decision_on(build, analyst):
    first, second = themes_of(build)[:2]
    actions.decide_theme(theme=second, person=analyst, outcome="partly", reason="Second.")
    everything = sources_of(second)
    actions.move_contributions(build=build, person=analyst, sources=everything, to=first.key, origin=second.key)
    assert second.key not in {theme.key for theme in themes_of(build)}
    assert build.themes.get(key=first.key).decision.reason == "Second."
    check_ledger(build)


def test_rename_describe_and_review_are_undone_one_by_one(build, analyst):
    theme = themes_of(build)[0]
    steps = [picture(build)]
    actions.rename_theme(theme=theme, person=analyst, label="  Halte \n pasar ")
    steps.append(picture(build))
    actions.describe_theme(theme=theme, person=analyst, description="Tentang halte di pasar.")
    steps.append(picture(build))
    actions.review_theme(theme=theme, person=analyst)
    changed = build.themes.get(pk=theme.pk)
    assert (changed.label, changed.description, changed.reviewed_by) == (
        "Halte pasar", "Tentang halte di pasar.", analyst,
    )  # fmt: skip
    for step in reversed(steps):
        undo(build, analyst)
        assert picture(build) == step


def test_changing_a_reviewed_theme_asks_for_another_review(build, analyst):
    first, second = themes_of(build)[:2]
    actions.review_theme(theme=first, person=analyst)
    actions.move_contributions(build=build, person=analyst, sources=sources_of(second)[:1], to=first.key)
    assert build.themes.get(pk=first.pk).reviewed_at is None


@pytest.mark.parametrize("label", ["", "   ", "x" * 161])
def test_name_is_neither_empty_nor_long(build, analyst, label):
    theme = themes_of(build)[0]
    with pytest.raises(ValidationError):
        actions.rename_theme(theme=theme, person=analyst, label=label)
    with pytest.raises(ValidationError):
        actions.split_theme(build=build, person=analyst, key=theme.key, sources=sources_of(theme)[:1], label=label)
    assert build.edits.count() == 0


def test_published_and_superseded_summaries_are_not_edited(build, analyst):
    make_comment(build.consultation, body="Halte pasar perlu peta.", language="id")
    newer = build_summary(build.consultation)
    publish_summary(newer)
    for row in (build, newer):
        theme = themes_of(row)[0]
        with pytest.raises(PermissionDenied):
            actions.rename_theme(theme=theme, person=analyst, label="Nama lain")
        with pytest.raises(PermissionDenied):
            actions.move_contributions(build=row, person=analyst, sources=sources_of(theme)[:1], to="")
    assert Edit.objects.count() == 0


def test_draft_can_follow_a_published_summary_of_the_same_input(build, analyst):
    theme = themes_of(build)[0]
    actions.rename_theme(theme=theme, person=analyst, label="Halte pasar")
    publish_summary(build)
    draft = build_summary(build.consultation)
    assert draft.pk != build.pk
    assert draft.themes.get(key=theme.key).label == "Halte pasar"
    with pytest.raises(actions.Unchanged):
        actions.begin_build(person=analyst, consultation=build.consultation)


def test_others_do_not_edit(build):
    theme = themes_of(build)[0]
    with pytest.raises(PermissionDenied):
        actions.rename_theme(theme=theme, person=make_person(), label="Nama lain")
    with pytest.raises(PermissionDenied):
        actions.correct_place(consultation=build.consultation, person=make_person(), source_key="comment:1", to="")


def test_edit_of_what_somebody_changed_meanwhile_is_refused_with_what_was_done(build, analyst):
    first, second, third = themes_of(build)[:3]
    seen = build.edition
    colleague = make_person("Budi", role="organiser", organisation=build.consultation.organisation)
    actions.rename_theme(theme=first, person=colleague, label="Halte pasar")
    with pytest.raises(actions.Stale) as stale:
        actions.merge_themes(build=build, person=analyst, keys=[second.key], into=first.key, seen=seen)
    assert [(edit.verb, edit.person) for edit in stale.value.edits] == [("rename", colleague)]
    actions.merge_themes(build=build, person=analyst, keys=[second.key], into=third.key, seen=seen)
    with pytest.raises(actions.Stale):
        actions.rename_theme(theme=second, person=colleague, label="Sudah tidak ada")
    assert build.edits.count() == 2


def test_only_the_newest_edit_is_undone(build, analyst):
    first, second = themes_of(build)[:2]
    actions.rename_theme(theme=first, person=analyst, label="Satu")
    actions.rename_theme(theme=second, person=analyst, label="Dua")
    older = build.edits.order_by("pk").first()
    with pytest.raises(actions.Stale):
        actions.undo_edit(build=build, person=analyst, edit=older.pk)
    undo(build, analyst)
    undo(build, analyst)
    with pytest.raises(actions.Stale):
        actions.undo_edit(build=build, person=analyst, edit=older.pk)
    assert [edit.undone_by for edit in build.edits.all()] == [analyst, analyst]


def test_history_keeps_no_words_of_contributions(build, analyst):
    first, second = themes_of(build)[:2]
    quotes = list(Citation.objects.filter(build=build).exclude(quote="").values_list("quote", flat=True))
    actions.merge_themes(build=build, person=analyst, keys=[second.key], into=first.key)
    actions.split_theme(build=build, person=analyst, key=first.key, sources=sources_of(first)[:2], label="Baru")
    facts = str(list(build.edits.values_list("facts", flat=True)))
    assert not [quote for quote in quotes if quote in facts]


def test_edits_survive_the_next_build(build, analyst):
    first, second, third, *_ = themes_of(build)
    moved = sources_of(third)[0]
    gone = sources_of(third)[1]
    actions.rename_theme(theme=first, person=analyst, label="Halte dan pasar")
    actions.describe_theme(theme=first, person=analyst, description="Letak halte.")
    actions.merge_themes(build=build, person=analyst, keys=[second.key], into=first.key)
    actions.move_contributions(build=build, person=analyst, sources=[moved], to=first.key, origin=third.key)
    actions.move_contributions(build=build, person=analyst, sources=[gone], to="", origin=third.key)
    merged = build.themes.get(pk=first.pk)
    chosen = [key for key in sources_of(merged) if key != moved][:2]
    actions.split_theme(build=build, person=analyst, key=first.key, sources=chosen, label="Terpisah")
    split = build.themes.standing().get(label="Terpisah")
    make_comment(build.consultation, body="Halte pasar perlu tempat sepeda.", language="id")
    then = {theme.key: set(theme.citations.values_list("source_key", flat=True)) for theme in themes_of(build)}
    after = build_summary(build.consultation)
    check_ledger(after)
    kept = after.themes.get(key=first.key)
    assert (kept.label, kept.description) == ("Halte dan pasar", "Letak halte.")
    assert after.themes.get(key=split.key).label == "Terpisah"
    assert not after.themes.filter(key=second.key).exists()
    now = {theme.key: set(theme.citations.values_list("source_key", flat=True)) for theme in themes_of(after)}
    assert now[split.key] >= then[split.key]
    assert moved in now[first.key]
    row = Citation.objects.get(build=after, source_key=gone, rank=0)
    assert (row.place, row.assigned_by) == (Place.UNASSIGNED, analyst)
    pinned = Pin.objects.filter(consultation=build.consultation, theme_key=first.key)
    assert set(pinned.values_list("source_key", flat=True)) <= now[first.key]


def test_review_survives_where_nothing_changed(build, analyst):
    for theme in themes_of(build):
        actions.review_theme(theme=theme, person=analyst)
    held = {theme.key: set(theme.citations.values_list("source_key", flat=True)) for theme in themes_of(build)}
    make_comment(build.consultation, body="Halte pasar terlalu jauh dari pintu timur pasar.", language="id")
    after = build_summary(build.consultation)
    for theme in themes_of(after):
        same = set(theme.citations.values_list("source_key", flat=True)) == held.get(theme.key)
        assert bool(theme.reviewed_at) == same


def test_correct_place_moves_in_a_draft_and_is_kept_for_the_next_summary_otherwise(build, analyst):
    first, second = themes_of(build)[:2]
    key = sources_of(first)[0]
    consultation = build.consultation
    assert actions.correct_place(consultation=consultation, person=analyst, source_key=key, to=second.key) is True
    assert [row.theme.key for row in build.citations.filter(source_key=key)] == [second.key]
    publish_summary(build)
    assert actions.correct_place(consultation=consultation, person=analyst, source_key=key, to=first.key) is False
    assert [row.theme.key for row in build.citations.filter(source_key=key)] == [second.key]
    after = build_summary(consultation)
    assert [row.theme.key for row in after.citations.filter(source_key=key)] == [first.key]


@pytest.mark.parametrize("seed", range(4))
def test_any_walk_of_edits_keeps_the_ledger_whole_and_is_undone_exactly(build, analyst, seed):
    dice = random.Random(seed)
    pictures = [picture(build)]
    for _step in range(12):
        if len(pictures) > 2 and dice.random() < 0.2:
            undo(build, analyst)
            pictures.pop()
            assert picture(build) == pictures[-1]
        else:
            edited = step(build, analyst, dice)
            pictures += [picture(build)] if edited else []
        check_ledger(build)
    while len(pictures) > 1:
        undo(build, analyst)
        pictures.pop()
        assert picture(build) == pictures[-1]


def step(build: Build, analyst: Participant, dice: random.Random) -> bool:
    """One edit by lot; False where that one was refused."""
    standing = themes_of(build)
    theme = dice.choice(standing)
    others = [one for one in standing if one != theme]
    act = dice.choice(["merge", "split", "move", "none", "new", "adopt", "review", "rename"])
    said = {"build": build, "person": analyst}
    free = list(Citation.objects.filter(build=build, place=Place.UNASSIGNED).values_list("source_key", flat=True))
    some = dice.sample(sources_of(theme), min(2, theme.distinct))
    edits = {
        "merge": lambda: actions.merge_themes(**said, keys=[dice.choice(others).key, theme.key], into=theme.key),
        "split": lambda: actions.split_theme(**said, key=theme.key, sources=some, label="Terpisah"),
        "move": lambda: actions.move_contributions(**said, sources=some, to=dice.choice(others).key, origin=theme.key),
        "none": lambda: actions.move_contributions(**said, sources=some, to="", origin=theme.key),
        "new": lambda: actions.move_contributions(**said, sources=some, to=actions.NEW, label="Baru"),
        "adopt": lambda: actions.move_contributions(**said, sources=free[:2], to=theme.key),
        "review": lambda: actions.review_theme(theme=theme, person=analyst),
        "rename": lambda: actions.rename_theme(theme=theme, person=analyst, label=f"Nama {dice.random()}"),
    }
    before = build.edits.count()
    try:
        edits[act]()
    except (ValidationError, IndexError):
        return False
    return build.edits.count() > before


def undo(build: Build, person: Participant) -> Edit:
    newest = build.edits.filter(undone_at=None).first()
    assert newest is not None
    return actions.undo_edit(build=build, person=person, edit=newest.pk)


def test_campaign_is_counted_three_ways(build):
    (campaign,) = build.campaigns.all()
    assert (campaign.contributions, campaign.distinct, campaign.contributors, campaign.anonymous) == (4, 1, 4, 0)
    assert campaign.levels == {str(Level.EMAIL): 4}
    held = build.themes.standing().filter(citations__source_key=campaign.original).first()
    assert held.outside_campaigns == held.contributions - 4
    assert CAMPAIGN in {one.body for one in build.consultation.comments.all()}
