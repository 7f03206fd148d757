"""What a person may do because of their role, and the answer that every rule of every room gives."""

from dataclasses import dataclass

from accounts.models import Consent, Organisation, Participant, PrivacyNotice, Role


class TooMany(Exception):
    """Somebody acts faster than a person would; `wait` is the number of seconds until they may again."""

    def __init__(self, wait: int) -> None:
        super().__init__(f"wait {wait} s")
        self.wait = wait


@dataclass(frozen=True)
class Verdict:
    """A yes, or a no with its reason (in the reader's language) and, where there is one, the step that is missing.

    `step` is one of "sign_in", "verify", "consent", "wait" or ""; of polls also "code", "area" or "object".
    """

    allowed: bool
    reason: str = ""
    step: str = ""

    def __bool__(self) -> bool:
        return self.allowed


YES = Verdict(True)


def no(reason: str, step: str = "") -> Verdict:
    """A refusal with its reason."""
    return Verdict(False, str(reason), step)


def has_role(person: Participant | None, organisation: Organisation | int | None, *roles: str) -> bool:
    """Whether `person` has one of `roles` (any role, if none is named) in `organisation`."""
    if person is None or organisation is None:
        return False
    held = person.roles.get(organisation if isinstance(organisation, int) else organisation.pk, frozenset())
    return bool(held.intersection(roles) if roles else held)


def may_organise(person: Participant | None, organisation: Organisation | int | None) -> bool:
    """Whether `person` prepares and publishes consultations of `organisation`."""
    return has_role(person, organisation, Role.ORGANISER)


def may_moderate(person: Participant | None, organisation: Organisation | int | None) -> bool:
    """Whether `person` reviews what people write to `organisation`."""
    return has_role(person, organisation, Role.MODERATOR)


def may_analyse(person: Participant | None, organisation: Organisation | int | None) -> bool:
    """Whether `person` builds and exports summaries for `organisation`."""
    return has_role(person, organisation, Role.ANALYST, Role.ORGANISER)


def has_consented(person: Participant | None) -> bool:
    """Whether `person` agreed to the privacy notice in force (true where there is none yet)."""
    notice = PrivacyNotice.objects.in_force()
    return notice is None or Consent.objects.filter(participant=person, notice=notice).exists()
