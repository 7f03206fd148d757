"""Lets people write: comments with replies and support, threads, statements with votes, reports for the queue.

Written through the rooms' actions in the order of time, then dated; support and votes in bulk, with counts made anew.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Any

from django.utils import timezone

from accounts.actions import give_consent
from accounts.models import Participant
from consultations.actions import write_comment
from consultations.models import Clause, Comment, Consultation, Stance, Support
from demo.actions.people import Crowd
from demo.actions.preparing import on_day
from demo.stories import Said, Story, town
from forums.actions import curate_thread, open_board, reply, set_support, start_thread
from forums.models import Board, Post, Thread, recount
from moderation.actions import decide, flag, house_rule, open_case
from moderation.models import Case, FlagReason, Outcome
from opinions.actions.preparing import create_conversation
from opinions.actions.voting import recount as count_votes
from opinions.actions.voting import write_statement
from opinions.models import Conversation, Statement, Vote
from realtime.actions import atomic

OWN = 4  # comments of the resident who can sign in, in each story


@atomic()
def speak(*, story: Story, consultation: Consultation, crowd: Crowd, chance: Random) -> list[Comment]:
    """Write the comments of `story` over its days, the campaign close together. Returns the comments, oldest first."""
    said = story.comments()
    chance.shuffle(said)
    campaign = [Said("3" if story.key == "school" else "4", Stance.OPPOSE, "id", body) for body in story.campaign()]
    third = len(said) // 3
    said[third:third] = campaign
    together = range(third, third + len(campaign))
    clauses = {one.number: one for one in Clause.objects.filter(version__document__consultation=consultation)}
    authors = _authors(crowd, len(said), together, chance)
    moments = _moments(story, len(said))
    written = []
    for one, author, at in zip(said, authors, moments, strict=True):
        comment = write_comment(
            person=author,
            consultation=consultation,
            clause=clauses.get(one.clause),
            body=one.body,
            stance=one.stance,
            language=one.language,
        )
        comment.created_at = at
        written += [comment, *_answer(comment, one, crowd, chance)]
    Comment.objects.bulk_update(written, ["created_at"], batch_size=200)
    _support(written, crowd, chance)
    return written


@atomic()
def discuss(*, story: Story, consultation: Consultation, crowd: Crowd, chance: Random) -> Board:
    """Open the forum of `story` with its threads. Returns the board."""
    board = open_board(consultation=consultation, title=story.title, intro=story.forum)
    topics = story.topics()
    for topic, opened in zip(topics, _moments(story, len(topics)), strict=True):
        authors = chance.sample(crowd.speakers, len(topic.posts))
        at, first = opened, topic.posts[0]
        post = start_thread(
            board=board, person=authors[0], title=topic.title, body=first.body, tags=topic.tags, language=first.language
        )
        thread, posts = post.thread, [post]
        for one, author in zip(topic.posts[1:], authors[1:], strict=True):
            above = posts[-1] if one.nested else None
            posts.append(reply(thread=thread, person=author, body=one.body, parent=above, language=one.language))
        for post in posts:
            post.created_at = at
            at = _later(at, chance)
            for person in chance.sample(crowd.speakers, chance.randint(0, 5)):
                if person != post.author:
                    set_support(post=post, person=person, wanted=True)
        Post.objects.bulk_update(posts, ["created_at"])
        Thread.objects.filter(pk=thread.pk).update(created_at=opened)
        recount(thread.pk)
    first_thread = board.threads.order_by("pk").first()
    if first_thread:
        curate_thread(thread=first_thread, person=crowd.known["moderator"], pinned=True)
    return board


@atomic()
def state(*, story: Story, consultation: Consultation, crowd: Crowd, chance: Random) -> Conversation:
    """Hold the conversation of `story`: each statement by somebody, most people answering most of them. Returns it."""
    conversation = create_conversation(
        consultation=consultation,
        person=crowd.known["organiser"],
        question=story.conversation,
        seeds=[],
        publish_now=True,
    )
    claims = story.claims()
    statements, votes = [], []
    for claim, author, at in zip(
        claims, chance.sample(crowd.people, len(claims)), _moments(story, len(claims)), strict=True
    ):
        statement = write_statement(person=author, conversation=conversation, body=claim.body, language="id")
        statement.created_at = at
        statements.append(statement)
        for number, person in enumerate(crowd.people[:44]):
            if person == author or chance.random() < 0.25:
                continue
            leaning = claim.some if number % 4 == 0 else claim.most
            value = 0 if chance.random() < 0.1 else 1 if chance.random() < (leaning + 1) / 2 else -1
            votes.append(Vote(statement=statement, person=person, value=value, created_at=_later(at, chance)))
    Statement.objects.bulk_update(statements, ["created_at"])
    Vote.objects.bulk_create(votes, batch_size=500)
    start = on_day(story.speaking[0])
    Conversation.objects.filter(pk=conversation.pk).update(created_at=start, published_at=start)
    count_votes(conversation=conversation)
    return conversation


@atomic()
def review(*, consultation: Consultation, crowd: Crowd) -> list[Case]:
    """Give the queue a held comment of a guest and two reported ones, and hide a rude one. Returns the open cases."""
    clause = Clause.objects.filter(version__document__consultation=consultation, number="3.2").first()
    fields: dict[str, Any] = {"consultation": consultation, "clause": clause, "language": "id"}
    rude = write_comment(person=crowd.people[13], body=town.RUDE_WORDS, stance=Stance.OPPOSE, **fields)
    for person, note in ((crowd.people[2], "Menghina orang yang berpendapat lain."), (crowd.people[8], "")):
        flag(item=rude, person=person, reason=FlagReason.OFFENSIVE, note=note)
    rule = house_rule(organisation=crowd.office, number=1)
    decide(case=open_case(item=rude), person=crowd.known["moderator"], outcome=Outcome.HIDE, rule=rule)
    advert = write_comment(person=crowd.people[22], body=town.ADVERT_WORDS, **fields)
    flag(item=advert, person=crowd.people[5], reason=FlagReason.SPAM, note="Iklan, bukan tanggapan.")
    rumour = write_comment(person=crowd.people[35], body=town.RUMOUR_WORDS, stance=Stance.OPPOSE, **fields)
    flag(item=rumour, person=crowd.people[9], reason=FlagReason.FALSE, note="Tuduhan tanpa bukti.")
    flag(item=rumour, person=crowd.people[17], reason=FlagReason.FALSE)
    guest = Participant.objects.create(created_at=timezone.now() - timedelta(hours=2))
    give_consent(person=guest)
    held = write_comment(person=guest, body=town.GUEST_WORDS, stance=Stance.CHANGES, **fields)
    for hours, item in zip((7.0, 5.0, 3.0, 1.5), (rude, advert, rumour, held), strict=True):
        at = timezone.now() - timedelta(hours=hours)
        Comment.objects.filter(pk=item.pk).update(created_at=at)
        Case.objects.filter(object_id=item.pk, content_type__model="comment").update(opened_at=at)
    Comment.objects.filter(pk=held.pk).update(held_at=timezone.now() - timedelta(hours=1.5))
    return list(Case.objects.open().filter(space=consultation.space_id))


def _answer(comment: Comment, one: Said, crowd: Crowd, chance: Random) -> list[Comment]:
    """The replies to a comment, some hours later each, nobody answering themselves."""
    made: list[Comment] = []
    at = comment.created_at
    others = [person for person in crowd.people if person != comment.author]
    for words, person in zip(one.replies, chance.sample(others, len(one.replies)), strict=True):
        author = crowd.known["organiser"] if words.official else person
        answer = write_comment(
            person=author,
            consultation=comment.consultation,
            parent=comment,
            body=words.body,
            language=words.language,
        )
        at = answer.created_at = _later(at, chance)
        made.append(answer)
    return made


def _authors(crowd: Crowd, count: int, together: range, chance: Random) -> list[Participant]:
    """Who writes each of `count` comments: everybody in turn, so that a campaign (`together`) has many authors.

    The resident writes some of the others.
    """
    others = crowd.people[:]
    chance.shuffle(others)
    authors = [others[number % len(others)] for number in range(count)]
    alone = [number for number in range(count) if number not in together]
    for number in range(OWN):
        authors[alone[(number + 1) * len(alone) // (OWN + 1)]] = crowd.known["resident"]
    return authors


def _moments(story: Story, count: int) -> list[datetime]:
    """`count` moments in order over the days of `story`."""
    start, end = on_day(story.speaking[0]), on_day(story.speaking[1])
    step = (end - start) / max(count, 1)
    return [_awake(start + step * number) for number in range(count)]


def _awake(at: datetime) -> datetime:
    """`at` moved into the hours from 6 to 22 of its day, in the same order; what would be in the future stays."""
    local = timezone.localtime(at)
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    moved = midnight + timedelta(hours=6) + (local - midnight) * 2 / 3
    return moved if moved < timezone.now() - timedelta(minutes=2) else at


def _later(at: datetime, chance: Random) -> datetime:
    """Some hours after `at`, but not in the future."""
    later = _awake(at + timedelta(hours=chance.uniform(2, 14)))
    return later if at < later < timezone.now() - timedelta(minutes=2) else at + timedelta(minutes=1)


def _support(comments: Sequence[Comment], crowd: Crowd, chance: Random) -> None:
    """Some people say that a comment speaks for them; a few comments get many, most get few."""
    rows = []
    for comment in comments:
        wanted = min(int(chance.paretovariate(0.9)) - 1, 24)
        people = [person for person in chance.sample(crowd.people, wanted) if person.pk != comment.author_id]
        rows += [
            Support(comment=comment, person=person, created_at=_later(comment.created_at, chance)) for person in people
        ]
        comment.support_count = len(people)
    Support.objects.bulk_create(rows, batch_size=500)
    Comment.objects.bulk_update(comments, ["support_count"], batch_size=200)
