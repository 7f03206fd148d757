"""The market square: comments and votes are over, the second text is out, and the analyst works on the summary."""

from consultations.models import PhaseKind
from demo.stories.shape import Answer, PollPlan, Story, Version
from polls.models import BallotMode
from summaries.models import Outcome

STORY = Story(
    key="market",
    title="Penataan Alun-alun Wetan",
    slug="alun-alun-wetan",
    question="Bagaimana Alun-alun Wetan ditata agar pedagang, keluarga, dan pejalan kaki sama-sama mendapat tempat?",
    decided="Trotoar Jalan Kenanga dikembalikan untuk pejalan kaki, dan pedagang mendapat tempat di alun-alun.",
    changeable="Jumlah dan pembagian lapak, jam berjualan, retribusi, pohon, parkir, dan jam keramaian.",
    legal_basis="Rancangan Peraturan Wali Kota tentang Penataan Alun-alun Wetan",
    responsible="Dinas Perdagangan Kota Rejamulya",
    document="Rancangan Peraturan Wali Kota: Penataan Alun-alun Wetan",
    tags=("pasar", "ruang terbuka", "pedagang kaki lima"),
    created=-70,
    answer_due=21,
    phases=(
        (PhaseKind.DRAFT, "", -70, -48),
        (PhaseKind.OPEN, "", -48, -14),
        (PhaseKind.DELIBERATION, "", -14, 16),
        (PhaseKind.ANSWERED, "", 16, None),
    ),
    versions=(
        Version("draft-1.md", -48),
        Version("draft-2.md", -4, "Lapak ditambah, pohon dipertahankan, jam pagi dan bongkar muat diatur."),
    ),
    speaking=(-47, -14.5),
    forum="Tempat berbicara tentang lapak, pohon, sampah, dan jam berjualan di Alun-alun Wetan.",
    polls=(
        PollPlan(
            question="Jam berjualan mana yang paling sesuai bagi Anda?",
            options=("Sore saja, 15.00–22.00", "Pagi dan sore", "Sepanjang hari", "Akhir pekan saja"),
            votes=(((1,), 11), ((2,), 24), ((3,), 8), ((4,), 4)),
            opens=-40,
            closes=-14,
            mode=BallotMode.DETACHED,  # traders say what they would not say if the office could look
            households=60,
            requirements={
                "quorum": {"share": "50/100", "of": "roll"},
                "majority": {"share": "1/2", "of": "valid", "more": True},
            },
        ),
    ),
    summary=-6,
    answers=(
        Answer(
            ("pohon", "trembesi", "tebang", "teduh"),
            "Pohon trembesi dan peneduh",
            Outcome.ADOPTED,
            "Keenam pohon sehat menurut Dinas Lingkungan Hidup. Lapak disusun di antara pohon, jadi tidak ada yang "
            "ditebang. Dahan tua dipangkas setiap awal musim hujan, dan dua puluh pohon muda ditambahkan.",
            "9",
        ),
    ),
)
