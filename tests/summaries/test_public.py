"""The page that everybody reads: orders, campaigns left away, pictures with their tables, who is missing, weight."""

import gzip
import re
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from consultations.models import Clause, Consultation
from opinions.models import Conversation, Statement
from summaries import actions
from summaries.actions.wording import set_census
from summaries.models import Build, Campaign, Citation, Holding, Theme, Translation
from summaries.outside import numbers_outside
from tests.factories import make_comment, make_consultation, make_document, make_person, sign_in
from tests.opinions.factories import make_conversation, make_statement, make_votes
from tests.polls.factories import cast, make_poll
from tests.summaries.factories import CAMPAIGN, build_summary, make_heard, place_people, publish_summary

pytestmark = pytest.mark.django_db

KB = 1024


@pytest.fixture
def build() -> Build:
    return publish_summary(build_summary(make_heard()))


@pytest.fixture
def reader(client):
    client.cookies["django_language"] = "en"
    return client


def read(client, build: Build, **query: str) -> str:
    response = client.get(reverse("summaries:public", args=[build.consultation.slug]), query)
    assert response.status_code == 200
    return response.content.decode()


def main(text: str) -> str:
    return text.split("<main")[1].split("</main>")[0]


@pytest.mark.parametrize("language", ["id", "en"])
def test_page_has_one_heading_and_every_picture_has_its_table(client, build, language):
    client.cookies["django_language"] = language
    text = read(client, build)
    assert len(re.findall(r"<h1[ >]", text)) == 1
    figures = re.findall(r'<figure class="figure .*?</figure>', text, re.S)
    assert len(figures) >= 4
    assert [one for one in figures if 'id="' + one.split('aria-labelledby="')[1].split()[0].strip('"') not in one] == []
    without_table = [one for one in figures if "<table>" not in one]
    assert [one for one in without_table if "figure--treemap" not in one] == []  # its table stands right below it
    assert re.findall(r"<[^>]*\sstyle=|<style|<script(?![^>]*\bsrc=)|\son[a-z]+=\"", text) == []


def test_ids_of_the_page_are_unique(reader, build):
    found = re.findall(r'\sid="([^"]+)"', read(reader, build))
    assert sorted(found) == sorted(set(found))


def test_contents_lead_to_sections_of_the_page(reader, build):
    text = read(reader, build)
    wanted = re.findall(r'href="#([a-z-]+)"', text)
    assert len(wanted) >= 6
    assert [one for one in wanted if f'id="{one}"' not in text] == []


def test_campaigns_can_be_left_away_and_every_number_opens_its_list(reader, build):
    response = reader.get(reverse("summaries:public", args=[build.consultation.slug]), {"campaigns": "without"})
    assert Campaign.objects.get(build=build).contributions == 4
    for view in response.context["themes"]:
        assert view.numbers.contributions == view.theme.outside_campaigns
        listed = reader.get(view.url, {"campaigns": "without"})
        assert listed.context["page"].paginator.count == view.numbers.contributions
        for stance, count in view.numbers.stances.items():
            found = reader.get(view.url, {"campaigns": "without", "stance": stance})
            assert found.context["page"].paginator.count == count
        assert [one for one in view.quotes if one.citation.quote in CAMPAIGN] == []
    assert "left away from the numbers" in response.content.decode()
    assert "left away from the numbers" not in read(reader, build)


def test_campaign_shows_its_three_counts_beside_its_words(reader, build):
    part = main(read(reader, build)).split('id="campaigns"')[1]
    assert CAMPAIGN in part
    assert "4 contributions</a> · 1 distinct text · 4 contributors" in part


def test_numbers_outside_campaigns_are_the_rows_that_repeat_none(build):
    original = Campaign.objects.get(build=build).original
    rows = Citation.objects.filter(build=build).exclude(copy_of=original).exclude(source_key=original)
    for theme, numbers in numbers_outside(build).items():
        own = list(rows.filter(theme=theme))
        assert numbers.contributions == len(own)
        assert numbers.distinct == sum(not one.copy_of for one in own)
        assert numbers.contributors == len({one.person_id for one in own} - {None})


def test_themes_stand_in_the_order_of_the_draft_under_their_clauses(reader):
    consultation = make_heard()
    clauses = list(Clause.objects.filter(version__document=make_document(consultation)).order_by("position"))
    words = [
        "Halte pasar terlalu jauh dari pintu timur",
        "Tarif bus terlalu mahal bagi pelajar",
        "Jadwal bus malam kurang",
    ]
    for clause, body in zip(reversed(clauses), words, strict=True):
        for number in range(4):
            make_comment(clause=clause, body=f"{body} nomor {number}", stance="oppose", language="id")
    build = publish_summary(build_summary(consultation))
    text = main(read(reader, build, by="clause"))
    themes = [theme for theme in build.themes.standing() if theme.clauses]
    assert themes
    order = [clause.pk for clause in clauses]
    found = [int(one) for one in re.findall(r'id="theme-(\d+)"', text)]
    by_number = {theme.number: theme for theme in build.themes.standing()}
    places = [order.index(by_number[one].clauses[0][0]) if by_number[one].clauses else 99 for one in found]
    assert places == sorted(places)
    assert len(re.findall(r"theme__clause", text)) == len(dict.fromkeys(places))
    assert "theme__clause" not in main(read(reader, build))


def test_unanswered_themes_are_counted_down_until_the_day_and_called_overdue_after(reader, build):
    total = build.themes.standing().count()
    text = read(reader, build)
    assert f"Not yet answered: {total} themes of {total}." in text
    assert "days left" in text.split("Not yet answered")[1][:600]
    Consultation.objects.update(answer_due_at=timezone.now() - timedelta(days=2))
    assert "the answer is overdue" in read(reader, build)
    analyst = make_person(role="analyst", organisation=build.consultation.organisation)
    for theme in build.themes.standing():
        actions.decide_theme(theme=theme, person=analyst, outcome="adopted", reason="Yes.")
    assert "Not yet answered:" not in read(reader, build)


def test_holding_statement_stands_beside_what_is_not_answered(reader, build):
    until = timezone.now() + timedelta(days=30)
    Holding.objects.create(consultation=build.consultation, words="We ask the schools first.", answer_at=until)
    assert "We ask the schools first." in read(reader, build)


def test_decision_shows_which_words_changed(reader, build):
    document = make_document(build.consultation)
    clause = Clause.objects.filter(version__document=document).first()
    version = document.versions.create(number=2, source="x", published_at=timezone.now())
    changed = Clause.objects.create(
        version=version, key=clause.key, position=1, kind="article", number="1", heading="Article 1", body="Ten stops",
        change="reworded", difference=[["gone", "Nine"], ["new", "Ten"], ["same", " stops"]],
    )  # fmt: skip
    analyst = make_person(role="analyst", organisation=build.consultation.organisation)
    theme = build.themes.first()
    actions.decide_theme(theme=theme, person=analyst, outcome="adopted", reason="Yes.", clause=changed)
    for text in (read(reader, build), reader.get(theme.get_absolute_url()).content.decode()):
        assert "<del>Nine</del><ins>Ten</ins> stops" in text
        assert reverse("consultations:changes", args=[build.consultation.slug, document.pk, 2]) in text


def test_translation_stands_below_the_quote_with_its_maker(reader, build):
    citation = Citation.objects.filter(build=build, language="jv").exclude(quote="").first()
    Translation.objects.create(citation=citation, language="en", text="The market stop is far.", machine="model 1")
    text = read(reader, build)
    assert text.index(citation.quote) < text.index("The market stop is far.")
    assert "Translated by a machine: model 1" in text
    Translation.objects.update(machine="")
    assert "Translated by a person" in read(reader, build)
    reader.cookies["django_language"] = "id"
    assert "The market stop is far." not in read(reader, build)


def test_translation_survives_the_next_summary(reader, build):
    citation = Citation.objects.filter(build=build, language="jv").exclude(quote="").first()
    Translation.objects.create(citation=citation, language="en", text="The market stop is far.")
    make_comment(build.consultation, body="Halte pasar perlu peta.", language="id")
    newer = publish_summary(build_summary(build.consultation))
    again = Citation.objects.filter(build=newer, source_key=citation.source_key, quote=citation.quote)
    assert again.exists()
    assert "The market stop is far." in read(reader, newer)


def make_answers(statement: Statement, agree: int, disagree: int) -> None:
    make_votes(statement, *[1] * agree, *[-1] * disagree)


def test_common_ground_needs_ten_answers_and_two_thirds(reader, build):
    conversation = Conversation.objects.get(consultation=build.consultation)
    first, second, third = conversation.statements.order_by("number")
    make_answers(first, 9, 1)
    make_answers(second, 6, 5)
    make_answers(third, 9, 0)
    text = main(read(reader, build)).split('id="ground"')[1].split("</section>")[0]
    shared, divided = text.split("A third and more on either side")
    assert (first.body in shared, second.body in divided, third.body in text) == (True, True, False)
    assert "90.0% agree (9 of 10)" in shared
    assert "54.5% agree, 45.5% disagree, of 11 who answered" in divided


def test_areas_stand_beside_the_census_and_small_ones_are_withheld(reader, build):
    analyst = make_person(role="analyst", organisation=build.consultation.organisation)
    place_people(build, {"33.01.01": 14, "33.01.02": 3, "33.02": 10})
    rows = [["33.01.01", "North", 100], ["33.01.02", "South", 100], ["33.02", "East", 9800]]
    set_census(consultation=build.consultation, person=analyst, rows=rows, source="Office", as_of="2025")
    text = main(read(reader, build)).split('id="voices"')[1].split("</section>")[0]
    assert "98.0% live here (9,800)" in text
    assert "51.9% took part (14)" in text
    assert text.count("withheld</td>") == 2  # three people in the south, and the next smallest beside them
    assert "Hardly heard: East" in text
    assert "(3)" not in text


def test_areas_without_census_are_counted_and_nobody_is_called_missing(reader, build):
    place_people(build, {"33.01": 12, "33.02": 11})
    text = main(read(reader, build)).split('id="voices"')[1].split("</section>")[0]
    assert "12 of 23" in text
    assert "it cannot be said who is missing" in text
    assert "Hardly heard" not in text


def test_few_contributors_are_not_shown_by_area(reader, build):
    place_people(build, {"33.01": 4})
    text = main(read(reader, build)).split('id="voices"')[1].split("</section>")[0]
    assert "Too few contributors said where they live" in text
    assert "Village 33.01" not in text


def rich(size: int) -> Build:
    """A published summary with `size` of everything that its page lists."""
    consultation = make_consultation()
    make_document(consultation, clauses=size)
    clauses = list(Clause.objects.filter(version__document__consultation=consultation))
    analyst = make_person(role="analyst", organisation=consultation.organisation)
    for number in range(size):
        said = f"Wholly different words {number * 7919} zq{number} about {number * 31} things"
        for stance in ("oppose", "support", "oppose", "changes"):
            make_comment(clause=clauses[number], body=said, stance=stance, language="jv")
        conversation = make_conversation(consultation, statements=0)
        make_answers(make_statement(conversation, body=f"{said}, statement"), 9, 1)
        make_answers(make_statement(conversation, body=f"{said}, other"), 5, 5)
    build = publish_summary(build_summary(consultation))
    for theme in build.themes.standing():
        clause = clauses[theme.number % size]
        actions.decide_theme(theme=theme, person=analyst, outcome="adopted", reason="Yes.", clause=clause)
    for citation in Citation.objects.filter(build=build).exclude(quote=""):
        Translation.objects.create(citation=citation, language="en", text="In other words.")
    return build


def test_page_asks_as_often_for_three_of_everything_as_for_one(reader):
    asked = []
    for size in (1, 3):
        build = rich(size)
        assert build.campaigns.count() == size
        counted = []
        for query in ({}, {"by": "clause", "campaigns": "without"}, {"page": "2"}):
            read(reader, build, **query)
            with CaptureQueriesContext(connection) as queries:
                read(reader, build, **query)
            counted.append(len(queries))
        asked.append(counted)
    assert asked[0] == asked[1]
    assert max(asked[0]) <= 40


def many_themes(build: Build, total: int) -> None:
    """More themes than the method would find, with quotes and decisions, so that the page is as heavy as it gets."""
    first = build.themes.first()
    quoted = list(first.citations.exclude(quote_rank=None))
    clauses = [[clause.pk, str(clause), 7] for clause in Clause.objects.all()[:5]]
    for number in range(build.themes.count() + 1, total + 1):
        theme = Theme.objects.create(
            build=build, key=f"made-{number}", number=number, label=f"Sebuah tema yang panjang namanya nomor {number}",
            found_label="x", phrases=first.phrases, contributions=900 - number, distinct=800, contributors=900 - number,
            stances={"support": 40, "changes": 30, "unsure": 9, "question": 5, "oppose": 300 + number}, clauses=clauses,
        )  # fmt: skip
        Citation.objects.bulk_create(
            Citation(
                build=build, theme=theme, source_key=one.source_key, kind=one.kind, rank=number, place="themed",
                quote=one.quote, quote_rank=at, start=one.start, end=one.end, language=one.language, stance=one.stance,
            )
            for at, one in enumerate(quoted)
        )  # fmt: skip


def test_page_of_seventy_themes_is_paged_and_light(reader, build):
    make_document(build.consultation)
    many_themes(build, 70)
    text = read(reader, build)
    assert text.count('<article class="theme"') == 10
    assert "All 70 themes" in text
    assert len(gzip.compress(text.encode(), 6)) < 60 * KB
    for query in ({"page": "7"}, {"by": "clause"}, {"campaigns": "without"}):
        again = read(reader, build, **query)
        assert len(gzip.compress(again.encode(), 6)) < 60 * KB
    assert 'id="voices"' not in read(reader, build, page="2")


def test_page_of_nothing_said_is_whole(reader):
    build = publish_summary(build_summary(make_consultation()))
    text = read(reader, build)
    assert "Nothing was said" in text
    assert "What this does not show" in text


@pytest.mark.parametrize("query", ["by=x", "campaigns=x", "page=x", "by=clause&campaigns=without&page=99"])
def test_unknown_choices_give_the_page(reader, build, query):
    assert reader.get(reverse("summaries:public", args=[build.consultation.slug]) + f"?{query}").status_code == 200


def test_theme_says_who_put_what_there_and_names_nobody(reader, build):
    theme = build.themes.first()
    url = theme.get_absolute_url()
    assert "The method put all of its contributions here." in reader.get(url).content.decode()
    analyst = make_person("Ayu Analyst", role="analyst", organisation=build.consultation.organisation)
    moved = theme.citations.first()
    Citation.objects.filter(pk=moved.pk).update(assigned_by=analyst, assigned_at=timezone.now())
    text = reader.get(url).content.decode()
    assert f"1 of {theme.contributions} contributions were put here by a person" in text
    assert "Ayu" not in text
    assert reader.get(url, {"assigned": "person"}).context["page"].paginator.count == 1
    assert reader.get(url, {"assigned": "method"}).context["page"].paginator.count == theme.contributions - 1


def test_history_of_a_theme_is_told_without_names(reader):
    build = build_summary(make_heard())
    analyst = make_person("Ayu Analyst", role="analyst", organisation=build.consultation.organisation)
    theme, other = build.themes.all()[:2]
    actions.rename_theme(theme=theme, person=analyst, label="Halte di pasar")
    actions.review_theme(theme=other, person=analyst)
    publish_summary(build)
    text = reader.get(theme.get_absolute_url()).content.decode()
    assert f"A person named it. The method had proposed “{theme.found_label}”." in text
    assert ("A person reviewed it." in text, "Ayu" in text) == (False, False)


def test_polls_and_their_results_stand_on_the_page(reader):
    consultation = make_heard()
    poll = make_poll(consultation, state="open", title="Which colour?")
    cast(poll, "o1", person=make_person())
    text = read(reader, publish_summary(build_summary(consultation)))
    assert reverse("polls:poll", args=[poll.pk]) in text or reverse("polls:results", args=[poll.pk]) in text


def test_analyst_sees_what_others_will_read(client):
    build = build_summary(make_heard())
    sign_in(client, make_person(role="analyst", organisation=build.consultation.organisation))
    assert 'id="limits"' in client.get(build.get_absolute_url(), {"preview": "1"}).content.decode()
    stranger = SimpleNamespace(client=client)
    client.logout()
    assert stranger.client.get(build.get_absolute_url(), {"preview": "1"}).status_code == 404
