"""What must hold for any ballots: order, adding up and relabelling change nothing; majorities and raised
options win; nobody gets more seats or money than there are."""

import json
from itertools import pairwise, permutations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from methods.counting import Outcome, count
from tests.methods.counting.elections import (
    BUDGETS,
    COSTS,
    OPTIONS,
    RANKED,
    RULES,
    approvals,
    boxes,
    elections,
    patient,
    scores,
    strict,
    untidy,
)

PAIRWISE = ["schulze", "ranked_pairs", "minimax"]
MOVING = ["plurality", "irv", "stv"]
# As methods.md claims it: for these and for no others.
MONOTONE = ["plurality", "approval", "score", "borda", *PAIRWISE, "star", "budget_greedy"]


def lots_drawn(outcome: Outcome) -> bool:
    return any(tie.how == "lot" for tie in outcome.ties)


def text(outcome: Outcome) -> str:
    return json.dumps(outcome.as_dict(), sort_keys=False)


@patient
@given(elections(), st.randoms())
def test_order_of_ballots_and_options_changes_no_byte(election, random) -> None:
    rule, box, settings = election
    shuffled, options = list(box), list(OPTIONS)
    random.shuffle(shuffled)
    if rule != "consent":  # its options go from agreement to objection
        random.shuffle(options)
    assert text(count(rule, options, shuffled, settings)) == text(count(rule, OPTIONS, box, settings))


@patient
@given(elections())
def test_splitting_weights_changes_no_byte(election) -> None:
    rule, box, settings = election
    split = [(ballot, 1) for ballot, weight in box for _ in range(weight)]
    assert text(count(rule, OPTIONS, split, settings)) == text(count(rule, OPTIONS, box, settings))


def relabelled(value, new):
    if value is None or isinstance(value, str | int):
        return new.get(value, value)
    if isinstance(value, dict):
        return {new[option]: points for option, points in value.items()}
    return type(value)(relabelled(one, new) for one in value)


@patient
@given(elections([rule for rule in RULES if rule != "consent"]), st.permutations(OPTIONS))
def test_relabelling_moves_with_the_labels(election, labels) -> None:
    rule, box, settings = election
    new = dict(zip(OPTIONS, labels, strict=True))
    before = count(rule, OPTIONS, box, settings)
    assume(not lots_drawn(before))
    if "costs" in settings:
        settings = settings | {"costs": relabelled(settings["costs"], new)}
    after = count(rule, OPTIONS, [(relabelled(ballot, new), weight) for ballot, weight in box], settings)
    assert set(after.winners) == {new[option] for option in before.winners}
    assert [set(group) for group in after.ranking] == [{new[o] for o in group} for group in before.ranking]


@patient
@given(elections())
def test_every_ballot_is_accounted_for(election) -> None:
    rule, box, settings = election
    outcome = count(rule, OPTIONS, box, settings)
    assert outcome.turnout == sum(weight for _, weight in box)
    if rule in MOVING:
        assert {sum(one.totals.values()) + one.exhausted for one in outcome.rounds} == {outcome.valid}


@patient
@given(elections())
def test_no_more_seats_and_no_more_money_than_there_is(election) -> None:
    rule, box, settings = election
    outcome = count(rule, OPTIONS, box, settings)
    assert len(set(outcome.winners)) == len(outcome.winners)
    if rule in BUDGETS:
        assert sum(COSTS[project] for project in outcome.winners) <= settings["budget"]
    elif not outcome.ties or rule not in ("plurality", "approval", "quadratic"):  # which report ties with all names
        assert len(outcome.winners) <= settings.get("seats", 1)
    if rule == "stv" and outcome.valid and outcome.winners:
        assert len(outcome.winners) == min(settings["seats"], len(OPTIONS))


@patient
@given(boxes(strict), st.sampled_from(OPTIONS))
def test_first_choice_of_a_majority_wins(box, favourite) -> None:
    others = sum(weight for _, weight in box)
    box = [*box, ((favourite,), others + 1)]
    rules = ["plurality", "irv", "stv", *PAIRWISE]
    winners = {rule: count(rule, OPTIONS, box).winners for rule in rules}
    assert winners == dict.fromkeys(rules, (favourite,))


@patient
@given(boxes(untidy), st.sampled_from(PAIRWISE))
def test_condorcet_winner_wins_under_every_condorcet_rule(box, rule) -> None:
    outcome = count(rule, OPTIONS, box)
    matrix = outcome.matrix
    assert matrix is not None
    best = [a for a in OPTIONS if all(matrix[a][b] > matrix[b][a] for b in OPTIONS if b != a)]
    assert outcome.winners == tuple(best) or not best


@patient
@given(boxes(untidy))
def test_matrix_is_what_counting_pair_by_pair_gives(box) -> None:
    matrix = count("schulze", OPTIONS, box).matrix
    assert matrix is not None
    places = []
    for ballot, weight in box:
        ranks = [rank if isinstance(rank, tuple) else (rank,) for rank in ballot]
        first = {one: place for place, ids in reversed(list(enumerate(ranks))) for one in ids}
        places.append(({option: first.get(option, 99) for option in OPTIONS}, weight))
    for a, b in permutations(OPTIONS, 2):
        assert matrix[a][b] == sum(weight for place, weight in places if place[a] < place[b])


@patient
@given(boxes(strict))
def test_schulze_winner_is_beaten_by_no_chain(box) -> None:
    """Checked by trying every chain, not by the algorithm that the rule uses."""
    outcome = count("schulze", OPTIONS, box)
    assume(outcome.winners)
    matrix = outcome.matrix
    assert matrix is not None

    def strength(a: str, b: str) -> int:
        between = [o for o in OPTIONS if o not in (a, b)]
        chains = [(a, *mid, b) for size in range(len(between) + 1) for mid in permutations(between, size)]
        return max(min(matrix[x][y] if matrix[x][y] > matrix[y][x] else 0 for x, y in pairwise(one)) for one in chains)

    undefeated = tuple(a for a in OPTIONS if all(strength(a, b) >= strength(b, a) for b in OPTIONS if b != a))
    assert outcome.ranking[0] == undefeated
    assert outcome.winners[0] in undefeated


def raised(rule: str, ballot, winner: str, data):
    """The ballot with the winner raised, the others as they were."""
    if rule in ("approval", "budget_greedy"):
        return ballot | {winner}
    if rule in ("score", "star"):
        return ballot | {winner: data.draw(st.integers(ballot.get(winner) or 0, 5))}
    place = data.draw(st.integers(0, ballot.index(winner) if winner in ballot else len(ballot)))
    rest = tuple(option for option in ballot if option != winner)
    return (*rest[:place], winner, *rest[place:])


@pytest.mark.parametrize("rule", MONOTONE)
def test_raising_a_winner_on_a_ballot_never_unseats_it(rule: str) -> None:
    kind = {"approval": approvals, "budget_greedy": approvals, "score": scores, "star": scores}.get(rule, strict)
    settings = {"budget": 70, "costs": COSTS} if rule == "budget_greedy" else {}

    @patient
    @given(boxes(kind), st.data())
    def raise_it(box, data) -> None:
        before = count(rule, OPTIONS, box, settings)
        assume(before.winners and not before.ties)
        index = data.draw(st.integers(0, len(box) - 1))
        winner = data.draw(st.sampled_from(before.winners))
        ballot, weight = box[index]
        better = [*box[:index], (raised(rule, ballot, winner, data), weight), *box[index + 1 :]]
        assert winner in count(rule, OPTIONS, better, settings).winners

    raise_it()


def test_raising_the_winner_of_a_run_off_can_unseat_it() -> None:
    """Why it is not claimed: ten ballots raise the winner, so that another one goes out first."""
    before = [(("a",), 39), (("b", "c"), 35), (("c", "a"), 26)]
    after = [(("a",), 49), (("b", "c"), 25), (("c", "a"), 26)]
    assert count("irv", "abc", before).winners == ("a",)
    assert count("irv", "abc", after).winners == ("c",)


@pytest.mark.parametrize("rule", ["plurality", "approval", "score", "borda"])
def test_one_more_ballot_that_puts_a_winner_first_never_unseats_it(rule: str) -> None:
    """As methods.md claims it: for rules that add up."""
    kind = {"approval": approvals, "score": scores}.get(rule, strict)

    @patient
    @given(boxes(kind), st.data())
    def add_it(box, data) -> None:
        before = count(rule, OPTIONS, box)
        assume(before.winners and not before.ties)
        (winner,) = before.winners
        if rule == "approval":
            more = data.draw(approvals) | {winner}
        elif rule == "score":
            more = data.draw(scores) | {winner: 5}
        else:
            more = (winner, *(one for one in data.draw(strict) if one != winner))
        assert count(rule, OPTIONS, [*box, (more, data.draw(st.integers(1, 9)))]).winners == (winner,)

    add_it()


def test_one_more_ballot_that_puts_the_winner_first_can_unseat_it_under_star() -> None:
    """Why it is claimed for rules that add up only: it makes another one a finalist, who beats the winner."""
    box = [({"a": 2, "b": 5, "c": 2}, 4), ({"a": 2, "b": 1, "c": 4}, 5), ({"a": 3, "b": 2, "c": 1}, 3)]
    assert count("star", "abc", box).winners == ("b",)
    assert count("star", "abc", [*box, ({"a": 4, "b": 5, "c": 1}, 2)]).winners == ("a",)


@patient
@given(elections(), st.sampled_from(["id", "en"]))
def test_every_outcome_can_be_explained(election, language) -> None:
    rule, box, settings = election
    sentences = count(rule, OPTIONS, box, settings).explain(language)
    assert len(sentences) > 1
    assert [one for one in sentences if not one.endswith(".") or "{" in one] == []


def test_rules_of_these_tests_are_all_rules() -> None:
    from methods.counting import RULES as ALL

    assert sorted(RULES) == sorted(ALL)
    assert set(RANKED) <= set(ALL)
