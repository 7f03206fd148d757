"""Checking by sample: drawn from every place, read blind by two, counted as it should be."""

import re

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from summaries import actions
from summaries.actions.auditing import draw_audit, next_item, plan, read_by, read_item
from summaries.models import AuditReading, Build
from summaries.quality import audit_of
from summaries.report import report_of
from tests.factories import make_person, sign_in
from tests.summaries.factories import build_summary, make_heard

pytestmark = pytest.mark.django_db


@pytest.fixture
def build() -> Build:
    return build_summary(make_heard())


@pytest.fixture
def readers(build):
    own = build.consultation.organisation
    return [make_person(f"Reader {number}", role="analyst", organisation=own) for number in (1, 2, 3)]


def test_sample_comes_from_each_theme_and_from_what_is_in_none(build, readers):
    audit = draw_audit(build=build, person=readers[0], each=3)
    sizes = {item.stratum: item.size for item in audit.items.all()}
    places = {theme.key: theme.citations.filter(rank=0).count() for theme in build.themes.standing()}
    places[""] = build.counts["unassigned"]
    assert sizes == {key: size for key, size in places.items() if size}
    assert sum(sizes.values()) == build.counts["read"]
    drawn = [item.stratum for item in audit.items.all()]
    assert {key: drawn.count(key) for key in sizes} == {key: min(3, size) for key, size in sizes.items()}
    assert [item.position for item in audit.items.all()] == list(range(1, len(drawn) + 1))


def test_each_item_is_read_by_two_and_nobody_reads_twice(build, readers):
    audit = draw_audit(build=build, person=readers[0], each=3)
    first, second, third = readers
    item = next_item(audit, first)
    read_item(item=item, person=first, verdict="right")
    read_item(item=item, person=first, verdict="wrong")
    assert list(item.readings.values_list("verdict", flat=True)) == ["right"]
    assert next_item(audit, first) != item
    assert next_item(audit, second) == item
    read_item(item=item, person=second, verdict="unsure")
    assert next_item(audit, third) != item
    with pytest.raises(ValidationError):
        read_item(item=item, person=third, verdict="right")
    with pytest.raises(ValidationError):
        read_item(item=next_item(audit, third), person=third, verdict="maybe")
    with pytest.raises(PermissionDenied):
        read_item(item=item, person=make_person(), verdict="right")
    assert [read_by(audit, one) for one in readers] == [1, 1, 0]


def test_result_is_weighted_and_counts_half_where_two_disagree(build, readers):
    assert audit_of(build) is None
    audit = draw_audit(build=build, person=readers[0], each=3)
    empty = audit_of(build)
    assert (empty.checked, empty.share, empty.agreement, empty.alpha, empty.finished) == (0, None, None, None, False)
    items = list(audit.items.all())
    for number, item in enumerate(items):
        for reader, verdict in zip(readers, ("right", "wrong" if number == 0 else "right"), strict=False):
            AuditReading.objects.create(item=item, reviewer=reader, verdict=verdict)
    found = audit_of(build)
    assert (found.checked, found.drawn, found.finished) == (len(items), len(items), True)
    stratum = next(one for one in found.strata if one.key == items[0].stratum)
    assert stratum.right == stratum.checked - 0.5
    weight = stratum.size / sum(one.size for one in found.strata)
    assert found.share == pytest.approx(1 - weight * 0.5 / stratum.checked, abs=0.001)
    assert 0 <= found.low < found.share < found.high <= 1
    assert found.agreement == pytest.approx(1 - 1 / len(items), abs=0.001)
    assert found.alpha is None
    assert found.percent["share"].endswith("%")


def test_each_place_has_its_own_estimate_and_interval(build, readers):
    audit = draw_audit(build=build, person=readers[0], each=3)
    for item in audit.items.all():
        for reader in readers[:2]:
            AuditReading.objects.create(item=item, reviewer=reader, verdict="right")
    found = {one.key: one for one in audit_of(build).strata}
    for one in found.values():
        if one.size > one.checked:
            assert re.search(rf"{one.size} \w+ {one.size} \(.*95%.* \d+ \w+ {one.size}\)", one.estimate)
        else:
            assert one.estimate.startswith(f"{one.size} ")
    report = report_of(build, "id")
    assert {theme.key: theme.checked for theme in report.themes} == {
        key: one.estimate for key, one in found.items() if key
    }


def test_page_says_how_many_will_be_drawn(build, readers):
    client = sign_in(Client(headers={"accept-language": "en"}), readers[0])
    page = client.get(reverse("summaries:audit", args=[build.consultation.slug, build.pk])).content.decode()
    drawn, strata = plan(build)
    assert f"A sample of {drawn} contributions is drawn, equally many from each of {strata} places" in page
    assert draw_audit(build=build, person=readers[0]).items.count() == drawn


def test_result_says_that_themes_were_edited_since(build, readers):
    draw_audit(build=build, person=readers[0])
    first, second = build.themes.standing()[:2]
    actions.rename_theme(theme=first, person=readers[0], label="Nama")
    assert audit_of(build).edited == 0
    actions.merge_themes(build=build, person=readers[0], keys=[second.key], into=first.key)
    found = audit_of(build)
    assert found.edited == 2
    assert None in {one.number for one in found.strata if one.key == second.key}


def test_reader_sees_neither_the_other_nor_any_result_of_half_read_items(build, readers):
    client = sign_in(Client(headers={"accept-language": "en"}), readers[1])
    where = [build.consultation.slug, build.pk]
    page = client.post(reverse("summaries:audit_draw", args=where), follow=True)
    assert b"Does this stand in the right place?" in page.content
    audit = build.audits.get()
    for item in audit.items.all():
        read_item(item=item, person=readers[0], verdict="wrong")
    text = client.get(reverse("summaries:audit_read", args=where)).content.decode()
    assert "Reader 1" not in text.split("<main")[1]
    assert "What it says" not in client.get(reverse("summaries:audit", args=where)).content.decode()
    item = next_item(audit, readers[1])
    sent = {"item": item.pk, "verdict": "right"}
    assert client.post(reverse("summaries:audit_read", args=where), {"item": item.pk}).status_code == 422
    assert client.post(reverse("summaries:audit_read", args=where), sent).status_code == 302
    assert "What it says" in client.get(reverse("summaries:audit", args=where)).content.decode()
    own = sign_in(Client(headers={"accept-language": "en"}), readers[0])
    assert own.get(reverse("summaries:audit_read", args=where)).status_code == 302


def test_result_asks_as_often_for_many_as_for_few(build, readers, django_assert_num_queries):
    draw_audit(build=build, person=readers[0], each=3)
    with django_assert_num_queries(5):
        audit_of(build)
    draw_audit(build=build, person=readers[0], each=50)
    with django_assert_num_queries(5):
        audit_of(build)


def test_nothing_said_gives_nothing_to_draw(readers, build):
    from tests.factories import make_consultation

    empty = build_summary(make_consultation(build.consultation.organisation))
    with pytest.raises(ValidationError):
        draw_audit(build=empty, person=readers[0])
