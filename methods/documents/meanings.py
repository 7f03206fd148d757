"""What the columns of the files mean, in Indonesian and English: the words of the dictionary that goes with them."""

from __future__ import annotations

MEANINGS: dict[str, tuple[str, str]] = {
    "about.id": ("Nomor tetap masukan; semua angka menunjuk ke sini.", "Stable id; all figures point to it."),
    "about.kind": ("Cara menyampaikan masukan.", "The way in which it was contributed."),
    "about.where": (
        "Pasal, utas, atau jajak tempat ditulis.",
        "Clause, thread or poll where it was written.",
    ),
    "about.language": ("Bahasa teks, kode BCP 47.", "Language of the text, BCP 47."),
    "about.stance": ("Sikap yang dipilih penulis sendiri.", "The stance that its author chose."),
    "about.text": ("Teks seperti ditulis.", "The text as it was written."),
    "about.submitted_at": ("Waktu pengiriman, ISO 8601.", "When it was sent, ISO 8601."),
    "about.themes": ("Nomor tema, dipisah titik koma.", "Numbers of its themes, between semicolons."),
    "about.place": (
        "Kedudukan: dalam tema, di luar tema, salinan, atau tidak disertakan.",
        "Its one place: in a theme, outside the themes, copy, or left out.",
    ),
    "about.reason": ("Alasan tidak disertakan.", "Why it was left out."),
    "about.copy_of": ("Nomor masukan yang hampir sama.", "Id of the contribution it nearly equals."),
    "about.url": ("Alamat masukan di situs.", "Its address on the site."),
    "about.contributions_count": ("Semua masukan, termasuk salinan.", "All contributions, copies included."),
    "about.distinct": ("Masukan yang hampir sama dihitung sekali.", "Near-copies counted once."),
    "about.contributors": ("Akun atau peserta yang berbeda.", "Different accounts or participants."),
    "about.anonymous": ("Masukan yang dikirim tanpa nama.", "Contributions that came without a name."),
    "about.outside_campaigns": (
        "Masukan yang tidak mengulang teks kampanye.",
        "Contributions that repeat no campaign's text.",
    ),
    "about.assigned_by": (
        "Siapa yang menempatkan masukan dalam tema: mesin atau orang.",
        "Who placed it in its theme: machine or person.",
    ),
    "about.reviewed": ("Seseorang sudah meninjau tema ini.", "A person has looked at this theme."),
    "about.automated": (
        "Ya bila keputusan dibuat tanpa orang.",
        "Yes where no person made the decision.",
    ),
    "about.share": ("Bagian dari keseluruhan, 0 sampai 1.", "Share of the whole, 0 to 1."),
    "about.csv": (
        "Dalam CSV, teks yang diawali = + - @ TAB atau CR diberi tanda ' di depan agar tetap teks; hapus satu ' itu "
        "untuk mendapatkan teks asli.",
        "In the CSV a text that begins with = + - @ TAB or CR has ' before it, to stay text; take that one ' away to "
        "get the original.",
    ),
    "about.checked": (
        "Berapa masukan tema ini yang berada di tempat yang benar, menurut sampel yang dibaca dua orang.",
        "How many contributions of the theme stand in the right place, by the sample that two people read.",
    ),
}
