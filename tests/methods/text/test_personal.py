"""Personal data is found in made examples, ordinary words are left alone, in time that grows with the text."""

import random
import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from methods.text import Span, find_personal, mask

# What is to be found stands between « and ».
HOLDERS = {
    "nik": (
        "NIK saya «3201234505900001» belum terdaftar.",
        "KTP: «3578 0112 0585 0003» atas nama ibu.",
        "Nomor KTP «317104.090190.0005», mohon dicek.",
        "nik=«1171015203990002»",
        "Data salah: «6472-0306-1275-0010» bukan saya.",
        "(«7371112802960007»)",
        "Ini NIK anak saya:«5171034107150001».",
    ),
    "telephone": (
        "Hubungi saya di «081234567890» setelah jam lima.",
        "WA «0812-3456-7890» ya.",
        "HP: «+62 812 3456 7890»",
        "Telepon kantor «(021) 555-1234» tidak diangkat.",
        "Bisa ke «021-5551234» atau «0274 512345».",
        "wa.me «6285712345678» saja",
        "Nomornya «0857.1234.5678».",
        "Call me at «+6281398765432», please.",
    ),
    "email": (
        "Kirim ke «siti.aminah@contoh.co.id» saja.",
        "surel:«budi+rembuk@contoh.id»",
        "<«warga_01@mail.example»>",
        "My address is «j.doe@example.org».",
    ),
    "plate": (
        "Mobil «B 1234 XYZ» parkir di trotoar.",
        "Angkot «D1987AB» ngebut tiap pagi.",
        "Motor dengan plat «ab 4321 cd» melawan arus.",
        "Truk «L 8123 UK» merusak jalan.",
        "nopol «K 3 ABC» menghalangi gerbang",
        "The bus DK 7012 GL? «DK 7012 GL» again.".replace("DK 7012 GL? ", ""),
    ),
    "address": (
        "Saya tinggal di «Jl. Melati No. 12 RT 03/RW 05», Kelurahan Suka.",
        "Banjir sampai «Jalan Kenanga Raya nomor 7B».",
        "«Gang Mawar RT 3/7» gelap sekali.",
        "«Rumah saya di RT 02 RW 07» kebanjiran.",
        "Paket ke «Jl. Kenanga 45», bukan kantor.",
        "Alamat saya di «Jalan Pahlawan Gg Buntu», mudah dicari.",
        "«Perumahan Griya Asri Blok C2» sering mati lampu.",
        "Kami tinggal di «Kampung Rawa Bebek» sejak lama.",
        "«Komplek Permata Indah blok F no 9» tanpa air.",
    ),
}
ORDINARY = (
    "Anggaran 1.500.000.000 rupiah untuk tahun 2020-2024.",
    "Perda Nomor 5 Tahun 2020 pasal 3 ayat 2 huruf B.",
    "UU No. 14 Tahun 2008 tentang keterbukaan informasi.",
    "Jalan Sudirman rusak dan halte di Jl. Merdeka gelap.",
    "Jalan Ahmad Yani km 12 macet setiap pagi.",
    "Bus jurusan 12 lewat pukul 07.30 sampai 21.00.",
    "Kelas B 12 siswa, kelas S 1 PGSD, nilai A 90.",
    "Nomor tiket 0000000000000000 dan kode 1234567890123456.",
    "Surat keputusan 440/1234/Dinkes/2021 belum sampai.",
    "Warga RT 05 dan RW 02 setuju dengan usulan ini.",
    "Di RT 03 RW 05 lampu jalan sudah mati sebulan.",
    "Rp 081.000.000 per tahun, naik 12,5 % dari 0,8 %.",
    "Jalan Tol 2024 dan Jalan Nasional 3 perlu diperbaiki.",
    "Sebut saja @dishub atau buka https://contoh.id/halaman/081234 untuk peta.",
    "Populasi 10.345.678 jiwa menurut sensus 2020, naik dari 9.876.543.",
    "The budget of 2,500,000 was agreed on 12-11-2023 at 10:30.",
    "Saya tinggal di kota ini sejak 1998.",
    "Rumah kami jauh dari halte.",
    "Koordinat -6.200000, 106.816666 adalah pusat kota.",
    "Pasal 27 ayat 3, butir A sampai D, tahun 1945.",
)


def parted(example):
    """A text and the spans that its marks name."""
    text, spans = "", []
    for number, piece in enumerate(example.replace("»", "«").split("«")):
        if number % 2:
            spans.append((len(text), len(text) + len(piece)))
        text += piece
    return text, spans


@pytest.mark.parametrize("kind", HOLDERS)
def test_find_personal_finds_what_is_there_and_nothing_beside_it(kind):
    for example in HOLDERS[kind]:
        text, spans = parted(example)
        assert [(span.kind, span.start, span.end) for span in find_personal(text)] == [
            (kind, start, end) for start, end in spans
        ], text


@pytest.mark.parametrize("text", ORDINARY)
def test_find_personal_leaves_ordinary_words_alone(text):
    assert find_personal(text) == ()


def test_find_personal_asks_for_a_real_date_and_area_in_a_nik():
    for digits in ("3201233205900001", "3201231013900001", "3001230505900001", "3201230505900000", "3201233002900001"):
        assert find_personal(f"NIK {digits}") == ()


def test_find_personal_finds_made_numbers_among_words():
    lot = random.Random(5)
    hit = 0
    for _ in range(300):
        born = f"{lot.randint(1, 28) + lot.choice((0, 40)):02}{lot.randint(1, 12):02}{lot.randint(0, 99):02}"
        area = f"{lot.choice((11, 32, 53, 74, 91))}{lot.randint(1, 79):02}{lot.randint(1, 30):02}"
        nik = f"{area}{born}{lot.randint(1, 9999):04}"
        phone = f"08{lot.randint(11, 99)}{lot.randint(10**6, 10**8 - 1)}"
        text = f"warga {nik} menelepon {phone} kemarin"
        hit += [(span.kind, text[span.start : span.end]) for span in find_personal(text)] == [
            ("nik", nik),
            ("telephone", phone),
        ]
    assert hit == 300


def test_mask_replaces_only_what_it_has_words_for():
    text = "Surel siti@contoh.id, HP 081234567890."
    assert mask(text, find_personal(text), {"email": "[surel]"}) == "Surel [surel], HP 081234567890."
    assert mask(text, (), {"email": "[surel]"}) == text
    overlapping = (Span("email", 0, 5), Span("email", 3, 9))
    assert mask("0123456789", overlapping, {"email": "x"}) == "x56789"


@given(st.text(alphabet="jl. rtwno0123456789@+()-Aa,\n", max_size=120))
def test_find_personal_gives_ordered_slices_that_do_not_overlap(text):
    spans = find_personal(text)
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(one.end <= other.start for one, other in pairwise(spans))


@pytest.mark.parametrize(
    "piece", ["0 ", "jl a ", "a.", "@a.a", "1234 ", "saya tinggal di jl ", "rumah saya ", "Jl. A ", "no. 1 ", "B 1"]
)
def test_find_personal_takes_time_in_proportion_to_the_text(piece):
    def cost(length):
        text = piece * (length // len(piece))
        started = time.process_time()
        find_personal(text)
        return time.process_time() - started

    assert cost(160_000) < 32 * max(cost(20_000), 0.01)
