"""Where each address of the site lies in a world, what is sent there, and how an answer is written in the tables."""

from collections.abc import Iterator
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.factories import sign_in
from tests.permissions.world import ROLES, World

SIGN_IN = ("/account/login/", "/admin/login/")
MARKS = {403: "3", 404: "4", 405: "x", 410: "-", 400: "!", 409: "!", 422: "!"}

# The rows of a world that an address names, by url name; "slug" is the consultation's. Others take no arguments.
PLACES: dict[str, str] = {
    "account_reset_password_from_key": "=1 =abc-def",
    "mfa_remove_webauthn": "=1",
    "mfa_edit_webauthn": "=1",
    "consultations:receipt": "comment.receipt",
    "consultations:clause": "clause.pk",
    "consultations:sheet": "clause.pk",
    "consultations:clause_comments": "clause.pk",
    "consultations:comment": "comment.pk",
    "consultations:edit_comment": "comment.pk",
    "consultations:support": "comment.pk",
    **{f"consultations:{name}": "slug" for name in (
        "show", "draft", "whole", "edit", "phases", "text", "prepare", "publish"
    )},
    "consultations:document": "slug document.pk",
    "consultations:version": "slug document.pk =1",
    "consultations:changes": "slug document.pk =1",
    "consultations:next_version": "slug document.pk",
    "consultations:publish_version": "slug next_version.pk",
    "polls:create": "slug",
    "polls:practice": "=ranking",
    "polls:decide_aside": "poll.pk aside.pk",
    "polls:package_file": "poll.pk =result.json",
    **{f"polls:{name}": "poll.pk" for name in (
        "poll", "vote", "results", "results_live", "results_csv", "receipts_csv", "ledger", "ledger_lines",
        "package_zip", "observers_zip", "asides", "qr", "edit", "correct", "lot", "publish",
        "roll", "roll_strike", "roll_answer", "roll_object", "remind", "slips", "code", "may_vote",
        "paper", "paper_sheet", "desk"
    )},
    **{f"polls:{name}": "poll.pk bundle.number" for name in ("bundle", "bundle_put_in", "bundle_restart", "strips")},
    "opinions:create": "slug",
    **{f"opinions:{name}": "conversation.pk" for name in ("conversation", "vote", "write", "publish", "statements")},
    "opinions:statement": "conversation.pk statement.number",
    "forums:post": "post.pk",
    "forums:edit": "post.pk",
    "forums:receipt": "post.receipt",
    "forums:board": "slug",
    "forums:open": "slug",
    "forums:new": "slug",
    **{f"forums:{name}": "slug thread.pk" for name in ("thread", "reply", "support", "curate")},
    "summaries:download": "export.token export.format",
    **{f"summaries:{name}": "slug" for name in ("public", "overview", "start", "export")},
    **{f"summaries:{name}": "slug build.pk" for name in ("build", "contributions", "publish", "package")},
    **{f"summaries:{name}": "slug build.pk theme.key" for name in ("theme", "decide", "rename")},
    **{f"summaries:{name}": "slug build.pk theme.key" for name in ("split", "review")},
    **{f"summaries:{name}": "slug build.pk" for name in (
        "move", "merge", "undo", "history", "compare", "campaigns", "audit", "audit_draw", "audit_read"
    )},
    "summaries:campaign": "slug build.pk campaign.pk",
    "summaries:misread": "slug build.pk comment.source_key",
    **{f"summaries:{name}": "slug build.pk" for name in ("personal", "suggestions", "ask_model")},
    "summaries:settle_suggestion": "slug build.pk suggestion.pk",
    "summaries:keep_personal": "slug build.pk find.pk",
    **{f"summaries:{name}": "slug" for name in ("misread_list", "holding")},
    "summaries:misread_settle": "slug dispute.pk",
    **{f"summaries:{name}": "slug" for name in ("easy", "write_easy", "census")},
    "summaries:translate": "slug build.pk theme.key",
    **{f"moderation:{name}": "case.pk" for name in ("case", "claim", "decide")},
    "moderation:undo": "decision.pk",
    "moderation:flag": "=comment comment.pk",
    "moderation:flagged": "=comment comment.pk",
    "moderation:rules_of": "office.slug",
    **{f"jobs:{name}": "job.pk" for name in ("job", "progress", "cancel")},
    "notifications:mine_of": "=comments",
    "notifications:unsubscribe": "token",
    "notifications:stop": "stop",
    "realtime:snapshot": "consultation.topic",
    "api:consultation-detail": "slug",
    "api:poll-result": "poll.pk",
    "api:theme-citations": "theme.pk",
    **{f"api:{name}-detail": f"{name}.pk" for name in (
        "document", "clause", "comment", "poll", "conversation", "statement", "thread", "post", "theme"
    )},
    "api:missing": "=nowhere",
}  # fmt: skip

# What somebody sends who fills in the form well; everything else is sent empty. Values may name rows, as above.
SENT: dict[str, dict[str, str]] = {
    "pages:language": {"language": "=en", "next": "=/help/"},
    "pages:theme": {"theme": "=dark", "next": "=/help/"},
    "accounts:profile": {"name": "=Somebody else", "language": "=en"},
    "accounts:erase": {"word": "=DELETE"},
    "consultations:new": {"title": "=Half a form"},
    "consultations:edit": {"title": "=Half a form"},
    "opinions:create": {"question": "=Half a form"},
    "consultations:clause": {"stance": "=support", "body": "=A new stop would help."},
    "consultations:whole": {"body": "=A new line would help."},
    "consultations:comment": {"body": "=I see this differently."},
    "consultations:edit_comment": {"stance": "=support", "body": "=I changed my mind."},
    "consultations:text": {"title": "=Draft", "source": "=## Article 1\n\nWords.", "act": "=save"},
    "consultations:next_version": {"title": "=Draft", "source": "=## Article 1\n\nWords.", "act": "=save"},
    "polls:vote": {"q1": "=o3"},
    "polls:paper": {"number": "=2", "size": "=12"},
    "polls:bundle": {"number": "=1", "q1": "=3"},
    "polls:bundle_restart": {"size": "=3"},
    "polls:desk": {"q1": "=o3", "form_key": "=a-form-key-of-22-signs"},
    "polls:decide_aside": {"accept": "=no", "answer": "=It was a village meeting."},
    "opinions:vote": {"number": "second.number", "value": "=1"},
    "opinions:write": {"body": "=The square needs more trees."},
    "forums:new": {"title": "=Benches", "body": "=Benches would help."},
    "forums:reply": {"body": "=I see this differently."},
    "forums:edit": {"body": "=I changed my mind."},
    "forums:open": {"title": "=Forum"},
    "forums:support": {"post": "first.pk"},
    "forums:curate": {"act": "=pin"},
    "summaries:export": {"format": "=csv"},
    "summaries:write_easy": {"language": "=id", "body": "=Easy words."},
    "summaries:census": {"rows": "=33.01, North, 400", "source": "=Office", "as_of": "=2025"},
    "summaries:decide": {"outcome": "=adopted", "reason": "=Because many asked."},
    "summaries:rename": {"label": "=Roofs"},
    "summaries:move": {"source": "comment.source_key", "to": "=none", "origin": "theme.key"},
    "summaries:audit_read": {"item": "item.pk", "verdict": "=right"},
    "summaries:misread": {"words": "=I meant the school."},
    "summaries:misread_settle": {"settlement": "=kept", "reason": "=It speaks about stops."},
    "summaries:ask_model": {"kinds": "=title"},
    "summaries:holding": {"words": "=We are still studying it.", "answer_at": "=2090-05-01T12:00"},
    "moderation:decide": {"outcome": "=approve"},
    "moderation:bulk": {"outcome": "=approve", "cases": "case.pk"},
    "moderation:flag": {"reason": "=spam"},
    "notifications:read": {"key": "notice.key"},
    "notifications:mailing": {"amount": "=none"},
}


def url_names() -> list[str]:
    """Every name of the resolver, in its order; the operators' door is one group, `admin`."""
    return list(dict.fromkeys(_names(get_resolver().url_patterns, "")))


def _names(patterns: list[URLPattern | URLResolver], prefix: str) -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            yield f"{prefix}{pattern.name}"
        elif pattern.namespace == "admin":
            yield "admin"
        else:
            yield from _names(pattern.url_patterns, f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix)


def value_of(world: World, word: str) -> Any:
    """What a word of PLACES or SENT stands for: `=text`, `slug`, or `row.attribute`."""
    if word.startswith("="):
        return word[1:]
    found: Any = world.it
    for part in ("consultation.slug" if word == "slug" else word).split("."):
        found = getattr(found, part)
    return found


def address(world: World, name: str) -> str:
    """The address called `name` in `world`."""
    if name == "admin":
        return reverse("admin:index")
    return reverse(name, args=[value_of(world, word) for word in PLACES.get(name, "").split()])


def clients(world: World) -> dict[str, Client]:
    """A browser for each role, signed in."""
    return {role: sign_in(Client(), person) if person else Client() for role, person in world.people.items()}


def ask(world: World, client: Client, method: str, name: str) -> HttpResponse:
    """Send `method` to `name`; whatever it changes is taken back, in rows, cookies and counters alike."""
    kept = client.cookies.copy()
    data = {key: value_of(world, word) for key, word in SENT.get(name, {}).items()} if method == "POST" else {}
    cache.clear()
    with transaction.atomic():
        url = address(world, name)
        response: Any = client.post(url, data) if method == "POST" else client.get(url)
        transaction.set_rollback(True)
    client.cookies = kept
    return response


def mark_of(response: HttpResponse) -> str:
    """One sign for an answer; `?` for one that no table may hold."""
    status = response.status_code
    if 200 <= status < 300:
        return "+"
    if status in (301, 302, 303):
        return ">" if response["Location"].startswith(SIGN_IN) else "~"
    return MARKS.get(status, "?")


def marks(world: World, browsers: dict[str, Client], method: str, name: str) -> str:
    """The marks of all roles, in their order."""
    return "".join(mark_of(ask(world, browsers[role], method, name)) for role in ROLES)
