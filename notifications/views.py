"""The inbox, one's own contributions, and e-mail. Reading changes nothing: what is new is shown before it is noted."""

from collections.abc import Iterable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from notifications import actions, contributions, digests, reminders
from notifications.forms import MailingForm
from notifications.gathering import news_of
from notifications.models import Amount, Mailing, Notice
from notifications.words import say
from polls.actions import stop_reminders

PER_PAGE = 20


@require_safe
@never_cache
def inbox(request: HttpRequest) -> HttpResponse:
    """Notices, unread first. What happened since the clock last looked stands above them on the first page."""
    news = news_of(request.person)
    known = [notice.pk for notice in news.grown]
    stored = Notice.objects.visible_to(request.person).exclude(pk__in=known).exclude(key__in=news.gone)
    page = Paginator(stored.unread_first(), PER_PAGE).get_page(request.GET.get("page"))
    fresh = news.unread if page.number == 1 else []
    mailing = Mailing.objects.filter(person=request.person).first() if request.person else None
    context = {
        "page": page,
        "rows": [(notice, say(notice)) for notice in [*fresh, *page]],
        "unread": len(news.unread) + (stored.unread().count() if page.has_other_pages() else _unread(page)),
        "mailing": MailingForm(initial={"amount": mailing.amount if mailing else Amount.IMPORTANT}),
    }
    return render(request, "notifications/inbox.html", context)


def _unread(page: Iterable[Notice]) -> int:
    return sum(notice.read_at is None for notice in page)


@require_POST
def read(request: HttpRequest) -> HttpResponse:
    """Mark one notice (`key`) as read; all of them without a key. With `go` it leads on to what the notice is about."""
    if request.person is None:
        raise Http404
    key = request.POST.get("key", "")
    if not key:
        actions.mark_all_read(person=request.person)
        return redirect("notifications:inbox")
    notice = actions.mark_read(person=request.person, key=key[:80])
    if notice is None:
        raise Http404
    return redirect(notice.url if "go" in request.POST else "notifications:inbox")


@require_safe
@never_cache
def mine(request: HttpRequest, name: str = "") -> HttpResponse:
    """What somebody wrote and took part in, with its state, and what became of it beside it."""
    shelves = contributions.shelves(request.person)
    name = name or next((shelf.name for shelf in shelves if shelf.count), "comments")
    if name not in contributions.TITLES:
        raise Http404
    page = contributions.read(request.person, name, request.GET.get("page"))
    context = {"shelves": shelves, "name": name, "title": contributions.TITLES[name], "page": page}
    return render(request, "notifications/mine.html", context)


@require_POST
@login_required
def mailing(request: HttpRequest) -> HttpResponse:
    """Keep how much somebody wants by e-mail."""
    form = MailingForm(request.POST)
    if form.is_valid():
        actions.choose_amount(person=request.person, amount=form.cleaned_data["amount"])
        messages.success(request, _("Saved."))
    else:
        messages.error(request, _("Please choose one of the three."))
    return redirect("notifications:inbox")


@csrf_exempt
@never_cache
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """End somebody's digests by the link in an e-mail, without signing in; a GET only asks (RFC 8058).

    It needs no form token because mail programs press the button; the signed link is the permission.
    """
    person = digests.person_of(token)
    if person is None:
        raise Http404
    if request.method == "POST":
        actions.choose_amount(person=person, amount=Amount.NONE)
    return render(request, "notifications/unsubscribe.html", {"done": request.method == "POST", "token": token})


@csrf_exempt
@never_cache
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """End the reminders of one poll by the link in one of them, without signing in; a GET only asks (RFC 8058)."""
    elector = reminders.elector_of(token)
    if elector is None:
        raise Http404
    if request.method == "POST":
        stop_reminders(elector=elector)
    facts = {"done": request.method == "POST", "token": token, "elector": elector}
    return render(request, "notifications/stop.html", facts)
