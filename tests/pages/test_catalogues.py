"""Every word of the site has its Indonesian."""

from pages import catalogues


def test_nothing_is_untranslated():
    assert catalogues.problems() == []


def test_catalogues_compile():
    assert catalogues.compile_all() > 100


def test_words_are_found_in_code_and_templates():
    found = {words for words, _context, _place in catalogues.collect("accounts")}
    assert {"Your account", "Delete my account", "not identified"} <= found
