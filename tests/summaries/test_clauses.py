"""What was said about a clause in any of its versions counts for the clause as it reads now, and opens its list."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from consultations.models import Clause, Comment, Version
from summaries.models import Build
from summaries.pictures import clause_heat
from tests.factories import make_document
from tests.summaries.factories import build_summary, make_heard, publish_summary

pytestmark = pytest.mark.django_db


@pytest.fixture
def new() -> Clause:
    """A clause in its second wording: three comments are about it, two of them made on the first."""
    consultation = make_heard()
    document = make_document(consultation)
    old = Clause.objects.get(version__document=document, key="article-1")
    version = Version.objects.create(document=document, number=2, source="x", published_at=timezone.now())
    made = Clause.objects.create(
        version=version, key="article-1", position=1, kind="article", number="1", heading="Now"
    )
    about = list(Comment.objects.shown().filter(consultation=consultation).exclude(stance="").order_by("pk")[:3])
    for comment, clause in zip(about, (old, old, made), strict=True):
        Comment.objects.filter(pk=comment.pk).update(clause=clause)
    return made


@pytest.fixture
def build(new: Clause) -> Build:
    return publish_summary(build_summary(new.version.document.consultation))


def test_clause_is_named_once_and_its_number_opens_its_list(client: Client, build: Build, new: Clause) -> None:
    counted = {theme: theme.clauses for theme in build.themes.standing() if theme.clauses}
    assert sum(count for rows in counted.values() for _pk, _name, count in rows) >= 3
    public = client.get(build.get_absolute_url()).content.decode()
    for theme, rows in counted.items():
        assert [(pk, name) for pk, name, _count in rows] == [(new.pk, str(new))]
        assert f"{theme.get_absolute_url()}?clause={new.pk}" in public
        listed = client.get(theme.get_absolute_url(), {"clause": new.pk})
        assert listed.context["page"].paginator.count == rows[0][2]
        assert str(new) in listed.content.decode()


@pytest.mark.parametrize("which", ["new", "old", "none"])
def test_all_versions_lead_to_one_list(client: Client, build: Build, new: Clause, which: str) -> None:
    old = Clause.objects.get(version__number=1, key="article-1")
    clause, count = {"new": (new.pk, 3), "old": (old.pk, 3), "none": (10**6, 0)}[which]
    every = reverse("summaries:contributions", args=[build.consultation.slug, build.pk])
    assert client.get(every, {"clause": clause}).context["page"].paginator.count == count


@pytest.mark.parametrize("sent", ["0", "-1", "x", "1.5e9999", "99999999999999999999", "%00"])
def test_what_is_no_clause_is_not_there_or_empty(client: Client, build: Build, sent: str) -> None:
    every = reverse("summaries:contributions", args=[build.consultation.slug, build.pk])
    assert client.get(every, {"clause": sent}).status_code == 404


def test_heat_adds_up_the_versions_of_a_clause(build: Build, new: Clause) -> None:
    heat = clause_heat(build)
    assert heat is not None
    assert (str(new) in heat.title, len(heat.figure.rows)) == (True, 1)
