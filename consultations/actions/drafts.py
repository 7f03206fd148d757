"""Draft texts become versions with clauses; publishing one shows what changed since the one before."""

from dataclasses import dataclass

from django.db.models import Max
from django.utils import timezone, translation
from django.utils.text import Truncator
from django.utils.translation import gettext

from accounts.models import Participant
from consultations.models import Change, Clause, ClauseKind, Consultation, Document, Version
from methods.anchoring import Kept, Piece, difference, parse, rekey
from moderation.actions import record
from moderation.richtext import render
from realtime.actions import atomic, publish


@dataclass(frozen=True)
class Comparison:
    """`clauses` of a source (not saved), and the clauses of the version before that are `gone`."""

    clauses: list[Clause]
    gone: list[Clause]


def compare(*, document: Document | None, source: str) -> Comparison:
    """What `source` (Markdown) would become as the next version of `document`. Writes nothing.

    Raises methods.anchoring.TooManyClauses.
    """
    before = document.current() if document else None
    pieces = parse(source)
    if document is None or before is None:
        return Comparison([_clause(position, piece) for position, piece in enumerate(pieces, 1)], [])
    old = list(before.clauses.all())
    used = Clause.objects.filter(version__document=document, version__published_at__isnull=False)
    kept, found = rekey([_piece(clause) for clause in old], pieces, used.values_list("key", flat=True).distinct())
    clauses = []
    for position, (piece, hit) in enumerate(zip(kept, found, strict=True), 1):
        clause = _clause(position, piece)
        clause.change = Change(hit.kept.value)
        if hit.old is not None and hit.kept == Kept.REWORDED:
            clause.difference = [list(part) for part in difference(old[hit.old].text, clause.text)]
        clauses.append(clause)
    continued = {hit.old for hit in found}
    return Comparison(clauses, [clause for index, clause in enumerate(old) if index not in continued])


@atomic()
def save_draft(
    *,
    person: Participant | None,
    consultation: Consultation,
    document: Document | None,
    title: str,
    source: str,
    note: str = "",
) -> Version:
    """Keep `source` as the unpublished version of `document` (None: a new document); an older one is replaced.

    Returns the version, with its clauses made. Raises methods.anchoring.TooManyClauses.
    """
    if document is None:
        document = Document.objects.create(consultation=consultation, title=title, language=consultation.language)
    else:
        document = Document.objects.select_for_update().get(pk=document.pk)
        document.title = title
        document.save(update_fields=["title"])
    made = compare(document=document, source=source)
    document.versions.filter(published_at=None).delete()
    last = document.versions.aggregate(last=Max("number"))["last"] or 0
    version = Version.objects.create(document=document, number=last + 1, source=source, note=note, created_by=person)
    _name_paragraphs(made.clauses, document.language)
    for clause in made.clauses:
        clause.version = version
        clause.html = render(clause.body)
    Clause.objects.bulk_create(made.clauses, batch_size=100)
    return version


@atomic()
def publish_version(*, person: Participant | None, version: Version) -> Version:
    """Show `version` as the current one. Comments stay with the version they were written for.

    Publishing a published version changes nothing. Publishes `consultation.<id>`. Returns the version.
    """
    changed = Version.objects.filter(pk=version.pk, published_at=None).update(published_at=timezone.now())
    version.refresh_from_db(fields=["published_at"])
    if changed:
        record(verb="version.publish", person=person, target=f"version:{version.pk}", facts={"number": version.number})
        publish(version.document.consultation.topic)
    return version


def _name_paragraphs(clauses: list[Clause], language: str) -> None:
    """Gives each paragraph its name, in the language of the draft: with its article where it has one."""
    article = ""
    with translation.override(language):
        for clause in clauses:
            if clause.kind != ClauseKind.PARAGRAPH:
                article = str(clause) if clause.kind == ClauseKind.ARTICLE else ""
                continue
            facts = {"article": article, "number": clause.mark}
            if not clause.number:
                clause.name = Truncator(" ".join(clause.body.split())).chars(60)
            elif article:
                clause.name = gettext("%(article)s, paragraph %(number)s") % facts
            else:
                clause.name = gettext("Paragraph %(number)s") % facts


def _piece(clause: Clause) -> Piece:
    return Piece(clause.kind, clause.key, clause.number, clause.heading, clause.body)


def _clause(position: int, piece: Piece) -> Clause:
    return Clause(
        key=piece.key,
        position=position,
        kind=ClauseKind(piece.kind),
        number=piece.number,
        heading=piece.heading,
        body=piece.body,
        change=Change.FIRST,
    )
