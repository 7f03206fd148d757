"""Atom feeds: the newest consultations, and the heads of the ledgers of polls."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.db.models import OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from consultations.models import Consultation
from polls.models import LedgerEntry, Poll

NEWEST = 30
LEDGERS = 200


class Open(Feed):
    """What pages of other sites may read too."""

    feed_type = Atom1Feed

    def __call__(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        response = super().__call__(request, *args, **kwargs)
        response["Access-Control-Allow-Origin"] = "*"
        return response


class ConsultationFeed(Open):
    """Published consultations, newest first."""

    def title(self) -> str:
        return _("Consultations of %(service)s") % {"service": settings.SERVICE_NAME}

    def link(self) -> str:
        return f"{settings.PUBLIC_URL}/consultations/"

    def feed_url(self) -> str:
        return f"{settings.PUBLIC_URL}/api/consultations.xml"

    def subtitle(self) -> str:
        return _("What is put before the people, and until when they can say what they think.")

    def items(self) -> QuerySet[Consultation]:
        rows = Consultation.objects.visible_to(None).select_related("organisation")
        return rows.order_by("-published_at", "-pk")[:NEWEST]

    def item_title(self, item: Consultation) -> str:
        return item.title

    def item_description(self, item: Consultation) -> str:
        return item.question

    def item_link(self, item: Consultation) -> str:
        return f"{settings.PUBLIC_URL}{item.get_absolute_url()}"

    def item_author_name(self, item: Consultation) -> str:
        return item.organisation.name

    def item_pubdate(self, item: Consultation) -> datetime | None:
        return item.published_at

    def item_updateddate(self, item: Consultation) -> datetime | None:
        return item.published_at


class LedgerFeed(Open):
    """Heads of the ledgers of polls: who keeps them can show later that nothing before them was changed."""

    def title(self) -> str:
        return _("Ledgers of polls of %(service)s") % {"service": settings.SERVICE_NAME}

    def link(self) -> str:
        return f"{settings.PUBLIC_URL}/polls/"

    def feed_url(self) -> str:
        return f"{settings.PUBLIC_URL}/api/polls.xml"

    def subtitle(self) -> str:
        return _("The newest head of each ledger. Keep them.")

    def items(self) -> QuerySet[LedgerEntry]:
        seen = Poll.objects.visible_to(None).filter(ledger__isnull=False).distinct().order_by("-closes_at", "-pk")
        newest = LedgerEntry.objects.filter(poll=OuterRef("poll")).order_by("-number").values("pk")[:1]
        rows = LedgerEntry.objects.filter(poll__in=list(seen[:LEDGERS]), pk=Subquery(newest)).select_related("poll")
        return rows.order_by("-poll__closes_at", "-poll")

    def item_title(self, item: LedgerEntry) -> str:
        return item.poll.title

    def item_description(self, item: LedgerEntry) -> str:
        return _("Entry %(number)s, head %(head)s") % {"number": item.number, "head": item.hash}

    def item_link(self, item: LedgerEntry) -> str:
        return f"{settings.PUBLIC_URL}{reverse('polls:ledger', args=[item.poll_id])}"

    def item_guid(self, item: LedgerEntry) -> str:
        return f"urn:sha256:{item.hash}"

    def item_pubdate(self, item: LedgerEntry) -> datetime:
        """The opening of the poll: an entry has no time of its own, beside the server's log it would name voters."""
        return item.poll.opens_at

    item_updateddate = item_pubdate
