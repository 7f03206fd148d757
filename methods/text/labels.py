"""Names themes by phrases that set them apart, in the words and with the capitals that people used.

It takes the phrases as they were counted (`phrases`), and gives no two themes one name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from methods.text.normal import is_cjk, printed

SHOWN = 3  # phrases in a label
WRITERS = 500  # texts, evenly taken, in which it is looked how a phrase is written


def some(bodies: Sequence[str]) -> Sequence[str]:
    """All of `bodies`, or `WRITERS` of them, evenly taken: enough to see how people write."""
    step = len(bodies) / WRITERS
    return bodies if step <= 1 else [bodies[int(number * step)] for number in range(WRITERS)]


def as_written(phrases: Sequence[str], bodies: Sequence[str]) -> tuple[str, ...]:
    """The phrases with the capitals that most of their writers give them inside a sentence (names keep theirs).

    >>> as_written(["uber"], ["Saya suka Uber.", "Tarif Uber murah, kata Uber!"])
    ('Uber',)
    """
    lowered = [(body, low) for body in bodies if len(low := body.lower()) == len(body)]
    return tuple(phrase if is_cjk(phrase) else _as_written(phrase, lowered) for phrase in phrases)


def _as_written(phrase: str, bodies: Sequence[tuple[str, str]]) -> str:
    """One phrase, looked for in `bodies` and the same in small letters."""
    forms: Counter[str] = Counter()
    for body, low in bodies:
        at = low.find(phrase, 2)
        if at > 0 and low[at - 1] in " ," and (low[at - 2].isalnum() or low[at - 2] == ","):
            forms[body[at : at + len(phrase)]] += 1
    if not forms:
        return phrase
    form, count = min(forms.items(), key=lambda item: (-item[1], item[0]))
    often = count * 2 > sum(forms.values())
    return form if often and (not form.isupper() or len(form) <= 4) else phrase


def title(phrases: Sequence[str], sentence: str, taken: set[str]) -> str:
    """A label from the best phrases that no other theme bears; from a sentence where there are none."""
    for size in range(SHOWN, len(phrases) + 1):
        label = ", ".join(phrases[:size])
        if label not in taken:
            return label
    label = ", ".join(phrases) or printed(sentence)
    if len(label) > 60:
        label = label[:60].rsplit(" ", 1)[0] + "…"
    number = 2
    plain = label
    while label in taken:
        label, number = f"{plain} ({number})", number + 1
    return label
