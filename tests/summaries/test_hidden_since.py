"""Files that were made before a text was hidden, withdrawn or changed are not handed out any more."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from consultations.models import Comment
from forums.models import Post, Thread
from jobs.run import perform
from summaries import actions
from summaries.models import Build, Export
from tests.factories import make_comment, make_person, sign_in
from tests.summaries.factories import build_summary, make_heard

pytestmark = pytest.mark.django_db


@pytest.fixture
def build(settings: Any, tmp_path: Path) -> Build:
    settings.VAR_DIR = tmp_path
    return build_summary(make_heard())


def made(client: Client, build: Build) -> Export:
    person = make_person(role="analyst", organisation=build.consultation.organisation)
    sign_in(client, person)
    export = actions.start_export(
        person=person, consultation=build.consultation, format="csv", language="id", build=build
    )
    perform(export.job_id or 0)
    return Export.objects.get(pk=export.pk)


@pytest.mark.parametrize("change", ["hidden_at", "held_at", "edited_at"])
def test_a_file_with_words_that_may_no_longer_be_read_is_not_handed_out(
    client: Client, build: Build, change: str
) -> None:
    export = made(client, build)
    assert client.get(export.get_absolute_url()).status_code == 200
    comment = Comment.objects.shown().filter(consultation=build.consultation).first()
    assert comment is not None
    Comment.objects.filter(pk=comment.pk).update(**{change: timezone.now()})
    assert client.get(export.get_absolute_url()).status_code == 410


def test_a_hidden_thread_and_new_texts(client: Client, build: Build) -> None:
    export = made(client, build)
    make_comment(build.consultation, hidden_at=timezone.now())
    assert client.get(export.get_absolute_url()).status_code == 200
    thread = Thread.objects.exclude(listed_at=None).first()
    assert thread is not None
    Post.objects.filter(thread=thread, number=1).update(hidden_at=timezone.now())
    assert client.get(export.get_absolute_url()).status_code == 410
