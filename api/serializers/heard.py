"""Themes of published summaries with what they are made of, and what was decided."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from api.base import Public
from summaries.models import Citation, Theme, ThemeDecision


class DecisionSerializer(serializers.ModelSerializer):
    class Meta:
        model = ThemeDecision
        fields = ["outcome", "reason", "clause", "decided_at"]


class ThemeSerializer(Public):
    """A theme with its three honest counts and the decision in force. Expects `decisions` to be prefetched."""

    consultation = serializers.CharField(source="build.consultation.slug", read_only=True)
    built_at = serializers.DateTimeField(source="build.created_at", read_only=True)
    phrases = serializers.ListField(child=serializers.CharField(), read_only=True)
    stances = serializers.DictField(child=serializers.IntegerField(), read_only=True)
    languages = serializers.DictField(child=serializers.IntegerField(), read_only=True)
    decision = DecisionSerializer(allow_null=True, read_only=True)

    class Meta:
        model = Theme
        fields = [
            "id", "consultation", "built_at", "key", "number", "label", "phrases", "contributions", "distinct",
            "contributors", "anonymous", "stances", "languages", "minority", "decision", "url",
        ]  # fmt: skip


class QuoteSerializer(serializers.Serializer):
    source_key = serializers.CharField()
    quote = serializers.CharField()
    language = serializers.CharField()
    url = serializers.CharField()


class ThemeDetailSerializer(ThemeSerializer):
    """A theme with its quotes, as far as their sources still say them in public."""

    quotes = serializers.SerializerMethodField()

    class Meta(ThemeSerializer.Meta):
        fields = [*ThemeSerializer.Meta.fields, "quotes"]

    @extend_schema_field(QuoteSerializer(many=True))
    def get_quotes(self, row: Any) -> list[dict[str, Any]]:
        return [dict(quote) for quote in self.context["quotes"]]


class CitationSerializer(serializers.ModelSerializer):
    """One contribution of a theme by its key, such as `comment:12`: where it stands, and what it repeats."""

    class Meta:
        model = Citation
        fields = ["source_key", "kind", "place", "rank", "copy_of", "stance", "language"]
