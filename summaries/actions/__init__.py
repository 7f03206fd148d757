"""Verbs of summaries: build, rename, decide, publish, export. The only place where rows of this room are written."""

from summaries.actions.building import Unchanged, adopt_job, begin_build, make_build, newest_build, start_build
from summaries.actions.deciding import decide_theme, publish_build, rename_theme, undecided
from summaries.actions.exporting import (
    build_for_export,
    drop_exports,
    forget_exports,
    order_export,
    path_of,
    start_export,
    write_export,
)
from summaries.sources import Contribution, Heard, gather

__all__ = [
    "Contribution", "Heard", "Unchanged", "adopt_job", "begin_build", "build_for_export", "decide_theme",
    "drop_exports", "forget_exports", "gather", "make_build", "newest_build", "order_export", "path_of",
    "publish_build", "rename_theme", "start_build", "start_export", "undecided", "write_export",
]  # fmt: skip
