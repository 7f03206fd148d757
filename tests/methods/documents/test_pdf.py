"""PDF: tagged, complete, and made whatever people write."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from methods.documents import ContributionEntry, Report, to_brief, to_pdf
from methods.documents.pdf import LIMITS

needs_poppler = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="poppler-utils is not installed")

HOSTILE = {
    "controls": "\x00\x01a\x08\x1b[31m\x7f\x85z\r\nnew",
    "emoji": "😀 👩‍👩‍👧 🧿 🏳️‍🌈 5️⃣ 🇮🇩 👍🏽",
    "arabic": "السلام عليكم \u202eevil\u202c",
    "javanese": "ꦲꦏ꧀ꦱꦫ ꦗꦮ",
    "chinese": "公共交通很重要。" * 20,
    "markup": "<b>x</b> & <script>alert(1)</script> ]]>",
    "formula": "=cmd|'/c calc'!A0",
    "long": "kata panjang " * 630,
    "endless": "x" * 8_000,
    "marks": "a\u0301\u20e3Z\u0337\u0322\u0321\u031b" * 30,
    "surrogate": "a\ud800b\ufffe\uffff\U0001ffff\U0010ffff",
    "private": "\ue000\U000f0000",
    "empty": "",
    "breaks": " \n\n\t\u2028",
}


def shown(pdf: bytes, tmp_path: Path) -> str:
    path = tmp_path / "report.pdf"
    path.write_bytes(pdf)
    done = subprocess.run(["pdftotext", "-layout", str(path), "-"], capture_output=True, check=True)
    return done.stdout.decode()


@pytest.mark.parametrize("make", [to_pdf, to_brief])
def test_pdf_declares_pdf_ua_its_title_and_language(report: Report, make: Callable[[Report], bytes]) -> None:
    pdf = make(report)
    assert pdf.startswith(b"%PDF-")
    assert b"<pdfuaid:part>1</pdfuaid:part>" in pdf
    assert b"/Lang (id)" in pdf or b"/Lang(id)" in pdf
    assert b"/StructTreeRoot" in pdf


@needs_poppler
def test_pdf_is_tagged_a4(report: Report, tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(to_pdf(report))
    facts = subprocess.run(["pdfinfo", str(path)], capture_output=True, check=True, text=True).stdout
    found = {line.partition(":")[0]: line.partition(":")[2].strip() for line in facts.splitlines()}
    assert (found["Title"], found["Tagged"]) == ("Rute bus Pasar Lama", "yes")
    assert found["Page size"].endswith("(A4)")
    assert found["CreationDate"].startswith("Sat Mar 14 ")


@needs_poppler
def test_pdf_shows_themes_decision_poll_trace_and_stamp(report: Report, tmp_path: Path) -> None:
    text = shown(to_pdf(report), tmp_path)
    for words in (
        "4 masukan · 3 teks berbeda · 4 penyumbang",
        "1 mendukung dengan perubahan (25,0 %), 3 menolak (75,0 %)",
        "Keputusan: Diterima sebagian",
        "Pandangan minoritas",
        "Rute B (terpilih)",
        "K-1, K-2, K-3, K-7",
        "disembunyikan moderator: iklan",
        report.stamp.input_hash,
        report.stamp.verify_url,
        "Halaman 2 dari",
        "Kami menolak halte baru.",
        "Disepakati oleh setidaknya dua pertiga",
        "“Halte beratap.” 80,0 % setuju (12 dari 15) [K-5]",
        "Hampir tidak terdengar: Kelurahan Wetan",
        "tidak ditampilkan",
        "11.350",
    ):
        assert words in text.replace("\u00a0", " ")


@needs_poppler
def test_empty_pdf_says_so(empty_report: Report, tmp_path: Path) -> None:
    assert "This report is empty" in shown(to_pdf(empty_report), tmp_path)


@needs_poppler
def test_brief_prints_its_signs_and_counts_what_it_leaves_out(report: Report, tmp_path: Path) -> None:
    themes = tuple(replace(report.themes[0], number=n, key=f"t-{n}") for n in range(1, 9))
    text = shown(to_brief(replace(report, themes=themes)), tmp_path)
    assert "4 masukan · 3 teks berbeda · 4 penyumbang" in text
    assert "□" not in text
    assert "2 tema lain ada dalam laporan lengkap" in text
    assert "Hampir tidak terdengar: Kelurahan Wetan" in text
    assert report.stamp.input_hash in text


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_never_fails_and_keeps_the_standard(with_text: Callable[[str], Report], name: str) -> None:
    for make in (to_pdf, to_brief):
        assert b"<pdfuaid:part>1</pdfuaid:part>" in make(with_text(HOSTILE[name]))


@needs_poppler
def test_markup_of_the_typesetter_stays_literal(with_text: Callable[[str], Report], tmp_path: Path) -> None:
    text = '#eval("1+1") *b* _i_ $x^2$ @ref <lab> `raw` [a] // c'
    assert text in shown(to_pdf(with_text(text)), tmp_path)


@needs_poppler
def test_characters_without_a_font_are_boxes_and_listed(with_text: Callable[[str], Report], tmp_path: Path) -> None:
    text = shown(to_pdf(with_text("halte \U0010fffd jauh")), tmp_path)
    assert "halte □ jauh" in text
    assert "U+10FFFD" in text
    assert "Aksara yang tidak dapat dicetak" in text


@needs_poppler
def test_long_annex_is_capped_and_points_to_the_other_files(report: Report, tmp_path: Path) -> None:
    count = LIMITS.contributions + 1
    entries = tuple(ContributionEntry(f"K-{n}", "comment", text="Halte") for n in range(count))
    ids = tuple(entry.id for entry in entries)
    text = shown(to_pdf(replace(report, themes=(), contributions=entries, unassigned=ids)), tmp_path)
    assert "1.500 dari 1.501 ditampilkan di sini" in text
    assert "1.000 dari 1.501 ditampilkan di sini" in text
