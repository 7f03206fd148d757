"""Days on which people wrote, in the time of the place, alike on both databases."""

from datetime import UTC, date, datetime

import pytest

from summaries.sources import days_of
from tests.factories import make_comment, make_consultation

pytestmark = pytest.mark.django_db

UNTIL = datetime(2030, 1, 1, tzinfo=UTC)


def test_days_begin_at_midnight_of_the_place_and_hidden_texts_are_not_counted(settings) -> None:
    assert settings.TIME_ZONE == "Asia/Jakarta"
    consultation = make_consultation()
    for hour, minute in ((16, 59), (17, 0), (17, 5), (23, 59)):
        make_comment(consultation, created_at=datetime(2026, 5, 3, hour, minute, 7, 123, tzinfo=UTC))
    make_comment(consultation, created_at=datetime(2026, 5, 3, 12, tzinfo=UTC), hidden_at=UNTIL)
    make_comment(consultation, created_at=datetime(2031, 5, 3, 12, tzinfo=UTC))
    assert days_of(consultation, until=UNTIL) == {date(2026, 5, 3): 1, date(2026, 5, 4): 3}
