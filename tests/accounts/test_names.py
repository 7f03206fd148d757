"""Names that deceive are refused; names of the country's scripts are not."""

import pytest
from django.core.exceptions import ValidationError

from accounts.names import clean_name


@pytest.mark.parametrize("name", ["Сiti", "Siti\u202eitiS", "Si\u200bti", "\u0000Siti", "---", "  "])
def test_deceiving_name_is_refused(name):
    with pytest.raises(ValidationError):
        clean_name(name)


@pytest.mark.parametrize("name", ["Siti Rahma", "ꦱꦶꦠꦶ", "سيتي", "Ni Luh Ayu", "O'Neil-Díaz", "陳美玲", "Pak RT 05"])
def test_honest_name_is_kept(name):
    assert clean_name(name) == name
