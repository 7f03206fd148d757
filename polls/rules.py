"""Who may vote, see results, and change polls: each answer is a yes, or a no with its reason and missing step."""

from datetime import timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Area, Level, Participant
from accounts.rules import YES, Verdict, may_organise, no
from consultations.models import Consultation
from polls.models import BallotMode, Elector, Electorate, LedgerEntry, LotValue, Poll, Publication, Results, RollEntry

STEP = 10  # in secret polls nothing is shown that concerns fewer ballots
ASIDE_WAIT = timedelta(hours=48)  # what the closing waits at most for a proposal to be decided, as `rules.json` says
MAX_OPTIONS = 30
MAX_QUESTIONS = 20
MAX_REMARK = 2000  # signs


class VoteRefused(Exception):
    """A vote that is not taken: `verdict` says why, and what step is missing."""

    def __init__(self, verdict: Verdict) -> None:
        self.verdict = verdict
        super().__init__(verdict.reason)


class AlreadyVoted(VoteRefused):
    """This person's vote is in the box, and it stands."""


class StaleForm(VoteRefused):
    """The vote has changed since the form was opened: what is in the box must not be replaced unseen."""


class WrongCode(VoteRefused):
    """A change code that belongs to no vote, or to one that was changed since."""


class InvalidChoice(ValueError):
    """A choice that this poll does not have; the message is for the voter."""


class ResultsHidden(Exception):
    """The result is not computed for anybody yet."""


class CorrectionRefused(VoteRefused):
    """Words that cannot be corrected, or not now."""


class LotRefused(VoteRefused):
    """A value of a lot that cannot be entered now."""


class NotReady(VoteRefused):
    """A poll that cannot be published as it is set."""


class PollFrozen(Exception):
    """What counts cannot change any more, because people may have voted."""


class RollRefused(ValueError):
    """An electoral roll that cannot be so; the message is for organisers."""


class CodeRefused(ValueError):
    """A one-time code that opens nothing here; the message says what to do."""


class TwoPlaces(CodeRefused):
    """Whoever uses the code stands in another place of the same roll already."""


def may_vote(person: Participant | None, poll: Poll) -> Verdict:
    """Whether `person` may vote in `poll` now. One vote each is not asked here: the roll's constraint decides."""
    if not poll.is_published or not poll.consultation.is_published:
        return no(_("This poll is not published yet."))
    if poll.is_closed:
        return no(_("This poll is closed."))
    if not poll.has_opened:
        return no(_("This poll has not opened yet."), "wait")
    return stands_on_roll(person, poll)


def stands_on_roll(person: Participant | None, poll: Poll) -> Verdict:
    """Whether `person` is among those who may vote in `poll`, whatever the hour."""
    if person is not None and person.erased_at is not None:
        return no(_("This account was deleted."), "sign_in")
    if poll.is_invited:
        return _invited(person, poll)
    known = person.level if person else Level.NONE
    if (known < poll.level or poll.fixes_roll) and (person is None or person.is_guest):
        return no(_("To vote here you need to sign in. Your choice is kept for 30 minutes."), "sign_in")
    if poll.fixes_roll and poll.is_published:
        return _listed(person, poll)
    if known < poll.level:
        needed = Level(poll.level).label
        return no(_("To vote here, more must be known about who you are: %(level)s.") % {"level": needed}, "verify")
    return _at_home(person, poll) if poll.electorate == Electorate.AREA else YES


def place_of(person: Participant | None, poll: Poll) -> Elector | None:
    """The place in which `person` stands on the fixed roll of `poll`. Only ever told to this person."""
    if person is None or not poll.has_fixed_roll:
        return None
    return Elector.objects.select_related("entry").filter(poll=poll, voter=person).first()


def _invited(person: Participant | None, poll: Poll) -> Verdict:
    place = place_of(person, poll)
    if place is None:
        return no(_("Here people vote who were invited. Please enter the code of your invitation first."), "code")
    return _unspent(place, person)


def _listed(person: Participant | None, poll: Poll) -> Verdict:
    """Of a roll of accounts, drawn up when the poll was published."""
    place = place_of(person, poll)
    if place is None:
        reason = _("You are not on the electoral roll of this poll. It was drawn up when the poll was published.")
        return no(reason, "object" if poll.takes_objections else "")
    return _unspent(place, person)


def _unspent(place: Elector, person: Participant | None) -> Verdict:
    """Each place has one vote, whoever stood in it before."""
    entry = getattr(place, "entry", None)
    if entry is not None and (person is None or entry.voter_id != person.pk):
        return no(
            _("With this place on the roll a vote has been cast already. If it was not you, tell the organisers.")
        )
    return YES


def _at_home(person: Participant | None, poll: Poll) -> Verdict:
    name = poll.area.name if poll.area else ""
    if person is None or person.is_guest:
        return no(_("To vote here you need to sign in. Your choice is kept for 30 minutes."), "sign_in")
    if person.area_id is None:
        reason = _("Only people who live in %(area)s vote here. Please say in your profile where you live.")
        return no(reason % {"area": name}, "area")
    if poll.area_id is not None and Area.objects.within(poll.area_id).filter(pk=person.area_id).exists():
        return YES
    return no(
        _("Only people who live in %(area)s vote here; your profile says another place.") % {"area": name}, "area"
    )


def has_voted(person: Participant | None, poll: Poll) -> bool:
    """Whether `person` stands in the roll of `poll`. Only ever told to this person."""
    return person is not None and RollEntry.objects.filter(poll=poll, voter=person).exists()


def results_exist(poll: Poll) -> bool:
    """Whether a result is computed at all: when all ballots are in, or before where the poll's rules show it."""
    if poll.is_complete:
        return not is_settling(poll)
    return poll.has_opened and poll.results != Results.AFTER_CLOSING


def is_settling(poll: Poll) -> bool:
    """Whether voting in `poll` is over, and it is not settled yet which ballots count."""
    return poll.is_complete and poll.unlinked_at is None and (poll.is_detached or awaits_decision(poll))


def awaits_decision(poll: Poll) -> bool:
    """Whether the closing of `poll` waits for a second person to decide on votes that one wants to set aside."""
    return poll.undecided_asides > 0 and timezone.now() < poll.complete_at + ASIDE_WAIT


def may_see_results(person: Participant | None, poll: Poll) -> Verdict:
    """Whether `person` may see the result of `poll` now. No role sees it earlier than its rules say."""
    if not poll.is_published or not poll.consultation.is_published:
        return no(_("This poll is not published yet."))
    if not poll.has_opened:
        return no(_("This poll has not opened yet."), "wait")
    if is_settling(poll) and awaits_decision(poll):
        until = date_format(timezone.localtime(poll.complete_at + ASIDE_WAIT), "DATETIME_FORMAT")
        return no(_("Voting is over. The result is shown when it is decided whether votes are set aside, at the latest "
                    "after %(until)s.") % {"until": until}, "wait")  # fmt: skip
    if is_settling(poll):
        return no(_("Voting is over. The result is shown in a few minutes, when the last ballots are in their boxes."),
                  "wait")  # fmt: skip
    if not results_exist(poll):
        if poll.paper_until:
            return no(_("The result is shown to everybody at the same time, when the paper ballots are in."), "wait")
        return no(_("The result is shown to everybody at the same time, when the poll has closed."), "wait")
    if poll.is_complete or poll.results == Results.LIVE or has_voted(person, poll):
        return YES
    return no(_("You see the result after you have voted."))


def may_create(person: Participant | None, consultation: Consultation) -> Verdict:
    """Whether `person` may prepare a poll in `consultation`: its organisers."""
    if may_organise(person, consultation.organisation_id):
        return YES
    return no(_("Only organisers of this consultation can do this."), "sign_in" if person is None else "")


def may_edit(person: Participant | None, poll: Poll) -> Verdict:
    """Whether `person` may change `poll`: its organisers, until it opens."""
    verdict = may_create(person, poll.consultation)
    if verdict and poll.has_opened:
        return no(_("The poll has opened. What people vote on, and how it is counted, cannot change any more."))
    return verdict


def suits_mode(poll: Poll) -> Verdict:
    """Whether the mode of `poll` can keep what it promises there."""
    if poll.is_detached and not poll.boxes:
        return no(_("Texts alone cannot be detached: ask a question that is counted, or choose a confidential vote."))
    return YES


def may_correct(person: Participant | None, poll: Poll) -> Verdict:
    """Whether `person` may put words of `poll` right with a public note: its organisers, while it is open."""
    verdict = may_create(person, poll.consultation)
    if verdict and not poll.is_open:
        return no(_("Words are corrected with a note only while the poll is open."))
    return verdict


def may_draw_lot(person: Participant | None, poll: Poll) -> Verdict:
    """Whether `person` may enter the announced value of the lot: organisers, once, when the closing head is public."""
    verdict = may_create(person, poll.consultation)
    if not verdict:
        return verdict
    if not poll.lot_source:
        return no(_("No public value was announced for this poll."))
    if LotValue.objects.filter(poll=poll).exists() or poll.seed:
        return no(_("The value was entered already. It is never changed."))
    if not LedgerEntry.objects.filter(poll=poll, line__contains='"kind":"closed"').exists():
        return no(_("The value is entered after closing, when the closing head stands in the ledger."), "wait")
    return YES


def may_open_sealed(person: Participant | None, poll: Poll) -> Verdict:
    """Whether `person` may open sealed ballots of `poll`: observers named beforehand, once it is counted."""
    if poll.publication != Publication.SEALED or not poll.seed:
        return no(_("There are no sealed ballots to open."))
    if person is None or person.user is None:
        return no(_("Sign in with the address with which you were named as an observer."), "sign_in")
    if person.level >= Level.EMAIL and poll.observers.filter(email__iexact=person.user.email).exists():
        return YES
    return no(_("Only observers who were named before the poll opened can open its ballots."))


def may_enter_paper(person: Participant | None, poll: Poll) -> Verdict:
    """Whether `person` may type paper ballots of `poll` now: its organisers, from the opening until `paper_until`."""
    verdict = may_create(person, poll.consultation)
    if not verdict or poll.takes_paper:
        return verdict
    if poll.paper_until is None:
        return no(_("In this poll there are no paper ballots."))
    if poll.is_complete:
        return no(_("The time for entering paper ballots is over."))
    return no(_("Paper ballots are entered from the opening of the poll on."), "wait")


def may_help(person: Participant | None, poll: Poll) -> Verdict:
    """Whether `person` may enter votes at a desk now: organisers, while a poll that has a desk is open."""
    verdict = may_create(person, poll.consultation)
    if verdict and not poll.has_desk:
        return no(_("In this poll there is no help at a desk."))
    if verdict and not poll.is_open:
        return no(_("Votes are entered at a desk only while the poll is open."))
    return verdict


def shows_counts(poll: Poll) -> bool:
    """Whether the final result of a secret poll may have figures.

    Fewer than ten ballots, or fewer than ten beyond the figures shown before, would tell how few people voted.
    """
    if not poll.is_secret:
        return True
    shown = poll.released.get("count", 0)
    return poll.ballot_count >= STEP and poll.ballot_count - shown >= STEP


def check_size(poll: Poll, size: int | None) -> None:
    """Raises RollRefused where a poll that keeps votes secret has a fixed roll of fewer than ten, or an empty one."""
    least = 1 if poll.mode == BallotMode.OPEN else STEP
    if size is not None and size < least:
        text = ngettext(
            "The roll needs at least %(least)s place, and has %(size)s. Please add people first.",
            "The roll needs at least %(least)s places, and has %(size)s: among fewer people a secret vote is none. "
            "Please add people first, or let names stand beside votes.",
            least,
        )
        raise RollRefused(text % {"least": least, "size": size})
