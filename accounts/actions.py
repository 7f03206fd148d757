"""Makes, identifies, changes and erases people. The only place where rows of this room are written."""

import time
import uuid
from typing import Any

from allauth.account.models import EmailAddress
from django.db import IntegrityError, connection, transaction
from django.http import HttpRequest
from django.utils import timezone

from accounts.middleware import GUEST
from accounts.models import (
    Consent,
    Level,
    Membership,
    Organisation,
    Participant,
    PrivacyNotice,
    Role,
    Spending,
    User,
)
from accounts.privacy import rooms
from accounts.rules import TooMany
from realtime.actions import atomic, publish
from realtime.addresses import visitor_address


def ensure_person(*, request: HttpRequest, key: uuid.UUID | None = None) -> Participant:
    """The participant of this request; a visitor becomes a guest whom the session remembers.

    Called when somebody acts (votes, comments), never when they only read. The forms of guests say that sending
    means agreeing to the privacy notice in force, so the consent is written here. key: made from what the visitor
    sent, where one form sent twice at once must be one guest. Returns the participant.
    """
    if request.person is None:
        request.person = make_guest(key=key)
        request.session[GUEST] = str(request.person.key)
    person: Participant = request.person
    return person


@atomic()
def make_guest(*, key: uuid.UUID | None = None) -> Participant:
    """Somebody without an account, who agrees to the privacy notice in force; with a `key`, the same one each time."""
    guests = Participant.objects.filter(user=None, erased_at=None)
    person = guests.get_or_create(key=key)[0] if key else Participant.objects.create()
    give_consent(person=person)
    return person


@atomic()
def give_consent(*, person: Participant) -> Consent | None:
    """Note that `person` agreed to the privacy notice in force; None where no notice was published yet."""
    notice = PrivacyNotice.objects.in_force()
    return Consent.objects.get_or_create(participant=person, notice=notice)[0] if notice else None


@atomic()
def identify(*, request: HttpRequest, user: User) -> Participant:
    """Make the account `user` the person of this session, after a sign-in.

    The account gets its participant; what the guest of the session did is handed over by every room's
    `privacy.adopt`. A confirmed e-mail address raises the level to EMAIL. Publishes `user.<id>`.
    """
    guest = Participant.objects.filter(key=request.session.pop(GUEST, None), user=None).first()
    person, made = person_of(user=user)
    if made and guest and not person.name:
        person.name = guest.name
    person.save()
    if EmailAddress.objects.filter(user=user, verified=True).exists():
        raise_level(person=person, level=Level.EMAIL)
    if guest:
        for room in rooms():
            room.adopt(guest, person)
        guest.delete()
    publish(person.topic)
    request.person = person
    return person


@atomic()
def person_of(*, user: User) -> tuple[Participant, bool]:
    """The participant of an account and whether it was made now."""
    try:
        with transaction.atomic():
            return Participant.objects.get_or_create(user=user)
    except IntegrityError:  # another request of the same account was first
        return Participant.objects.get(user=user), False


@atomic()
def raise_level(*, person: Participant, level: int) -> None:
    """Note that it is now known at least this well who `person` is; a level is never lowered by it."""
    if person.level < level:
        person.level = level
        person.save(update_fields=["level"])


@atomic()
def change_profile(*, person: Participant, **fields: Any) -> Participant:
    """Set `name`, `area` and (of the account) `language`. Returns the participant."""
    language = fields.pop("language", None)
    for name in ("name", "area"):
        if name in fields:
            setattr(person, name, fields[name])
    person.save(update_fields=["name", "area"])
    if language is not None and person.user:
        person.user.language = language
        person.user.save(update_fields=["language"])
    return person


@atomic()
def give_role(*, user: User, organisation: Organisation, role: str) -> Membership:
    """Let `user` act as `role` in `organisation`. Publishes `user.<id>`."""
    membership, _ = Membership.objects.get_or_create(user=user, organisation=organisation, role=Role(role))
    publish(f"user.{user.pk}")
    return membership


@atomic()
def take_role(*, membership: Membership) -> None:
    """Take a role away. Publishes `user.<id>`: what the person no longer may hear ends within seconds."""
    publish(f"user.{membership.user_id}")
    membership.delete()


@atomic()
def ban(*, user: User) -> None:
    """Close an account to its owner, without erasing what they wrote. Publishes `user.<id>`."""
    user.is_active = False
    save_user(user=user)


@atomic()
def save_user(*, user: User) -> User:
    """Save what an operator changed of an account. Publishes `user.<id>`: open pages ask for permission again."""
    user.save()
    publish(f"user.{user.pk}")
    return user


@atomic()
def make_organiser(*, email: str, name: str, organisation: str, slug: str) -> tuple[User, bool]:
    """An account that may do everything in `organisation` (made where missing) except run the server.

    The address counts as confirmed: whoever runs the command vouches for it. Returns the user and whether the
    account is new. Calling it again changes nothing.
    """
    office, _ = Organisation.objects.get_or_create(slug=slug, defaults={"name": organisation})
    user = User.objects.filter(email__iexact=email).first()
    made = user is None
    if user is None:
        user = User.objects.create_user(email)
    EmailAddress.objects.get_or_create(user=user, email=user.email, defaults={"verified": True, "primary": True})
    person, _ = person_of(user=user)
    if not person.name:
        change_profile(person=person, name=name)
    raise_level(person=person, level=Level.EMAIL)
    for role in (Role.ORGANISER, Role.MODERATOR, Role.ANALYST):
        give_role(user=user, organisation=office, role=role)
    return user, made


@atomic()
def sign_out(*, user: User) -> None:
    """Tell the open sockets of an account that a session of it ended. Publishes `user.<id>`."""
    publish(f"user.{user.pk}")


@atomic()
def erase_person(*, person: Participant) -> None:
    """Erase a person: each room removes what it holds, the account and the name go, an opaque participant stays.

    Ballots in open polls are taken back; in closed ones they stay counted and name nobody. Publishes `user.<id>`.
    """
    if person.topic:
        publish(person.topic)
    for room in rooms():
        room.erase(person)
    user = person.user
    person.user, person.name, person.area = None, "", None
    person.level, person.erased_at = Level.NONE, timezone.now()
    person.save()
    if user:
        user.delete()


def export_person(*, person: Participant) -> dict[str, Any]:
    """Everything that every room holds of `person`, by room, ready for JSON."""
    return {room.__name__.partition(".")[0]: room.export(person) for room in rooms()}


def address_of(request: HttpRequest) -> str:
    """The visitor's address, past as many proxies as the settings trust; headers beyond them are never believed."""
    return visitor_address(request.META.get("REMOTE_ADDR") or "", request.META.get("HTTP_X_FORWARDED_FOR", ""))


def spend(*, key: str, request: HttpRequest, limit: int, seconds: int, crowd: int = 0) -> None:
    """Count one use of `key` by the person of the request (or, for a visitor, by their address).

    `limit` uses in each window of `seconds`; `crowd` uses (`limit` without) by all visitors behind one address, where
    a village hall may sit. The counter is kept even when the act itself is rolled back.
    Raises TooMany with the seconds to wait.
    """
    now = int(time.time())
    window = now - now % seconds
    who = f"p{request.person.pk}" if request.person else f"a{address_of(request)}"
    most = limit if request.person else max(limit, crowd)
    table = connection.ops.quote_name(Spending._meta.db_table)
    statement = (
        f'INSERT INTO {table} (key, "window", count) VALUES (%s, %s, 1) '  # noqa: S608 (a constant)
        f'ON CONFLICT (key, "window") DO UPDATE SET count = {table}.count + 1 RETURNING count'
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [f"{key}:{who}"[:100], window])
        (count,) = cursor.fetchone()
    if count > most:
        raise TooMany(window + seconds - now)


@atomic()
def forget_old_spending() -> int:
    """Delete counters older than a day. Returns how many."""
    return Spending.objects.filter(window__lt=int(time.time()) - 86_400).delete()[0]
