"""What each kind of row tells, field by field. People appear by the name they show, never by an id or an address."""

from api.serializers.consulting import (
    ClauseSerializer,
    CommentSerializer,
    ConsultationSerializer,
    DocumentSerializer,
)
from api.serializers.heard import CitationSerializer, ThemeDetailSerializer, ThemeSerializer
from api.serializers.taking_part import (
    ConversationSerializer,
    PollSerializer,
    PostSerializer,
    ResultSerializer,
    StatementSerializer,
    ThreadSerializer,
)

__all__ = [
    "CitationSerializer", "ClauseSerializer", "CommentSerializer", "ConsultationSerializer", "ConversationSerializer",
    "DocumentSerializer", "PollSerializer", "PostSerializer", "ResultSerializer", "StatementSerializer",
    "ThemeDetailSerializer", "ThemeSerializer", "ThreadSerializer",
]  # fmt: skip
