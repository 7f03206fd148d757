"""Each poll becomes a poll of one question, and its ballots move into that question's box as they are."""

from typing import Any

from django.db import migrations

FIRST = "q1"


def populate(apps: Any, schema_editor: Any) -> None:
    Poll, Question, Ballot = (apps.get_model("polls", name) for name in ("Poll", "Question", "Ballot"))
    for poll in Poll.objects.order_by("pk"):
        options = [{"key": one.key, "text": one.text} for one in poll.options.order_by("position")]
        question = Question.objects.create(
            poll=poll,
            key=FIRST,
            position=1,
            text=poll.title,
            kind=poll.kind,
            rule=poll.rule,
            options=options,
            settings={"max_choices": poll.max_choices} if poll.kind == "several" else {},
        )
        Ballot.objects.filter(poll=poll).update(question=question)
        Poll.objects.filter(pk=poll.pk).update(pending=by_question(poll.pending), released=by_question(poll.released))


def by_question(figures: dict[str, Any]) -> dict[str, Any]:
    return figures and figures | {"sums": {FIRST: figures["sums"]}}


class Migration(migrations.Migration):
    dependencies = [("polls", "0002_questions_expand")]

    operations = [migrations.RunPython(populate, elidable=False)]
