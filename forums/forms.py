"""What people may send to a forum."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forums.models import Board
from moderation.richtext import limits, tidy

MAX_TAGS = 5
TAG_LENGTH = 40


class PostForm(forms.Form):
    """One post."""

    body = forms.CharField(
        label=gettext_lazy("Your text"),
        widget=forms.Textarea(attrs={"rows": 6, "data-autosize": True}),
        validators=[limits],
        strip=False,
        error_messages={"required": gettext_lazy("Please write something first.")},
    )

    def clean_body(self) -> str:
        body = tidy(self.cleaned_data["body"])
        if not body:
            raise ValidationError(_("Please write something first."))
        return body


class ThreadForm(PostForm):
    """A thread: its title, its first post and its tags."""

    title = forms.CharField(
        label=gettext_lazy("Title"),
        help_text=gettext_lazy("What it is about, in one line."),
        max_length=140,
        min_length=5,
    )
    tags = forms.CharField(
        label=gettext_lazy("Tags"),
        help_text=gettext_lazy("Optional. Words by which others find it, with commas between."),
        required=False,
        max_length=300,
    )
    field_order = ["title", "body", "tags"]

    def clean_title(self) -> str:
        title = " ".join(tidy(self.cleaned_data["title"]).split())
        if len(title) < 5:
            raise ValidationError(_("Please write a title of at least five letters."))
        return title

    def clean_tags(self) -> list[str]:
        names = [" ".join(tidy(name).split()) for name in self.cleaned_data["tags"].split(",")]
        names = [name for name in names if name]
        if len(names) > MAX_TAGS or any(len(name) > TAG_LENGTH for name in names):
            words = _("Please use at most %(tags)d tags of at most %(letters)d letters each.")
            raise ValidationError(words % {"tags": MAX_TAGS, "letters": TAG_LENGTH})
        return names


class BoardForm(forms.ModelForm):
    """A forum for a consultation."""

    class Meta:
        model = Board
        fields = ["title", "intro"]
        widgets: dict[str, Any] = {"intro": forms.Textarea(attrs={"rows": 3})}
