"""The bus route: open now, with people writing, voting and answering statements."""

from accounts.models import Level
from consultations.models import PhaseKind
from demo.stories import stops
from demo.stories.shape import PollPlan, Story, Version
from polls.models import BallotMode, CountingRule, QuestionKind, Results

STORY = Story(
    key="bus",
    title="Rute bus kota Koridor 3",
    slug="bus-koridor-3",
    question="Bagaimana rute, jadwal, dan tarif bus Koridor 3 sebaiknya diatur agar melayani semua warga?",
    decided="Koridor 3 dibuka tahun depan antara Terminal Karangjati dan Kelurahan Sumberwangi dengan dua belas bus.",
    changeable="Letak halte, jam operasi, bus malam, tarif, cara membayar, peran angkot, dan aturan parkir.",
    legal_basis="Rancangan Peraturan Wali Kota tentang Angkutan Umum Koridor 3",
    responsible="Dinas Perhubungan Kota Rejamulya",
    document="Rancangan Peraturan Wali Kota: Angkutan Umum Koridor 3",
    tags=("transportasi", "bus", "angkot"),
    created=-34,
    answer_due=45,
    phases=(
        (PhaseKind.DRAFT, "", -34, -18),
        (PhaseKind.OPEN, "", -18, 17),
        (PhaseKind.DELIBERATION, "", 17, 38),
        (PhaseKind.ANSWERED, "", 38, None),
    ),
    versions=(Version("draft-1.md", -18),),
    speaking=(-17.5, -0.05),
    forum="Bicarakan rute, halte, dan angkot di sini. Setiap utas dibaca oleh Dinas Perhubungan.",
    conversation="Apa yang penting agar bus Koridor 3 berhasil?",
    queue=True,
    polls=(
        PollPlan(
            question="Halte mana yang perlu dibangun lebih dahulu?",
            options=(
                "Pasar Wetan", "SMP Negeri 3", "RSUD Rejamulya", "Perumahan Griya Kedungasri", "Terminal Karangjati"
            ),
            votes=(((1,), 13), ((2,), 9), ((3,), 8), ((4,), 3), ((5,), 1)),
            opens=-12,
            closes=16,
            mode=BallotMode.OPEN,
            results=Results.LIVE,
            level=Level.NONE,
        ),
        PollPlan(
            question="Perbaikan mana yang paling Anda perlukan? Pilih paling banyak tiga.",
            options=(
                "Bus sampai pukul 22.00 setiap hari", "Bus lebih sering pada siang hari", "Tarif gratis bagi pelajar",
                "Uang tunai tetap diterima", "Semua bus berlantai rendah", "Halte beratap dan terang",
            ),
            votes=(
                ((1, 2, 6), 9), ((1, 5, 6), 7), ((3, 4), 6), ((1, 4), 5), ((2, 6), 4), ((1, 3, 5), 3), ((4,), 3)
            ),
            opens=-10,
            closes=15,
            kind=QuestionKind.SEVERAL,
            rule=CountingRule.APPROVAL,
            results=Results.LIVE,
            max_choices=3,
        ),
        stops.PLAN,
    ),
)  # fmt: skip
