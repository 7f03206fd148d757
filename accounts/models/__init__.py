"""Who: areas, users, participants, organisations, consent and rate limits."""

from accounts.models.limits import Spending
from accounts.models.organisations import Membership, Organisation, Role
from accounts.models.people import Area, Level, Participant, User
from accounts.models.privacy import Consent, PrivacyNotice

__all__ = [
    "Area", "Consent", "Level", "Membership", "Organisation", "Participant", "PrivacyNotice", "Role", "Spending",
    "User",
]  # fmt: skip
