"""What several pages of this room begin with."""

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from polls.models import Poll
from polls.rules import may_create


def find_poll(request: HttpRequest, poll_id: int) -> Poll:
    """The poll, where the visitor may see it; otherwise 404. Roles are asked for only where it is not public."""
    poll = get_object_or_404(Poll.objects.select_related("consultation"), pk=poll_id)
    public = poll.is_published and poll.consultation.is_published
    if not public and not may_create(request.person, poll.consultation):
        raise Http404
    return poll
