"""Who gets which page of a conversation: each address by each kind of person, in each state."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import make_consultation, make_person, sign_in
from tests.opinions.factories import make_conversation

pytestmark = pytest.mark.django_db
ADDRESSES = ("conversation", "statements", "statement", "write", "create", "publish", "vote")
# by kind of person: status of each address in the order above (302: led on, or to the sign-in)
EXPECTED = {
    ("nobody", "open"): (200, 200, 200, 200, 302, 302, 302),
    ("citizen", "open"): (200, 200, 200, 200, 403, 403, 302),
    ("moderator", "open"): (200, 200, 200, 200, 403, 403, 302),
    ("organiser", "open"): (200, 200, 200, 200, 200, 302, 302),
    ("nobody", "closed"): (200, 200, 200, 403, 302, 302, 409),
    ("citizen", "closed"): (200, 200, 200, 403, 403, 403, 409),
    ("organiser", "closed"): (200, 200, 200, 403, 200, 302, 409),
    ("nobody", "draft"): (404, 404, 404, 404, 302, 404, 404),
    ("citizen", "draft"): (404, 404, 404, 404, 403, 404, 404),
    ("moderator", "draft"): (404, 404, 404, 404, 403, 404, 404),
    ("organiser", "draft"): (200, 200, 200, 403, 200, 302, 409),
}


@pytest.mark.parametrize(("kind", "state"), EXPECTED)
def test_page_answers(kind, state):
    consultation = make_consultation(phase="open" if state == "draft" else state)
    got = []
    for name in ADDRESSES:
        conversation = make_conversation(consultation, statements=1, published=state != "draft")
        client = Client(raise_request_exception=False)
        if kind == "citizen":
            sign_in(client, make_person())
        elif kind != "nobody":
            sign_in(client, make_person(role=kind, organisation=consultation.organisation))
        places = {"create": [consultation.slug], "statement": [conversation.pk, 1]}
        address = reverse(f"opinions:{name}", args=places.get(name, [conversation.pk]))
        data = {"number": "1", "value": "1", "form_key": "k" * 20}
        got.append((client.post(address, data) if name in ("publish", "vote") else client.get(address)).status_code)
    assert dict(zip(ADDRESSES, got, strict=True)) == dict(zip(ADDRESSES, EXPECTED[kind, state], strict=True))
