"""The steps of a count in sentences, in Indonesian and English.

Refuses adjectives: each sentence is a figure from the outcome and what follows from it.

>>> Speaker("id", {}).votes(1204, 2000)
'1.204 (60,2 %)'
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .outcome import Outcome, Round, Tie

PHRASES: Mapping[str, Mapping[str, str]] = {
    "en": {
        "and": " and ",
        "cast": "{turnout} ballots were cast: {valid} valid, {blank} blank, {invalid} invalid.",
        "withheld": "{turnout} ballots were cast. Chosen: {names}. The figures behind this are not published.",
        "nobody": "No valid ballot names an option that can be counted, so none is chosen.",
        "single": "Each ballot counts for one option.",
        "several": "Each ballot counts for every option that it names.",
        "several_max": "Each ballot counts for every option that it names, at most {limit}.",
        "most": "{name} has the most votes: {votes} of the valid ballots.",
        "level": "{names} have equally many votes, {votes} of the valid ballots each: it is a tie.",
        "unused": "{count} valid ballots count for no option.",
        "runoff": "Each ballot counts for the option it ranks highest among those still in; the option with"
        " the fewest votes goes out, one at a time, until two remain.",
        "round": "Round {number}: {totals}.",
        "out": "{name} has the fewest votes and goes out.",
        "moves": "Of these ballots {moves}.",
        "move": "{count} move on to {name}",
        "stop": "{count} name no option that is still in",
        "final": "{name} has more votes than the other one remaining and is chosen.",
        "only": "{name} is the only option and is chosen.",
        "exhausted": "In the last round {count} valid ballots count for no option, because their rankings"
        " have run out.",
        "tie_out": "{names} are level at the bottom; {how}, so {decided} goes out.",
        "tie_win": "{names} are level at the top; {how}, so {decided} is chosen.",
        "by_round": "round {by_round} decides",
        "by_lot": "the lot decides",
        "pairs": "Every two options are compared on every ballot; an option that is not ranked stands below"
        " all that are.",
        "pair": "{name} is ranked above {other} on {more} ballots, and below on {less}.",
        "beats_all": "{name} beats every other option in pairs and is chosen.",
        "chains": "No option beats every other one in pairs. Chains of victories are compared, each as"
        " strong as its weakest victory: {name} has a chain at least as strong against every other one and"
        " is chosen.",
    },
    "id": {
        "and": " dan ",
        "cast": "{turnout} surat suara masuk: {valid} sah, {blank} kosong, {invalid} tidak sah.",
        "withheld": "{turnout} surat suara masuk. Terpilih: {names}. Angka di baliknya tidak diumumkan.",
        "nobody": "Tidak ada surat suara sah yang menyebut pilihan yang dapat dihitung, jadi tidak ada yang terpilih.",
        "single": "Setiap surat suara dihitung untuk satu pilihan.",
        "several": "Setiap surat suara dihitung untuk semua pilihan yang disebutnya.",
        "several_max": "Setiap surat suara dihitung untuk semua pilihan yang disebutnya, paling banyak {limit}.",
        "most": "{name} mendapat suara terbanyak: {votes} dari surat suara sah.",
        "level": "{names} mendapat suara sama banyak, masing-masing {votes} dari surat suara sah: hasilnya seri.",
        "unused": "{count} surat suara sah tidak dihitung untuk pilihan mana pun.",
        "runoff": "Setiap surat suara dihitung untuk pilihan tertinggi yang masih bertahan; pilihan dengan"
        " suara paling sedikit gugur satu per satu sampai tersisa dua.",
        "round": "Putaran {number}: {totals}.",
        "out": "{name} mendapat suara paling sedikit dan gugur.",
        "moves": "Dari surat suara itu {moves}.",
        "move": "{count} pindah ke {name}",
        "stop": "{count} tidak menyebut pilihan yang masih bertahan",
        "final": "{name} mendapat suara lebih banyak daripada satu pilihan lain yang tersisa dan terpilih.",
        "only": "{name} adalah satu-satunya pilihan dan terpilih.",
        "exhausted": "Pada putaran terakhir {count} surat suara sah tidak dihitung untuk pilihan mana pun,"
        " karena peringkatnya sudah habis.",
        "tie_out": "{names} sama banyak di tempat terbawah; {how}, jadi {decided} gugur.",
        "tie_win": "{names} sama banyak di tempat teratas; {how}, jadi {decided} terpilih.",
        "by_round": "putaran {by_round} yang menentukan",
        "by_lot": "undian yang menentukan",
        "pairs": "Setiap dua pilihan dibandingkan pada setiap surat suara; pilihan yang tidak diberi"
        " peringkat berada di bawah semua yang diberi peringkat.",
        "pair": "{name} berada di atas {other} pada {more} surat suara, dan di bawahnya pada {less}.",
        "beats_all": "{name} mengalahkan setiap pilihan lain satu lawan satu dan terpilih.",
        "chains": "Tidak ada pilihan yang mengalahkan semua yang lain satu lawan satu. Rantai kemenangan"
        " dibandingkan, masing-masing sekuat kemenangan terlemahnya: terhadap setiap pilihan lain {name}"
        " punya rantai yang setidaknya sama kuat dan terpilih.",
    },
}


@dataclass(frozen=True)
class Speaker:
    """Says phrases in one language. names: labels of options by id; an id without a label speaks for
    itself."""

    language: str
    names: Mapping[str, str]

    def say(self, phrase: str, **values: str) -> str:
        return PHRASES[self.language][phrase].format(**values)

    def name(self, option: str) -> str:
        return self.names.get(option, option)

    def together(self, options: Iterable[str]) -> str:
        names = [self.name(option) for option in options]
        return ", ".join(names[:-1]) + self.say("and") + names[-1] if len(names) > 1 else names[0]

    def number(self, value: int) -> str:
        text = f"{value:,}"
        return text.replace(",", ".") if self.language == "id" else text

    def votes(self, part: int, whole: int) -> str:
        """A count with its share of a whole, rounded half up to a tenth of a percent in whole numbers."""
        tenths = (part * 2000 + whole) // (2 * whole) if whole else 0
        comma = "," if self.language == "id" else "."
        return f"{self.number(part)} ({tenths // 10}{comma}{tenths % 10} %)"


def explain(outcome: "Outcome", language: str, names: Mapping[str, str]) -> list[str]:
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
    if not outcome.winners:
        return [opening, speaker.say("nobody")]
    return [opening, *EXPLAIN[outcome.rule](outcome, speaker)]


def _explain_sums(outcome: "Outcome", speaker: Speaker) -> list[str]:
    limit = outcome.settings.get("max_choices")
    if outcome.rule == "plurality":
        how = speaker.say("single")
    elif isinstance(limit, int):
        how = speaker.say("several_max", limit=speaker.number(limit))
    else:
        how = speaker.say("several")
    first, *more = outcome.winners
    votes = speaker.votes(outcome.totals[first], outcome.valid)
    if more:
        found = speaker.say("level", names=speaker.together(outcome.winners), votes=votes)
    else:
        found = speaker.say("most", name=speaker.name(first), votes=votes)
    unused = [speaker.say("unused", count=speaker.number(outcome.exhausted))] if outcome.exhausted else []
    return [how, found, *unused]


def _explain_runoff(outcome: "Outcome", speaker: Speaker) -> list[str]:
    ties = {tie.round: tie for tie in outcome.ties}
    steps = [speaker.say("runoff")]
    *before, last = outcome.rounds
    for number, one in enumerate(before, start=1):
        steps.append(_standing(number, one, speaker))
        if number in ties:
            steps.append(_settled(ties[number], speaker))
        else:
            steps.append(speaker.say("out", name=speaker.name(one.eliminated[0])))
        if one.totals[one.eliminated[0]]:
            steps.append(_moves(one, outcome.rounds[number], speaker))
    steps.append(_standing(len(outcome.rounds), last, speaker))
    if len(outcome.rounds) in ties:
        steps.append(_settled(ties[len(outcome.rounds)], speaker))
    else:
        phrase = "final" if len(last.totals) > 1 else "only"
        steps.append(speaker.say(phrase, name=speaker.name(outcome.winners[0])))
    if outcome.exhausted:
        steps.append(speaker.say("exhausted", count=speaker.number(outcome.exhausted)))
    return steps


def _standing(number: int, one: "Round", speaker: Speaker) -> str:
    order = sorted(one.totals, key=lambda option: (-one.totals[option], option))
    totals = ", ".join(f"{speaker.name(option)} {speaker.number(one.totals[option])}" for option in order)
    return speaker.say("round", number=speaker.number(number), totals=totals)


def _moves(one: "Round", after: "Round", speaker: Speaker) -> str:
    order: Sequence[str] = sorted(one.transfers, key=lambda option: (-one.transfers[option], option))
    moves = [speaker.say("move", count=speaker.number(one.transfers[o]), name=speaker.name(o)) for o in order]
    moves.append(speaker.say("stop", count=speaker.number(after.exhausted - one.exhausted)))
    return speaker.say("moves", moves=", ".join(moves))


def _settled(tie: "Tie", speaker: Speaker) -> str:
    how = speaker.say("by_lot" if tie.by_round is None else "by_round", by_round=str(tie.by_round))
    phrase = "tie_out" if tie.what == "elimination" else "tie_win"
    return speaker.say(phrase, names=speaker.together(tie.options), how=how, decided=speaker.name(tie.decided or ""))


def _explain_pairs(outcome: "Outcome", speaker: Speaker) -> list[str]:
    matrix = outcome.matrix or {}
    winner = outcome.winners[0]
    steps = [speaker.say("pairs")]
    for other in (option for option in outcome.options if option != winner):
        more, less = speaker.number(matrix[winner][other]), speaker.number(matrix[other][winner])
        pair = {"name": speaker.name(winner), "other": speaker.name(other), "more": more, "less": less}
        steps.append(speaker.say("pair", **pair))
    if outcome.ties:
        steps.append(_settled(outcome.ties[0], speaker))
    elif len(outcome.options) == 1:
        steps.append(speaker.say("only", name=speaker.name(winner)))
    else:
        beats_all = all(votes > matrix[other][winner] for other, votes in matrix[winner].items())
        steps.append(speaker.say("beats_all" if beats_all else "chains", name=speaker.name(winner)))
    return steps


EXPLAIN: Mapping[str, Callable[["Outcome", Speaker], list[str]]] = {
    "plurality": _explain_sums,
    "approval": _explain_sums,
    "irv": _explain_runoff,
    "schulze": _explain_pairs,
}
