"""Organisations that consult people, and who does what in them."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.people import Area, User


class Role(models.TextChoices):
    """What a member of an organisation may do."""

    ORGANISER = "organiser", _("organiser")
    MODERATOR = "moderator", _("moderator")
    ANALYST = "analyst", _("analyst")
    AUDITOR = "auditor", _("auditor")


class Organisation(models.Model):
    """A government office, council, village or association."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    slug = models.SlugField(_("short name in addresses"), max_length=60, unique=True)
    area = models.ForeignKey(Area, on_delete=models.SET_NULL, null=True, blank=True, verbose_name=_("area"))
    contact = models.EmailField(_("contact address"), blank=True)

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A role of a user in an organisation."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "user", "role"], name="membership_once")]

    def __str__(self) -> str:
        return f"{self.user} · {self.role} · {self.organisation}"
