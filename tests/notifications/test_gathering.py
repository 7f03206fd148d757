"""What concerns people is found in every room, told once, and told again when there is more."""

from datetime import timedelta

import pytest
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from consultations.models import Comment, Phase
from jobs.models import Job
from moderation.actions import decide, flag, house_rule, undo
from moderation.models import Case, FlagReason
from notifications import actions
from notifications.models import Notice
from notifications.words import say
from realtime.models import TopicVersion
from summaries.models import ThemeDecision
from tests.factories import make_comment, make_consultation, make_person
from tests.forums.factories import make_post, make_thread
from tests.moderation.factories import moderator_of
from tests.polls.factories import cast, make_poll
from tests.summaries.factories import build_summary, make_heard, publish_summary

pytestmark = pytest.mark.django_db


def told(person):
    """(kind, title) of all notices of a person, newest first, in English."""
    return [(notice.kind, say(notice).title) for notice in Notice.objects.filter(person=person).order_by("-created_at")]


@pytest.fixture(autouse=True)
def _english():
    from django.utils import translation

    with translation.override("en"):
        yield


def hide(comment, number=1, reasons="It insults a neighbour."):
    case = flag(item=comment, person=make_person(), reason=FlagReason.OFFENSIVE).case
    organisation = comment.space.organisation
    rule = house_rule(organisation=organisation, number=number)
    moderator = moderator_of(organisation)
    return decide(case=case, person=moderator, outcome="hide", rule=rule, reasons=reasons), moderator


def test_author_of_hidden_text_gets_rule_and_reasons():
    comment = make_comment(make_consultation(title="Bus"), body="You are all fools.")
    hide(comment)
    assert actions.gather(person=comment.author) == 1
    notice = Notice.objects.get(person=comment.author)
    words = say(notice)
    assert words.title == "A moderator hid your text in “Bus”: rule 1, Respect others."
    assert (words.text, words.own, notice.url) == (
        "It insults a neighbour.",
        "You are all fools.",
        comment.get_absolute_url(),
    )


def test_decision_that_is_taken_back_is_told_no_longer():
    comment = make_comment()
    decision, moderator = hide(comment)
    actions.gather(person=comment.author)
    undo(decision=decision, person=moderator)
    actions.gather(person=comment.author)
    assert told(comment.author) == []


def test_approval_after_holding_is_told_and_a_report_without_consequence_is_not():
    thread = make_thread()
    guest = make_person(guest=True)
    held = make_post(thread, author=guest)
    moderator = moderator_of(thread.board.space.organisation)
    decide(case=Case.objects.get(object_id=held.pk), person=moderator, outcome="approve")
    reported = make_comment(thread.board.consultation)
    case = flag(item=reported, person=make_person(), reason=FlagReason.SPAM).case
    decide(case=case, person=moderator, outcome="approve")
    actions.gather(person=guest)
    actions.gather(person=reported.author)
    assert [kind for kind, _ in told(guest)] == ["decision"]
    assert told(reported.author) == []


def test_replies_of_a_day_are_one_notice_that_grows_and_is_unread_again():
    comment = make_comment(make_consultation(title="Bus"))
    make_comment(parent=comment)
    actions.gather(person=comment.author)
    assert told(comment.author) == [("reply", "1 reply to what you wrote in “Bus”.")]
    actions.mark_all_read(person=comment.author)
    make_comment(parent=comment)
    assert actions.gather(person=comment.author) == 1
    assert told(comment.author) == [("reply", "2 replies to what you wrote in “Bus”.")]
    assert Notice.objects.get(person=comment.author).read_at is None


def test_own_replies_held_and_hidden_ones_are_not_told():
    comment = make_comment()
    make_comment(parent=comment, author=comment.author)
    make_comment(parent=comment, held_at=timezone.now())
    make_comment(parent=comment, hidden_at=timezone.now())
    assert actions.gather(person=comment.author) == 0


def test_reply_of_the_organisation_names_it():
    comment = make_comment(make_consultation(title="Bus"))
    office = comment.space.organisation
    make_comment(parent=comment, author=make_person(role="organiser", organisation=office))
    actions.gather(person=comment.author)
    assert told(comment.author) == [("official", f"{office.name} replied to you in “Bus”.")]


def test_words_of_other_people_are_not_copied():
    comment = make_comment()
    make_comment(parent=comment, author=make_person("Budi"), body="A private remark")
    thread = make_thread(author=comment.author)
    make_post(thread, author=make_person("Budi"), body="A private remark")
    actions.gather(person=comment.author)
    facts = str(list(Notice.objects.values_list("facts", flat=True)))
    assert Notice.objects.count() == 2
    assert "Budi" not in facts
    assert "private" not in facts


def test_posts_in_a_thread_reach_its_author_and_answers_reach_who_is_answered():
    thread = make_thread(title="Shade")
    first, second = make_post(thread), None
    second = make_post(thread, parent=first)
    actions.gather(person=thread.author)
    actions.gather(person=first.author)
    assert told(thread.author) == [("reply", "1 new post in your thread “Shade”.")]
    assert [kind for kind, _ in told(first.author)] == ["reply"]
    assert Notice.objects.get(person=first.author).url == second.get_absolute_url()


def test_published_summary_tells_contributors_and_tells_again_when_it_is_decided():
    consultation = make_heard()
    build = build_summary(consultation)
    theme = build.themes.first()
    author = theme.citations.exclude(person=None).first().person
    assert actions.gather(person=author) == 0
    publish_summary(build)
    actions.gather(person=author)
    key = f"theme:{consultation.pk}:{theme.key}"
    notice = Notice.objects.get(person=author, key=key)
    assert say(notice).title.startswith(f"Your words are in the theme “{theme.label}”")
    actions.mark_all_read(person=author)
    ThemeDecision.objects.create(theme=theme, outcome="adopted", reason="A roof is planned.")
    actions.gather(person=author)
    notice.refresh_from_db()
    assert notice.read_at is None
    assert say(notice).title.endswith("Decision: adopted.")
    assert say(notice).text == "A roof is planned."


def test_new_polls_and_phases_are_told_to_who_took_part_before():
    consultation = make_consultation(title="Bus")
    yesterday = timezone.now() - timedelta(days=2)
    early = make_comment(consultation, created_at=yesterday).author
    late = make_person()
    poll = make_poll(consultation, title="Which stop?", opens_at=timezone.now() - timedelta(hours=1))
    poll.published_at = poll.opens_at
    poll.save()
    Phase.objects.create(consultation=consultation, kind="deliberation", starts_at=timezone.now() - timedelta(hours=1))
    make_comment(consultation, author=late)
    for person in (early, late, make_person()):
        actions.gather(person=person)
    titles = {title for _, title in told(early)}
    assert titles == {"A new poll in “Bus”: Which stop?", "“Bus” has a new phase: being considered."}
    assert told(late) == []
    assert Notice.objects.exclude(person=early).count() == 0


def test_who_has_voted_hears_of_the_next_poll_by_the_clock_but_not_of_this_one():
    consultation = make_consultation()
    first = make_poll(consultation, title="First?")
    voter = cast(first, "o1")
    actions.gather_recent()
    recent = timezone.now() - timedelta(minutes=1)
    make_poll(consultation, title="Second?", opens_at=recent)
    actions.gather_recent()
    assert [title.rpartition(": ")[2] for _, title in told(voter)] == ["Second?"]


def test_phase_that_is_over_is_no_news():
    consultation = make_consultation()
    comment = make_comment(consultation, created_at=timezone.now() - timedelta(days=9))
    start, end = timezone.now() - timedelta(days=8), timezone.now() - timedelta(days=7, hours=1)
    Phase.objects.create(consultation=consultation, kind="deliberation", starts_at=start, ends_at=end)
    consultation.phases.filter(kind="open").update(starts_at=timezone.now() - timedelta(days=10))
    assert actions.gather(person=comment.author) == 0


def test_ended_work_is_told_to_its_owner():
    owner = make_person()
    Job.objects.create(kind="summaries.build", owner=owner, state="done", finished_at=timezone.now())
    Job.objects.create(kind="summaries.export", owner=owner, state="running")
    actions.gather(person=owner)
    assert told(owner) == [("job", "Building the summary: it is done.")]


def test_clock_finds_what_a_person_would_find_and_publishes_their_inbox():
    comment = make_comment()
    make_comment(parent=comment)
    guest = make_comment(author=make_person(guest=True))
    make_comment(parent=guest)
    assert actions.gather_recent() == 1
    assert actions.gather_recent() == 0
    assert actions.gather(person=comment.author) == 0
    versions = TopicVersion.objects.filter(key=f"inbox.{comment.author.user_id}").values_list("version", flat=True)
    assert list(versions) == [1]


def test_reply_that_was_held_is_told_when_it_is_let_through():
    comment = make_comment()
    actions.gather_recent()
    reply = make_comment(parent=comment, held_at=timezone.now(), author=make_person(guest=True))
    Comment.objects.filter(pk=reply.pk).update(created_at=timezone.now() - timedelta(days=3))
    case = Case.objects.create(item=reply, space=reply.space, author=reply.author, held=True)
    assert actions.gather_recent() == 0
    decide(case=case, person=moderator_of(reply.space.organisation), outcome="approve")
    assert actions.gather_recent() == 1


@pytest.mark.parametrize("number", [1, 3])
def test_clock_asks_the_same_number_of_questions(number, django_assert_num_queries):
    consultation = make_consultation()
    for _ in range(number):
        comment = make_comment(consultation)
        make_comment(parent=comment, author=make_person())
    actions.gather_recent()
    Notice.objects.all().delete()
    ContentType.objects.clear_cache()  # so that the order of tests does not matter
    with django_assert_num_queries(QUESTIONS):
        assert actions.gather_recent() == number


QUESTIONS = 22
