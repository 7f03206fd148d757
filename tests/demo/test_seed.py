"""The worked stories: planted once, on trial servers only, enough of everything, and nothing hidden is public."""

import io
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Count
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Area, Consent, Participant, PrivacyNotice, Role
from consultations.models import Clause, Comment, Consultation, PhaseKind, Stance, Support, Version
from demo.actions import plant
from demo.stories import STORIES, burlington, town
from forums.models import Post, Thread
from moderation.models import AuditEntry, Case, HouseRule
from opinions.models import Conversation, Statement, Vote
from polls.actions import import_ballots, read_result, tally
from polls.models import Ballot, Poll, Question
from polls.rules import VoteRefused
from summaries.models import Build, Citation, Theme
from tests.factories import make_consultation

HIDDEN = (town.RUDE_WORDS, town.GUEST_WORDS)


@pytest.fixture(scope="module")
def stories(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Everything planted, once for this module; each test still rolls back what it does itself."""
    from django.conf import settings
    from django.db import transaction

    keep, settings.VAR_DIR = settings.VAR_DIR, tmp_path_factory.mktemp("var")
    with django_db_blocker.unblock():
        block = transaction.atomic()
        block.__enter__()
        try:
            yield plant()
        finally:
            transaction.set_rollback(True)
            block.__exit__(None, None, None)
            settings.VAR_DIR = keep


def seed(**options: Any) -> str:
    out = io.StringIO()
    call_command("seed", stdout=out, **options)
    return out.getvalue()


def everything() -> dict[str, int]:
    """How many rows there are of every kind that the stories write, and the newest version of what is told live."""
    kinds = (Area, Participant, Consultation, Clause, Comment, Support, Post, Vote, Ballot, Theme, Citation, AuditEntry)
    return {kind.__name__: kind._default_manager.count() for kind in kinds}


@pytest.mark.django_db
def test_seed_is_refused_without_debug(settings: Any) -> None:
    settings.DEBUG = False
    with pytest.raises(CommandError, match="Set DEBUG=1"):
        seed()
    assert Consultation.objects.count() == 0


@pytest.mark.django_db
def test_seed_if_empty_leaves_a_server_with_consultations_alone(settings: Any) -> None:
    settings.DEBUG = True
    make_consultation()
    assert seed(if_empty=True) == "There are consultations already, so no stories were planted.\n"
    assert Consultation.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.usefixtures("stories")
def test_seed_again_changes_nothing_and_says_so(settings: Any) -> None:
    settings.DEBUG = True
    before = everything()
    said = seed()
    assert said.splitlines()[0] == "The stories are here already; nothing was changed."
    assert everything() == before


@pytest.mark.django_db
@pytest.mark.usefixtures("stories")
def test_seed_prints_every_sign_in_with_where_to_go(settings: Any) -> None:
    settings.DEBUG = True
    said = seed()
    assert town.PASSWORD in said
    assert [one.email for one in town.SIGN_INS if one.email not in said] == []
    assert "/summaries/alun-alun-wetan/work/" in said


@pytest.mark.django_db
def test_stories_have_enough_of_everything(stories: Any) -> None:
    shown = Comment.objects.shown().count()
    assert (stories.consultations, stories.polls, stories.threads) == (4, 7, 12)
    assert stories.people >= 60
    assert shown >= 150
    assert Conversation.objects.count() == 2
    assert Statement.objects.count() == 20
    assert HouseRule.objects.filter(organisation__slug=town.OFFICE[1]).count() >= 5
    assert (PrivacyNotice.objects.count(), Consent.objects.count()) == (1, stories.people + 1)
    newest = Version.objects.order_by("document", "-number")
    assert min(version.clauses.exclude(kind="chapter").count() for version in newest) >= 12
    assert set(Comment.objects.values_list("stance", flat=True)) == {*Stance.values, ""}
    assert {"id", "jv", "su", "en"} <= set(Comment.objects.values_list("language", flat=True))
    assert Thread.objects.filter(post_count__lt=2).count() == 0
    assert Thread.objects.filter(tag_items=None).count() == 0


@pytest.mark.django_db
@pytest.mark.usefixtures("stories")
def test_published_summary_shows_what_people_add_to_one(client: Client) -> None:
    client.cookies["django_language"] = "en"
    text = client.get("/summaries/jam-sekolah/").content.decode()
    for words in ("In easy language", "Hardly heard: Kelurahan Karangjati", "repeat the text of a campaign",
                  "Shared by at least two thirds", "What changed in the draft because of it"):  # fmt: skip
        assert words in text
    assert client.get("/summaries/jam-sekolah/easy/").status_code == 200


@pytest.mark.django_db
@pytest.mark.usefixtures("stories")
def test_stories_stand_in_three_phases() -> None:
    phases = {story.key: Consultation.objects.get(slug=story.slug).phase() for story in STORIES}
    assert {key: phase.kind for key, phase in phases.items() if phase} == {
        "bus": PhaseKind.OPEN, "market": PhaseKind.DELIBERATION, "school": PhaseKind.ANSWERED,
    }  # fmt: skip


@pytest.mark.django_db
@pytest.mark.usefixtures("stories")
def test_counters_are_those_of_the_rows() -> None:
    for comment in Comment.objects.annotate(n=Count("supports")):
        assert comment.support_count == comment.n
    for clause in Clause.objects.filter(comments__isnull=False).distinct():
        assert clause.comment_count == clause.comments.shown().count()
    for question in Question.objects.exclude(kind="text").select_related("poll").annotate(n=Count("ballots")):
        assert question.poll.ballot_count == question.n


@pytest.mark.django_db
@pytest.mark.usefixtures("stories")
def test_nothing_lies_in_the_future() -> None:
    now = timezone.now()
    late = [
        kind.__name__ for kind in (Comment, Post, Statement, Vote) if kind.objects.filter(created_at__gt=now).exists()
    ]
    assert late == []


@pytest.mark.django_db
@pytest.mark.usefixtures("stories")
@pytest.mark.parametrize("role", [one.role for one in town.SIGN_INS])
def test_every_role_signs_in_with_the_printed_password_and_reaches_its_place(client: Client, role: str) -> None:
    one = next(one for one in town.SIGN_INS if one.role == role)
    answer = client.post(reverse("account_login"), {"login": one.email, "password": town.PASSWORD})
    assert answer.status_code == 302
    place = one.place.format(**{story.key: story.slug for story in STORIES})
    assert client.get(place).status_code == 200


@pytest.mark.django_db
@pytest.mark.usefixtures("stories")
def test_roles_are_held_by_who_is_printed() -> None:
    held = {one.role: set(Participant.objects.get(user__email=one.email).roles.values()) for one in town.SIGN_INS}
    assert held == {
        "citizen": set(), "resident": set(), "moderator": {frozenset({Role.MODERATOR})},
        "analyst": {frozenset({Role.ANALYST})}, "organiser": {frozenset({Role.ORGANISER})}, "staff": set(),
    }  # fmt: skip


@pytest.mark.django_db
@pytest.mark.usefixtures("stories")
def test_burlington_names_three_winners(client: Client) -> None:
    poll = Poll.objects.get(consultation__slug=burlington.SLUG)
    question = poll.question("q1")
    winners = {
        rule: [question.names[key] for key in tally(question, rule).winners] for rule in ("irv", "schulze", "plurality")
    }
    assert winners == {"irv": ["Bob Kiss"], "schulze": ["Andy Montroll"], "plurality": ["Kurt Wright"]}
    last = tally(question).rounds[-1].totals
    assert (poll.ballot_count, last["o1"], last["o5"]) == (8976, 4313, 4060)
    assert [one.winners for one in read_result(poll).questions[0].what_ifs] == [["Andy Montroll"], ["Kurt Wright"]]
    page = client.get(reverse("polls:results", args=[poll.pk])).content.decode()
    assert [name for name in ("Bob Kiss", "Andy Montroll", "Kurt Wright") if name not in page] == []


@pytest.mark.django_db
@pytest.mark.usefixtures("stories")
def test_ballots_are_imported_only_into_an_empty_box_that_is_closed() -> None:
    for poll in Poll.objects.all():
        with pytest.raises(VoteRefused):
            import_ballots(poll=poll, profiles=[({"q1": ["o1"]}, 1)])
    assert Ballot.objects.filter(question__poll__consultation__slug=burlington.SLUG).count() == 8976


@pytest.mark.django_db
@pytest.mark.usefixtures("stories")
def test_queue_has_one_held_and_two_reported_texts() -> None:
    cases = Case.objects.open()
    assert sorted((case.held, case.flags.count()) for case in cases) == [(False, 1), (False, 2), (True, 0)]


@pytest.mark.django_db
@pytest.mark.usefixtures("stories")
def test_school_is_answered_on_every_theme_and_market_on_one() -> None:
    school = Build.objects.published().get(consultation__slug="jam-sekolah")
    assert school.themes.filter(decisions=None).count() == 0
    assert school.themes.exclude(decisions__clause=None).count() == school.themes.count()
    assert (school.count("largest_copy"), school.count("n")) == (
        11,
        school.count("themed") + school.count("unassigned"),
    )
    market = Build.objects.get(consultation__slug="alun-alun-wetan")
    assert (market.published_at, market.themes.exclude(decisions=None).count()) == (None, 1)


@pytest.mark.django_db
@pytest.mark.usefixtures("stories")
def test_second_texts_show_what_changed() -> None:
    second = Version.objects.filter(number=2).order_by("pk")
    changes = [dict(version.clauses.values_list("change").annotate(Count("pk")).order_by()) for version in second]
    assert [(found["reworded"], found["new"], found["moved"]) for found in changes] == [(6, 1, 1), (5, 1, 1)]


@pytest.mark.django_db
@pytest.mark.usefixtures("stories")
def test_no_hidden_text_is_public(client: Client) -> None:
    bus = Consultation.objects.get(slug="bus-koridor-3")
    clause = Clause.objects.get(version__document__consultation=bus, number="3.2")
    addresses = [
        reverse("pages:home"),
        bus.get_absolute_url(),
        clause.get_absolute_url(),
        reverse("consultations:clause_comments", args=[clause.pk]),
        reverse("consultations:whole", args=[bus.slug]),
        reverse("consultations:draft", args=[bus.slug]),
        f"/api/v1/comments/?consultation={bus.slug}",
    ]
    pages = {address: client.get(address, follow=True).content.decode() for address in addresses}
    found = [address for address, page in pages.items() for words in HIDDEN if words[:40] in page]
    assert found == []
    assert Comment.objects.filter(body__in=HIDDEN).shown().count() == 0


@pytest.mark.django_db
@pytest.mark.usefixtures("stories")
def test_market_summary_is_not_public_yet(client: Client) -> None:
    build = Build.objects.get(consultation__slug="alun-alun-wetan")
    assert client.get(build.get_absolute_url()).status_code == 404
