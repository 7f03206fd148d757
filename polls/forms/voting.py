"""A vote as the page of a poll sends it: all questions at once."""

import re
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from moderation import richtext
from polls import promises
from polls.actions.answers import Answer, canonical, is_asked
from polls.actions.casting import fill_in, takes_text
from polls.forms.paper import Paper, Sent
from polls.models import Breakdown, Poll
from polls.rules import MAX_REMARK, InvalidChoice

FORM_KEY = re.compile(r"[0-9A-Za-z_-]{16,64}")
CHANGE_CODE = re.compile(r"[0-9a-f]{32}")
QUESTION_FIELD = re.compile(r"q[0-9]+(-.*)?", re.DOTALL)


def group_field(poll: Poll, known: str) -> forms.ChoiceField:
    """What a voter may say of themselves where the result is shown by group. known: the key chosen beforehand."""
    labels = {Breakdown.AREA: _("Your district (optional)"), Breakdown.AGE: _("Your age (optional)")}
    return forms.ChoiceField(
        label=labels[Breakdown(poll.breakdown)], required=False, initial=known, help_text=promises.kept_with(poll),
        choices=[("", _("I do not say")), *poll.groups],
    )  # fmt: skip


class VoteForm(forms.Form):
    """The fields of all questions in `papers`; valid, it has `answers` and `texts` by the question's key.

    held: what was kept while somebody signed in. home: the group that is chosen beforehand, as the profile says it.
    """

    form_key = forms.CharField(max_length=64, required=False)
    replaces = forms.CharField(max_length=16, required=False)
    change_code = forms.CharField(max_length=80, required=False, label=gettext_lazy("Change code"))
    remark = forms.CharField(max_length=MAX_REMARK, required=False, label=gettext_lazy("Why? (optional)"))

    def __init__(self, poll: Poll, data: QueryDict | None = None, *, held: Sent | None = None, home: str = "") -> None:
        super().__init__(data)
        self.poll = poll
        sent: Sent = dict(data.lists()) if data is not None else held or {}
        self.sent = sent
        self.why = (sent.get("remark") or [""])[0][: 4 * MAX_REMARK]
        self.code = (sent.get("change_code") or [""])[0][:80]
        key = (sent.get("form_key") or [""])[0] if data is not None else ""
        self.order = key if FORM_KEY.fullmatch(key) else ""
        if poll.breakdown:
            self.fields["cell"] = group_field(poll, (sent.get("cell") or [home])[0])
        self.papers = [Paper(question, sent) for question in poll.sheet]
        self.answers: dict[str, Answer] = {}
        self.texts: dict[str, str] = {}

    def arrange(self, order: str) -> None:
        """Shuffle options by `order` where their question says so."""
        self.order = order
        for paper in self.papers:
            paper.order = order

    def clean_form_key(self) -> str:
        key: str = self.cleaned_data["form_key"]
        if key and not FORM_KEY.fullmatch(key):
            raise forms.ValidationError(_("This page is out of date. Please open it again."))
        return key

    def clean_change_code(self) -> str:
        """The code as it is hashed: how it was typed does not matter."""
        typed: str = self.cleaned_data["change_code"]
        code = re.sub(r"[^0-9a-z]", "", typed.lower())
        if typed and not CHANGE_CODE.fullmatch(code):
            raise forms.ValidationError(
                _("A change code has 32 signs, 0 to 9 and A to F, in eight groups. Please compare it with yours.")
            )
        return code

    def clean_remark(self) -> str:
        remark: str = self.cleaned_data["remark"]
        if remark:
            richtext.limits(remark)
        return remark

    def clean(self) -> dict[str, Any]:
        known = {name for paper in self.papers for name in paper.fields}
        if any(QUESTION_FIELD.fullmatch(name) and name not in known for name in self.sent):
            self.add_error(None, _("This choice does not belong to this poll. Please choose again."))
        choices: dict[str, str] = {}
        for paper in self.papers:
            self._read(paper, choices)
        if not self.errors:
            try:
                fill_in(self.poll, self.answers, self.texts)
            except InvalidChoice as error:
                self.add_error(None, str(error))
        return self.cleaned_data

    def _read(self, paper: Paper, choices: dict[str, str]) -> None:
        """The answer and the text of one question; what is wrong with them stands beside it and above the form."""
        question = paper.question
        asked = is_asked(question, choices)
        try:
            if question.has_box and asked:
                answer = paper.answer()
                choices[question.key] = canonical(question, answer)
                self.answers[question.key] = answer
            if takes_text(question, choices):
                self._read_text(paper)
        except InvalidChoice as error:
            paper.problem = str(error)
        except forms.ValidationError as error:
            paper.problem = " ".join(error.messages)
        if paper.problem:
            many = len(self.papers) > 1
            said = _("Question %(number)s: %(rules)s") % {"number": question.position, "rules": paper.problem}
            self.add_error(None, said if many else paper.problem)

    def _read_text(self, paper: Paper) -> None:
        text = paper.text.strip()
        if not text and paper.question.required and not self.cleaned_data.get("replaces"):
            if paper.question.has_box:
                raise InvalidChoice(_("Please say why you object. The others can answer only what they know."))
            raise InvalidChoice(_("Please write something. Nothing was sent yet."))
        if len(text) > MAX_REMARK:
            raise InvalidChoice(_("Please write at most %(limit)s signs.") % {"limit": MAX_REMARK})
        richtext.limits(text)
        if text:
            self.texts[paper.key] = text
