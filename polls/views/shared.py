"""What several pages of this room begin with."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from polls.models import Poll


def find_poll(request: HttpRequest, poll_id: int) -> Poll:
    """The poll, where the visitor may see it; otherwise 404. Roles are asked for only where it is not public."""
    poll = Poll.objects.published().select_related("consultation", "space").filter(pk=poll_id).first()
    if poll is not None:
        return poll
    own = Poll.objects.visible_to(request.person).select_related("consultation", "space")
    return get_object_or_404(own, pk=poll_id)
