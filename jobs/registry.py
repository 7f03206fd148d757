"""The kinds of work: each room's `tasks.py` registers the function that does it. Knows nothing of the work itself."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from django.utils.module_loading import autodiscover_modules


class Cancelled(Exception):
    """Raised by `Run.progress` when somebody stopped the job, or another worker has taken it over."""


class Problem(Exception):
    """Raise it in a step when the work cannot be done; its text (a msgid) is what people read."""


class Run(Protocol):
    """What a step is given: `arguments` of the job, `id` of its row, and a way to tell how far it is."""

    id: int
    arguments: Mapping[str, Any]

    def progress(self, share: float, message: str = "") -> None:
        """Tell that `share` of 1 is done, and which step (a msgid) is going on. Raises Cancelled."""


Work = Callable[[Run], dict[str, Any] | None]


@dataclass(frozen=True)
class Step:
    """A kind of work: the function, and the title (a msgid) that its page has."""

    work: Work
    title: str


_steps: dict[str, Step] = {}


def step(kind: str, *, title: str = "") -> Callable[[Work], Work]:
    """Register the decorated function as the work of jobs of `kind` (such as `summaries.build`).

    The function gets a `Run` and returns what becomes `Job.result` (`{"url": …}` is linked from the job's page).
    It may run again after a crash, so what it writes must be the same when it is written twice. Call `progress`
    outside transactions, or nobody sees it before they end. Raises ValueError when the kind is taken.
    """

    def decorate(work: Work) -> Work:
        if kind in _steps:
            raise ValueError(f"The kind of job {kind!r} is registered twice.")
        _steps[kind] = Step(work, title)
        return work

    return decorate


def find(kind: str) -> Step:
    """The work of `kind`. Raises LookupError for an unknown kind."""
    if kind not in _steps:
        autodiscover_modules("tasks")
    try:
        return _steps[kind]
    except KeyError:
        raise LookupError(f"No room does work of the kind {kind!r}.") from None
