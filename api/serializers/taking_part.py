"""Polls with their results, conversations with statements, threads with posts, as the interface tells them."""

from typing import Any

from django.conf import settings
from rest_framework import serializers

from api.base import STATES, Author, Public
from forums.models import Post, Thread
from opinions.models import Conversation, Statement
from polls.actions.ledger import head
from polls.models import Poll, Question


class OptionSerializer(serializers.Serializer):
    key = serializers.CharField()
    text = serializers.CharField()
    note = serializers.CharField()
    cost = serializers.IntegerField(allow_null=True)


class QuestionSerializer(serializers.ModelSerializer):
    """A question of a poll. `show_if`: it is asked only when one of these options was chosen in that question."""

    options = OptionSerializer(source="choices", many=True, read_only=True)

    class Meta:
        model = Question
        fields = ["key", "text", "help", "kind", "rule", "settings", "required", "show_if", "options"]


class PollSerializer(Public):
    """A poll. Its result has an address of its own, which answers when it is public."""

    consultation = serializers.CharField(source="consultation.slug", read_only=True)
    questions = QuestionSerializer(source="sheet", many=True, read_only=True)
    state = serializers.ChoiceField(choices=STATES, read_only=True)
    result_url = serializers.SerializerMethodField()

    class Meta:
        model = Poll
        fields = [
            "id", "consultation", "title", "mode", "results", "electorate", "level", "opens_at", "closes_at", "state",
            "ballot_count", "roll_size", "requirements", "questions", "url", "result_url",
        ]  # fmt: skip

    def get_result_url(self, row: Poll) -> str:
        return f"{settings.PUBLIC_URL}/api/v1/polls/{row.pk}/result/"


class ResultRowSerializer(serializers.Serializer):
    key = serializers.CharField()
    text = serializers.CharField()
    votes = serializers.IntegerField()
    share = serializers.SerializerMethodField()
    chosen = serializers.BooleanField()

    def get_share(self, row: Any) -> float:
        return float(round(row.share, 1))


class RoundSerializer(serializers.Serializer):
    totals = serializers.DictField(child=serializers.IntegerField())
    eliminated = serializers.ListField(child=serializers.CharField())
    exhausted = serializers.IntegerField()


class PartSerializer(serializers.Serializer):
    """The ballots of one group. `totals`: votes by option, empty under rules that compare in pairs."""

    key = serializers.CharField()
    name = serializers.CharField()
    ballots = serializers.IntegerField()
    winners = serializers.ListField(child=serializers.CharField())
    totals = serializers.DictField(child=serializers.IntegerField())
    alike = serializers.BooleanField()

    def to_representation(self, instance: Any) -> dict[str, Any]:
        facts = {name: getattr(instance, name) for name in ("key", "name", "ballots", "winners", "alike")}
        return facts | {"totals": dict(instance.outcome.totals) if instance.outcome else {}}


class SplitSerializer(serializers.Serializer):
    """A result by `area`, `age` or `channel`. `rest`: ballots that are not shown apart."""

    by = serializers.CharField()
    parts = PartSerializer(many=True)
    rest = serializers.IntegerField()


class RequirementSerializer(serializers.Serializer):
    """`quorum` or `majority`. `has` and `needs` are empty where only the decision is shown."""

    name = serializers.CharField()
    met = serializers.BooleanField()
    sentence = serializers.CharField()
    has = serializers.IntegerField(allow_null=True)
    needs = serializers.IntegerField(allow_null=True)


class QuestionResultSerializer(serializers.Serializer):
    """The result of one question: the sentence, and each figure with its denominator."""

    question = serializers.CharField()
    text = serializers.CharField()
    rule = serializers.CharField()
    sentence = serializers.CharField()
    winners = serializers.ListField(child=serializers.CharField())
    valid = serializers.IntegerField()
    blank = serializers.IntegerField()
    rows = ResultRowSerializer(many=True)
    rounds = RoundSerializer(many=True)
    splits = SplitSerializer(many=True)
    requirements = RequirementSerializer(many=True)

    def to_representation(self, instance: Any) -> dict[str, Any]:
        rounds = instance.outcome.rounds if instance.outcome else ()
        return {
            "question": instance.question.key,
            "text": instance.question.text,
            "rule": instance.question.rule,
            **{name: getattr(instance, name) for name in ("sentence", "winners", "valid", "blank")},
            "rows": [ResultRowSerializer(row).data for row in instance.rows],
            "rounds": [
                {"totals": dict(one.totals), "eliminated": list(one.eliminated), "exhausted": one.exhausted}
                for one in rounds
            ],
            "splits": SplitSerializer(instance.splits, many=True).data,
            "requirements": RequirementSerializer(instance.requirements, many=True).data,
        }


class ResultSerializer(serializers.Serializer):
    """The result of a poll as far as everybody may see it, with an entry for each question that is counted."""

    poll = serializers.IntegerField()
    counted = serializers.IntegerField()
    cast = serializers.IntegerField()
    roll_size = serializers.IntegerField(allow_null=True)
    final = serializers.BooleanField()
    decision_only = serializers.BooleanField()
    stepped = serializers.BooleanField()
    ledger_head = serializers.CharField()
    set_aside = serializers.DictField(child=serializers.IntegerField())
    questions = QuestionResultSerializer(many=True)

    def to_representation(self, instance: Any) -> dict[str, Any]:
        poll, result = instance
        facts = ("counted", "cast", "final", "decision_only", "stepped", "set_aside")
        return {
            "poll": poll.pk,
            "roll_size": poll.roll_size,
            **{name: getattr(result, name) for name in facts},
            "ledger_head": head(poll),
            "questions": [QuestionResultSerializer(one).data for one in result.questions],
        }


class ConversationSerializer(Public):
    """A conversation. Expects `shown_statements` to be annotated."""

    consultation = serializers.CharField(source="consultation.slug", read_only=True)
    state = serializers.ChoiceField(choices=STATES, read_only=True)
    statements = serializers.IntegerField(source="shown_statements", read_only=True)

    class Meta:
        model = Conversation
        fields = [
            "id", "consultation", "question", "intro", "state", "opens_at", "closes_at", "voter_count", "statements",
            "url",
        ]  # fmt: skip


class StatementSerializer(Public):
    """A shown statement with how many agree, disagree and pass."""

    answers = serializers.IntegerField(read_only=True)

    class Meta:
        model = Statement
        fields = [
            "id", "conversation", "number", "body", "html", "language", "agree_count", "disagree_count", "pass_count",
            "answers", "created_at", "url",
        ]  # fmt: skip


class ThreadSerializer(Public):
    """A thread of a consultation's forum. Expects `tag_items` to be prefetched."""

    consultation = serializers.CharField(source="board.consultation.slug", read_only=True)
    author = Author()
    tags = serializers.SerializerMethodField()

    class Meta:
        model = Thread
        fields = [
            "id", "consultation", "title", "author", "tags", "post_count", "support_count", "created_at",
            "last_post_at", "pinned_at", "closed_at", "url",
        ]  # fmt: skip

    def get_tags(self, row: Any) -> list[str]:
        return sorted(item.tag.name for item in row.tag_items.all())


class PostSerializer(Public):
    """A shown post."""

    author = Author()

    class Meta:
        model = Post
        fields = [
            "id", "thread", "parent", "number", "body", "html", "language", "author", "support_count", "created_at",
            "edited_at", "url",
        ]  # fmt: skip
