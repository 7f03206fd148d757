"""Threads, replies, numbers, tags, support, changes, curating."""

import threading
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from consultations.models import Tag
from forums import actions, rules
from forums.models import Post, PostSupport, Thread, ThreadTag
from forums.privacy import adopt, erase, export
from moderation.actions import decide
from moderation.models import AuditEntry, Case, Mode, Outcome
from realtime.models import TopicVersion
from tests.factories import make_consultation, make_person
from tests.forums.factories import make_board, make_post, make_thread
from tests.moderation.factories import moderator_of

SPELLINGS = ["Pasar", "pasar", "PASAR", " pasar ", "pasar  ", "ＰＡＳＡＲ", "PaSaR", "pasar\t"]


def together(number: int, act) -> list[Exception]:
    """Run `act(n)` in `number` threads at once; returns what they raised."""
    gate, problems = threading.Barrier(number), []

    def run(n: int) -> None:
        try:
            gate.wait()
            act(n)
        except Exception as problem:
            problems.append(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[n]) for n in range(number)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return problems


def test_board_is_opened_once(db):
    consultation = make_consultation()
    assert actions.open_board(consultation=consultation) == actions.open_board(consultation=consultation)


def test_thread_starts_with_its_first_post_and_tags(db):
    thread = make_thread(tags=["Pasar", "Pasar ", "Hujan"])
    post = thread.posts.get()
    assert (post.number, thread.post_count, thread.last_number) == (1, 1, 1)
    assert thread.listed_at == post.created_at
    assert sorted(thread.tags.names()) == ["Hujan", "Pasar"]


def test_posts_are_numbered_and_counted(db):
    thread = make_thread()
    posts = [make_post(thread) for _ in range(3)]
    thread.refresh_from_db()
    assert [post.number for post in posts] == [2, 3, 4]
    assert (thread.post_count, thread.last_number, thread.last_post_at) == (4, 4, posts[-1].created_at)


def test_posting_publishes_the_thread(db):
    thread = make_thread()
    before = TopicVersion.objects.get(key=thread.topic).version
    make_post(thread)
    assert TopicVersion.objects.get(key=thread.topic).version > before


def test_held_thread_is_unlisted_until_it_is_approved(db):
    thread = make_thread(author=make_person(guest=True))
    assert (thread.listed_at, thread.post_count) == (None, 0)
    decide(case=Case.objects.get(), person=moderator_of(thread.board.space.organisation), outcome=Outcome.APPROVE)
    thread.refresh_from_db()
    assert (thread.listed_at is not None, thread.post_count) == (True, 1)


def test_same_form_twice_makes_one_row(db):
    thread, person = make_thread(), make_person()
    first = actions.reply(thread=thread, person=person, body="I agree with this.")
    assert actions.reply(thread=thread, person=person, body="I agree with this. ") == first
    one = actions.start_thread(board=thread.board, person=person, title="New roof", body="It rains in.")
    assert actions.start_thread(board=thread.board, person=person, title="New  roof", body="It rains in.") == one


def test_same_words_of_others_and_elsewhere_are_posts_of_their_own(db):
    thread, person = make_thread(), make_person()
    first = actions.reply(thread=thread, person=person, body="I agree.")
    assert actions.reply(thread=thread, person=make_person(), body="I agree.") != first
    assert actions.reply(thread=thread, person=person, body="I agree.", parent=first) != first


def test_too_long_a_text_leaves_no_rows(db):
    board = make_board()
    with pytest.raises(ValidationError):
        actions.start_thread(board=board, person=make_person(), title="Too long", body="a" * 9000)
    assert (Thread.objects.count(), Post.objects.count()) == (0, 0)


def test_support_counts_each_person_once(db):
    thread, person = make_thread(), make_person()
    post = thread.posts.get()
    assert actions.set_support(post=post, person=person, wanted=True) is True
    assert actions.set_support(post=post, person=person, wanted=True) is False
    assert Post.objects.get(pk=post.pk).support_count == Thread.objects.get(pk=thread.pk).support_count == 1
    assert actions.set_support(post=post, person=person, wanted=False) is True
    assert actions.set_support(post=post, person=person, wanted=False) is False
    assert Post.objects.get(pk=post.pk).support_count == Thread.objects.get(pk=thread.pk).support_count == 0


def test_changed_post_is_marked_and_read_again_where_reading_comes_first(db):
    thread = make_thread(make_board(make_consultation(mode=Mode.BEFORE)))
    post = thread.posts.get()
    Post.objects.update(held_at=None)
    Case.objects.all().delete()
    post.refresh_from_db()
    actions.edit_post(post=post, body="Something **else**")
    post.refresh_from_db()
    assert (post.html, post.edited_at is None, post.held_at is None) == (
        "<p>Something <strong>else</strong></p>",
        False,
        False,
    )
    assert Thread.objects.get(pk=thread.pk).listed_at is None


def test_change_is_for_the_author_within_a_quarter_of_an_hour(db):
    post = make_post()
    assert rules.may_edit(post.author, post)
    assert not rules.may_edit(make_person(), post)
    assert not rules.may_edit(None, post)
    post.created_at -= timedelta(minutes=15)
    assert not rules.may_edit(post.author, post)


def test_curating_is_written_to_the_audit(db):
    thread = make_thread()
    moderator = moderator_of(thread.board.space.organisation)
    actions.curate_thread(thread=thread, person=moderator, pinned=True)
    actions.curate_thread(thread=thread, person=moderator, pinned=True, closed=True)
    assert [entry.verb for entry in AuditEntry.objects.all()] == ["thread.pin", "thread.close"]
    assert not rules.may_reply(make_person(), thread)
    actions.curate_thread(thread=thread, person=moderator, closed=False)
    assert rules.may_reply(make_person(), thread)


@pytest.mark.parametrize("phase", ["draft", "deliberation", "closed", "answered"])
def test_nobody_writes_outside_the_open_phase(db, phase):
    thread = make_thread()
    board = make_board(make_consultation(phase=phase))
    thread.board = board
    assert not rules.may_start_thread(make_person(), board)
    assert not rules.may_reply(make_person(), thread)


def test_data_of_a_person_are_exported_and_erased(db):
    thread = make_thread(title="My own words", body="Private matter")
    person = thread.author
    actions.set_support(post=make_post(thread), person=person, wanted=True)
    assert [post["text"] for post in export(person)["posts"]] == ["Private matter"]
    assert len(export(person)["supported"]) == 1
    erase(person)
    post = thread.posts.get(number=1)
    assert (post.body, post.html, post.author, Thread.objects.get().author) == ("", "", None, None)
    assert Thread.objects.get().title != "My own words"
    assert PostSupport.objects.count() == 0
    assert set(Post.objects.values_list("support_count", flat=True)) == {0}


def test_account_takes_over_what_the_guest_did(db):
    guest, person, post = make_person(guest=True), make_person(), make_post()
    own = make_post(author=guest)
    for who in (guest, person):
        actions.set_support(post=post, person=who, wanted=True)
    adopt(guest, person)
    assert Post.objects.get(pk=own.pk).author == person
    assert (PostSupport.objects.get().person, Post.objects.get(pk=post.pk).support_count) == (person, 1)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_sixteen_people_and_eight_spellings_make_one_tag():
    threads = [make_thread() for _ in range(16)]
    assert together(16, lambda n: actions.tag_thread(thread=threads[n], tags=[SPELLINGS[n % 8]])) == []
    assert (Tag.objects.count(), ThreadTag.objects.count()) == (1, 16)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_numbers_have_no_gaps_and_no_twins_when_many_write_at_once():
    thread = make_thread()
    people = [make_person() for _ in range(16)]
    assert together(16, lambda n: make_post(thread, author=people[n])) == []
    assert list(thread.posts.values_list("number", flat=True)) == list(range(1, 18))
    assert Thread.objects.get().post_count == 17


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_one_form_sent_ten_times_at_once_is_one_post():
    thread, person = make_thread(), make_person()
    found: list[int] = []
    made: list[int] = []
    board = thread.board

    def answer(n: int) -> None:
        found.append(actions.reply(thread=thread, person=person, body="Sent ten times").pk)

    def start(n: int) -> None:
        made.append(actions.start_thread(board=board, person=person, title="One thread", body="Ten times").pk)

    assert together(10, answer) == []
    assert (len(set(found)), thread.posts.count()) == (1, 2)
    assert together(10, start) == []
    assert (len(set(made)), Thread.objects.count()) == (1, 2)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_support_sent_many_times_at_once_counts_once():
    post, person = make_post(), make_person()
    assert together(10, lambda n: actions.set_support(post=post, person=person, wanted=True)) == []
    assert (PostSupport.objects.count(), Post.objects.get(pk=post.pk).support_count) == (1, 1)
