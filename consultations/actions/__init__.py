"""The verbs of this room. The only place where its rows are written."""

from consultations.actions.comments import edit_comment, support_comment, withdraw_support, write_comment
from consultations.actions.drafts import compare, publish_version, save_draft
from consultations.actions.preparation import (
    change_consultation,
    create_consultation,
    ensure_tags,
    publish_consultation,
    set_phases,
)

__all__ = [
    "change_consultation", "compare", "create_consultation", "edit_comment", "ensure_tags", "publish_consultation",
    "publish_version", "save_draft", "set_phases", "support_comment", "withdraw_support", "write_comment",
]  # fmt: skip
