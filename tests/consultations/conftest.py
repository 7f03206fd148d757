"""A consultation that is open, with a draft of three clauses, and the people around it."""

import pytest

from tests import factories


@pytest.fixture
def consultation(db):
    return factories.make_consultation()


@pytest.fixture
def document(consultation):
    return factories.make_document(consultation)


@pytest.fixture
def clause(document):
    return document.versions.get().clauses.first()


@pytest.fixture
def citizen(db):
    return factories.make_person("Ibu Sari")


@pytest.fixture
def organiser(consultation):
    return factories.make_person(role="organiser", organisation=consultation.organisation)


@pytest.fixture
def signed_in(client, citizen):
    return factories.sign_in(client, citizen)
