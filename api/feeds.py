"""An Atom feed of the newest consultations, for readers of feeds."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.db.models import QuerySet
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from consultations.models import Consultation

NEWEST = 30


class ConsultationFeed(Feed):
    """Published consultations, newest first."""

    feed_type = Atom1Feed

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

    def __call__(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        response = super().__call__(request, *args, **kwargs)
        response["Access-Control-Allow-Origin"] = "*"
        return response
