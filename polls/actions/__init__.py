"""Verbs of votes: cast a ballot, count, prepare and publish polls, and unlink ballots from voters at closing."""

from polls.actions.asides import decide_aside, propose_aside
from polls.actions.bundles import enter_strip, open_bundle, put_in_bundle, restart_bundle, standing, type_sheet
from polls.actions.casting import cast_ballot, own_revision
from polls.actions.closing import close_polls, keep_ledgers, settle_poll
from polls.actions.codes import Slip, find_elector, is_spent, issue_codes, replace_code, use_code
from polls.actions.correcting import correct_wording, wordings
from polls.actions.counting import Figures, sums, tally, visible_figures
from polls.actions.helping import help_to_vote
from polls.actions.importing import import_ballots
from polls.actions.objecting import answer_objection, object_to_roll
from polls.actions.preparing import create_poll, edit_poll, publish_poll
from polls.actions.receipts import Receipt, receipts
from polls.actions.remarks import release_remarks
from polls.actions.reminding import (
    MAX_REMINDERS,
    due_reminders,
    finish_reminder,
    plan_reminder,
    stop_reminders,
    those_to_remind,
)
from polls.actions.results import PollResult, QuestionResult, Row, read_result
from polls.actions.roll import list_electors, strike_elector

__all__ = [
    "MAX_REMINDERS", "Figures", "PollResult", "QuestionResult", "Receipt", "Row", "Slip", "answer_objection",
    "cast_ballot", "close_polls", "correct_wording", "create_poll", "decide_aside", "due_reminders", "edit_poll",
    "enter_strip", "find_elector", "finish_reminder", "help_to_vote", "import_ballots", "is_spent", "issue_codes",
    "keep_ledgers", "list_electors", "object_to_roll", "open_bundle", "own_revision", "plan_reminder",
    "propose_aside", "publish_poll", "put_in_bundle", "read_result", "receipts", "release_remarks", "replace_code",
    "restart_bundle", "settle_poll", "standing", "stop_reminders", "strike_elector", "sums", "tally",
    "those_to_remind", "type_sheet", "use_code", "visible_figures", "wordings",
]  # fmt: skip
