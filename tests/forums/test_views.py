"""Boards and threads as people see them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from forums import actions
from forums.models import Board, Post, Thread
from forums.topics import board as board_snapshot
from forums.topics import may_hear_board, may_hear_thread
from forums.topics import thread as thread_snapshot
from moderation.actions import decide, house_rule
from moderation.models import Mode, Outcome
from tests.factories import make_consultation, make_organisation, make_person, sign_in
from tests.forums.factories import fill, make_board, make_post, make_thread
from tests.moderation.factories import make_flagged, moderator_of

pytestmark = pytest.mark.django_db
SECRET = "Nobody but the author and moderators may read this sentence"


def address(thread: Thread, name: str = "thread") -> str:
    return reverse(f"forums:{name}", args=[thread.board.consultation.slug, thread.pk])


def board_address(board: Board, name: str = "board") -> str:
    return reverse(f"forums:{name}", args=[board.consultation.slug])


def hide(post: Post, reasons: str = "It insults somebody.") -> None:
    case = make_flagged(post)
    rule = house_rule(organisation=case.space.organisation, number=1)
    moderator = moderator_of(case.space.organisation)
    decide(case=case, person=moderator, outcome=Outcome.HIDE, rule=rule, reasons=reasons)


def test_board_lists_threads_pinned_first_then_active(client):
    board = make_board()
    old, new, pinned = (make_thread(board) for _ in range(3))
    make_post(old)
    actions.curate_thread(thread=pinned, person=make_person(), pinned=True)
    page = client.get(board_address(board))
    assert [thread.pk for thread in page.context["page"].object_list] == [pinned.pk, old.pk, new.pk]


def test_board_is_ordered_and_narrowed(client):
    board = make_board()
    first = make_thread(board, title="Shade for stalls", tags=["Pasar"])
    second = make_thread(board, title="Rain water", body="The drains are small")
    actions.set_support(post=first.posts.get(), person=make_person(), wanted=True)

    def found(**query):
        return [thread.pk for thread in client.get(board_address(board), query).context["page"].object_list]

    assert found(order="newest") == [second.pk, first.pk]
    assert found(order="supported") == [first.pk, second.pk]
    assert found(tag="PASAR") == [first.pk]
    assert found(q="drains") == [second.pk]
    assert found(q="SHADE") == [first.pk]
    assert found(q="nothing like it") == []


def test_board_takes_nonsense_calmly(client):
    board = make_board()
    make_thread(board)
    for query in ("?order=author__user__password", "?page=-1", "?tag=%00", "?q=" + "a" * 500, "?q=%27%3B--"):
        assert client.get(board_address(board) + query).status_code == 200


@pytest.mark.parametrize("number", [1, 3])
def test_board_asks_as_often_for_three_as_for_one(client, number, django_assert_max_num_queries):
    board = make_board()
    for _ in range(number):
        make_thread(board, tags=["a", "b"])
    client.get(board_address(board))
    with django_assert_max_num_queries(5):
        client.get(board_address(board))


def test_board_that_is_empty_invites(client):
    page = client.get(board_address(make_board()))
    assert board_address(Board.objects.get(), "new") in page.content.decode()


def test_missing_board_is_offered_to_organisers_only(client):
    consultation = make_consultation()
    url = reverse("forums:board", args=[consultation.slug])
    assert client.get(url).status_code == 404
    organiser = make_person(role="organiser", organisation=consultation.organisation)
    sign_in(client, organiser)
    assert client.get(url).status_code == 200
    answer = client.post(reverse("forums:open", args=[consultation.slug]), {"title": "Talk", "intro": ""})
    assert (answer["Location"], Board.objects.get().title) == (url, "Talk")


def test_starting_a_thread_ends_in_a_receipt(client):
    board, person = make_board(), make_person()
    sign_in(client, person)
    fields = {"title": "Shade for stalls", "body": "It is **hot**.", "tags": "Pasar, teduh"}
    answer = client.post(board_address(board, "new"), fields)
    post = Post.objects.get()
    assert answer["Location"] == reverse("forums:receipt", args=[post.receipt])
    assert post.receipt in client.get(answer["Location"]).content.decode()
    assert (post.html, post.author, post.is_shown) == ("<p>It is <strong>hot</strong>.</p>", person, True)


def test_guest_writes_first_and_is_held(client):
    thread = make_thread()
    answer = client.post(address(thread, "reply"), {"body": SECRET})
    assert client.get(answer["Location"]).status_code == 200
    post = Post.objects.get(number=2)
    assert (post.author.is_guest, post.held_at is not None) == (True, True)


@pytest.mark.parametrize(
    "fields",
    [
        {"title": "", "body": "Kept words"},
        {"title": "abc", "body": "Kept words"},
        {"title": "a" * 141, "body": "Kept words"},
        {"title": "A title", "body": "Kept words" + "a" * 8192},
        {"title": "A title", "body": "Kept words", "tags": "a,b,c,d,e,f"},
        {"title": "A title", "body": "Kept words", "tags": "a" * 41},
        {"title": "\u202e\u202e\u202e\u202e\u202e", "body": "Kept words"},
    ],
)
def test_bad_thread_keeps_what_was_typed(client, fields):
    answer = client.post(board_address(make_board(), "new"), fields)
    assert (answer.status_code, "Kept words" in answer.content.decode()) == (422, True)
    assert Thread.objects.count() == 0


@pytest.mark.parametrize("body", ["", "  ", "\u202e", "a" * 8193, "http://a.id " * 21, ">" * 21 + "a"])
def test_bad_reply_is_refused_in_words(client, body):
    answer = client.post(address(make_thread(), "reply"), {"body": body})
    assert (answer.status_code, Post.objects.count()) == (422, 1)
    assert "notice--error" in answer.content.decode()


def test_reply_to_a_closed_thread_keeps_what_was_typed(client):
    thread = make_thread()
    Thread.objects.update(closed_at=thread.created_at)
    answer = client.post(address(thread, "reply"), {"body": "Kept words"})
    assert (answer.status_code, "Kept words" in answer.content.decode()) == (403, True)


def test_more_fields_than_the_form_has_change_nothing(client):
    thread, victim = make_thread(), make_person()
    forged = {"author": victim.pk, "number": 99, "hidden_at": "", "held_at": "", "support_count": 9, "origin": "x"}
    client.post(address(thread, "reply"), {"body": "Hello everybody", **forged})
    post = Post.objects.get(number=2)
    assert (post.author == victim, post.support_count, post.origin, post.held_at is None) == (False, 0, "", False)


def test_parent_of_another_thread_is_refused(client):
    thread, other = make_thread(), make_post()
    answer = client.post(address(thread, "reply"), {"body": "Hello everybody", "parent": other.pk})
    assert answer.status_code == 404


def test_permalink_leads_into_the_page(client):
    thread = make_thread()
    fill(thread, 45, make_person())
    post = thread.posts.get(number=41)
    answer = client.get(reverse("forums:post", args=[post.pk]))
    assert answer["Location"] == f"{address(thread)}?page=3#post-41"
    assert 'id="post-41"' in client.get(answer["Location"]).content.decode()


def test_page_holds_twenty_and_all_holds_two_hundred(client):
    thread = make_thread()
    fill(thread, 205, make_person())

    def count(**query):
        return client.get(address(thread), query).content.decode().count('<article class="post"')

    assert (count(), count(page=11), count(all=1), count(all=1, page=2)) == (20, 5, 200, 5)
    assert (count(sort="support"), count(page="x"), count(page=99)) == (20, 20, 5)


def test_queries_are_the_same_from_twenty_to_five_thousand_posts(client):
    author = make_person()
    numbers = []
    for length in (20, 200, 5000):
        thread = make_thread()
        fill(thread, length, author)
        for query in ({}, {"all": 1}, {"sort": "support"}, {"page": 2}):
            with CaptureQueriesContext(connection) as asked:
                assert client.get(address(thread), query).status_code == 200
            numbers.append(len(asked))
    assert len(set(numbers)) == 1
    assert numbers[0] <= 10


def test_signed_in_reader_asks_at_most_ten_times(client, django_assert_max_num_queries):
    thread = make_thread()
    fill(thread, 200, make_person())
    sign_in(client, make_person())
    with django_assert_max_num_queries(10):
        client.get(address(thread), {"all": 1})


@pytest.mark.parametrize("state", ["held", "hidden"])
def test_text_that_is_not_shown_appears_nowhere_for_others(client, state):
    thread = make_thread()
    post = make_post(thread, body=SECRET)
    if state == "hidden":
        hide(post)
    else:
        Post.objects.filter(pk=post.pk).update(held_at=post.created_at)
        Post.objects.get(pk=post.pk).after_decision()
    for reader in (None, make_person(), make_person(guest=True), make_person(role="moderator")):
        if reader:
            sign_in(client, reader)
        for query in ({}, {"all": 1}, {"sort": "support"}, {"fragment": 1}, {"reply": post.pk, "quote": 1}):
            page = client.get(address(thread), query).content.decode()
            assert SECRET not in page
            assert "post-2" not in page
        assert thread.pk not in [
            one.pk for one in client.get(board_address(thread.board), {"q": SECRET}).context["page"].object_list
        ]
        assert client.get(reverse("forums:post", args=[post.pk])).status_code == 404
        assert client.get(reverse("forums:receipt", args=[post.receipt])).status_code == 404
        assert client.post(address(thread, "support"), {"post": post.pk}).status_code == 404
        assert client.get(reverse("moderation:flag", args=["post", post.pk])).status_code == 404
    assert thread_snapshot(str(thread.pk)) == {"posts": 1, "structure": 1}
    assert Thread.objects.get(pk=thread.pk).post_count == 1


def test_author_sees_own_hidden_post_with_the_reason(client):
    thread, author = make_thread(), make_person()
    post = make_post(thread, author=author, body=SECRET)
    hide(post, reasons="Rule one says why.")
    sign_in(client, author)
    page = client.get(address(thread)).content.decode()
    assert (SECRET in page, "Rule one says why." in page, "badge--hidden" in page) == (True, True, True)
    receipt = client.get(reverse("forums:receipt", args=[post.receipt])).content.decode()
    assert "Rule one says why." in receipt


def test_author_sees_own_held_thread_and_others_do_not(client):
    author = make_person()
    thread = make_thread(make_board(make_consultation(mode=Mode.BEFORE)), author=author, title=SECRET)
    assert client.get(address(thread)).status_code == 404
    assert SECRET not in client.get(board_address(thread.board)).content.decode()
    assert may_hear_thread(None, str(thread.pk)) is False
    assert board_snapshot(str(thread.board_id)) == {"threads": 0, "structure": 0}
    sign_in(client, author)
    assert "badge--held" in client.get(address(thread)).content.decode()
    assert SECRET in client.get(board_address(thread.board)).content.decode()


def test_moderator_sees_what_is_held(client):
    thread = make_thread(author=make_person(guest=True), title=SECRET)
    sign_in(client, moderator_of(thread.board.space.organisation))
    assert SECRET in client.get(address(thread)).content.decode()


def test_draft_consultations_have_no_public_forum(client):
    board = make_board(make_consultation(phase="draft", published=False))
    thread = Thread.objects.create(board=board, title="Early", listed_at=board.consultation.created_at)
    assert client.get(board_address(board)).status_code == 404
    assert client.get(address(thread)).status_code == 404
    assert (may_hear_board(None, str(board.pk)), may_hear_thread(None, str(thread.pk))) == (False, False)


def test_support_needs_an_account_and_is_toggled(client):
    thread = make_thread()
    post = thread.posts.get()
    asked = client.post(address(thread, "support"), {"post": post.pk})
    assert asked["Location"].startswith(reverse("account_login"))
    sign_in(client, make_person())
    client.post(address(thread, "support"), {"post": post.pk})
    assert Post.objects.get(pk=post.pk).support_count == 1
    assert 'aria-pressed="true"' in client.get(address(thread)).content.decode()
    client.post(address(thread, "support"), {"withdraw": post.pk})
    assert Post.objects.get(pk=post.pk).support_count == 0


def test_own_posts_cannot_be_supported(client):
    thread = make_thread()
    sign_in(client, thread.author)
    assert client.post(address(thread, "support"), {"post": thread.posts.get().pk}).status_code == 403


def test_edit_shows_the_form_and_the_mark(client):
    post = make_post()
    sign_in(client, post.author)
    url = reverse("forums:edit", args=[post.pk])
    assert post.body in client.get(url).content.decode()
    client.post(url, {"body": "Better words"})
    post.refresh_from_db()
    assert (post.body, post.edited_at is None) == ("Better words", False)


@pytest.mark.parametrize("who", ["visitor", "stranger", "moderator"])
def test_posts_of_others_cannot_be_changed(client, who):
    post = make_post()
    if who != "visitor":
        organisation = post.space.organisation if who == "moderator" else make_organisation()
        sign_in(client, moderator_of(organisation))
    answer = client.post(reverse("forums:edit", args=[post.pk]), {"body": "Other words"})
    assert answer.status_code in (302, 403)
    assert Post.objects.get(pk=post.pk).body == post.body


@pytest.mark.parametrize("role", ["", "organiser", "analyst"])
def test_threads_are_curated_by_moderators_only(client, role):
    thread = make_thread()
    sign_in(client, make_person(roles={thread.board.space.organisation: [role]} if role else None))
    assert client.post(address(thread, "curate"), {"act": "close"}).status_code == 403
    sign_in(client, moderator_of(thread.board.space.organisation))
    assert client.post(address(thread, "curate"), {"act": "close"}).status_code == 302
    assert Thread.objects.get().closed_at is not None


def test_quote_is_put_into_the_reply(client):
    thread = make_thread(body="First line\nsecond line")
    page = client.get(address(thread), {"reply": thread.posts.get().pk, "quote": 1})
    assert page.context["form"].initial["body"] == "> First line\n> second line\n\n"


def test_live_snapshot_counts_shown_posts():
    thread = make_thread()
    make_post(thread)
    make_post(thread, author=make_person(guest=True))
    assert thread_snapshot(str(thread.pk)) == {"posts": 2, "structure": 2}
    assert may_hear_thread(None, str(thread.pk)) is True
    assert may_hear_thread(None, "1;x") is False


def test_markup_in_title_tag_and_name_stays_words(client):
    author = make_person(name="<img src=x>")
    thread = make_thread(title="<script>alert(1)</script>", tags=["<b>x</b>"], author=author)
    for page in (client.get(address(thread)), client.get(board_address(thread.board))):
        words = page.content.decode()
        assert "<script>alert" not in words
        assert "<img src=x>" not in words
        assert "<b>x</b>" not in words
