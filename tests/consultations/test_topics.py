"""What an open page hears of a consultation and a clause, and who may hear it."""

import pytest

from consultations import topics
from realtime.topics import find
from tests import factories


def test_topics_are_registered():
    assert [find(key)[1] for key in ("consultation.7", "clause.8")] == ["7", "8"]


def test_counts_of_a_consultation(consultation, clause, citizen):
    factories.make_comment(clause=clause, author=citizen)
    factories.make_comment(consultation, author=citizen)
    hidden = factories.make_comment(clause=clause, hidden_at=consultation.created_at)
    facts = topics.consultation(str(consultation.pk))
    assert (facts["comments"], facts["people"], facts["clauses"][str(clause.pk)]) == (2, 1, 1)
    assert hidden.is_shown is False


def test_facts_of_a_clause_change_their_structure_with_a_comment(clause):
    before = topics.clause(str(clause.pk))
    factories.make_comment(clause=clause, stance="oppose")
    after = topics.clause(str(clause.pk))
    assert (before["comments"], after["comments"], after["stances"]["oppose"]) == (0, 1, 1)
    assert before["structure"] != after["structure"]


@pytest.mark.parametrize("wrong", ["x", "0", "-1", "1.5", "٣", ""])
def test_unknown_ids_are_not_heard(db, wrong):
    assert (topics.may_hear_consultation(None, wrong), topics.may_hear_clause(None, wrong)) == (False, False)


def test_draft_is_heard_by_its_organisation_only(db):
    hidden = factories.make_consultation(published=False)
    clause = factories.make_document(hidden).versions.get().clauses.first()
    member = factories.make_person(role="organiser", organisation=hidden.organisation)
    answers = [
        (topics.may_hear_consultation(person, str(hidden.pk)), topics.may_hear_clause(person, str(clause.pk)))
        for person in (None, factories.make_person(), member)
    ]
    assert answers == [(False, False), (False, False), (True, True)]
