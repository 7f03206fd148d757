"""Which threads somebody wants to see, and in which order. Explicit fields, an allow-list of orders."""

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from consultations.models import normalise_tag
from forums.models import Post, Thread, ThreadQuerySet

ORDERS = [("active", _("latest activity")), ("newest", _("newest first")), ("supported", _("most supported"))]


class ThreadFilter(django_filters.FilterSet):
    """By words in the title or in shown posts, by tag; pinned threads first."""

    q = django_filters.CharFilter(label=_("Words"), max_length=100, method="filter_words")
    tag = django_filters.CharFilter(label=_("Tag"), max_length=100, method="filter_tag", widget=forms.HiddenInput)
    order = django_filters.ChoiceFilter(
        label=_("Order"), choices=ORDERS[1:], empty_label=ORDERS[0][1], method="filter_order"
    )

    class Meta:
        model = Thread
        fields: list[str] = []

    def filter_words(self, threads: ThreadQuerySet, name: str, value: str) -> ThreadQuerySet:
        said = Post.objects.shown().filter(thread=OuterRef("pk"), body__icontains=value)
        return threads.filter(Q(title__icontains=value) | Exists(said))

    def filter_tag(self, threads: ThreadQuerySet, name: str, value: str) -> ThreadQuerySet:
        return threads.filter(tag_items__tag__slug=normalise_tag(value))

    def filter_order(self, threads: ThreadQuerySet, name: str, value: str) -> ThreadQuerySet:
        return threads.newest() if value == "newest" else threads.supported()
