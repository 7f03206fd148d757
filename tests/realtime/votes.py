"""A poll in which anybody may vote, and a vote over the network, as processes see it."""

import secrets
import urllib.request

POLL = "from tests.polls.factories import make_poll; print(make_poll(level=0).pk)"


def vote(port: int, poll: str) -> int:
    """Vote as somebody new; the status of the answer. A hundred and twenty may come from one address in ten minutes."""
    token = "a" * 32
    form = f"csrfmiddlewaretoken={token}&q1=o1&replaces=&form_key={secrets.token_urlsafe(16)}"
    headers = {"Cookie": f"csrftoken={token}", "Origin": f"http://127.0.0.1:{port}"}
    address = f"http://127.0.0.1:{port}/polls/{poll}/vote/"
    with urllib.request.urlopen(urllib.request.Request(address, form.encode(), headers), timeout=30) as answer:
        return answer.status
