"""What people may send: votes as answers to a poll's questions, polls as organisers prepare them, and paper."""

from polls.forms.asides import AsideDecisionForm, AsideForm
from polls.forms.asking import Questions, typed
from polls.forms.correcting import CorrectionForm
from polls.forms.entering import BundleForm, SheetForm
from polls.forms.preparing import PollForm
from polls.forms.roll import AnswerForm, CodeForm, ElectorsForm, ObjectionForm, ReminderForm
from polls.forms.voting import VoteForm

__all__ = [
    "AnswerForm", "AsideDecisionForm", "AsideForm", "CodeForm", "CorrectionForm", "ElectorsForm", "ObjectionForm",
    "PollForm", "Questions", "ReminderForm", "VoteForm", "typed",
]  # fmt: skip
__all__ = ["BundleForm", "CorrectionForm", "PollForm", "Questions", "SheetForm", "VoteForm", "typed"]
