"""A small full report, an empty one and a large one, for the tests of every format."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from methods.documents import (
    CampaignEntry,
    ContributionEntry,
    Decision,
    GroundEntry,
    GroupEntry,
    KeyFigure,
    LeftOut,
    ModerationEntry,
    PollEntry,
    PollRound,
    PollRow,
    Quote,
    Report,
    Section,
    Stamp,
    StatementEntry,
    ThemeEntry,
)

WHEN = datetime(2026, 3, 14, 9, 30, tzinfo=ZoneInfo("Asia/Jakarta"))

STAMP = Stamp(
    data_as_of=WHEN,
    filters=("semua pasal", "14 Februari sampai 14 Maret 2026"),
    input_hash="3f9a6c0d1e2b4a5f8c7d",
    verify_url="https://rembuk.example/s/3f9a6c0d",
    software="Rembuk 0.2.0",
)

TEXTS = {
    "K-1": "Halte di depan pasar terlalu jauh. Ibu saya harus berjalan 600 meter dari tempat turun.",
    "K-2": "Saya mendukung rute baru, asal halte dipindahkan ke depan puskesmas.",
    "K-3": "Haltene adoh banget saka omah.",
    "K-4": "Jadwal malam perlu sampai pukul 22.00 karena banyak yang pulang kerja.",
    "K-5": "Apakah bus ini dapat dinaiki kursi roda?",
    "K-6": "Terima kasih.",
    "K-7": "Halte di depan pasar terlalu jauh!",
    "K-8": "spam",
}


def contributions() -> tuple[ContributionEntry, ...]:
    stances = ("oppose", "support_with_changes", "oppose", "support", "question", "", "oppose", "")
    themes: tuple[tuple[int, ...], ...] = ((1,), (1,), (1,), (2,), (3,), (), (1,), ())
    return tuple(
        ContributionEntry(
            id=id_,
            kind="comment" if index % 2 else "post",
            where=f"Pasal {index + 1}",
            language="jv" if id_ == "K-3" else "id",
            stance=stances[index],
            text=text,
            submitted_at=WHEN,
            theme_numbers=themes[index],
            copy_of="K-1" if id_ == "K-7" else "",
            author=f"orang-{index + 1}" if themes[index] else "",
            assigned_by="person" if id_ == "K-2" else "machine",
            url=f"https://rembuk.example/c/{index + 1}",
        )
        for index, (id_, text) in enumerate(TEXTS.items())
    )


def quote(id_: str, language: str, where: str, stance: str) -> Quote:
    return Quote(TEXTS[id_], id_, language, where, stance, 0, len(TEXTS[id_]))


def themes() -> tuple[ThemeEntry, ...]:
    decision = Decision(
        outcome="Diterima sebagian",
        reason="Halte dipindahkan 250 meter ke arah puskesmas; jarak ke pasar tetap dilayani oleh angkutan pengumpan.",
        clause="Pasal 4 ayat (2)",
        by="Dinas Perhubungan",
        decided_at=WHEN,
    )
    halte = ThemeEntry(
        number=1,
        key="t-halte",
        label="Halte terlalu jauh",
        phrases=("halte", "depan pasar", "puskesmas"),
        contributions=4,
        distinct=3,
        contributors=4,
        stances={"oppose": 3, "support_with_changes": 1},
        quotes=(
            quote("K-1", "id", "Pasal 1", "oppose"),
            quote("K-2", "id", "Pasal 2", "support_with_changes"),
            quote("K-3", "jv", "Pasal 3", "oppose"),
        ),
        clauses=("Pasal 4 ayat (2)", "Pasal 5"),
        decision=decision,
        contribution_ids=("K-1", "K-2", "K-3", "K-7"),
    )
    jadwal = ThemeEntry(
        2, "t-jadwal", "Jadwal malam", ("jadwal", "malam"), 1, 1, 1, {"support": 1},
        (quote("K-4", "id", "Pasal 4", "support"),), ("Pasal 7",), None, ("K-4",),
    )  # fmt: skip
    roda = ThemeEntry(
        3, "t-roda", "Kursi roda", ("kursi roda",), 1, 1, 1, {"question": 1},
        (quote("K-5", "id", "Pasal 5", "question"),), (), None, ("K-5",), True,
    )  # fmt: skip
    return halte, jadwal, roda


def polls() -> tuple[PollEntry, ...]:
    rounds = (
        PollRound("Putaran 1", (PollRow("Rute A", 480), PollRow("Rute B", 420), PollRow("Rute C", 304)), "C gugur."),
        PollRound("Putaran 2", (PollRow("Rute A", 590), PollRow("Rute B", 601))),
    )
    rows = (PollRow("Rute B", 601, 601 / 1191, winner=True), PollRow("Rute A", 590, 590 / 1191))
    sentence = "Dari 1.204 pemilih, 601 akhirnya memilih Rute B."
    return (
        PollEntry(
            "Rute mana yang Anda pilih?", "Putaran gugur (IRV)", sentence, "1.204 dari 3.000 pemilih", rows, rounds,
            "https://rembuk.example/p/1",
        ),
    )  # fmt: skip


@pytest.fixture
def report() -> Report:
    return Report(
        title="Rute bus Pasar Lama",
        subtitle="Ringkasan masukan masyarakat",
        language="id",
        stamp=STAMP,
        sections=(Section("Apa yang diputuskan", ("Pemerintah kota menetapkan rute bus mulai 1 Juli 2026.",)),),
        key_figures=(
            KeyFigure("masukan", 8, "dari 7 penyumbang", tuple(TEXTS)),
            KeyFigure("teks berbeda", 7, "salinan dihitung sekali"),
            KeyFigure("suara dalam jajak", 1204, "dari 3.000 pemilih terdaftar"),
        ),
        themes=themes(),
        polls=polls(),
        unassigned=("K-6",),
        left_out=(LeftOut("K-8", "disembunyikan moderator: iklan"),),
        contributions=contributions(),
        campaigns=(CampaignEntry("K-1", 2, 2, 2, {"none": 2}, "Kami menolak halte baru."),),
        statements=(StatementEntry("K-5", TEXTS["K-5"], 12, 3, 1),),
        moderation=(ModerationEntry("comment", "hide", "1. Iklan", "Iklan dagang.", WHEN),),
        groups=(
            GroupEntry("level", "e-mail", 12),
            GroupEntry("level", "none", None),
            GroupEntry("area", "Kelurahan Melati", 30, 8040),
            GroupEntry("area", "Kelurahan Wetan", None, 11350),
        ),
        grounds=(GroundEntry("Apa yang penting?", ("“Halte beratap.” 80,0 % setuju (12 dari 15) [K-5]",)),),
        voices=("Hampir tidak terdengar: Kelurahan Wetan",),
        counts={"n": 8, "themed": 6, "unassigned": 1, "left_out": 1, "contributors": 6},
        publisher="Dinas Perhubungan",
        method_notes=("Tema disusun mesin dari kata dan potongan kata, lalu ditinjau orang.",),
    )


@pytest.fixture
def empty_report() -> Report:
    return Report(title="Jam sekolah", language="en", stamp=STAMP)


@pytest.fixture
def with_text(report: Report) -> Callable[[str], Report]:
    """A report whose every text that people write is the given one."""

    def make(text: str) -> Report:
        theme = replace(
            report.themes[0], label=text, phrases=(text,), clauses=(text,), quotes=(Quote(text, "K-1", "id", text),),
            decision=Decision(text, text, text, text),
        )  # fmt: skip
        poll = replace(report.polls[0], question=text, rule=text, rows=(PollRow(text, 3, 1.0),))
        return replace(
            report,
            title=text,
            subtitle=text,
            sections=(Section(text, (text,)),),
            themes=(theme,),
            polls=(poll,),
            key_figures=(KeyFigure(text, text, text),),
            contributions=tuple(replace(entry, text=text, where=text) for entry in report.contributions),
            method_notes=(text,),
            left_out=(LeftOut("K-8", text),),
        )

    return make


@pytest.fixture
def large_report(report: Report) -> Report:
    """3,000 contributions in 30 themes."""
    text = "Halte di depan pasar terlalu jauh dari rumah warga, mohon dipindahkan ke dekat puskesmas. " * 3
    entries = tuple(
        ContributionEntry(f"K-{n}", "comment", f"Pasal {n % 40}", "id", "oppose", text, WHEN, (n % 30 + 1,))
        for n in range(3_000)
    )
    made = []
    for number in range(1, 31):
        ids = tuple(entry.id for entry in entries if entry.theme_numbers == (number,))
        quotes = tuple(Quote(text[:88], id_, "id", "Pasal 1") for id_ in ids[:4])
        made.append(
            ThemeEntry(
                number, f"t-{number}", f"Tema {number}", ("halte",), len(ids), len(ids), 80, {"oppose": len(ids)},
                quotes, (), None, ids,
            )
        )  # fmt: skip
    return replace(report, themes=tuple(made), contributions=entries, unassigned=(), left_out=())
