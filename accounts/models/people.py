"""Areas, accounts (`User`) and the people who take part (`Participant`), with or without an account."""

import functools
import operator
import uuid
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _


class AreaQuerySet(models.QuerySet["Area"]):
    """Adjectives of areas."""

    def within(self, area: "Area | int") -> "AreaQuerySet":
        """`area` itself (or its id) and what lies in it, to the fifth level below: a village of a province."""
        paths = ["pk", *("__".join(["parent"] * depth) for depth in range(1, 6))]
        return self.filter(functools.reduce(operator.or_, (Q(**{path: area}) for path in paths)))


class Area(models.Model):
    """A place in the tree from province to village."""

    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")
    name = models.CharField(_("name"), max_length=120)
    code = models.CharField(_("official code"), max_length=20, unique=True)

    objects = AreaQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
    """Makes users by e-mail address, kept in lower case."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractBaseUser, PermissionsMixin):
    """An account: how somebody signs in. What they do belongs to their `Participant`."""

    email = models.EmailField(_("e-mail address"), unique=True)
    language = models.CharField(_("language"), max_length=5, blank=True)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)

    has_roles: bool = True  # whether there may be any; False where the account was read with the answer

    objects = UserManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        constraints = [models.UniqueConstraint(models.functions.Lower("email"), name="user_email_any_case")]

    def __str__(self) -> str:
        return self.email


class Level(models.IntegerChoices):
    """How well it is known who somebody is."""

    NONE = 0, _("not identified")
    EMAIL = 1, _("e-mail address confirmed")
    TELEPHONE = 2, _("telephone number confirmed")
    INVITED = 3, _("invited by code")
    VOUCHED = 4, _("vouched for in person")
    RESIDENCE = 5, _("residence proven")


class Participant(models.Model):
    """Somebody who takes part. A guest has no `user`; signing in attaches one, or hands the guest's acts over."""

    user = models.OneToOneField(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="participant")
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("name shown beside what you write"), max_length=60, blank=True)
    area = models.ForeignKey(Area, on_delete=models.SET_NULL, null=True, blank=True, verbose_name=_("area"))
    level = models.PositiveSmallIntegerField(choices=Level.choices, default=Level.NONE)
    origin = models.CharField(max_length=80, blank=True, help_text=_("where an import took this person from"))
    created_at = models.DateTimeField(default=timezone.now)
    erased_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name or f"#{self.pk}"

    @cached_property
    def roles(self) -> dict[int, frozenset[str]]:
        """The roles of this person by organisation id, read once per object."""
        found: dict[int, set[str]] = {}
        if self.user and self.user.has_roles:
            for organisation, role in self.user.memberships.values_list("organisation_id", "role"):
                found.setdefault(organisation, set()).add(role)
        return {organisation: frozenset(roles) for organisation, roles in found.items()}

    def organisations_as(self, *roles: str) -> list[int]:
        """Ids of the organisations in which this person has at least one of `roles`."""
        return [organisation for organisation, held in self.roles.items() if held.intersection(roles)]

    @property
    def topic(self) -> str:
        """Raised on logout, ban and change of role, so that open sockets ask for permission again."""
        return f"user.{self.user_id}" if self.user_id else ""

    @property
    def is_guest(self) -> bool:
        return self.user_id is None
