"""A poll of several kinds of questions: what is built around the stops of Corridor 3, with money for some of it."""

from demo.stories.shape import PollPlan
from polls.models import Option, QuestionKind, Results

MILLION = 1_000_000
PROJECTS = (
    ("Atap dan bangku di Halte Pasar Wetan", "24 bangku, peneduh sepanjang 30 meter", 120),
    ("Penyeberangan dengan lampu di depan SMP Negeri 3", "lampu tekan dan pita penggaduh", 150),
    ("Lampu jalan dari Perumahan Griya Kedungasri ke halte", "18 titik lampu surya", 90),
    ("Jalur pemandu dan landaian di Halte RSUD", "untuk kursi roda dan tongkat", 110),
    ("Parkir sepeda di Terminal Karangjati", "80 tempat dengan atap", 60),
    ("Saluran air di Jalan Kenanga", "halte tergenang setiap musim hujan", 180),
    ("Papan kedatangan bus di lima halte", "dengan suara bagi tunanetra", 75),
)
SURVEY = (
    {
        "text": "Usulan mana yang sebaiknya dibiayai?",
        "help": "Dana lingkungan untuk halte Koridor 3 tahun depan.",
        "kind": QuestionKind.BUDGET,
        "rule": "budget_equal_shares",
        "options": [
            Option(f"o{number}", text, note, cost * MILLION).stored()
            for number, (text, note, cost) in enumerate(PROJECTS, 1)
        ],
        "settings": {"budget": 400 * MILLION, "unit": "Rp", "increment": 10_000},
        "shuffled": True,
    },
    {
        "text": "Urutkan: apa yang harus dikerjakan lebih dahulu?",
        "kind": QuestionKind.RANKING,
        "rule": "irv",
        "options": [
            Option("o1", "Keselamatan penyeberang").stored(),
            Option("o2", "Tempat berteduh").stored(),
            Option("o3", "Penerangan").stored(),
            Option("o4", "Akses bagi penyandang disabilitas").stored(),
        ],
        "required": False,
    },
    {
        "text": "Seberapa baik halte sekarang bagi Anda?",
        "help": "0 sangat buruk, 5 sangat baik.",
        "kind": QuestionKind.SCORE,
        "rule": "score",
        "options": [
            Option("o1", "Aman").stored(), Option("o2", "Bersih").stored(), Option("o3", "Mudah dicapai").stored(),
        ],
        "settings": {"scale": [0, 5]},
        "required": False,
    },
    {
        "text": "Usul: pedagang kecil boleh berjualan di halte besar.",
        "help": "Usul diterima bila tidak lebih dari 10 dari 100 orang keberatan.",
        "kind": QuestionKind.CONSENT,
        "settings": {"limit": "10/100"},
    },
    {
        "text": "Berapa menit Anda berjalan kaki ke halte terdekat?",
        "kind": QuestionKind.NUMBER,
        "settings": {"low": 0, "high": 60, "unit": "menit"},
        "required": False,
    },
    {
        "text": "Apa yang perlu diatur agar pedagang tidak mengganggu penumpang?",
        "kind": QuestionKind.TEXT,
        "required": False,
        "show_if": {"question": "q4", "options": ["notes", "object"]},
    },
)  # fmt: skip
NARROW = "Halte Pasar Wetan terlalu sempit; kursi roda tidak bisa lewat bila ada lapak."
CLEAN = "Sampah harus dibawa pulang dan jalur pemandu tidak boleh ditutup."
LINE = "Beri garis batas lapak, dan paling banyak dua pedagang pada setiap halte."

PLAN = PollPlan(
    question="Dana lingkungan untuk halte Koridor 3",
    opens=-9,
    closes=14,
    results=Results.LIVE,
    lot=(
        "Angka penutupan Indeks Harga Saham Gabungan pada hari bursa pertama sesudah pemungutan suara",
        "Angka penutupan pada hari bursa berikutnya",
    ),
    survey=SURVEY,
    sheets=(
        ({"q1": ["o1", "o3", "o5"], "q2": ["o2", "o3", "o1"], "q3": {"o1": 3, "o2": 2, "o3": 4}, "q4": ["agree"],
          "q5": "6"}, {}, 11),
        ({"q1": ["o2", "o4"], "q2": ["o1", "o4", "o3", "o2"], "q3": {"o1": 1, "o2": 3, "o3": 2}, "q4": ["notes"],
          "q5": "12"}, {"q6": CLEAN}, 1),
        ({"q1": ["o2", "o4", "o7"], "q2": ["o1", "o4"], "q3": {"o1": 1, "o2": 3, "o3": 3}, "q4": ["agree"],
          "q5": "9"}, {}, 8),
        ({"q1": ["o6", "o1"], "q2": ["o2", "o1"], "q3": {"o1": 2, "o2": 1, "o3": 3}, "q4": ["notes"], "q5": "4"},
         {"q6": LINE}, 1),
        ({"q1": ["o6"], "q2": ["o3", "o2"], "q4": ["stand_aside"], "q5": "15"}, {}, 7),
        ({"q1": ["o4", "o7"], "q2": ["o4", "o1"], "q3": {"o1": 2, "o2": 2, "o3": 1}, "q4": ["object"], "q5": "20"},
         {"q4": NARROW}, 2),
        ({"q1": ["o3", "o5", "o7"], "q4": ["agree"]}, {}, 5),
    ),
)  # fmt: skip
