"""What can be filtered and how it can be ordered: explicit fields, allow-lists, bounded values."""

from typing import Any

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _
from drf_spectacular.drainage import set_override

from consultations.models import Clause, Comment, Consultation, Document, PhaseKind, Stance, normalise_tag
from forums.models import Post, Thread, ThreadTag
from opinions.models import Conversation, Statement
from polls.models import Poll, QuestionKind
from summaries.models import Theme

LARGEST = 2**63 - 1


class Number(django_filters.Filter):
    """A whole number that fits a column."""

    field_class = forms.IntegerField

    def __init__(self, *args: Any, largest: int = LARGEST, label: Any, **kwargs: Any) -> None:
        super().__init__(*args, label=label, min_value=0, max_value=largest, **kwargs)
        set_override(self, "field", {"type": "integer", "description": label})


class Words(django_filters.CharFilter):
    """Text of bounded length, compared exactly unless said otherwise."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, max_length=100, **kwargs)


def orders(*names: str) -> django_filters.OrderingFilter:
    """Orders by the allowed `names`, downwards with a minus before the name."""
    return django_filters.OrderingFilter(
        fields=[(name, name.rpartition("__")[2]) for name in names],
        label=_("Order; with a minus before it the other way round."),
    )


class ConsultationFilter(django_filters.FilterSet):
    """Consultations by office, area, language, phase and tag."""

    organisation = Words("organisation__slug", label=_("Short name of the organisation."))
    area = Words("area__code", label=_("Official code of the area."))
    language = Words(label=_("Code of the language, such as id."))
    phase = django_filters.ChoiceFilter(choices=PhaseKind.choices, method="in_phase", label=_("The phase it is in."))
    tag = Words(method="with_tag", label=_("Tag."))
    ordering = orders("published_at", "title", "answer_due_at")

    class Meta:
        model = Consultation
        fields: list[str] = []

    def in_phase(self, rows: Any, name: str, value: str) -> Any:
        return rows.in_phase(value)

    def with_tag(self, rows: Any, name: str, value: str) -> Any:
        return rows.filter(tag_items__tag__slug=normalise_tag(value))


class DocumentFilter(django_filters.FilterSet):
    """Documents by consultation."""

    consultation = Words("consultation__slug", label=_("Short name of the consultation."))
    ordering = orders("id", "title")

    class Meta:
        model = Document
        fields: list[str] = []


class ClauseFilter(django_filters.FilterSet):
    """Clauses by consultation, document, version and key."""

    consultation = Words("version__document__consultation__slug", label=_("Short name of the consultation."))
    document = Number("version__document", label=_("Id of the document."))
    version = Number("version__number", label=_("Number of the version."), largest=2**31 - 1)
    key = Words(label=_("Key of the clause, the same in every version."))
    ordering = orders("id", "position", "comment_count")

    class Meta:
        model = Clause
        fields: list[str] = []


class CommentFilter(django_filters.FilterSet):
    """Comments by consultation, clause, stance, language and time."""

    consultation = Words("consultation__slug", label=_("Short name of the consultation."))
    clause = Number("clause", label=_("Id of the clause."))
    root = Number("root", label=_("Id of the comment that a thread of replies begins with."))
    stance = django_filters.ChoiceFilter(choices=Stance.choices, label=_("What it thinks of the clause."))
    language = Words(label=_("Code of the language, such as id."))
    since = django_filters.IsoDateTimeFilter("created_at", lookup_expr="gte", label=_("Written at this time or later."))
    ordering = orders("created_at", "support_count", "id")

    class Meta:
        model = Comment
        fields: list[str] = []


class PollFilter(django_filters.FilterSet):
    """Polls by consultation, kind and state."""

    consultation = Words("consultation__slug", label=_("Short name of the consultation."))
    kind = django_filters.ChoiceFilter(
        field_name="questions__kind", choices=QuestionKind.choices, distinct=True, label=_("What a voter fills in.")
    )
    state = django_filters.ChoiceFilter(
        choices=[("open", _("open")), ("closed", _("closed"))], method="in_state", label=_("State.")
    )
    ordering = orders("closes_at", "opens_at", "id")

    class Meta:
        model = Poll
        fields: list[str] = []

    def in_state(self, rows: Any, name: str, value: str) -> Any:
        return rows.open() if value == "open" else rows.closed()


class ConversationFilter(django_filters.FilterSet):
    """Conversations by consultation."""

    consultation = Words("consultation__slug", label=_("Short name of the consultation."))
    ordering = orders("id", "voter_count")

    class Meta:
        model = Conversation
        fields: list[str] = []


class StatementFilter(django_filters.FilterSet):
    """Statements by conversation and language."""

    consultation = Words("conversation__consultation__slug", label=_("Short name of the consultation."))
    conversation = Number("conversation", label=_("Id of the conversation."))
    language = Words(label=_("Code of the language, such as id."))
    ordering = orders("id", "number", "agree_count", "disagree_count", "pass_count", "created_at")

    class Meta:
        model = Statement
        fields: list[str] = []


class ThreadFilter(django_filters.FilterSet):
    """Threads by consultation and tag."""

    consultation = Words("board__consultation__slug", label=_("Short name of the consultation."))
    tag = Words(method="with_tag", label=_("Tag."))
    ordering = orders("id", "created_at", "last_post_at", "support_count", "post_count")

    class Meta:
        model = Thread
        fields: list[str] = []

    def with_tag(self, rows: Any, name: str, value: str) -> Any:
        tagged = ThreadTag.objects.filter(tag__slug=normalise_tag(value))
        return rows.filter(pk__in=tagged.values("content_object"))


class PostFilter(django_filters.FilterSet):
    """Posts by consultation, thread and time."""

    consultation = Words("thread__board__consultation__slug", label=_("Short name of the consultation."))
    thread = Number("thread", label=_("Id of the thread."))
    language = Words(label=_("Code of the language, such as id."))
    since = django_filters.IsoDateTimeFilter("created_at", lookup_expr="gte", label=_("Written at this time or later."))
    ordering = orders("id", "number", "created_at", "support_count")

    class Meta:
        model = Post
        fields: list[str] = []


class ThemeFilter(django_filters.FilterSet):
    """Themes by consultation."""

    consultation = Words("build__consultation__slug", label=_("Short name of the consultation."))
    minority = django_filters.BooleanFilter(label=_("Whether few people say it."))
    ordering = orders("id", "number", "contributions", "contributors")

    class Meta:
        model = Theme
        fields: list[str] = []
