"""Casting a ballot: the roll's constraint gives each person one vote, and a repeated form the same receipt."""

import secrets
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from accounts.models import Participant
from accounts.rules import no
from methods import ledger
from polls import keys
from polls.actions import detaching
from polls.actions.answers import BLANK, Answer, canonical, is_asked, written
from polls.actions.pseudonyms import address_mark, pseudonym
from polls.actions.receipts import Receipt, receipt_of, seal
from polls.actions.remarks import leave_remarks
from polls.actions.roll import hold_place
from polls.actions.turnout import count_in, raise_count
from polls.models import Ballot, Channel, Elector, Poll, Position, Question, QuestionKind, Results, RollEntry
from polls.rules import AlreadyVoted, InvalidChoice, StaleForm, VoteRefused, may_vote
from realtime.actions import atomic, publish

REPLACED = ("choice", "form_hash", "nonce", "commitment", "listed", "channel", "cell")
NO_TEXTS: Mapping[str, str] = MappingProxyType({})


@atomic()
def cast_ballot(
    *,
    poll: Poll,
    person: Participant,
    answers: Mapping[str, Answer],
    texts: Mapping[str, str] = NO_TEXTS,
    form_key: str = "",
    change_code: str = "",
    replaces: str | None = None,
    remark: str = "",
    language: str = "",
    cell: str = "",
) -> Receipt:
    """Put the vote of `person` into the boxes of `poll`, or replace it while the poll is open and allows that.

    answers: by the question's key, as in `answers.canonical`; each box gets a paper, blank where the question was not
    asked or not answered. texts: answers to questions for a text and reasons of objections, by key; they are taken
    with the first vote, reasons also with a change to an objection. form_key: a random text of the form; the same
    form sent again gives the same receipt. change_code: in detached polls what the receipt showed, without which no
    vote is changed there. replaces: in others `own_revision` as the form saw it ("" for a first vote), so that an old
    form never overwrites a newer vote; None replaces whatever is there. remark: the optional "why". cell: the group
    that the voter names, a key of `poll.groups`.
    Returns the receipt. Publishes `poll.<id>`, and `poll.results.<id>` where a visible result has changed.
    Raises VoteRefused (AlreadyVoted, StaleForm, WrongCode) and InvalidChoice.
    """
    verdict = may_vote(person, poll)
    if not verdict:
        raise VoteRefused(verdict)
    choices, cell = fill_in(poll, answers, texts), known_cell(poll, cell)
    said = kept_texts(poll, choices, texts)
    form_key = form_key or secrets.token_hex(16)
    if (change_code and poll.is_detached) or not enter(poll, person, hold_place(poll, person)):
        if poll.is_detached:
            codes = {"form_key": form_key, "change_code": change_code}
            receipt, objected = detaching.change(poll, person, choices, **codes, cell=cell)
        else:
            receipt, objected = _replace(poll, person, choices, _form_hash(person, form_key), replaces, cell)
        reasons = {one: text for one, text in said.items() if one.has_box and one.key not in objected}
        if receipt.changed and reasons:
            leave_remarks(poll=poll, person=person, texts=reasons, language=language)
        return receipt
    if poll.is_detached:
        receipt = detaching.hold(poll, person, choices, form_key, cell=cell)
    else:
        own = {"pseudonym": pseudonym(poll, person)} if poll.is_secret else {"voter": person}
        papers = put_in(poll, choices, form_hash=_form_hash(person, form_key), cell=cell, **own)
        receipt = receipt_of(poll, papers)
    count_in(poll, 1, mark=address_mark(poll, person.user.email) if poll.is_detached and person.user else "")
    if said or remark:
        leave_remarks(poll=poll, person=person, texts=said, why=remark, language=language)
    return receipt


def _replace(
    poll: Poll, person: Participant, choices: Mapping[str, str], form_hash: str, replaces: str | None, cell: str
) -> tuple[Receipt, set[str]]:
    """The new receipt, and the questions (by key) in which the vote before was an objection."""
    raise_count(poll, 0)  # from the poll to its ballots, as the closing goes, or each could wait for the other
    papers = _find(poll, person)
    if papers[0].form_hash == form_hash:
        return receipt_of(poll, papers), set()
    _may_replace(poll, papers[0], replaces)
    keys_of = {box.pk: box.key for box in poll.boxes}
    objects = written([Position.OBJECT])
    objected = {keys_of[paper.question_id] for paper in papers if paper.choice == objects}
    for paper in papers:
        paper.choice, paper.form_hash, paper.listed = choices[keys_of[paper.question_id]], form_hash, False
        paper.channel, paper.cell = Channel.WEB, cell
        seal(paper)
    Ballot.objects.bulk_update(papers, REPLACED)
    if not poll.is_secret and poll.results != Results.AFTER_CLOSING:
        publish(poll.results_topic)
    return receipt_of(poll, papers, changed=True), objected


def fill_in(poll: Poll, answers: Mapping[str, Answer], texts: Mapping[str, str] = NO_TEXTS) -> dict[str, str]:
    """The papers of a vote, one for each box, canonical and by question key.

    What was answered to a question that this voter is not asked is left out. Raises InvalidChoice, also when all is
    blank.
    """
    if not answers.keys() | texts.keys() <= {question.key for question in poll.sheet}:
        raise InvalidChoice(_("This choice does not belong to this poll. Please choose again."))
    papers: dict[str, str] = {}
    for question in poll.boxes:
        papers[question.key] = canonical(question, answers.get(question.key), asked=is_asked(question, papers))
    if all(paper == BLANK for paper in papers.values()) and not any(text.strip() for text in texts.values()):
        raise InvalidChoice(_("Please choose first. Nothing was sent yet."))
    return papers


def kept_texts(poll: Poll, papers: Mapping[str, str], texts: Mapping[str, str]) -> dict[Question, str]:
    """The texts that belong to this vote: of questions that were asked, and reasons where there is an objection."""
    return {
        question: texts[question.key]
        for question in poll.sheet
        if texts.get(question.key, "").strip() and takes_text(question, papers)
    }


def takes_text(question: Question, papers: Mapping[str, str]) -> bool:
    """Whether a text belongs to `question` when the papers (canonical, by key) are these."""
    if question.kind == QuestionKind.CONSENT:
        return papers.get(question.key) == written([Position.OBJECT])
    return question.kind == QuestionKind.TEXT and is_asked(question, papers)


def own_revision(poll: Poll, person: Participant | None) -> str:
    """A mark of the vote that `person` has in the box now, which changes with it; "" without one."""
    if person is None or not RollEntry.objects.filter(poll=poll, voter=person).exists():
        return ""
    papers = own_ballots(poll, person)
    return _revision(papers[0]) if papers else "gone"


def own_ballots(poll: Poll, person: Participant) -> list[Ballot]:
    """The ballots of `person`, one from each box, in the order of the questions; empty when they cannot be found.

    They are found by name in open polls, by pseudonym until closing in confidential ones, and never in detached ones.
    """
    papers = Ballot.objects.of(poll).order_by("question__position")
    if not poll.is_secret:
        return list(papers.filter(voter=person))
    if poll.is_detached or poll.unlinked_at or poll.is_closed:
        return []
    try:
        return list(papers.filter(pseudonym=keys.pseudonym(poll.key_name, person.key)))
    except keys.KeyDamaged:
        return []


def enter(poll: Poll, person: Participant, place: Elector | None = None) -> bool:
    """Write the roll entry; False when a constraint says that there is one. Nothing is looked up before.

    place: that of `person` where the roll is fixed: it too has one entry.
    """
    entry = RollEntry(poll=poll, voter=person, elector=place)
    meta, quote = RollEntry._meta, connection.ops.quote_name
    fields = [meta.pk, *(field for field in meta.concrete_fields if not field.primary_key)]
    columns = [quote(str(field.column)) for field in fields]
    values = [field.get_db_prep_save(getattr(entry, field.attname), connection) for field in fields]
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {quote(meta.db_table)} ({', '.join(columns)}) VALUES (%s, %s, %s, %s) "  # noqa: S608 (no input)
            "ON CONFLICT DO NOTHING",
            values,
        )
        return bool(cursor.rowcount == 1)


def _find(poll: Poll, person: Participant) -> list[Ballot]:
    papers = own_ballots(poll, person)
    if not papers:
        raise AlreadyVoted(no(_("You have voted already. This vote can no longer be found, so it cannot be changed.")))
    return papers


def _may_replace(poll: Poll, paper: Ballot, replaces: str | None) -> None:
    if not poll.allows_change:
        raise AlreadyVoted(no(_("You have voted already. In this poll a vote cannot be changed.")))
    if replaces is not None and replaces != _revision(paper):
        raise StaleForm(
            no(_("You have voted already, perhaps in another window. If you send again, that vote is replaced."))
        )


def known_cell(poll: Poll, cell: str) -> str:
    """The group that a voter names; "" for none. Raises InvalidChoice for one that the poll does not have."""
    if cell and cell not in dict(poll.groups):
        raise InvalidChoice(_("This group does not belong to this poll. Please choose again."))
    return cell


def put_in(poll: Poll, choices: Mapping[str, str], **marks: Any) -> list[Ballot]:
    """A sealed ballot in each box of `poll`. choices: as `fill_in` gives them. marks: the other fields of `Ballot`."""
    papers = [seal(Ballot(question=box, choice=choices[box.key], **marks)) for box in poll.boxes]
    return Ballot.objects.bulk_create(papers)


def _form_hash(person: Participant, form_key: str) -> str:
    return ledger.digest(f"{person.key}|{form_key}")


def _revision(paper: Ballot) -> str:
    return (paper.form_hash or "")[:16]
