"""The usual house rules, in both languages, for organisations that have not written their own. Writes nothing."""

from typing import Any

from accounts.models import Organisation
from moderation.models import HouseRule

RULES: list[dict[str, Any]] = [
    {
        "number": 1,
        "title_id": "Hormati orang lain",
        "title_en": "Respect others",
        "text_id": "Kritik boleh tajam terhadap gagasan, tetapi jangan menghina, mengancam, atau merendahkan orang.",
        "text_en": "Criticise ideas as sharply as you like, but do not insult, threaten or demean people.",
    },
    {
        "number": 2,
        "title_id": "Jaga hal pribadi",
        "title_en": "Keep private things private",
        "text_id": "Jangan menulis alamat, nomor telepon, NIK, atau hal pribadi lain milik Anda atau orang lain.",
        "text_en": "Write no addresses, telephone numbers, identity numbers or other private things, yours or others'.",
    },
    {
        "number": 3,
        "title_id": "Tetap pada pokok bahasan",
        "title_en": "Stay with the matter",
        "text_id": "Tulislah tentang hal yang sedang dikonsultasikan di halaman ini.",
        "text_en": "Write about the matter that this page is about.",
    },
    {
        "number": 4,
        "title_id": "Tanpa iklan dan pengulangan",
        "title_en": "No advertising, no repeating",
        "text_id": "Jangan beriklan, dan jangan mengirim tulisan yang sama berkali-kali.",
        "text_en": "Do not advertise, and do not send the same text again and again.",
    },
    {
        "number": 5,
        "title_id": "Jujur tentang fakta",
        "title_en": "Be honest about facts",
        "text_id": "Jangan menyebarkan keterangan yang Anda tahu salah atau mengaku sebagai orang lain.",
        "text_en": "Do not spread what you know to be false, and do not pretend to be somebody else.",
    },
    {
        "number": 6,
        "title_id": "Patuhi hukum",
        "title_en": "Keep the law",
        "text_id": "Jangan menulis hal yang melanggar hukum, misalnya hasutan kekerasan atau kebencian.",
        "text_en": "Write nothing illegal, such as calls to violence or hatred.",
    },
]


def usual_rules() -> list[HouseRule]:
    """The usual rules, not saved."""
    return [HouseRule(**rule) for rule in RULES]


def rules_of(organisation: Organisation) -> list[HouseRule]:
    """The rules of `organisation`, by number; the usual ones where it has none of its own."""
    return list(organisation.house_rules.all()) or usual_rules()
