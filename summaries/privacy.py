"""What summaries hold of a person: where their words stand, and words quoted from them."""

from typing import Any

from django.db.models import Q

from accounts.models import Participant
from realtime.actions import atomic, publish
from summaries.actions import drop_exports, request_package
from summaries.actions.revising import forget_words, note
from summaries.models import Build, Cause, Citation, Dispute, Export, PersonalFind


def export(person: Participant) -> dict[str, Any]:
    """In which themes of published summaries the person's contributions stand, and what is quoted of them."""
    citations = Citation.objects.filter(person=person, build__in=Build.objects.published())
    return {
        "citations": [
            {
                "consultation": citation.build.consultation.title,
                "contribution": citation.source_key,
                "place": citation.place,
                "theme": citation.theme.label if citation.theme else "",
                "quote": citation.quote,
            }
            for citation in citations.select_related("theme", "build__consultation").order_by("pk")
        ],
        "disputes": [
            {
                "contribution": row.source_key,
                "meant": row.words,
                "at": row.created_at.isoformat(),
                "settled": row.settlement,
                "reason": row.reason,
            }
            for row in Dispute.objects.filter(person=person).order_by("pk")
        ],
        "files": [
            {"format": file.format, "created_at": file.created_at.isoformat()}
            for file in Export.objects.filter(owner=person).order_by("pk")
        ],
    }


@atomic()
def erase(person: Participant) -> None:
    """Take the person's words out of all summaries; numbers stay, and a note says that quotes were removed.

    Files that hold the person's words, or that the person ordered, are deleted. Publishes the summaries concerned.
    """
    mine = Citation.objects.filter(person=person)
    concerned = list(mine.values_list("build__consultation", flat=True).distinct().order_by())
    for build in Build.objects.filter(citations__person=person).distinct():
        rows = mine.filter(build=build)
        quoted = set(rows.exclude(quote="").values_list("source_key", flat=True))
        keys = set(rows.values_list("source_key", flat=True))
        forget_words(build=build, keys=keys)
        PersonalFind.objects.filter(build=build, source_key__in=keys).delete()
        note(build=build, causes=dict.fromkeys(quoted, Cause.ERASED))
        request_package(build=build)
    mine.update(person=None)
    Dispute.objects.filter(person=person).update(person=None, words="")
    drop_exports(exports=Export.objects.filter(Q(owner=person) | Q(consultation__in=concerned)))
    if concerned:
        publish(*(f"summary.{pk}" for pk in concerned))


@atomic()
def adopt(guest: Participant, person: Participant) -> None:
    """The guest's words are the account's now."""
    Citation.objects.filter(person=guest).update(person=person)
    Dispute.objects.filter(person=guest).update(person=person)
    Export.objects.filter(owner=guest).update(owner=person)
