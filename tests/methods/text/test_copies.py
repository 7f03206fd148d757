"""Copies and campaigns: what counts as one text, and what never does."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from methods.text import Text, find_copies
from methods.text.copies import addition

CAMPAIGN = (
    "Kami menolak penggusuran pedagang di alun-alun pasar. Pemerintah kota wajib menyediakan tempat pengganti "
    "yang layak sebelum pembangunan dimulai, dan mendengar pendapat pedagang."
)


def found(*bodies: str) -> dict[str, tuple[str, str]]:
    """Copy id -> (id of the repeated text, kind)."""
    copies = find_copies(Text(str(number), body) for number, body in enumerate(bodies)).copies
    return {copy.id: (copy.of, copy.kind) for copy in copies}


def test_find_copies_sees_through_case_marks_spaces_and_addresses():
    assert found("Tolong, tambah halte!", "TOLONG tambah  halte https://contoh.id", "Tambah bus") == {
        "1": ("0", "exact")
    }


def test_find_copies_finds_near_copies_and_what_was_added():
    mine = "Saya sendiri berjualan bakso di sana sejak 1998."
    copies = find_copies(
        [Text("a", CAMPAIGN), Text("b", CAMPAIGN), Text("c", f"{CAMPAIGN} Tolong dengarkan suara kami semua.")]
    )
    assert [(copy.id, copy.of, copy.kind) for copy in copies.copies] == [("b", "a", "exact"), ("c", "a", "near")]
    assert copies.copies[1].addition == "Tolong dengarkan suara kami semua."
    assert dict(copies.groups) == {"a": ("a", "b", "c")}
    assert (copies.n, copies.distinct) == (3, 1)
    assert found(CAMPAIGN, f"{CAMPAIGN} {mine}") == {}


def test_find_copies_keeps_apart_what_means_something_else():
    assert found("Saya setuju rute bus lewat jalan pasar", "Saya tidak setuju rute bus lewat jalan pasar") == {}
    assert found("Tarif bus untuk pelajar sebaiknya 2000 rupiah", "Tarif bus untuk pelajar sebaiknya 3000 rupiah") == {}
    assert (
        found(
            "我覺得應該開放這個服務給所有的市民使用因為很方便而且便宜",
            "我覺得不應該開放這個服務給所有的市民使用因為很方便而且便宜",
        )
        == {}
    )


def test_find_copies_repeats_the_commonest_wording():
    changed = CAMPAIGN.replace("wajib", "harus")
    assert found(changed, CAMPAIGN, CAMPAIGN) == {"0": ("1", "near"), "2": ("1", "exact")}


@given(st.permutations([CAMPAIGN, CAMPAIGN.lower(), CAMPAIGN.replace("kota", "desa"), "Tambah bus", "tambah bus!", ""]))
def test_find_copies_finds_the_same_groups_in_any_order(bodies):
    copies = find_copies([Text(str(number), body) for number, body in enumerate(bodies)])
    sizes = sorted(len(group) for group in copies.groups.values())
    assert sizes == [2, 3]
    assert copies.n == copies.distinct + len(copies.copies)


@given(st.lists(st.text(max_size=60), max_size=12))
def test_find_copies_names_originals_that_are_no_copies(bodies):
    copies = find_copies([Text(str(number), body) for number, body in enumerate(bodies)])
    assert not set(copies.of) & set(copies.of.values())


def test_find_copies_forgives_three_changed_words_in_a_text_of_twelve_but_not_in_a_short_one():
    long = "warga meminta pemerintah kota menambah halte di depan pasar dan sekolah sebelum bulan puasa"
    assert found(long, long.replace("warga", "penduduk").replace("kota", "daerah").replace("depan", "muka"))
    assert found("tolong tambah halte di depan pasar", "tolong hapus kios di muka pasar") == {}


def test_addition_is_what_the_original_does_not_say():
    assert addition(CAMPAIGN, CAMPAIGN.upper()) == ""
    assert addition(CAMPAIGN, f"Sebagai pedagang bakso, {CAMPAIGN}") == "Sebagai pedagang bakso,"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("NIK 3374011203850001.", "NIK: 337401 520790 0012"),
        ("NIK saya 3374 0112 0385 0001", "NIK saya 3374 0152 0790 0012"),
        ("HP 0812-3456-7890", "HP 0857 1111 2222"),
        ("Nomor rumah saya 7.", "Nomor rumah saya 112B."),
        ("Tanggal lahir 12-05-1980", "Tanggal lahir: 3 Juli 1999"),
        ("Nomor anggota 00123", "Nomor anggota 98761"),
        ("NIK 3374011203850001.", ""),
    ],
)
def test_a_number_of_the_signers_own_leaves_a_petition_one_text(one, other):
    assert found(f"{CAMPAIGN} {one}", f"{CAMPAIGN} {other}") == {"1": ("0", "near")}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Anggaran Rp 1.000.000.000 cukup.", "Anggaran Rp 9.000.000.000 cukup."),
        ("Jangan gusur rumah nomor 12.", "Jangan gusur rumah nomor 15."),
        ("Perbaiki jalan RT 5 RW 2.", "Perbaiki jalan RT 7 RW 2."),
        ("Batas 30 km/jam.", "Batas 50 km/jam."),
    ],
)
def test_a_figure_that_is_asked_for_makes_another_text(one, other):
    assert found(f"{CAMPAIGN} {one}", f"{CAMPAIGN} {other}") == {}
