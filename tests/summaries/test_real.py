"""Summaries of real conversations: pol.is exports of four countries, imported and built."""

import pytest
from django.core.management import call_command

from summaries.models import Citation
from summaries.sources import gather
from tests.factories import make_consultation
from tests.needs import REALDATA
from tests.summaries.factories import build_summary

FOLDERS = sorted(path.name for path in (REALDATA / "polis").glob("*")) if REALDATA.is_dir() else []


@pytest.mark.realdata
@pytest.mark.django_db
@pytest.mark.parametrize("folder", FOLDERS)
def test_imported_conversations_are_summarised_to_the_last_statement(folder, realdata):
    consultation = make_consultation(phase="closed")
    call_command("import_polis", str(realdata / "polis" / folder), consultation=consultation.slug, verbosity=0)
    heard = gather(consultation)
    build = build_summary(consultation)
    counts = build.counts
    assert counts["read"] + counts["left_out"] == counts["n"] == len(heard.contributions) + len(heard.left_out)
    assert counts["themed"] + counts["unassigned"] == counts["read"]
    assert counts["kinds"] == {"statement": counts["read"]}
    assert build.themes.count() >= 2
    texts = {one.source_key: one.body for one in heard.contributions}
    for citation in Citation.objects.filter(build=build).exclude(quote_rank=None):
        assert texts[citation.source_key][citation.start : citation.end] == citation.quote
    authors = {one.author for one in heard.contributions} - {None}
    assert counts["contributors"] == len(authors) > 10
