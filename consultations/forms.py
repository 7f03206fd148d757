"""What people and organisers may send. Explicit fields; what was typed is kept when something is wrong."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, Participant, Role
from consultations.models import Comment, Consultation, Document, PhaseKind, Stance
from methods.anchoring import TooManyClauses, parse
from moderation.models import Mode
from moderation.richtext import limits, tidy

WRITTEN = [  # languages in which people write here; of each its own name
    *settings.LANGUAGES, ("jv", "Basa Jawa"), ("su", "Basa Sunda"), ("min", "Baso Minang"), ("mad", "Basa Madhurâ"),
    ("ban", "Basa Bali"), ("bug", "Basa Ugi"), ("ace", "Bahsa Acèh"), ("und", _("another language")),
]  # fmt: skip
RESERVED = {"new", "mine", "clauses", "comments", "receipts"}
LONGEST_SOURCE = 400_000


class Moment(forms.DateTimeInput):
    """A field of date and time that browsers help with."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


class CommentForm(forms.Form):
    """A comment or a reply. Comments on a clause say what they think of it; it is asked, never guessed."""

    stance = forms.ChoiceField(label=_("What do you think of this clause?"), choices=Stance, widget=forms.RadioSelect)
    body = forms.CharField(
        label=_("Your comment"),
        help_text=_("Everybody can read it. Say what you would change, and why."),
        widget=forms.Textarea(attrs={"rows": 5, "data-autosize": ""}),
        validators=[limits],
    )
    language = forms.ChoiceField(label=_("Written in"), choices=WRITTEN, required=False)

    def __init__(self, *args: Any, asks_stance: bool = True, reply: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("language", get_language())
        if not asks_stance:
            del self.fields["stance"]
        if reply:
            self.fields["body"].label = _("Your reply")
            self.fields["body"].help_text = _("Everybody can read it.")

    @classmethod
    def of(cls, comment: Comment, data: Any = None) -> "CommentForm":
        """The form that changes `comment`."""
        initial = {"stance": comment.stance, "body": comment.body, "language": comment.language or get_language()}
        return cls(data, initial=initial, asks_stance=bool(comment.stance), reply=comment.parent_id is not None)

    def clean_body(self) -> str:
        body = tidy(self.cleaned_data["body"])
        if not body:
            raise ValidationError(_("Please write something."), code="required")
        return body


class ConsultationForm(forms.ModelForm):
    """The facts of a consultation."""

    tags = forms.CharField(
        label=_("Tags"), required=False, max_length=300, help_text=_("Words by which it is found, with commas between.")
    )
    mode = forms.ChoiceField(label=_("Moderation"), choices=Mode, initial=Mode.AFTER, widget=forms.RadioSelect)
    language = forms.ChoiceField(label=_("Language of the texts"), choices=WRITTEN[:-1], initial="id")

    class Meta:
        model = Consultation
        fields = [
            "organisation", "title", "slug", "question", "decided", "changeable", "legal_basis", "responsible",
            "contact", "answer_due_at", "language", "area",
        ]  # fmt: skip
        widgets = {
            "decided": forms.Textarea(attrs={"rows": 3}),
            "changeable": forms.Textarea(attrs={"rows": 3}),
            "answer_due_at": Moment(),
        }
        help_texts = {
            "slug": _("Part of the address, such as bus-route-4. Left empty, it is made from the title."),
            "question": _("As you would ask it at a village meeting."),
            "decided": _("What will be decided, by whom."),
            "changeable": _("What people can still change, and what is fixed already."),
            "responsible": _("The office or person who answers what was said."),
            "answer_due_at": _("The day by which everybody can read the answer."),
        }

    def __init__(self, *args: Any, person: Participant, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = Organisation.objects.filter(pk__in=person.organisations_as(Role.ORGANISER)).order_by("name")
        self.fields["organisation"] = forms.ModelChoiceField(mine, label=_("Organisation"))
        self.fields["slug"].required = False
        if self.instance.pk:
            del self.fields["organisation"]
            names = self.instance.tag_items.order_by("tag__name").values_list("tag__name", flat=True)
            self.initial.update(mode=self.instance.space.mode, tags=", ".join(names))
        elif len(mine) == 1:
            self.initial.setdefault("organisation", mine[0])

    def clean_slug(self) -> str:
        slug = self.cleaned_data["slug"] or free_slug(self.cleaned_data.get("title", ""), self.instance.pk)
        if slug in RESERVED:
            raise ValidationError(_("This word is needed for addresses of the site. Please choose another one."))
        return slug

    def clean_tags(self) -> list[str]:
        names = [name.strip() for name in tidy(self.cleaned_data["tags"]).split(",")]
        names = [name for name in names if name]
        if len(names) > 8 or any(len(name) > 40 for name in names):
            raise ValidationError(_("At most 8 tags of at most 40 letters each, please."))
        return names


def free_slug(title: str, but: int | None = None) -> str:
    """A short name made from `title` that no other consultation has."""
    base = slugify(title)[:70].strip("-") or "consultation"
    base = f"{base}-1" if base in RESERVED else base
    others = Consultation.objects.all() if but is None else Consultation.objects.exclude(pk=but)
    taken = set(others.filter(slug__startswith=base).values_list("slug", flat=True))
    return next(slug for slug in (base, *(f"{base}-{n}" for n in range(2, len(taken) + 3))) if slug not in taken)


class PhaseForm(forms.Form):
    """One phase; a row without dates is left out."""

    kind = forms.ChoiceField(label=_("Phase"), choices=PhaseKind)
    title = forms.CharField(label=_("Own name"), required=False, max_length=120)
    starts_at = forms.DateTimeField(label=_("Starts"), required=False, widget=Moment())
    ends_at = forms.DateTimeField(label=_("Ends"), required=False, widget=Moment())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        starts, ends = cleaned.get("starts_at"), cleaned.get("ends_at")
        if ends and not starts and "starts_at" not in self.errors:
            self.add_error("starts_at", _("Please say when this phase starts, or leave both dates empty."))
        if starts and ends and ends <= starts:
            self.add_error("ends_at", _("The end must come after the start."))
        return cleaned


class PhaseFormSet(forms.BaseFormSet):
    """The phases of a consultation; the action checks them together."""

    def phases(self) -> list[dict[str, Any]]:
        """What `actions.set_phases` takes: the rows that have a start."""
        rows = [form.cleaned_data for form in self.forms]
        return [row for row in rows if row.get("starts_at")]


Phases = forms.formset_factory(PhaseForm, formset=PhaseFormSet, extra=0, max_num=10, absolute_max=20)


def phases_of(consultation: Consultation) -> list[dict[str, Any]]:
    """Rows for the form: the phases there are with one empty row, or a suggestion of three weeks from tomorrow."""
    rows = [
        {"kind": phase.kind, "title": phase.title, "starts_at": phase.starts_at, "ends_at": phase.ends_at}
        for phase in consultation.schedule
    ]
    if rows:
        return [*rows, {"kind": PhaseKind.CLOSED}]
    day = timezone.localtime().replace(hour=8, minute=0, second=0, microsecond=0) + timedelta(days=1)
    dates: list[datetime | None] = [day, day + timedelta(days=21), day + timedelta(days=42), None]
    kinds = [PhaseKind.OPEN, PhaseKind.DELIBERATION, PhaseKind.ANSWERED]
    return [
        {"kind": kind, "starts_at": start, "ends_at": end}
        for kind, start, end in zip(kinds, dates, dates[1:], strict=False)
    ]


class DraftForm(forms.Form):
    """A draft text to paste."""

    title = forms.CharField(label=_("Title of the draft"), max_length=200)
    source = forms.CharField(
        label=_("Text"),
        help_text=_(
            "Markdown, or as laws are typed: “# Chapter”, “## Article”, “Pasal 3” on a line of its own, "
            "“(1)” before numbered paragraphs."
        ),
        max_length=LONGEST_SOURCE,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 18, "spellcheck": "true"}),
    )
    note = forms.CharField(
        label=_("What changed, in one sentence"), max_length=300, required=False,
        help_text=_("Readers see it above the changes."),
    )  # fmt: skip

    def __init__(self, *args: Any, document: Document | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if document is None or not document.versions.filter(published_at__isnull=False).exists():
            del self.fields["note"]

    def clean_source(self) -> str:
        source = self.cleaned_data["source"].replace("\x00", "")
        try:
            pieces = parse(source)
        except TooManyClauses:
            raise ValidationError(_("The draft has more than 2,000 clauses. Please divide it into several.")) from None
        if not pieces:
            raise ValidationError(_("There is no text in this draft yet."))
        return source
