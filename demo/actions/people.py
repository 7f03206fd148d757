"""Makes the town: areas, offices, the privacy notice, house rules, people who take part and people who can sign in."""

from dataclasses import dataclass
from datetime import timedelta

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.utils import timezone

from accounts.actions import give_role
from accounts.models import Area, Consent, Level, Organisation, Participant, PrivacyNotice, User
from demo.stories import town
from moderation.actions import house_rule
from realtime.actions import atomic


@dataclass(frozen=True)
class Crowd:
    """The office that consults, people in the order of `town.PEOPLE`, and those who sign in, by role."""

    office: Organisation
    home: Area
    people: list[Participant]
    known: dict[str, Participant]

    @property
    def speakers(self) -> list[Participant]:
        """Everybody who writes and votes without an office."""
        return [self.known["resident"], *self.people]


@atomic()
def plant_town() -> Crowd:
    """Write everything that the stories share. Returns who is there."""
    areas = _areas()
    name, slug, contact = town.OFFICE
    office = Organisation.objects.create(name=name, slug=slug, contact=contact, area=areas[town.HOME])
    house_rule(organisation=office, number=1)  # the usual rules become the office's own
    notice = PrivacyNotice.objects.in_force() or PrivacyNotice.objects.create(
        version=1,
        text_id=town.NOTICES["id"],
        text_en=town.NOTICES["en"],
        published_at=timezone.now() - timedelta(days=120),
    )
    people = _people(list(areas.values())[-6:])
    known = {one.role: person for one, person in zip(town.SIGN_INS, people, strict=False)}
    for one in town.SIGN_INS:
        user = known[one.role].user
        if user is not None:
            for role in one.roles:
                give_role(user=user, organisation=office, role=role)
    known["clerk"] = people.pop()
    if known["clerk"].user is not None:
        give_role(user=known["clerk"].user, organisation=office, role=town.CLERK[2])
    Consent.objects.bulk_create(
        Consent(participant=person, notice=notice, given_at=person.created_at) for person in [*people, known["clerk"]]
    )
    return Crowd(office, areas[town.HOME], people[len(town.SIGN_INS) :], known)


def _areas() -> dict[str, Area]:
    """The areas by their code, each in the one it lies in."""
    made: dict[str, Area] = {}
    for code, above, name in town.AREAS:
        made[code], _new = Area.objects.get_or_create(code=code, defaults={"name": name, "parent": made.get(above)})
    return made


def _people(villages: list[Area]) -> list[Participant]:
    """Those who sign in, then everybody else, all with confirmed addresses and one password, hashed once."""
    password = make_password(town.PASSWORD)
    now = timezone.now()
    signs = [(one.email, one.name, one.staff) for one in town.SIGN_INS]
    names = [*signs, *((_address(name), name, False) for name in town.PEOPLE), (*town.CLERK[:2], False)]
    users = User.objects.bulk_create(
        User(email=email, password=password, language="id", is_staff=staff, is_superuser=staff)
        for email, _name, staff in names
    )
    EmailAddress.objects.bulk_create(
        EmailAddress(user=user, email=user.email, verified=True, primary=True) for user in users
    )
    return Participant.objects.bulk_create(
        Participant(
            user=user,
            name=name,
            area=villages[town.LIVE[number % len(town.LIVE)]],
            level=Level.VOUCHED if number % 5 == 3 else Level.EMAIL,
            created_at=now - timedelta(days=115, minutes=-number),
        )
        for number, (user, (_email, name, _staff)) in enumerate(zip(users, names, strict=True))
    )


def _address(name: str) -> str:
    return f"{name.casefold().replace(' ', '.')}@warga.example"
