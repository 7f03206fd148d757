"""School hours: answered. The summary is published with a decision on each theme, and the second text shows why."""

from consultations.models import PhaseKind
from demo.stories.shape import Answer, PollPlan, Story, Version
from polls.models import Breakdown, CountingRule, QuestionKind
from summaries.models import Outcome

ANSWERS = (
    Answer(
        ("jam masuk", "masuk", "pukul", "gelap", "pagi"),
        "Jam masuk pukul 06.30 dan jalan yang gelap",
        Outcome.ADOPTED,
        "Pelajaran dimulai pukul 07.00 untuk SMP dan 07.30 untuk SD. Pada jam itu jalan sudah terang, dan murid SD dan "
        "SMP tidak berangkat pada waktu yang sama.",
        "3",
    ),
    Answer(
        ("bangun", "tidur", "mengantuk"),
        "Tidur anak dan pagi di rumah",
        Outcome.ADOPTED,
        "Angka tidur dari orang tua dan guru menjadi alasan utama jam masuk dimundurkan. Bagi orang tua yang berangkat "
        "kerja lebih pagi, gerbang sekolah tetap dibuka pukul 06.15 dengan petugas.",
        "3",
    ),
    Answer(
        ("pengantar", "gerbang", "berhenti", "macet", "tempat turun"),
        "Pengantar dan kemacetan di depan gerbang",
        Outcome.PARTLY,
        "Larangan berhenti diganti dengan tempat turun yang ditandai. Berhenti lama di depan gerbang tetap dilarang.",
        "7",
    ),
    Answer(
        ("angkot", "bus", "jadwal bus", "berangkat"),
        "Bus dan angkot bagi murid",
        Outcome.PARTLY,
        "Satu angkot pengumpan dijalankan dari kelurahan tanpa trayek. Bus sekolah gratis belum dapat dibiayai tahun "
        "ini dan dimasukkan ke rencana anggaran berikutnya.",
        "8",
    ),
    Answer(
        ("petugas penyeberangan", "penyeberangan", "petugas"),
        "Petugas penyeberangan",
        Outcome.ADOPTED,
        "Petugas berjaga pada jam masuk dan jam pulang. Kelurahan yang merekrut, jadi tugas guru tidak bertambah.",
        "9",
    ),
    Answer(
        ("sarapan", "kantin", "istirahat"),
        "Sarapan, istirahat, dan pekerjaan rumah",
        Outcome.UNDER_STUDY,
        "Waktu sarapan sepuluh menit dan batas pekerjaan rumah SD dipertahankan. Lima belas menit dan kantin murah "
        "diuji di empat sekolah lebih dahulu; hasilnya diumumkan pada peninjauan satu tahun.",
        "10",
    ),
    Answer(
        ("mengaji", "pulang", "jam pulang", "madrasah", "orang tua"),
        "Jam pulang, mengaji, dan angkutan murid",
        Outcome.PARTLY,
        "Jam pulang SD diatur paling lambat 12.30. Untuk SMP tetap pukul 14.00; madrasah yang terdampak difasilitasi "
        "untuk mulai pukul 14.30.",
        "4",
    ),
    Answer(
        ("pekerjaan rumah", "guru", "batas"),
        "Pekerjaan rumah",
        Outcome.NOT_ADOPTED,
        "Batas untuk SD tetap 30 menit. Batas untuk SMP tidak ditetapkan dalam peraturan ini, karena bebannya berbeda "
        "menurut mata pelajaran dan diatur oleh sekolah.",
        "11",
    ),
    Answer(
        ("lima hari", "sabtu", "kegiatan pilihan", "tahun", "satu tahun"),
        "Hari sekolah dan peninjauan",
        Outcome.ADOPTED,
        "Kegiatan hari Sabtu tetap pilihan dan tidak dinilai. Peninjauan setelah satu tahun bersama murid, orang tua, "
        "dan guru ditambahkan sebagai pasal baru.",
        "13",
    ),
)
OTHER = Answer(
    (),
    "",
    Outcome.OUT_OF_SCOPE,
    "Hal ini berada di luar jam sekolah. Tulisannya diteruskan kepada sekolah dan kelurahan yang bersangkutan, dan "
    "dicatat untuk peninjauan satu tahun.",
)

STORY = Story(
    key="school",
    title="Jam masuk dan pulang sekolah",
    slug="jam-sekolah",
    question="Pukul berapa sekolah dimulai agar anak sehat, aman di jalan, dan cukup belajar?",
    decided="Semua SD dan SMP di kota memakai aturan jam sekolah yang sama mulai tahun ajaran berikutnya.",
    changeable="Jam masuk, jam pulang, pengantaran, angkutan murid, istirahat, dan masa peralihan.",
    legal_basis="Rancangan Peraturan Wali Kota tentang Jam Sekolah",
    responsible="Dinas Pendidikan Kota Rejamulya",
    document="Rancangan Peraturan Wali Kota: Jam Sekolah",
    tags=("pendidikan", "anak", "keselamatan"),
    created=-110,
    answer_due=-10,
    phases=(
        (PhaseKind.DRAFT, "", -110, -85),
        (PhaseKind.OPEN, "", -85, -50),
        (PhaseKind.DELIBERATION, "", -50, -12),
        (PhaseKind.ANSWERED, "", -12, None),
    ),
    versions=(
        Version("draft-1.md", -85),
        Version("draft-2.md", -13, "Jam masuk dimundurkan, tempat turun pengantar diatur, peninjauan ditambahkan."),
    ),
    speaking=(-84, -51),
    conversation="Apa yang paling penting untuk jam sekolah yang baik?",
    forum="Cerita dan angka dari rumah, sekolah, dan jalan tentang jam sekolah.",
    polls=(
        PollPlan(
            question="Urutkan jam masuk SMP menurut pilihan Anda.",
            options=("06.30", "07.00", "07.30", "Setiap sekolah memutuskan sendiri"),
            votes=(((2, 3, 4, 1), 19), ((3, 2, 4), 12), ((1, 2), 9), ((4, 2, 3), 6), ((2, 1), 5)),
            opens=-75,
            closes=-51,
            kind=QuestionKind.RANKING,
            rule=CountingRule.SCHULZE,
        ),
        PollPlan(
            question="Bagaimana anak Anda sebaiknya berangkat ke sekolah?",
            options=("Jalan kaki bersama dengan pendamping", "Bus sekolah", "Diantar orang tua"),
            votes=(((1,), 17), ((2,), 23), ((3,), 9)),
            opens=-73,
            closes=-51,
            breakdown=Breakdown.AREA,
            papers="1121311123112",
        ),
    ),
    summary=-30,
    answered=-12,
    answers=ANSWERS,
)
