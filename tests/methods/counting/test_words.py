"""What a citizen reads about a count, word for word."""

from dataclasses import replace

import pytest

from methods.counting import count
from methods.counting.words import PHRASES

NAMES = {"a": "Pasar", "b": "Taman", "c": "Parkir"}
RANKED = [(("a",), 1200), (("b", "a"), 800), (("c", "b"), 500), (("c",), 4), ((), 10)]


def test_run_off_is_told_step_by_step_in_english() -> None:
    assert count("irv", list("abc"), RANKED).explain("en-GB", NAMES) == [
        "2,514 ballots were cast: 2,504 valid, 10 blank, 0 invalid.",
        "Each ballot counts for the option it ranks highest among those still in; the option with the"
        " fewest votes goes out, one at a time, until two remain.",
        "Round 1: Pasar 1,200, Taman 800, Parkir 504.",
        "Parkir has the fewest votes and goes out.",
        "Of these ballots 500 move on to Taman, 4 name no option that is still in.",
        "Round 2: Taman 1,300, Pasar 1,200.",
        "Taman has more votes than the other one remaining and is chosen.",
        "In the last round 4 valid ballots count for no option, because their rankings have run out.",
    ]


def test_single_choice_is_told_in_indonesian() -> None:
    assert count("plurality", list("abc"), RANKED).explain("id", NAMES) == [
        "2.514 surat suara masuk: 2.504 sah, 10 kosong, 0 tidak sah.",
        "Setiap surat suara dihitung untuk satu pilihan.",
        "Pasar mendapat suara terbanyak: 1.200 (47,9 %) dari surat suara sah.",
    ]


def test_pairs_and_lots_are_told() -> None:
    cycle = [(("a", "b", "c"), 1), (("b", "c", "a"), 1), (("c", "a", "b"), 1)]
    outcome = count("schulze", list("abc"), cycle, {"poll": "p1", "seed": "44102"})
    assert outcome.explain("en", NAMES)[2:] == [
        "Pasar is ranked above Taman on 2 ballots, and below on 1.",
        "Pasar is ranked above Parkir on 1 ballots, and below on 2.",
        "Pasar, Taman and Parkir are level at the top; the lot decides, so Pasar is chosen.",
    ]


def test_unknown_language_is_told_in_english() -> None:
    outcome = count("approval", ["a"], [], {"max_choices": 2})
    assert outcome.explain("nl") == outcome.explain("en")


def test_both_languages_have_every_phrase() -> None:
    assert PHRASES["id"].keys() == PHRASES["en"].keys()


@pytest.mark.parametrize("rule", ["plurality", "irv", "schulze"])
def test_outcome_without_its_working_tells_the_decision_only(rule: str) -> None:
    whole = count(rule, ["a", "b"], [(("a",), 5), (("b",), 2), ((), 1)])
    small = replace(whole, ranking=(), rounds=(), matrix=None, exhausted=0, ties=())
    assert small.explain("en", NAMES) == [
        "8 ballots were cast. Chosen: Pasar. The figures behind this are not published."
    ]
