"""Verbs of summaries: build, edit, decide, publish, export. The only place where rows of this room are written."""

from summaries.actions.building import Unchanged, adopt_job, begin_build, make_build, newest_build, start_build
from summaries.actions.correcting import correct_place
from summaries.actions.deciding import Decided, decide_theme, publish_build, undecided
from summaries.actions.editing import (
    NEW,
    Stale,
    describe_theme,
    merge_themes,
    move_contributions,
    rename_theme,
    review_theme,
    split_theme,
    together,
    undo_edit,
)
from summaries.actions.exporting import (
    build_for_export,
    drop_exports,
    forget_exports,
    order_export,
    path_of,
    start_export,
    write_export,
)
from summaries.actions.packaging import make_package, package_path, request_package
from summaries.sources import Contribution, Heard, gather

__all__ = [
    "NEW",
    "Contribution",
    "Decided",
    "Heard",
    "Stale",
    "Unchanged",
    "adopt_job",
    "begin_build",
    "build_for_export",
    "correct_place",
    "decide_theme",
    "describe_theme",
    "drop_exports",
    "forget_exports",
    "gather",
    "make_build",
    "make_package",
    "merge_themes",
    "move_contributions",
    "newest_build",
    "order_export",
    "package_path",
    "path_of",
    "publish_build",
    "rename_theme",
    "request_package",
    "review_theme",
    "split_theme",
    "start_build",
    "start_export",
    "together",
    "undecided",
    "undo_edit",
    "write_export",
]  # fmt: skip
