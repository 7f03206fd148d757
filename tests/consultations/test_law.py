"""How clauses are called, and how an article is shown with its paragraphs."""

import pytest

from consultations.actions import publish_version, save_draft
from consultations.models import Clause, Comment
from tests import factories

SOURCE = """# Bab I Halte

## Pasal 3. Letak halte

(1) Halte berdiri di depan pasar.

(2) Halte berdiri di depan sekolah.

## Pasal 4. Jam

Bus berjalan sampai pukul sepuluh.
"""


@pytest.fixture
def law(consultation):
    consultation.language = "id"
    consultation.save()
    version = save_draft(person=None, consultation=consultation, document=None, title="Koridor", source=SOURCE)
    publish_version(person=None, version=version)
    return {clause.key: clause for clause in version.clauses.all()}


def test_paragraph_is_called_by_its_article(law, django_assert_num_queries):
    with django_assert_num_queries(0):
        names = [str(clause) for clause in law.values()]
    assert names == [
        "Bab I Halte", "Pasal 3. Letak halte", "Pasal 3. Letak halte, ayat (1)", "Pasal 3. Letak halte, ayat (2)",
        "Pasal 4. Jam",
    ]  # fmt: skip


def test_paragraphs_without_number_or_article_have_names_too(consultation):
    consultation.language = "en"
    consultation.save()
    source = "(1) Buses stop at the market.\n\n# Part I\n\nEverybody may ride."
    version = save_draft(person=None, consultation=consultation, document=None, title="Corridor", source=source)
    assert [str(clause) for clause in version.clauses.all()] == ["Paragraph (1)", "Part I", "Everybody may ride."]


def test_article_knows_its_paragraphs_and_no_others(law):
    assert [clause.mark for clause in law["article-3"].paragraphs()] == ["(1)", "(2)"]
    assert [list(law[key].paragraphs()) for key in ("article-4", "article-3-1", "chapter-i")] == [[], [], []]
    assert (law["article-3-2"].article(), law["article-3"].article()) == (law["article-3"], None)


@pytest.mark.parametrize("suffix", ["", "sheet/"])
def test_clause_page_of_an_article_shows_its_paragraphs(client, law, suffix):
    page = client.get(law["article-3"].get_absolute_url() + suffix).content.decode()
    assert [page.count(law[key].html) for key in ("article-3-1", "article-3-2", "article-4")] == [1, 1, 0]


def test_paragraph_page_names_and_links_its_article(client, law):
    page = client.get(law["article-3-2"].get_absolute_url()).content.decode()
    assert page.count(f'href="{law["article-3"].get_absolute_url()}"') == 1
    assert "Pasal 3. Letak halte, ayat (2)</h1>" in page


def test_chapters_without_text_have_no_button(client, consultation, law):
    page = client.get(f"/consultations/{consultation.slug}/draft/").content.decode()
    buttons = [
        clause.key for clause in law.values() if f'class="clause__count" href="{clause.get_absolute_url()}"' in page
    ]
    assert buttons == ["article-3", "article-3-1", "article-3-2", "article-4"]


def test_nobody_is_told_that_nobody_supports(client, law):
    factories.make_comment(clause=law["article-4"])
    page = client.get(law["article-4"].get_absolute_url(), headers={"Accept-Language": "en"}).content.decode()
    assert page.count("Support this</button>") == 1
    assert Clause.objects.get(pk=law["article-4"].pk).comment_count == 1


def test_article_page_counts_what_was_said_about_its_paragraphs(client, law):
    factories.make_comment(clause=law["article-3-2"])
    page = client.get(law["article-3"].get_absolute_url(), headers={"Accept-Language": "en"}).content.decode()
    assert page.count(f'<a href="{law["article-3-2"].get_absolute_url()}">1 comment</a>') == 1


def test_chapters_without_text_take_no_comments(client, law):
    fields = {"stance": "support", "body": "The whole chapter is good.", "language": "en"}
    answer = client.post(law["chapter-i"].get_absolute_url(), fields)
    assert (answer.status_code, Comment.objects.count()) == (403, 0)
