"""Putting words right after a poll has opened: with a public note, and never what counts."""

from django.utils.translation import gettext as _

from accounts.models import Participant
from accounts.rules import no
from moderation.actions import record
from polls.actions.frozen import freeze_rules
from polls.models import Correction, Poll
from polls.rules import CorrectionRefused, may_correct
from realtime.actions import atomic, publish

TITLE = "title"


def wordings(poll: Poll) -> dict[str, str]:
    """Everything that can be corrected, by place: "title", "q1", "q1-help", "q1-o2"."""
    found = {TITLE: poll.title}
    for question in poll.sheet:
        found[question.key] = question.text
        if question.help:
            found[f"{question.key}-help"] = question.help
        found |= {f"{question.key}-{one['key']}": one["text"] for one in question.options}
    return found


@atomic()
def correct_wording(*, poll: Poll, place: str, text: str, note: str, person: Participant) -> Correction:
    """Replace the words at `place` (as in `wordings`) of an open poll by `text`, and say so publicly with `note`.

    Keys, order, costs and rules stay as they are. Writes the audit. Returns the correction. Publishes `poll.<id>`.
    Raises CorrectionRefused when the poll is not open or there are no words at `place`.
    """
    held = Poll.objects.select_for_update().select_related("consultation").get(pk=poll.pk)
    verdict = may_correct(person, held)
    before = wordings(held).get(place)
    if not verdict or before is None:
        raise CorrectionRefused(verdict if not verdict else no(_("There are no such words in this poll.")))
    freeze_rules(held)  # with the words under which the poll opened
    _write(held, place, text, alone=len(held.sheet) == 1 and held.sheet[0].text == held.title)
    record(verb="poll.correct", person=person, target=f"poll:{held.pk}", facts={"place": place, "note": note})
    publish(held.topic)
    return Correction.objects.create(poll=held, before=before, after=text, note=note)


def _write(poll: Poll, place: str, text: str, *, alone: bool) -> None:
    """alone: title and question are the same words, and stay so."""
    key, _dash, part = place.partition("-")
    if place == TITLE or (alone and not part):
        Poll.objects.filter(pk=poll.pk).update(title=text)
        if not alone:
            return
        key = poll.sheet[0].key
    question = poll.question(key)
    if not part:
        question.text = text
    elif part == "help":
        question.help = text
    else:
        question.options = [one | {"text": text} if one["key"] == part else one for one in question.options]
    question.save(update_fields=["text", "help", "options"])
