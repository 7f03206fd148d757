"""Receives texts and reports, claims and decides cases, and writes the audit. The only place where rows are written."""

import unicodedata
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Organisation, Participant
from moderation import chain, richtext, rules
from moderation.house_rules import RULES
from moderation.models import (
    CLAIM,
    AuditEntry,
    AuditHead,
    Case,
    Decision,
    Flag,
    Hint,
    HouseRule,
    Moderated,
    Outcome,
    Space,
    find_kind,
)
from realtime.actions import atomic, publish

NEAR_COPY = 92  # of 100, by RapidFuzz' ratio
COMPARED = 50  # newest texts of the same author
SHORTEST_COPY = 40  # signs; shorter texts are alike by chance


class AlreadyDecided(Exception):
    """Somebody decided the case meanwhile; `decision` is what they decided (None: the text itself is gone)."""

    def __init__(self, decision: Decision | None) -> None:
        super().__init__(str(decision))
        self.decision = decision


class TextChanged(Exception):
    """The author has changed the text since the moderator read it."""


@atomic()
def receive(*, item: Moderated) -> Case | None:
    """Take in a text that was just created or edited; to be called in the same transaction.

    Checks its limits, holds it when its author is a guest or its space is read before publication, and opens a case
    when it is held or nearly the same as another text of its author. Sets `item.held_at`.
    Returns the open case, or None when there is nothing to review. Publishes `moderation.<organisation>`.
    Raises ValidationError when the text is beyond the limits of `richtext.limits`.
    """
    richtext.limits(item.body)
    held = rules.is_held_first(item)
    hint = _hint(item, held)
    if held and item.held_at is None:
        item.held_at = timezone.now()
        item.save(update_fields=["held_at"])
    if not hint:
        return None
    case = open_case(item=item, held=held, hint=hint)
    publish(topic(item.space))
    return case


def topic(space: Space) -> str:
    """What the queues of the organisation of `space` listen to."""
    return f"moderation.{space.organisation_id}"


@atomic()
def open_case(*, item: Moderated, held: bool = False, hint: str = "") -> Case:
    """The open case of `item`; made when there is none. Two at once end with one, because a constraint says so."""
    kind = ContentType.objects.get_for_model(item)
    one = {"content_type": kind, "object_id": item.pk, "closed_at": None}
    case = None
    while case is None:
        # Locked, or it could close before a report lands in it, and two reports of one person could block each other.
        case = Case.objects.select_for_update(of=("self",)).filter(**one).first()
        if case is None:
            try:
                with transaction.atomic():
                    return Case.objects.create(**one, space=item.space, author_id=item.author_id, held=held, hint=hint)
            except IntegrityError:
                continue  # somebody was faster: take theirs
    if held and not case.held:
        case.held, case.hint = True, hint
        case.save(update_fields=["held", "hint"])
    return case


@atomic()
def record(*, verb: str, person: Participant | None, target: str, facts: dict[str, Any]) -> AuditEntry:
    """Append an act to the audit. `verb` such as `case.hide`, `target` such as `post:12`, `facts` small and JSON-ready.

    Facts hold no names and no text of people: entries can never be erased. Returns the entry.
    """
    head, _made = AuditHead.objects.select_for_update().get_or_create(pk=1, defaults={"hash": chain.START})
    act: dict[str, Any] = {
        "at": timezone.now(),
        "verb": verb,
        "actor": str(person.key) if person else "",
        "target": target,
        "facts": facts,
    }
    entry = AuditEntry.objects.create(**act, previous=head.hash, hash=chain.link(previous=head.hash, **act))
    AuditHead.objects.filter(pk=1).update(hash=entry.hash, length=head.length + 1)
    return entry


@atomic()
def flag(*, item: Moderated, person: Participant, reason: str, note: str = "") -> Flag:
    """Report `item` for `reason` (a FlagReason); merged into its open case, one report a person and case.

    Returns the report (the earlier one, when the person had reported already). Publishes `moderation.<organisation>`.
    """
    case = open_case(item=item)
    try:
        with transaction.atomic():
            report = Flag.objects.create(case=case, person=person, reason=reason, note=richtext.tidy(note))
    except IntegrityError:
        return Flag.objects.get(case=case, person=person)
    publish(topic(item.space))
    return report


@atomic()
def claim(*, case: Case, person: Participant) -> bool:
    """Take `case` for ten minutes, or longer when it is one's own already. Returns whether it was free.

    One statement decides between two who ask at once. Publishes `moderation.<organisation>`.
    """
    now = timezone.now()
    free = Q(claimed_by=None) | Q(claimed_by=person) | Q(claimed_at__lte=now - CLAIM)
    taken = Case.objects.open().filter(free, pk=case.pk).update(claimed_by=person, claimed_at=now)
    if taken:
        case.claimed_by, case.claimed_at = person, now
        publish(topic(case.space))
    return bool(taken)


@atomic()
def decide(
    *, case: Case, person: Participant, outcome: str, rule: HouseRule | None = None, reasons: str = "", seen: str = ""
) -> Decision:
    """Close `case`: show its text (`approve`) or hide it (`hide`), with a rule and a statement of reasons.

    Without `reasons` the author is told the rule's usual statement in their language. `seen`: `rules.words_of` the
    text as the moderator read it ("" where nobody looked), or an author could exchange it under the decision.
    Changes the text, writes the decision and the audit, and lets the text's room recount, in one transaction.
    Returns the decision. Publishes `moderation.<organisation>` and what the text's room publishes.
    Raises AlreadyDecided, TextChanged, PermissionDenied, and ValidationError when something is hidden without a rule.
    """
    case = Case.objects.select_for_update(of=("self",)).select_related("space", "claimed_by").get(pk=case.pk)
    if case.closed_at is not None:
        raise AlreadyDecided(case.decisions.standing().first())
    verdict = rules.may_decide(person, case)
    if not verdict:
        raise PermissionDenied(verdict.reason)
    if outcome == Outcome.HIDE and rule is None:
        raise ValidationError(_("Choose the rule that this text breaks."), code="rule")
    item, now = _locked_item(case), timezone.now()
    if seen and seen != rules.words_of(item):
        raise TextChanged
    decision = Decision.objects.create(
        case=case,
        author_id=case.author_id,
        moderator=person,
        outcome=outcome,
        rule=rule if outcome == Outcome.HIDE else None,
        reasons=richtext.tidy(reasons)
        or (rule.statement(language_of(item)) if rule and outcome == Outcome.HIDE else ""),
        held_before_at=item.held_at if item else None,
        hidden_before_at=item.hidden_at if item else None,
        decided_at=now,
    )
    Case.objects.filter(pk=case.pk).update(closed_at=now)
    _place(item, held_at=None, hidden_at=now if outcome == Outcome.HIDE else None)
    facts = {"case": case.pk, "decision": decision.pk, "rule": decision.rule.number if decision.rule else 0}
    record(verb=f"case.{outcome}", person=person, target=str(case), facts=facts)
    publish(topic(case.space))
    return decision


@atomic()
def undo(*, decision: Decision, person: Participant) -> Case:
    """Take back one's own decision of the last minute: the text stands as before, the case is open and claimed again.

    Returns the case. Publishes like `decide`. Raises PermissionDenied when it is too late, or when the text has a new
    case meanwhile.
    """
    case = Case.objects.select_for_update(of=("self",)).select_related("space").get(pk=decision.case_id)
    decision.refresh_from_db()
    verdict = rules.may_review(person, case) and rules.may_undo(person, decision)
    if not verdict:
        raise PermissionDenied(verdict.reason)
    if Case.objects.filter(content_type=case.content_type_id, object_id=case.object_id, pk__gt=case.pk).exists():
        raise PermissionDenied(_("This text was reported again meanwhile. Please decide the new case."))
    now = timezone.now()
    Decision.objects.filter(pk=decision.pk).update(undone_at=now)
    Case.objects.filter(pk=case.pk).update(closed_at=None, claimed_by=person, claimed_at=now)
    _place(_locked_item(case), held_at=decision.held_before_at, hidden_at=decision.hidden_before_at)
    record(verb="case.undo", person=person, target=str(case), facts={"case": case.pk, "decision": decision.pk})
    publish(topic(case.space))
    return case


def decide_many(
    *, cases: Sequence[Case], person: Participant, outcome: str, number: int | None = None, reasons: str = ""
) -> tuple[list[Decision], list[tuple[Case, str]]]:
    """Decide several cases with one reason, each in its own transaction. `number`: of the house rule, per organisation.

    Returns the decisions, and the cases that stayed as they were, each with why.
    """
    done: list[Decision] = []
    left: list[tuple[Case, str]] = []
    for case in cases:
        try:
            rule = house_rule(organisation=case.space.organisation, number=number)
            done.append(decide(case=case, person=person, outcome=outcome, rule=rule, reasons=reasons))
        except AlreadyDecided:
            left.append((case, _("Somebody decided it meanwhile.")))
        except PermissionDenied as refusal:
            left.append((case, str(refusal)))
        except ValidationError as problem:
            left.append((case, problem.messages[0]))
    return done, left


@atomic()
def house_rule(*, organisation: Organisation, number: int | None) -> HouseRule | None:
    """The rule `number` of `organisation`, None without a number or when there is none such.

    An organisation that wrote no rules of its own works by the usual ones; they become rows when first referred to.
    """
    if number is None:
        return None
    if not organisation.house_rules.exists():
        usual = [HouseRule(organisation=organisation, **rule) for rule in RULES]
        HouseRule.objects.bulk_create(usual, ignore_conflicts=True)
    return organisation.house_rules.filter(number=number).first()


def language_of(item: Moderated | None) -> str:
    """The language in which the author of `item` is told: of their account, else of the text, else Indonesian."""
    author = item.author if item else None
    return (author.user.language if author and author.user else "") or (item.language if item else "") or "id"


def _locked_item(case: Case) -> Moderated | None:
    model = find_kind(case.content_type.model)
    if model is None:
        return None
    found: Moderated | None = model._base_manager.select_for_update(of=("self",)).filter(pk=case.object_id).first()
    return found


def _place(item: Moderated | None, *, held_at: datetime | None, hidden_at: datetime | None) -> None:
    if item is not None and item.body:  # the words of somebody who was erased do not come back as an empty text
        item.held_at, item.hidden_at = held_at, hidden_at
        item.save(update_fields=["held_at", "hidden_at"])
        item.after_decision()


def _hint(item: Moderated, held: bool) -> str:
    if _is_copy(item):
        return Hint.COPY
    if not held:
        return ""
    return Hint.GUEST if item.author is None or item.author.is_guest else Hint.BEFORE


def _is_copy(item: Moderated) -> bool:
    """Whether the author wrote nearly the same in this space before. Different people may send one text: not hinted."""
    from rapidfuzz import fuzz, process  # not when the server starts: it is heavy

    body = _plain(item.body)
    if item.author_id is None or len(body) < SHORTEST_COPY:
        return False
    others: Iterable[str] = (
        type(item)
        ._default_manager.filter(space=item.space_id, author=item.author_id)
        .exclude(pk=item.pk)
        .order_by("-created_at")
        .values_list("body", flat=True)[:COMPARED]
    )
    return process.extractOne(body, map(_plain, others), scorer=fuzz.ratio, score_cutoff=NEAR_COPY) is not None


def _plain(body: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", body[:2000]).casefold().split())
