"""Where people practise a ballot: it is read and counted with nine others before their eyes, and forgotten."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from polls import promises
from polls.actions.answers import in_words
from polls.actions.casting import fill_in
from polls.actions.counting import Figures
from polls.actions.results import question_result
from polls.forms import VoteForm
from polls.models import QuestionKind
from polls.practice import BOXES, KINDS, OTHERS, box_with, practice_poll
from polls.views.shared import modules, with_pictures


@never_cache
def practice(request: HttpRequest, kind: str = QuestionKind.SINGLE) -> HttpResponse:
    """The ballot of a kind; sent, what was read from it and what it would do."""
    if kind not in KINDS:
        raise Http404
    poll = practice_poll(kind)
    question = poll.sheet[0]
    form = VoteForm(poll, request.POST if request.method == "POST" else None)
    facts = {
        "poll": poll, "question": question, "form": form, "kind": kind, "kinds": [(one, one.label) for one in KINDS],
        "modules": modules(poll), "rules": promises.questions_in_words(poll), "others_count": OTHERS,
        "others": [(count, in_words(question, paper)) for paper, count in BOXES[kind].items()],
    }  # fmt: skip
    if not form.is_bound or not form.is_valid():
        return render(request, "polls/practice.html", facts, status=422 if form.is_bound else 200)
    paper = fill_in(poll, form.answers, form.texts)[question.key]
    found = question_result(question, Figures({question.key: box_with(kind, paper)}, OTHERS + 1, True), False)
    facts |= {"read": in_words(question, paper), "shown": with_pictures(found, final=True), "result": {"final": True}}
    return render(request, "polls/practice.html", facts)
