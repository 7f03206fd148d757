"""What every picture of a summary has beside its geometry: its finding, its sentence, its source, its names."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from summaries.models import Build
from summaries.reading import DRAWN, stance_names

MODEL = {drawn: str(stance) for stance, drawn in DRAWN.items()}  # what figures call otherwise


@dataclass(frozen=True)
class Picture:
    """A drawing of `methods.figures` with its words. `names`: what stands for what, as (stance, name)."""

    figure: Any
    title: str
    sentence: str
    source: str = ""
    names: tuple[tuple[str, str], ...] = ()


def names_of(figure: Any) -> tuple[tuple[str, str], ...]:
    """The stances of a drawing, each with its name in words."""
    words = stance_names()
    stances = [MODEL.get(drawn, drawn) for drawn, _css in figure.stances]
    return tuple((stance, words[stance]) for stance in stances)


def source_of(build: Build) -> str:
    """Where the numbers of a picture come from, with the day."""
    at = build.finished_at
    day = date_format(timezone.localtime(at), "j F Y") if at else ""
    return _("Source: contributions to this consultation, as of %(day)s.") % {"day": day}
