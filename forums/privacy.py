"""What forums hold of a person: threads, posts and support."""

from typing import Any

from django.db.models import Count
from django.utils.translation import gettext as _

from accounts.models import Participant
from forums.models import Post, PostSupport, Thread
from realtime.actions import atomic, publish


def export(person: Participant) -> dict[str, Any]:
    """Everything that the person wrote and supported."""
    posts = Post.objects.filter(author=person).select_related("thread__board__consultation").order_by("created_at")
    return {
        "posts": [
            {
                "thread": post.thread.title,
                "number": post.number,
                "text": post.body,
                "receipt": post.receipt,
                "created_at": post.created_at.isoformat(),
                "shown": post.is_shown,
            }
            for post in posts
        ],
        "supported": [
            f"{thread} #{number}"
            for thread, number in PostSupport.objects.filter(person=person).values_list(
                "post__thread__title", "post__number"
            )
        ],
    }


@atomic()
def erase(person: Participant) -> None:
    """Texts, titles and support go. The numbers of posts stay, so that the replies of others keep their place."""
    gone = {"author": None, "body": "", "html": "", "fingerprint": None}
    posts = Post.objects.filter(author=person)
    threads = sorted(set(posts.values_list("thread", flat=True)))
    posts.update(**gone)
    Thread.objects.filter(author=person).update(author=None, title=_("Deleted thread"))
    supports = PostSupport.objects.filter(person=person)
    supported = list(supports.values_list("post", flat=True))
    supports.delete()
    _count_support(supported)
    publish(*(f"thread.{thread}" for thread in threads))


@atomic()
def adopt(guest: Participant, person: Participant) -> None:
    """The guest's threads, posts and support become the account's; each person supports a post once."""
    Thread.objects.filter(author=guest).update(author=person)
    Post.objects.filter(author=guest).update(author=person)
    held = PostSupport.objects.filter(person=person).values("post")
    PostSupport.objects.filter(person=guest).exclude(post__in=held).update(person=person)
    doubled = PostSupport.objects.filter(person=guest)
    posts = list(doubled.values_list("post", flat=True))
    doubled.delete()
    _count_support(posts)


def _count_support(posts: list[int]) -> None:
    for post in Post.objects.filter(pk__in=posts).annotate(now=Count("supports")):
        Post.objects.filter(pk=post.pk).update(support_count=post.now)
        if post.number == 1:
            Thread.objects.filter(pk=post.thread_id).update(support_count=post.now)
