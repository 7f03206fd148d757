"""The invented town of Rejamulya: its areas, the office that consults, who signs in with which role, its people."""

from dataclasses import dataclass

from accounts.models import Role
from demo.stories.shape import TEXTS

PASSWORD = "rembuk-demo"  # noqa: S105 (printed for everybody: these accounts exist on trial servers only)
OFFICE = ("Pemerintah Kota Rejamulya", "rejamulya", "konsultasi@rejamulya.example")
CLASSROOM = ("Ruang Belajar Rembuk", "ruang-belajar", "belajar@rembuk.example")
AREAS = (  # code, code of what it lies in, name
    ("33", "", "Jawa Tengah"),
    ("33.98", "33", "Kota Rejamulya"),
    ("33.98.01", "33.98", "Kecamatan Rejamulya Utara"),
    ("33.98.02", "33.98", "Kecamatan Rejamulya Tengah"),
    ("33.98.03", "33.98", "Kecamatan Rejamulya Selatan"),
    ("33.98.01.1001", "33.98.01", "Kelurahan Sumberwangi"),
    ("33.98.01.1002", "33.98.01", "Kelurahan Wonolelo"),
    ("33.98.02.1001", "33.98.02", "Kelurahan Pasar Wetan"),
    ("33.98.02.1002", "33.98.02", "Kelurahan Melati"),
    ("33.98.03.1001", "33.98.03", "Kelurahan Karangjati"),
    ("33.98.03.1002", "33.98.03", "Kelurahan Kedungasri"),
)
HOME = "33.98"
INHABITANTS = {
    "33.98.01.1001": 9_420, "33.98.01.1002": 8_180, "33.98.02.1001": 11_350, "33.98.02.1002": 8_040,
    "33.98.03.1001": 21_900, "33.98.03.1002": 5_270,
}  # fmt: skip
CENSUS = ("Angka contoh penduduk Kota Rejamulya", "2025")
# In which of the six villages people live, in turn: many in the middle of the town, few in its south.
LIVE = (2, 0, 3, 1, 2, 0, 3, 1, 2, 0, 4, 3, 1, 2, 0, 3, 5, 2, 0, 1, 3, 2, 0, 5, 1, 2, 4, 3, 1, 2, 5)


@dataclass(frozen=True)
class SignIn:
    """Somebody who can sign in to see the site in a role. `place`: where to go; `what`: why."""

    role: str
    email: str
    name: str
    place: str
    what: str
    roles: tuple[Role, ...] = ()
    staff: bool = False


SIGN_INS = (
    SignIn("citizen", "citizen@rembuk.example", "Rini Astuti", "/polls/", "vote in the open polls"),
    SignIn("resident", "resident@rembuk.example", "Bagus Prakoso", "/consultations/mine/", "see own comments, write"),
    SignIn(
        "moderator", "moderator@rembuk.example", "Laras Widyaningrum", "/moderation/", "clear the queue",
        (Role.MODERATOR,),
    ),
    SignIn(
        "analyst", "analyst@rembuk.example", "Dimas Anggoro", "/summaries/{market}/work/", "decide about themes",
        (Role.ANALYST,),
    ),
    SignIn(
        "organiser", "organiser@rembuk.example", "Sekar Palupi", "/consultations/{bus}/prepare/", "prepare and publish",
        (Role.ORGANISER,),
    ),
    SignIn("staff", "staff@rembuk.example", "Yusuf Hidayat", "/admin/", "run the server", staff=True),
)  # fmt: skip

# Types paper ballots for the second time; the organiser is the first.
CLERK = ("juru.ketik@rembuk.example", "Ningsih Wardani", Role.ORGANISER)

PEOPLE = (
    "Siti Rahayu", "Joko Sasongko", "Wulan Kartika", "Agus Triyono", "Endang Puspita", "Rahmat Basuki", "Tuti Haryani",
    "Mulyadi", "Nur Aini", "Hendra Gunadi", "Sri Wahyuni", "Teguh Santosa", "Dewi Larasati", "Parman", "Yanti Suryani",
    "Asep Rukmana", "Ani Marlina", "Fajar Nugraha", "Maria Kristanti", "Slamet Widodo", "Ratna Kusuma", "Bambang Eko",
    "Lilis Nuraeni", "Heri Kuswanto", "Mbah Karto", "Indah Permata", "Galih Wicaksono", "Sumiati", "Yohanes Adi",
    "Putri Ayuningtyas", "Darsono", "Farida Hanum", "Rudi Hartawan", "Kartini Utami", "Imam Syafii", "Novita Anjani",
    "Tono Sudarsono", "Mei Lestari", "Gunawan Prasetya", "Aisyah Zahra", "Sugeng Riyadi", "Wati Handayani",
    "Ridwan Maulana", "Cecep Suherman", "Eka Febriani", "Budi Cahyono", "Retno Dwi", "Arif Munandar", "Tri Lestari",
    "Anton Wibisono", "Halimah", "Surya Adiputra", "Nani Suhartini", "Emma Collins", "Warsito", "Dian Paramita",
)  # fmt: skip

NOTICES = {
    language: (TEXTS / "town" / f"notice.{language}.md").read_text(encoding="utf-8") for language in ("id", "en")
}

GUEST_WORDS = "Saya tidak punya akun. Mohon halte puskesmas diberi jalur landai, kursi roda ayah saya tersangkut."
RUDE_WORDS = "Yang mengusulkan halte di pintu timur itu bodoh semua dan tidak pernah sekolah. Usir saja dari kota ini."
ADVERT_WORDS = "Daripada menunggu bus, sewa motor di tempat saya. Murah, antar jemput, hubungi lewat pesan pribadi."
RUMOUR_WORDS = "Saya dengar uang halte sudah dibagi-bagi di kantor dinas. Semua orang di terminal tahu siapa orangnya."
