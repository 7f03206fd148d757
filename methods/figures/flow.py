"""A run-off as a picture: rounds are columns, options are lanes, ribbons are votes that stay or move on.

Lanes keep their height on the page and one scale for all, so that heights can be compared anywhere. Many
rounds are shown as the first and the last ones, many options as the strongest and one lane for the others;
the table has all.

>>> from methods.counting import count
>>> outcome = count("irv", ["a", "b", "c"], [(("a",), 4), (("b", "c"), 3), (("c", "b"), 2)])
>>> drawing = rounds_flow(outcome.rounds, {"a": "Pasar", "b": "Taman", "c": "Parkir"})
>>> [(lane.label, [node.count for node in lane.nodes]) for lane in drawing.lanes]
[('Taman', [3, 5]), ('Pasar', [4, 4]), ('Parkir', [2])]
"""

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

from .flow_shapes import FlowRow, Heading, Lane, Node, Ribbon, RoundLike, RoundsFlow
from .lettering import TEXT, WIDTH, check_key, near, wrap

NODE = 10.0
TALL = 200.0
HEAD = 24.0
ABOVE = 40.0
BELOW = 14.0
OTHERS = "others"
EXHAUSTED = "exhausted"

Votes = Mapping[str, int]
Number = Callable[[int], str]


def rounds_flow(
    rounds: Sequence[RoundLike],
    names: Mapping[str, str],
    *,
    number: Number = str,
    columns: int = 5,
    lanes: int = 7,
    key: str = "rounds",
) -> RoundsFlow:
    """Lay out a run-off.

    rounds: all of them, the first with every option. names: labels by id. number: how counts are written.
    columns, lanes: how many rounds and options are drawn at most (two or more). Raises ValueError when there
    is no round.
    """
    if not rounds:
        raise ValueError("a run-off has at least one round")
    order = _order(rounds)
    strongest = order if len(order) <= lanes + 1 else order[:lanes]
    home = {option: option if option in strongest else OTHERS for option in order}
    keys = list(dict.fromkeys([*home.values(), EXHAUSTED]))
    shown = _shown(len(rounds), columns)
    votes = [_votes(rounds[index], home) for index in shown]
    scale = TALL / max(sum(votes[0].values()), 1)
    keys = [one for one in keys if any(one in count for count in votes)]
    tops, height = _tops(keys, votes, scale)
    xs = [near(place * (WIDTH - NODE) / max(len(shown) - 1, 1)) for place in range(len(shown))]
    winners = frozenset(rounds[-1].elected)
    ribbons: list[Ribbon] = []
    for place, (index, after) in enumerate(pairwise(shown)):
        if after == index + 1:
            moves = _moves(rounds[index], rounds[after], home)
            ends = (xs[place] + NODE, xs[place + 1])
            ribbons += _ribbons(moves, (votes[place], votes[place + 1]), ends, tops, scale)
    return RoundsFlow(
        key=check_key(key),
        width=WIDTH,
        height=height,
        headings=_headings(shown, xs),
        lanes=tuple(
            _lane(one, names, one in winners, _nodes(one, votes, xs, tops[one], scale, number)) for one in keys
        ),
        ribbons=tuple(ribbons),
        rounds=tuple(range(1, len(rounds) + 1)),
        table=_table(rounds, order, names, number, winners),
    )


def _order(rounds: Sequence[RoundLike]) -> list[str]:
    """Options, the winner first, then by how long and how strongly they stayed in."""
    last = rounds[-1]
    left = sorted(last.totals, key=lambda option: (option not in last.elected, -last.totals[option], option))
    out = [option for one in rounds for option in one.eliminated]
    return [*left, *reversed(out)]


def _shown(rounds: int, columns: int) -> list[int]:
    """Indexes of the rounds that are drawn: all, or the first and the last ones."""
    if rounds <= columns:
        return list(range(rounds))
    return [0, *range(rounds - columns + 1, rounds)]


def _votes(one: RoundLike, home: Mapping[str, str]) -> dict[str, int]:
    """Votes of each lane that is still in, and of the exhausted ballots where there are any."""
    votes: dict[str, int] = {}
    for option, count in one.totals.items():
        votes[home[option]] = votes.get(home[option], 0) + count
    return votes | ({EXHAUSTED: one.exhausted} if one.exhausted else {})


def _tops(keys: Sequence[str], votes: Sequence[Votes], scale: float) -> tuple[dict[str, float], float]:
    """Where each lane's nodes begin, and the height of the whole drawing."""
    tops: dict[str, float] = {}
    y = HEAD
    for one in keys:
        tops[one] = near(y + ABOVE)
        y += ABOVE + max(count.get(one, 0) for count in votes) * scale + BELOW
    return tops, near(y)


def _place(x: float, place: int, places: int) -> tuple[float, str]:
    """Where the words of a column stand, so that none leaves the drawing."""
    if place == 0:
        return x, "start"
    return (near(x + NODE), "end") if place == places - 1 else (near(x + NODE / 2), "middle")


def _headings(shown: Sequence[int], xs: Sequence[float]) -> tuple[Heading, ...]:
    headings = []
    for place, (index, x) in enumerate(zip(shown, xs, strict=True)):
        gap = place > 0 and index > shown[place - 1] + 1
        headings.append(Heading(index + 1, *_place(x, place, len(xs)), gap))
    return tuple(headings)


def _nodes(
    one: str, votes: Sequence[Votes], xs: Sequence[float], top: float, scale: float, number: Number
) -> tuple[Node, ...]:
    nodes = []
    for place, (count, x) in enumerate(zip(votes, xs, strict=True)):
        if one in count:
            text_x, anchor = _place(x, place, len(xs))
            size = (NODE, near(count[one] * scale))
            nodes.append(Node(count[one], number(count[one]), x, top, *size, text_x, near(top - 5), anchor))
    return tuple(nodes)


def _lane(one: str, names: Mapping[str, str], winner: bool, nodes: tuple[Node, ...]) -> Lane:
    kind = one if one in (OTHERS, EXHAUSTED) else "option"
    label = names.get(one, one) if kind == "option" else ""
    top = nodes[0].y
    return Lane(kind, label, wrap(label, WIDTH, TEXT, lines=1)[0], near(top - ABOVE + TEXT), winner, nodes)


def _moves(one: RoundLike, after: RoundLike, home: Mapping[str, str]) -> dict[tuple[str, str], int]:
    """Votes from lane to lane at the end of a round; empty when several lanes went out at once, as then no
    figure says whose votes went where."""
    sources = {home[option] for option in one.eliminated}
    if len(sources) != 1:
        return {}
    source = sources.pop()
    moves: dict[tuple[str, str], int] = {}
    for option, count in one.transfers.items():
        pair = (source, home[option])
        moves[pair] = moves.get(pair, 0) + count
    lost = after.exhausted - one.exhausted
    return moves | ({(source, EXHAUSTED): lost} if lost > 0 else {})


def _ribbons(
    moves: Mapping[tuple[str, str], int],
    votes: tuple[Votes, Votes],
    ends: tuple[float, float],
    tops: Mapping[str, float],
    scale: float,
) -> list[Ribbon]:
    """Votes that stay lie on top of a node, those that move leave and arrive below them."""
    before, after = votes
    leaving = {lane: sum(n for (a, b), n in moves.items() if a == lane != b) for lane in before}
    ribbons = []
    out_y, in_y = dict(tops), dict(tops)
    stays = {lane: before[lane] - leaving[lane] for lane in before if lane in after}
    flows = [((lane, lane), count) for lane, count in stays.items()]
    flows += [(pair, count) for pair, count in moves.items() if pair[0] != pair[1]]
    for (source, target), count in flows:
        if count <= 0:
            continue
        thick = count * scale
        kind = "stay" if source == target else "exhaust" if target == EXHAUSTED else "move"
        ribbons.append(Ribbon(kind, count, _path(ends, out_y[source], in_y[target], thick)))
        out_y[source] += thick
        in_y[target] += thick
    return ribbons


def _path(ends: tuple[float, float], start: float, end: float, thick: float) -> str:
    left, right = ends
    middle, y0, y1 = near((left + right) / 2), near(start), near(end)
    low0, low1 = near(start + thick), near(end + thick)
    upper = f"M{left} {y0}C{middle} {y0} {middle} {y1} {right} {y1}"
    return f"{upper}V{low1}C{middle} {low1} {middle} {low0} {left} {low0}Z"


def _table(
    rounds: Sequence[RoundLike],
    order: Sequence[str],
    names: Mapping[str, str],
    number: Number,
    winners: frozenset[str],
) -> tuple[FlowRow, ...]:
    rows = []
    for option in order:
        cells = tuple(number(one.totals[option]) if option in one.totals else "" for one in rounds)
        rows.append(FlowRow("option", names.get(option, option), cells, option in winners))
    rows.append(FlowRow(EXHAUSTED, "", tuple(number(one.exhausted) for one in rounds), False))
    return tuple(rows)
