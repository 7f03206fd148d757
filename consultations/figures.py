"""What people think of a clause, as a picture with its sentence."""

from typing import Any

from django.utils.translation import gettext as _

from consultations.models import Stance
from methods.figures import stance_bar

NAMES = {"changes": "support_with_changes"}  # how the figure calls what a comment calls otherwise


def stance_figure(counts: dict[str, int]) -> dict[str, Any] | None:
    """`figure` and `sentence` for the component, or None while nobody took a stance."""
    total = sum(counts.values())
    if not total:
        return None
    words = {
        Stance.SUPPORT: _("Support"),
        Stance.CHANGES: _("Support with changes"),
        Stance.OPPOSE: _("Oppose"),
        Stance.UNSURE: _("Unsure"),
        Stance.QUESTION: _("Question"),
    }
    drawing = stance_bar(
        {NAMES.get(stance, stance): count for stance, count in counts.items()},
        {NAMES.get(stance, stance): word for stance, word in words.items()},
    )
    for_it = counts["support"] + counts["changes"]
    sentence = _(
        "In favour: %(for)d of %(total)d (%(changes)d of them with changes). Against: %(against)d of %(total)d."
    ) % {"total": total, "for": for_it, "changes": counts["changes"], "against": counts["oppose"]}
    return {"figure": drawing, "sentence": sentence}
