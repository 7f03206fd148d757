"""Makes and changes people. The only place where rows of this room are written."""

from django.http import HttpRequest

from accounts.middleware import GUEST
from accounts.models import Participant
from realtime.actions import atomic


@atomic()
def ensure_person(*, request: HttpRequest) -> Participant:
    """The participant of this request; a visitor becomes a guest whom the session remembers.

    Called when somebody acts (votes, comments), never when they only read. Returns the participant.
    """
    if request.person is None:
        request.person = Participant.objects.create()
        request.session[GUEST] = str(request.person.key)
    return request.person
