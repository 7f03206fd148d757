"""Elections for Hypothesis: a ballot of any kind that a rule reads, untidy ones included, with its settings."""

from collections.abc import Mapping

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

OPTIONS = ["a", "b", "c", "d"]
COSTS = {"a": 40, "b": 25, "c": 60, "d": 25}
RANKED = ["irv", "stv", "schulze", "ranked_pairs", "minimax", "borda"]
SCORED = ["score", "star"]
BUDGETS = ["budget_greedy", "budget_equal_shares"]
RULES = ["plurality", "approval", "quadratic", "consent", *RANKED, *SCORED, *BUDGETS]
# The machine that tests may be slow: how long an example takes proves nothing.
patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])

Box = list[tuple[object, int]]

strict = st.lists(st.sampled_from(OPTIONS), unique=True, max_size=4).map(tuple)
rank = st.one_of(
    st.none(),
    st.sampled_from(OPTIONS),
    st.lists(st.sampled_from(OPTIONS), min_size=2, max_size=3).map(tuple),
)
untidy = st.lists(rank, max_size=5).map(tuple)
choices = st.one_of(st.none(), st.sampled_from(OPTIONS))
approvals = st.frozensets(st.sampled_from(OPTIONS))
scores = st.dictionaries(st.sampled_from(OPTIONS), st.one_of(st.none(), st.integers(0, 5)))
votes = st.dictionaries(st.sampled_from(OPTIONS), st.integers(0, 3))
weights = st.integers(0, 9)


def boxes(ballots: st.SearchStrategy[object]) -> st.SearchStrategy[Box]:
    return st.lists(st.tuples(ballots, weights), max_size=12)


def kinds(rule: str) -> st.SearchStrategy[object]:
    """The ballots of a rule."""
    if rule in SCORED:
        return scores
    if rule in ("approval", *BUDGETS):
        return approvals
    return {"quadratic": votes, "consent": choices, "plurality": st.one_of(choices, untidy)}.get(rule, untidy)


def extra(rule: str) -> st.SearchStrategy[dict[str, object]]:
    """The settings of a rule."""
    given: dict[str, st.SearchStrategy[object]] = {}
    if rule in BUDGETS:
        given = {"budget": st.integers(0, 160), "costs": st.just(COSTS)}
    if rule == "budget_greedy":
        given |= {"variant": st.sampled_from(["skip", "stop", "threshold"]), "threshold": st.integers(0, 9)}
    if rule == "budget_equal_shares":
        given |= {"completion": st.sampled_from(["none", "add1", "add1u", "add1_comparison"])}
    if rule in ("stv", "plurality", "approval", "score", "borda"):
        given = {"seats": st.integers(1, 5)}
    if rule == "consent":
        given = {"limit": st.sampled_from([0, "1/10", "1/3", 1]), "objection": st.just("d")}
    return st.fixed_dictionaries(given)


@st.composite
def elections(draw: st.DrawFn, rules: list[str] = RULES) -> tuple[str, Box, Mapping[str, object]]:
    """A rule, ballots with weights, settings."""
    rule = draw(st.sampled_from(rules))
    return rule, draw(boxes(kinds(rule))), draw(extra(rule))
