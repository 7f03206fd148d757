"""The documents' own words in Indonesian and English, and how numbers and times are written in each.

A word is a key with both languages side by side, so that neither can be forgotten. It holds no sentence about
any particular consultation.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from methods.documents.meanings import MEANINGS

_COLUMN = {"id": 0, "en": 1}

WORDS: dict[str, tuple[str, str]] = {
    # parts of the document
    "contents": ("Daftar isi", "Contents"),
    "overview": ("Ikhtisar", "Overview"),
    "key_figures": ("Angka utama", "Key figures"),
    "themes": ("Tema", "Themes"),
    "theme": ("Tema", "Theme"),
    "minority": ("Pandangan minoritas", "Minority views"),
    "decisions": ("Keputusan", "Decisions"),
    "polls": ("Jajak pendapat", "Polls"),
    "contributions": ("Masukan", "Contributions"),
    "unassigned": ("Masukan di luar tema", "Contributions outside the themes"),
    "left_out": ("Tidak disertakan", "Left out"),
    "method": ("Cara penyusunan", "How this was made"),
    "trace": ("Dari angka ke masukan", "From figures to contributions"),
    "characters": ("Aksara yang tidak dapat dicetak", "Characters that could not be printed"),
    "stamp": ("Asal-usul dokumen", "Origin of this document"),
    "dictionary": ("Kamus data", "Dictionary"),
    "campaigns": ("Kampanye", "Campaigns"),
    "statements": ("Pernyataan", "Statements"),
    "moderation": ("Moderasi", "Moderation"),
    "caveats": ("Yang tidak ditunjukkan ringkasan ini", "What this summary does not show"),
    "audit": ("Pemeriksaan oleh orang", "Checked by people"),
    "grounds": ("Yang disepakati, yang memisahkan", "What is shared, what divides"),
    "shared": ("Disepakati oleh setidaknya dua pertiga", "Shared by at least two thirds"),
    "divided": ("Sepertiga atau lebih di masing-masing pihak", "A third and more on either side"),
    "no_ground": (
        "Tidak ada pernyataan yang dijawab sepuluh orang dengan hasil yang jelas.",
        "No statement was answered by ten people with a clear result.",
    ),
    "voices": ("Siapa yang ikut serta, siapa yang belum terdengar", "Who took part, who is missing"),
    "dimension.level": ("Tingkat verifikasi", "Level of verification"),
    "dimension.area": ("Wilayah", "Area"),
    "dimension.kind": ("Cara ikut serta", "Way of taking part"),
    "inhabitants": ("Penduduk", "Inhabitants"),
    "withheld": ("tidak ditampilkan", "withheld"),
    "withheld_note": (
        "Kelompok dengan kurang dari sepuluh orang tidak ditampilkan, begitu pula kelompok terkecil lainnya, agar "
        "tidak seorang pun dapat dikenali.",
        "Groups of fewer than ten people are withheld, and with them the smallest other one, so that nobody can be "
        "told.",
    ),
    "revisions": ("Catatan perubahan", "Revision notes"),
    "brief": ("Ringkasan kebijakan", "Policy brief"),
    # sentences
    "more_themes": (
        "{n} tema lain ada dalam laporan lengkap.",
        "Further themes, in the full report: {n}.",
    ),
    "campaign_sentence": (
        "Teks yang sama, {id}: {contributions} masukan, {distinct} rumusan, {contributors} penyumbang.",
        "The same text, {id}: contributions {contributions}, wordings {distinct}, contributors {contributors}.",
    ),
    "campaigns_lead": (
        "Teks yang dikirim banyak orang. Semuanya dihitung dan tidak ada yang disembunyikan.",
        "Texts that many people sent in. All of them are counted and none is hidden.",
    ),
    "minority_lead": (
        "Sedikit orang yang menyampaikannya; bukan berarti bobotnya kecil.",
        "Few people said this; that does not make it weigh little.",
    ),
    "empty": (
        "Laporan ini kosong: belum ada masukan, tema, atau jajak pendapat pada waktu data diambil.",
        "This report is empty: there were no contributions, themes or polls when the data was taken.",
    ),
    "no_themes": ("Belum ada tema.", "There are no themes yet."),
    "no_polls": ("Tidak ada jajak pendapat.", "There are no polls."),
    "no_contributions": ("Belum ada masukan.", "There are no contributions yet."),
    "no_decision": ("Belum diputuskan.", "Not yet decided."),
    "no_unassigned": ("Semua masukan masuk dalam tema.", "Every contribution stands in a theme."),
    "themes_lead": (
        "Satu masukan dapat masuk dalam beberapa tema. Kutipan disalin apa adanya dari sumbernya.",
        "A contribution can stand in several themes. Quotes are taken over exactly from their sources.",
    ),
    "unassigned_lead": (
        "{n} masukan tidak masuk dalam tema mana pun, tetapi tetap dibaca dan tercantum di sini.",
        "Contributions that stand in no theme: {n}. They are read all the same and listed here.",
    ),
    "trace_lead": (
        "Setiap angka berikut diikuti nomor masukan yang dihitungnya.",
        "Each figure below is followed by the ids of the contributions that it counts.",
    ),
    "counts": (
        "{contributions} masukan · {distinct} teks berbeda · {contributors} penyumbang",
        "Contributions {contributions} · distinct texts {distinct} · contributors {contributors}",
    ),
    "stance_sentence": (
        "Dari {n} masukan yang bersikap: {parts}.",
        "Contributions with a stance: {n}. Of these {parts}.",
    ),
    "capped": (
        "{shown} dari {total} ditampilkan di sini; seluruhnya ada dalam berkas XLSX, CSV, dan JSON.",
        "{shown} of {total} are shown here; all of them are in the XLSX, CSV and JSON files.",
    ),
    "capped_cell": (" … [selengkapnya dalam berkas JSON]", " … [complete in the JSON file]"),
    "characters_lead": (
        "Aksara berikut tidak dimiliki oleh huruf cetak yang terpasang dan diganti dengan {mark}. Teks aslinya utuh "
        "dalam berkas DOCX, XLSX, CSV, dan JSON.",
        "No installed font has these characters; {mark} stands in their place. The original text is complete in "
        "the DOCX, XLSX, CSV and JSON files.",
    ),
    "page_of": ("Halaman {page} dari {pages}", "Page {page} of {pages}"),
    "data_short": ("Data per {date}", "Data as of {date}"),
    # labels
    "label": ("Nama", "Name"),
    "figure": ("Angka", "Figure"),
    "value": ("Nilai", "Value"),
    "note": ("Keterangan", "Note"),
    "number": ("Nomor", "Number"),
    "key": ("Kunci", "Key"),
    "phrases": ("Kata kunci", "Key phrases"),
    "contributions_count": ("Jumlah masukan", "Contributions"),
    "distinct": ("Teks berbeda", "Distinct texts"),
    "contributors": ("Penyumbang", "Contributors"),
    "clauses": ("Pasal terkait", "Clauses touched"),
    "clause": ("Pasal", "Clause"),
    "quotes": ("Kutipan", "Quotes"),
    "decision": ("Keputusan", "Decision"),
    "outcome": ("Hasil", "Outcome"),
    "reason": ("Alasan", "Reason"),
    "by": ("Oleh", "By"),
    "decided_at": ("Diputuskan pada", "Decided at"),
    "description": ("Uraian", "Description"),
    "reviewed": ("Sudah ditinjau", "Reviewed"),
    "checked": ("Berada di tempat yang benar menurut sampel", "In the right place, by the sample"),
    "anonymous": ("Tanpa nama", "Without a name"),
    "outside_campaigns": ("Di luar kampanye", "Outside campaigns"),
    "assigned_by": ("Ditempatkan oleh", "Placed by"),
    "assigned_by.machine": ("mesin", "machine"),
    "assigned_by.person": ("orang", "person"),
    "agree": ("Setuju", "Agree"),
    "disagree": ("Tidak setuju", "Disagree"),
    "passed": ("Lewati", "Pass"),
    "automated": ("Otomatis", "Automated"),
    "original": ("Teks asal", "Repeated text"),
    "contribution_id": ("Nomor masukan", "Contribution id"),
    "id": ("Nomor masukan", "Id"),
    "kind": ("Jenis", "Kind"),
    "where": ("Tempat", "Where"),
    "language": ("Bahasa", "Language"),
    "stance": ("Sikap", "Stance"),
    "text": ("Teks", "Text"),
    "submitted_at": ("Waktu", "Submitted at"),
    "place": ("Kedudukan", "Place"),
    "copy_of": ("Salinan dari", "Copy of"),
    "url": ("Alamat", "Address"),
    "question": ("Pertanyaan", "Question"),
    "rule": ("Aturan hitung", "Rule"),
    "turnout": ("Partisipasi", "Turnout"),
    "head": ("Kepala buku catatan", "Head of the ledger"),
    "round": ("Putaran", "Round"),
    "option": ("Pilihan", "Option"),
    "count": ("Jumlah", "Count"),
    "share": ("Bagian", "Share"),
    "winner": ("Terpilih", "Chosen"),
    "result": ("Hasil akhir", "Result"),
    "sheet": ("Lembar", "Sheet"),
    "column": ("Kolom", "Column"),
    "meaning": ("Arti", "Meaning"),
    "character": ("Aksara", "Character"),
    "yes": ("ya", "yes"),
    "source": ("Sumber", "Source"),
    "title": ("Judul", "Title"),
    "data_as_of": ("Data per", "Data as of"),
    "filters": ("Saringan", "Filters"),
    "no_filters": ("tanpa saringan", "none"),
    "input_hash": ("Sidik masukan", "Input hash"),
    "verify_url": ("Alamat pemeriksaan", "Verify at"),
    "software": ("Perangkat lunak", "Software"),
    # codes
    "stance.support": ("mendukung", "support"),
    "stance.support_with_changes": ("mendukung dengan perubahan", "support with changes"),
    "stance.unsure": ("ragu-ragu", "unsure"),
    "stance.question": ("pertanyaan", "question"),
    "stance.oppose": ("menolak", "oppose"),
    "kind.comment": ("komentar", "comment"),
    "kind.suggestion": ("usulan rumusan", "suggested wording"),
    "kind.post": ("tulisan forum", "forum post"),
    "kind.answer": ("jawaban jajak", "poll answer"),
    "kind.statement": ("pernyataan", "statement"),
    "place.themed": ("dalam tema", "in a theme"),
    "place.unassigned": ("di luar tema", "outside the themes"),
    "place.copy": ("salinan", "copy"),
    "place.left_out": ("tidak disertakan", "left out"),
} | MEANINGS

_MONTHS = {
    "id": [
        "Januari",
        "Februari",
        "Maret",
        "April",
        "Mei",
        "Juni",
        "Juli",
        "Agustus",
        "September",
        "Oktober",
        "November",
        "Desember",
    ],
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
}


def word(key: str, language: str, **values: str) -> str:
    """Give the word or sentence of a key; `values` fill its places. Raises KeyError for an unknown key."""
    text = WORDS[key][_COLUMN[language]]
    return text.format(**values) if values else text


def code_word(group: str, code: str, language: str, labels: Mapping[str, str]) -> str:
    """Give the word of a code (`stance`, `oppose`): the caller's label, the catalogue's, or the code itself."""
    key = f"{group}.{code}"
    if key in labels:
        return labels[key]
    return word(key, language) if key in WORDS else code.replace("_", " ")


def number(value: int | float | str, language: str) -> str:
    """Write a number as people do: 1.204,5 in Indonesian, 1,204.5 in English; words pass through.

    >>> number(1204, "id"), number(1204.5, "en")
    ('1.204', '1,204.5')
    """
    if isinstance(value, str):
        return value
    text = f"{value:,}" if isinstance(value, int) else f"{value:,.2f}".rstrip("0").rstrip(".")
    return text.translate({44: ".", 46: ","}) if language == "id" else text


def percent(share: float, language: str) -> str:
    """Write a share of 0 to 1 in percent with one place: `61,2 %` in Indonesian, `61.2%` in English."""
    text = f"{share * 100:.1f}"
    return text.replace(".", ",") + "\u00a0%" if language == "id" else text + "%"


def moment(when: datetime | None, language: str) -> str:
    """Write a time in its own zone: `14 Maret 2026 pukul 09.30 WIB`, `14 March 2026, 09:30 WIB`."""
    if when is None:
        return ""
    date = f"{when.day} {_MONTHS[language][when.month - 1]} {when.year}"
    zone = f" {when.tzname()}" if when.tzinfo else ""
    if language == "id":
        return f"{date} pukul {when:%H.%M}{zone}"
    return f"{date}, {when:%H:%M}{zone}"


def utc(when: datetime) -> datetime:
    """Give a time as files keep it: in UTC, to the second, without a zone; one without a zone stays as it is."""
    return (when.astimezone(UTC) if when.tzinfo else when).replace(tzinfo=None, microsecond=0)
