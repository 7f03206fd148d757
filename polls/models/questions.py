"""Questions of a poll: what is asked, in which kind, by which rule it is counted, and who is asked.

Options are values of their question: nothing refers to one of them, and they are frozen when the poll opens.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from polls.models.poll import Poll


class QuestionKind(models.TextChoices):
    """What a voter fills in."""

    SINGLE = "single", _("choose one")
    SEVERAL = "several", _("choose several")
    APPROVAL = "approval", _("mark all that are acceptable")
    SCORE = "score", _("give points to each")
    RANKING = "ranking", _("put in order")
    BUDGET = "budget", _("choose projects within a budget")
    QUADRATIC = "quadratic", _("share out credits, strong wishes cost more")
    CONSENT = "consent", _("consent (musyawarah)")
    NUMBER = "number", _("write a number")
    TEXT = "text", _("write a text")


class CountingRule(models.TextChoices):
    """How votes become a result; the names are those of `methods.counting`."""

    PLURALITY = "plurality", _("most votes")
    APPROVAL = "approval", _("most votes, several per person")
    SCORE = "score", _("most points")
    STAR = "star", _("most points, then a run-off of the two best (STAR)")
    IRV = "irv", _("instant run-off")
    STV = "stv", _("single transferable vote")
    SCHULZE = "schulze", _("Schulze (pairwise)")
    RANKED_PAIRS = "ranked_pairs", _("ranked pairs (pairwise)")
    MINIMAX = "minimax", _("minimax (pairwise)")
    BORDA = "borda", _("Borda (points for places)")
    BUDGET_GREEDY = "budget_greedy", _("most votes first, while the money lasts")
    BUDGET_EQUAL_SHARES = "budget_equal_shares", _("equal shares")
    QUADRATIC = "quadratic", _("most votes, paid with credits")
    CONSENT = "consent", _("consent")


# The rules by which answers of a kind can be counted, the usual one first. Numbers and texts are not decided by a rule.
RULES: Mapping[str, tuple[str, ...]] = {
    "single": ("plurality",),
    "several": ("approval",),
    "approval": ("approval",),
    "score": ("score", "star"),
    "ranking": ("irv", "stv", "schulze", "ranked_pairs", "minimax", "borda"),
    "budget": ("budget_greedy", "budget_equal_shares"),
    "quadratic": ("quadratic",),
    "consent": ("consent",),
    "number": ("",),
    "text": ("",),
}
LISTED = frozenset({"single", "several", "approval", "budget", "consent"})  # an answer is a set of options
VALUED = frozenset({"score", "quadratic"})  # an answer gives each option a number


class Position(models.TextChoices):
    """What somebody can say to a proposal that is decided by consent; the objection is the last."""

    AGREE = "agree", _("I agree")
    NOTES = "notes", _("I agree, with notes")
    STAND_ASIDE = "stand_aside", _("I do not stand in the way")
    OBJECT = "object", _("I object")


@dataclass(frozen=True)
class Option:
    """One of the answers. `key` is its id in ballots and counts. cost: of a project, in whole units of the budget."""

    key: str
    text: str
    note: str = ""
    cost: int | None = None

    def stored(self) -> dict[str, Any]:
        """As it stands in the question's row; what is empty is left out."""
        facts = {"key": self.key, "text": self.text, "note": self.note, "cost": self.cost}
        return {name: value for name, value in facts.items() if value not in ("", None)}


def listed(texts: Iterable[str]) -> list[dict[str, Any]]:
    """Options as a row stores them, with the keys o1, o2, … in the order of `texts`."""
    return [Option(f"o{number}", text).stored() for number, text in enumerate(texts, 1)]


class Question(models.Model):
    """One question with a box of its own: each voter puts one paper into each box of the poll.

    `key` (q1, q2, …) names it in forms, ballots and files. settings: those of `methods.counting.count`, and
    `min_choices`, `low`, `high`, `unit` of the form. show_if: None, or {"question": key of an earlier one, "options":
    keys of which one must have been chosen there}.
    """

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="questions")
    key = models.CharField(max_length=8)
    position = models.PositiveSmallIntegerField()
    text = models.CharField(_("question"), max_length=240)
    help = models.CharField(_("help"), max_length=600, blank=True)
    kind = models.CharField(_("kind"), max_length=10, choices=QuestionKind.choices, default=QuestionKind.SINGLE)
    rule = models.CharField(_("how it is counted"), max_length=20, choices=CountingRule.choices, blank=True)
    options = models.JSONField(default=list)
    settings = models.JSONField(default=dict)
    required = models.BooleanField(_("must be answered"), default=True)
    shuffled = models.BooleanField(_("answers in another order for each voter"), default=False)
    show_if = models.JSONField(null=True, blank=True)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["poll", "key"], name="question_key"),
            models.CheckConstraint(
                condition=Q(kind="single", rule="plurality")
                | Q(kind__in=["several", "approval"], rule="approval")
                | Q(kind="score", rule__in=RULES["score"])
                | Q(kind="ranking", rule__in=RULES["ranking"])
                | Q(kind="budget", rule__in=RULES["budget"])
                | Q(kind="quadratic", rule="quadratic")
                | Q(kind="consent", rule="consent")
                | Q(kind__in=["number", "text"], rule=""),
                name="question_rule_fits_kind",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @cached_property
    def choices(self) -> list[Option]:
        """The options in their order; those of consent are always the same, in the active language."""
        if self.kind == QuestionKind.CONSENT:
            return [Option(value, str(label)) for value, label in Position.choices]
        return [Option(**one) for one in self.options]

    @cached_property
    def names(self) -> dict[str, str]:
        """The options' texts by key."""
        return {option.key: option.text for option in self.choices}

    @property
    def has_box(self) -> bool:
        """Whether answers are ballots. Texts are rows of their own, which moderators read."""
        return self.kind != QuestionKind.TEXT

    @property
    def is_listed(self) -> bool:
        """Whether an answer is a set of options."""
        return self.kind in LISTED

    @property
    def is_valued(self) -> bool:
        """Whether an answer gives each option a number."""
        return self.kind in VALUED

    @property
    def limit(self) -> int | None:
        """How many options may be chosen at most; None without a limit."""
        if self.kind == QuestionKind.SINGLE or self.kind == QuestionKind.CONSENT:
            return 1
        limit: int | None = self.settings.get("max_choices")
        return limit
