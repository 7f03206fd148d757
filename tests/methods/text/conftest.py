"""Comments on an invented bus route, written for these tests, and readers of the real texts."""

import csv
import gzip
import json
from pathlib import Path

import pytest

from methods.text import Text

_ROWS = """
w1|dukung|id|Halte di depan pasar terlalu jauh. Tolong tambah satu halte di dekat pintu timur pasar.
w2|dukung|id|Saya setuju rute baru, tetapi halte pasar harus punya atap karena sering hujan.
w3|keberatan|id|Halte baru akan menutup jalan masuk kios kami di pasar.
w4|dukung|id|Mohon halte dilengkapi kursi dan lampu, terutama halte sekolah.
w5|dukung|id|Halte sekolah sebaiknya dipindah ke dekat gerbang agar anak tidak menyeberang.
w6|keberatan|id|Jadwal bus malam terlalu jarang, pulang kerja jam sepuluh sudah tidak ada bus.
w7|dukung|id|Tolong tambah jadwal bus malam sampai jam sebelas untuk pekerja pabrik.
w8|dukung|id|Jadwal bus pagi harus tepat waktu karena anak sekolah sering terlambat.
w9|keberatan|id|Bus malam hanya dua kali, jadwalnya tidak cocok untuk pekerja pabrik.
w10|dukung|id|Buat jadwal bus yang ditempel di setiap halte supaya warga tahu jam kedatangan.
w11|keberatan|id|Tarif bus naik dua kali lipat, berat untuk pelajar dan lansia.
w12|keberatan|id|Tarif lima ribu terlalu mahal bagi pelajar. Berikan tarif khusus pelajar.
w13|dukung|id|Tarif gratis untuk lansia dan penyandang disabilitas, mohon ditulis jelas di peraturan.
w14|dukung|id|Kartu langganan bulanan akan membuat tarif lebih murah bagi pelajar.
w15|keberatan|id|Tarif sebaiknya tidak dinaikkan tahun ini, penghasilan warga belum pulih.
w16|keberatan|id|Angkot kami kehilangan penumpang kalau rute bus sama dengan trayek angkot.
w17|keberatan|id|Sopir angkot perlu dilibatkan, trayek angkot jangan dihapus begitu saja.
w18|dukung|id|Angkot bisa menjadi pengumpan bus, trayek angkot diatur ulang ke kampung.
w19|keberatan|id|Bagaimana nasib sopir angkot setelah bus masuk? Beri mereka pelatihan.
w20|dukung|id|Trayek angkot dan rute bus perlu tersambung di terminal.
w21|dukung|id|Bus harus bisa dinaiki kursi roda, pintunya rendah dan ada landasan.
w22|dukung|id|Kursi roda saya tidak bisa masuk bus lama. Mohon bus lantai rendah.
w23|dukung|id|Penyandang disabilitas butuh bus lantai rendah dan pengumuman suara.
w24|keberatan|id|Trotoar menuju halte rusak sehingga kursi roda tidak bisa lewat.
w25|dukung|en|Please put the timetable online and at every stop, visitors never know when the night bus comes.
w26|keberatan|en|The fare is too high for students, a student fare would help.
w27|dukung|en|Low floor buses would help wheelchair users a lot.
w28|dukung|jv|Halte pasar adoh banget saka omahku, mbok ditambah siji maneh cedhak lawang wetan.
w29|keberatan|id|Suara klakson bus pada malam hari mengganggu orang sakit di puskesmas.
w30|dukung|id|Kambing saya pernah tertabrak di tikungan.
"""


@pytest.fixture(scope="session")
def bus() -> list[Text]:
    """Thirty comments by thirty people, in Indonesian, English and Javanese."""
    rows = [line.split("|") for line in _ROWS.strip().splitlines()]
    return [Text(f"c{key[1:]:0>2}", body, code, key, stance) for key, stance, code, body in rows]


@pytest.fixture(scope="session")
def polis(realdata: Path) -> dict[str, list[Text]]:
    """Folder -> the statements of one pol.is conversation."""
    found = {}
    for folder in sorted((realdata / "polis").iterdir()):
        with (folder / "comments.csv").open(newline="", encoding="utf-8") as lines:
            rows = list(csv.DictReader(lines))
        found[folder.name] = [Text(row["comment-id"], row["comment-body"], None, row["author-id"]) for row in rows]
    return found


@pytest.fixture(scope="session")
def smsa(realdata: Path) -> list[Text]:
    """Ten thousand short Indonesian texts; the sentiment stands for the stance."""
    with gzip.open(realdata / "text/smsa/train.tsv.gz", "rt", encoding="utf-8") as lines:
        rows = [line.rstrip("\n").rsplit("\t", 1) for line in lines][:10_000]
    return [Text(f"{number:05}", body, "id", f"a{number}", mood) for number, (body, mood) in enumerate(rows)]


@pytest.fixture(scope="session")
def hoasa(realdata: Path) -> tuple[list[Text], dict[str, str]]:
    """Hotel reviews, and the aspect of each review that has one only."""
    with (realdata / "text/hoasa/train.csv").open(newline="", encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    texts = [Text(f"{number:05}", row["review"], "id", f"a{number}") for number, row in enumerate(rows)]
    aspects = [[name for name, mood in row.items() if name != "review" and mood != "neut"] for row in rows]
    return texts, {text.id: found[0] for text, found in zip(texts, aspects, strict=True) if len(found) == 1}


@pytest.fixture(scope="session")
def nusa(realdata: Path) -> dict[str, list[tuple[Text, str]]]:
    """Language -> four hundred paragraphs with their topic."""
    found = {}
    for path in sorted((realdata / "text/nusaparagraph").glob("*.gz")):
        code = path.name.split("-")[2]
        with gzip.open(path, "rt", newline="", encoding="utf-8") as lines:
            rows = list(csv.DictReader(lines))[:400]
        found[code] = [(Text(f"{code}{row['id']}", row["text"], code), row["label"]) for row in rows]
    return found


@pytest.fixture(scope="session")
def gambling(realdata: Path) -> tuple[list[Text], dict[str, str]]:
    """A hundred English answers with their position, and the first theme that was given to each."""
    base = realdata / "text/themefinder/gambling_XS"
    found = base / "outputs/mapping/2025-07-22/question_part_1"
    positions = {row["response_id"]: row["position"] for row in _rows(found / "sentiment.jsonl")}
    answers = _rows(base / "inputs/question_part_1/responses.jsonl")
    texts = [
        Text(str(row["response_id"]), row["response"], "en", str(row["response_id"]), positions[row["response_id"]])
        for row in answers
    ]
    return texts, {str(row["response_id"]): row["labels"][0] for row in _rows(found / "mapping.jsonl")}


def _rows(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
