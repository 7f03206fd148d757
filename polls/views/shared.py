"""What several pages of this room begin with."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from polls.models import Poll


def find_poll(request: HttpRequest, poll_id: int) -> Poll:
    """The poll, where the visitor may see it; otherwise 404."""
    polls = Poll.objects.visible_to(request.person).select_related("consultation", "space")
    return get_object_or_404(polls, pk=poll_id)
