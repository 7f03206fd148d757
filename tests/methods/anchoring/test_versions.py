"""Clauses are found again in the next version, and differences are exact."""

from hypothesis import given
from hypothesis import strategies as st

from methods.anchoring import difference, match, parse, rekey

DRAFT = "\n".join(
    f"## Article {number}\nThe {word} of the market square stays open for all who come by on {day}."
    for number, (word, day) in enumerate(
        [
            ("north gate", "Monday"),
            ("fish hall", "Tuesday and Friday"),
            ("car park", "every holiday"),
            ("fountain", "May"),
        ],
        1,
    )
)


def keys(before, after):
    return [(piece.key, found.kept.value) for piece, found in zip(*rekey(parse(before), parse(after)), strict=True)]


def test_unchanged_version_moves_nothing():
    assert keys(DRAFT, DRAFT) == [(f"article-{number}", "same") for number in (1, 2, 3, 4)]


def test_inserted_clause_takes_nobodys_key():
    shifted = DRAFT
    for number in (4, 3, 2, 1):
        shifted = shifted.replace(f"Article {number}", f"Article {number + 1}")
    assert dict(keys(DRAFT, "## Article 1\nStalls pay a fee that the council sets.\n" + shifted)) == {
        "article-1~2": "new",
        "article-1": "moved",
        "article-2": "moved",
        "article-3": "moved",
        "article-4": "moved",
    }


def test_reworded_clause_keeps_its_key_when_it_moves():
    after = "## Article 9\nThe fish hall of the market square stays open for all who come by on Sunday."
    assert keys(DRAFT, after) == [("article-2", "reworded")]


def test_number_keeps_the_key_when_all_words_changed():
    assert keys(DRAFT, "## Article 2\nNothing of this remains.") == [("article-2", "reworded")]


def test_key_of_an_earlier_version_is_not_used_again():
    pieces, _ = rekey(parse("## Article 1\nOne."), parse("## Article 2\nSomething else entirely."), used=["article-2"])
    assert [piece.key for piece in pieces] == ["article-2~2"]


def test_new_clause_without_old_ones_is_new():
    assert keys("", "## Stops\nMany.") == [("stops", "new")]


@given(st.permutations(range(4)))
def test_order_does_not_matter_to_who_is_found(order):
    articles = DRAFT.split("\n## ")
    articles[0] = articles[0].removeprefix("## ")
    after = "\n".join(f"## {articles[index]}" for index in order)
    assert [found.old for found in match(parse(DRAFT), parse(after))] == list(order)


@given(st.text(st.sampled_from("ab. \n"), max_size=60), st.text(st.sampled_from("ab. \n"), max_size=60))
def test_difference_gives_back_both_wordings(old, new):
    parts = difference(old, new)
    assert "".join(text for name, text in parts if name in ("same", "gone")) == old
    assert "".join(text for name, text in parts if name in ("same", "new")) == new


def test_difference_reads_as_phrases():
    assert difference("open on fish days", "open at night hours") == [
        ("same", "open "), ("gone", "on fish days"), ("new", "at night hours"),
    ]  # fmt: skip
