"""A consultation in which people have said something of every kind, and summaries of it."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from accounts.models import Area, Organisation, Participant
from consultations.models import Consultation
from forums.models import Board, Post, Thread
from moderation.richtext import render
from opinions.models import Conversation, Statement
from polls.models import Poll, Question, Remark
from summaries.actions import begin_build, make_build
from summaries.models import Build
from tests.factories import make_comment, make_consultation, make_person

SAID = """
oppose|id|Halte di depan pasar terlalu jauh. Tolong tambah satu halte di dekat pintu timur pasar.
changes|id|Saya setuju rute baru, tetapi halte pasar harus punya atap karena sering hujan.
oppose|id|Halte baru akan menutup jalan masuk kios kami di pasar.
support|id|Mohon halte dilengkapi kursi dan lampu, terutama halte sekolah.
changes|id|Halte sekolah sebaiknya dipindah ke dekat gerbang agar anak tidak menyeberang.
oppose|id|Jadwal bus malam terlalu jarang, pulang kerja jam sepuluh sudah tidak ada bus.
support|id|Tolong tambah jadwal bus malam sampai jam sebelas untuk pekerja pabrik.
support|id|Jadwal bus pagi harus tepat waktu karena anak sekolah sering terlambat.
oppose|id|Bus malam hanya dua kali, jadwalnya tidak cocok untuk pekerja pabrik.
question|id|Jadwal bus malam hari libur bagaimana? Apakah pekerja pabrik tetap dilayani?
oppose|id|Tarif bus naik dua kali lipat, berat untuk pelajar dan lansia.
oppose|id|Tarif lima ribu terlalu mahal bagi pelajar. Berikan tarif khusus pelajar.
support|id|Tarif gratis untuk lansia dan penyandang disabilitas, mohon ditulis jelas di peraturan.
support|id|Kartu langganan bulanan akan membuat tarif lebih murah bagi pelajar.
oppose|id|Tarif sebaiknya tidak dinaikkan tahun ini, penghasilan warga belum pulih.
oppose|id|Angkot kami kehilangan penumpang kalau rute bus sama dengan trayek angkot.
oppose|id|Sopir angkot perlu dilibatkan, trayek angkot jangan dihapus begitu saja.
support|id|Angkot bisa menjadi pengumpan bus, trayek angkot diatur ulang ke kampung.
unsure|jv|Halte pasar adoh banget saka omahku, mbok ditambah siji maneh cedhak lawang wetan.
support|en|The fare is too high for students, a student fare would help.
"""
CAMPAIGN = "Kami warga pasar menolak halte baru karena menutup jalan masuk kios kami."


def said() -> list[tuple[str, str, str]]:
    """(stance, language, body) of twenty comments."""
    return [(parts[0], parts[1], parts[2]) for parts in (line.split("|") for line in SAID.strip().splitlines())]


def make_heard(organisation: Organisation | None = None, **fields: Any) -> Consultation:
    """A consultation with 20 comments and 4 copies, 2 posts, 2 answers, 3 statements, each by somebody else, and with
    5 texts that nobody may read: hidden, held, withdrawn, in a hidden thread, in a draft poll's remark.
    """
    consultation = make_consultation(organisation, **({"language": "id"} | fields))
    for stance, language, body in said():
        make_comment(consultation, body=body, stance=stance, language=language)
    for _ in range(4):
        make_comment(consultation, body=CAMPAIGN, stance="oppose", language="id")
    _posts(consultation)
    _remarks(consultation)
    _statements(consultation)
    now = timezone.now()
    make_comment(consultation, body="SECRET hidden words about the bus", hidden_at=now)
    make_comment(consultation, body="SECRET held words about the bus", held_at=now)
    make_comment(consultation, body=" ", hidden_at=now)
    return consultation


READ = 31
LEFT_OUT = {"hidden": 2, "held": 1, "withdrawn": 1}


def _posts(consultation: Consultation) -> None:
    board = Board.objects.create(consultation=consultation, space=consultation.space, title="Forum")
    for title, bodies, listed in [
        ("Halte pasar", ["Halte pasar perlu atap dan lampu.", "Setuju, halte pasar gelap sekali malam hari."], True),
        ("SECRET title", ["SECRET reply in a hidden thread about the bus"], False),
    ]:
        thread = Thread.objects.create(
            board=board, title=title, author=make_person(), listed_at=timezone.now() if listed else None
        )
        for number, body in enumerate(bodies, 1):
            Post.objects.create(
                thread=thread, number=number, space=board.space, author=make_person(), body=body, html=render(body)
            )


def _remarks(consultation: Consultation) -> None:
    now = timezone.now()
    for question, published in [("Rute mana?", True), ("SECRET draft poll", False)]:
        poll = Poll.objects.create(
            consultation=consultation,
            space=consultation.space,
            title=question,
            opens_at=now - timedelta(days=9),
            closes_at=now - timedelta(days=1),
            published_at=now - timedelta(days=9) if published else None,
            mode="open",
            results="live",
        )
        options = [{"key": "a", "text": "Rute A"}, {"key": "b", "text": "Rute B"}]
        Question.objects.create(poll=poll, key="q1", position=1, text=question, rule="plurality", options=options)
        for body in ("Rute A lewat puskesmas.", "Tarif rute B lebih murah bagi pelajar."):
            text = body if published else f"SECRET {body}"
            Remark.objects.create(poll=poll, space=consultation.space, body=text, html=render(text))


def _statements(consultation: Consultation) -> None:
    conversation = Conversation.objects.create(
        consultation=consultation, space=consultation.space, question="Bus?", published_at=timezone.now()
    )
    for number, body in enumerate(
        (
            "Jadwal bus malam perlu ditambah.",
            "Kambing saya pernah tertabrak di tikungan.",
            "Tarif pelajar harus murah.",
        ),
        1,
    ):
        Statement.objects.create(
            conversation=conversation,
            number=number,
            space=consultation.space,
            author=make_person(),
            body=body,
            html=render(body),
        )


def build_summary(consultation: Consultation, person: Participant | None = None) -> Build:
    """A finished summary of what was said until now."""
    return make_build(build=begin_build(person=person, consultation=consultation), progress=lambda share, step: None)


def publish_summary(build: Build) -> Build:
    """`build`, readable for everybody."""
    build.published_at = timezone.now()
    build.save(update_fields=["published_at"])
    return build


def place_people(build: Build, counts: dict[str, int]) -> None:
    """Let contributors of `build` live in areas, by code; the others say nothing."""
    people = list(Participant.objects.filter(citations__build=build).distinct().order_by("pk"))
    for code, count in counts.items():
        area, _new = Area.objects.get_or_create(code=code, defaults={"name": f"Village {code}"})
        Participant.objects.filter(pk__in=[one.pk for one in people[:count]]).update(area=area)
        people = people[count:]
