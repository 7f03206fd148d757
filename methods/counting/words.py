"""The steps of a count in sentences, in Indonesian and English. A recount can leave this module out.

Refuses to know more than the outcome holds: each sentence is a figure from it and what follows.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction

from .outcome import Outcome, Round, Tie
from .phrases import PHRASES, Speaker


def explain(outcome: Outcome, language: str, names: Mapping[str, str]) -> list[str]:
    """The sentences for an outcome: who took part, how the rule works, each step, who is chosen.

    An outcome whose rounds and matrix were taken out, as of a poll too small to publish, is told without them.
    """
    code = language.split("-")[0].lower()
    speaker = Speaker(code if code in PHRASES else "en", names)
    if outcome.winners and not outcome.rounds and outcome.matrix is None:
        turnout, chosen = speaker.number(outcome.turnout), speaker.together(outcome.winners)
        return [speaker.say("withheld", turnout=turnout, names=chosen)]
    figures = ("turnout", "valid", "blank", "invalid")
    opening = speaker.say("cast", **{one: speaker.number(getattr(outcome, one)) for one in figures})
    silent = not outcome.winners and outcome.rule not in MAY_CHOOSE_NOTHING
    if silent or not outcome.valid or (not outcome.rounds and outcome.matrix is None):
        return [opening, speaker.say("nobody")]
    return [opening, *EXPLAIN[outcome.rule](outcome, speaker)]


def _sums(outcome: Outcome, speaker: Speaker) -> Iterator[str]:
    """Single choice, approval, credits."""
    limit = outcome.settings.get("credits" if outcome.rule == "quadratic" else "max_choices")
    how = {"plurality": "single", "approval": "several", "quadratic": "credits"}[outcome.rule]
    yield speaker.say(how if limit is None else f"{how}_max", limit=speaker.number(limit or 0))
    votes = outcome.totals[outcome.winners[-1]]
    said = speaker.number(votes) if outcome.rule == "quadratic" else speaker.votes(votes, outcome.valid)
    kind = "_votes" if outcome.rule == "quadratic" else ""
    tied = outcome.ties[0].options if outcome.ties else ()
    if len(outcome.winners) > len(tied) + (not tied):
        chosen = [option for option in outcome.winners if option not in tied]
        yield speaker.say("round", number="1", totals=speaker.totals(outcome.totals))
        yield speaker.say("seats", seats=speaker.number(len(chosen)), names=speaker.together(chosen))
    elif not tied:
        yield speaker.say(f"most{kind}", name=speaker.name(outcome.winners[0]), votes=said)
    if tied:
        yield speaker.say(f"level{kind}", names=speaker.together(tied), votes=said)
    if outcome.exhausted:
        yield speaker.say("unused", count=speaker.number(outcome.exhausted))


def _consent(outcome: Outcome, speaker: Speaker) -> Iterator[str]:
    yield speaker.say("single")
    for option in outcome.options:
        yield speaker.say(
            "share", name=speaker.name(option), votes=speaker.votes(outcome.totals[option], outcome.valid)
        )
    limit = Fraction(outcome.settings["limit"])
    against = outcome.totals[outcome.settings["objection"]]
    yield speaker.say(
        "passes" if outcome.winners else "fails",
        share=speaker.share(against, outcome.valid),
        limit=speaker.share(limit.numerator, limit.denominator),
    )


def _runoff(outcome: Outcome, speaker: Speaker) -> Iterator[str]:
    yield speaker.say("runoff")
    for number, one in enumerate(outcome.rounds, start=1):
        yield speaker.say("round", number=speaker.number(number), totals=speaker.totals(one.totals))
        settled = _ties(outcome, number, speaker)
        yield from settled
        if not one.eliminated:
            if not settled:
                phrase = "final" if len(one.totals) > 1 else "only"
                yield speaker.say(phrase, name=speaker.name(outcome.winners[0]))
            continue
        if not settled:
            yield speaker.say("out", name=speaker.name(one.eliminated[0]))
        if one.totals[one.eliminated[0]]:
            yield speaker.say("moves", moves=_moves(one, outcome.rounds[number], "stop", speaker))
    if outcome.exhausted:
        yield speaker.say("exhausted", count=speaker.number(outcome.exhausted))


def _transferable(outcome: Outcome, speaker: Speaker) -> Iterator[str]:
    quota = outcome.quota or 0
    said = speaker.number(quota)
    yield speaker.say("quota", seats=speaker.number(outcome.settings["seats"]), quota=said)
    for number, one in enumerate(outcome.rounds, start=1):
        yield speaker.say("round", number=speaker.number(number), totals=speaker.totals(one.totals))
        over = [option for option in one.elected if one.totals[option] >= quota]
        rest = [option for option in one.elected if option not in over]
        if over:
            phrase = "reach" if len(over) > 1 else "reaches"
            yield speaker.say(phrase, name=speaker.name(over[0]), names=speaker.together(over), quota=said)
        if rest:
            yield speaker.say("rest", names=speaker.together(rest))
        settled = _ties(outcome, number, speaker)
        yield from settled
        if one.surplus_of:
            more = speaker.number(one.totals[one.surplus_of] - quota)
            yield speaker.say("surplus", name=speaker.name(one.surplus_of), votes=more)
        elif one.eliminated and not settled:
            yield speaker.say("out", name=speaker.name(one.eliminated[0]))
        if one.surplus_of or (one.eliminated and one.totals[one.eliminated[0]]):
            yield speaker.say("parts", moves=_moves(one, outcome.rounds[number], "part_stop", speaker))


def _moves(one: Round, after: Round, stop: str, speaker: Speaker) -> str:
    order: Sequence[str] = sorted(one.transfers, key=lambda option: (-one.transfers[option], option))
    moves = [speaker.say("move", count=speaker.number(one.transfers[o]), name=speaker.name(o)) for o in order]
    moves.append(speaker.say(stop, count=speaker.number(after.exhausted - one.exhausted)))
    return ", ".join(moves)


def _ties(outcome: Outcome, number: int | None, speaker: Speaker) -> list[str]:
    return [_settled(tie, speaker) for tie in outcome.ties if tie.round == number and tie.how != "reported"]


def _settled(tie: Tie, speaker: Speaker) -> str:
    how = speaker.say(f"by_{tie.how}", by_round=str(tie.by_round))
    names, decided = speaker.together(tie.options), speaker.name(tie.decided or "")
    return speaker.say(f"tie_{tie.what}", names=names, how=how, decided=decided)


def _pairs(outcome: Outcome, speaker: Speaker) -> Iterator[str]:
    matrix = outcome.matrix or {}
    winner = outcome.winners[0]
    yield speaker.say("pairs")
    for other in (option for option in outcome.options if option != winner):
        more, less = speaker.number(matrix[winner][other]), speaker.number(matrix[other][winner])
        yield speaker.say("pair", name=speaker.name(winner), other=speaker.name(other), more=more, less=less)
    if outcome.ties:
        yield from _ties(outcome, None, speaker)
    elif len(outcome.options) == 1:
        yield speaker.say("only", name=speaker.name(winner))
    else:
        beats_all = all(votes > matrix[other][winner] for other, votes in matrix[winner].items())
        otherwise = {"schulze": "chains", "ranked_pairs": "kept", "minimax": "mildest"}[outcome.rule]
        yield speaker.say("beats_all" if beats_all else otherwise, name=speaker.name(winner))


def _points(outcome: Outcome, speaker: Speaker) -> Iterator[str]:
    yield speaker.say("points")
    yield speaker.say("sums", totals=speaker.totals(outcome.totals))
    yield from _best(outcome, speaker)


def _best(outcome: Outcome, speaker: Speaker) -> Iterator[str]:
    """Who has the most points, and how ties were broken."""
    settled = _ties(outcome, 1, speaker)
    yield from settled
    if len(outcome.winners) > 1:
        yield speaker.say("best_points", names=speaker.together(outcome.winners))
    elif not settled:
        yield speaker.say("most_points", name=speaker.name(outcome.winners[0]))


def _scored(outcome: Outcome, speaker: Speaker) -> Iterator[str]:
    lowest, highest = (speaker.number(end) for end in outcome.settings["scale"])
    yield speaker.say("scored", lowest=lowest, highest=highest)
    for option in sorted(outcome.totals, key=lambda option: (-outcome.totals[option], option)):
        found = outcome.figures[option]
        said = {name: speaker.number(found[name]) for name in ("mean", "median", "n")}
        top = speaker.number(found["top_two"] * found["n"])
        yield speaker.say(
            "scores", name=speaker.name(option), total=speaker.number(outcome.totals[option]), top=top, **said
        )
    if outcome.rule == "score":
        yield from _best(outcome, speaker)


def _star(outcome: Outcome, speaker: Speaker) -> Iterator[str]:
    yield from _scored(outcome, speaker)
    yield from _ties(outcome, 1, speaker)
    end, (winner,) = outcome.rounds[1], outcome.winners
    others = [option for option in end.totals if option != winner]
    if not others:
        yield speaker.say("only", name=speaker.name(winner))
        return
    yield speaker.say("finalists", names=speaker.together(end.totals))
    more, less, same = (speaker.number(one) for one in (end.totals[winner], end.totals[others[0]], end.exhausted))
    name, other = speaker.name(winner), speaker.name(others[0])
    yield speaker.say("preferred", name=name, other=other, more=more, less=less, same=same)
    yield from _ties(outcome, 2, speaker) or [speaker.say("prefers", name=name)]


def _greedy(outcome: Outcome, speaker: Speaker) -> Iterator[str]:
    yield speaker.say("budget", budget=speaker.number(outcome.settings["budget"]))
    variant, threshold = outcome.settings["variant"], outcome.settings["threshold"] or 0
    yield speaker.say(f"greedy_{variant}", threshold=speaker.number(threshold))
    for project, found in outcome.figures.items():
        said = {name: speaker.number(found[name]) for name in ("votes", "cost", "left")}
        yield speaker.say(str(found["why"]), name=speaker.name(project), **said)
    yield from _ties(outcome, None, speaker)
    yield _spent(outcome, speaker)


def _shares(outcome: Outcome, speaker: Speaker) -> Iterator[str]:
    yield speaker.say("budget", budget=speaker.number(outcome.settings["budget"]))
    yield speaker.say("shares")
    raised = outcome.settings["completion"] != "none"
    yield speaker.say(
        "raised" if raised else "shared", share=speaker.number(outcome.figures[outcome.options[0]]["share"])
    )
    for place, project in enumerate(outcome.winners, start=1):
        found = outcome.figures[project]
        yield from _ties(outcome, place, speaker)
        if found["why"] != "comparison":
            price = speaker.number(found.get("price", 0))
            votes, cost = speaker.number(found["votes"]), speaker.number(found["cost"])
            phrase = "bought" if found["why"] == "funded" else "completed"
            yield speaker.say(phrase, name=speaker.name(project), cost=cost, votes=votes, price=price)
    if any(found["why"] == "comparison" for found in outcome.figures.values()):
        yield speaker.say("compared", names=speaker.together(outcome.winners))
    rest = [project for project in outcome.options if project not in outcome.winners]
    if rest:
        yield speaker.say("not_bought", names=speaker.together(rest))
    yield _spent(outcome, speaker)


def _spent(outcome: Outcome, speaker: Speaker) -> str:
    spent = sum(outcome.settings["costs"][project] for project in outcome.winners)
    return speaker.say("spent", spent=speaker.number(spent), budget=speaker.number(outcome.settings["budget"]))


MAY_CHOOSE_NOTHING = frozenset({"consent", "budget_greedy", "budget_equal_shares"})
EXPLAIN: Mapping[str, Callable[[Outcome, Speaker], Iterator[str]]] = {
    "plurality": _sums,
    "approval": _sums,
    "quadratic": _sums,
    "consent": _consent,
    "score": _scored,
    "star": _star,
    "irv": _runoff,
    "stv": _transferable,
    "schulze": _pairs,
    "ranked_pairs": _pairs,
    "minimax": _pairs,
    "borda": _points,
    "budget_greedy": _greedy,
    "budget_equal_shares": _shares,
}
