"""What must hold for any ballots: order, adding up and relabelling change nothing; majorities and raised
options win."""

from itertools import pairwise, permutations

from hypothesis import assume, given
from hypothesis import strategies as st

from methods.counting import Outcome, count

OPTIONS = ["a", "b", "c", "d"]
RULES = ["plurality", "approval", "irv", "schulze"]

strict = st.lists(st.sampled_from(OPTIONS), unique=True, max_size=4).map(tuple)
rank = st.one_of(
    st.none(),
    st.sampled_from(OPTIONS),
    st.lists(st.sampled_from(OPTIONS), min_size=2, max_size=3).map(tuple),
)
untidy = st.lists(rank, max_size=5).map(tuple)
weights = st.integers(0, 9)


def boxes(ballots: st.SearchStrategy[object]) -> st.SearchStrategy[list[tuple[object, int]]]:
    return st.lists(st.tuples(ballots, weights), max_size=12)


@st.composite
def elections(draw: st.DrawFn) -> tuple[str, list[tuple[object, int]]]:
    rule = draw(st.sampled_from(RULES))
    approvals = st.frozensets(st.sampled_from(OPTIONS))
    return rule, draw(boxes(approvals if rule == "approval" else untidy))


def lots_drawn(outcome: Outcome) -> bool:
    return any(tie.how == "lot" for tie in outcome.ties)


def as_approvals(box: list[tuple[tuple[str, ...], int]]) -> list[tuple[frozenset[str], int]]:
    return [(frozenset(ballot[:2]), weight) for ballot, weight in box]


@given(elections(), st.randoms())
def test_order_of_ballots_and_options_changes_nothing(election, random) -> None:
    rule, box = election
    shuffled, options = list(box), list(OPTIONS)
    random.shuffle(shuffled)
    random.shuffle(options)
    assert count(rule, options, shuffled) == count(rule, OPTIONS, box)


@given(elections())
def test_splitting_weights_changes_nothing(election) -> None:
    rule, box = election
    split = [(ballot, 1) for ballot, weight in box for _ in range(weight)]
    assert count(rule, OPTIONS, split) == count(rule, OPTIONS, box)


@given(elections(), st.permutations(OPTIONS))
def test_relabelling_moves_with_the_labels(election, labels) -> None:
    rule, box = election
    new = dict(zip(OPTIONS, labels, strict=True))

    def relabel(value):
        if value is None or isinstance(value, str):
            return new.get(value, value)
        return type(value)(relabel(one) for one in value)

    before = count(rule, OPTIONS, box)
    assume(not lots_drawn(before))
    after = count(rule, OPTIONS, [(relabel(ballot), weight) for ballot, weight in box])
    assert set(after.winners) == {new[option] for option in before.winners}
    assert [set(group) for group in after.ranking] == [{new[o] for o in group} for group in before.ranking]


@given(elections())
def test_every_ballot_is_accounted_for(election) -> None:
    rule, box = election
    outcome = count(rule, OPTIONS, box)
    assert outcome.turnout == sum(weight for _, weight in box)
    if rule in {"plurality", "irv"}:
        assert {sum(one.totals.values()) + one.exhausted for one in outcome.rounds} == {outcome.valid}


@given(boxes(strict), st.sampled_from(OPTIONS))
def test_first_choice_of_a_majority_wins(box, favourite) -> None:
    others = sum(weight for _, weight in box)
    box = [*box, ((favourite,), others + 1)]
    winners = {rule: count(rule, OPTIONS, box).winners for rule in ("plurality", "irv", "schulze")}
    assert winners == dict.fromkeys(winners, (favourite,))


@given(boxes(untidy))
def test_condorcet_winner_wins_under_schulze(box) -> None:
    outcome = count("schulze", OPTIONS, box)
    matrix = outcome.matrix
    assert matrix is not None
    best = [a for a in OPTIONS if all(matrix[a][b] > matrix[b][a] for b in OPTIONS if b != a)]
    assert outcome.winners == tuple(best) or not best


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


@given(boxes(strict), st.data())
def test_raising_the_winner_on_a_ballot_never_unseats_it(box, data) -> None:
    rule = data.draw(st.sampled_from(["plurality", "approval", "schulze"]))
    before = count(rule, OPTIONS, as_approvals(box) if rule == "approval" else box)
    assume(len(before.winners) == 1 and not before.ties)
    winner = before.winners[0]
    index = data.draw(st.integers(0, len(box) - 1))
    ballot, weight = box[index]
    place = data.draw(st.integers(0, ballot.index(winner) if winner in ballot else len(ballot)))
    rest = tuple(option for option in ballot if option != winner)
    raised = (*box[:index], ((*rest[:place], winner, *rest[place:]), weight), *box[index + 1 :])
    if rule == "approval":
        # raising on an approval ballot is approving as well; the other approvals stay
        sets = as_approvals(box)
        sets[index] = (sets[index][0] | {winner}, weight)
        assert count(rule, OPTIONS, sets).winners == (winner,)
    else:
        assert count(rule, OPTIONS, raised).winners == (winner,)


@given(elections(), st.sampled_from(["id", "en"]))
def test_every_outcome_can_be_explained(election, language) -> None:
    rule, box = election
    sentences = count(rule, OPTIONS, box).explain(language)
    assert len(sentences) > 1
    assert [one for one in sentences if not one.endswith(".") or "{" in one] == []
