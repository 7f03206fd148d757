"""Plants all stories in one transaction; what is there already stays as it is."""

from dataclasses import dataclass
from random import Random

from accounts.models import Organisation, Participant
from consultations.models import Comment, Consultation
from demo.actions.answering import summarise
from demo.actions.people import Crowd, plant_town
from demo.actions.preparing import plant_classroom, plant_story
from demo.actions.talking import discuss, review, speak, state
from demo.actions.voting import vote
from demo.stories import STORIES, Story, town
from forums.models import Thread
from polls.models import Poll
from realtime.actions import atomic

SEED = 2026


@dataclass(frozen=True)
class Planted:
    """How much of everything there is in the demonstration."""

    consultations: int
    people: int
    comments: int
    polls: int
    threads: int


def planted() -> bool:
    """Whether the stories are there already."""
    return Organisation.objects.filter(slug=town.OFFICE[1]).exists()


@atomic()
def plant() -> Planted:
    """Write the town, its people and the stories, unless they are there. Returns how much there is.

    Names, words and numbers are the same each time; dates follow today. Publishes what the rooms' actions publish.
    """
    if not planted():
        crowd = plant_town()
        for story in STORIES:
            _tell(story, crowd)
        plant_classroom(crowd=crowd)
    return Planted(
        consultations=Consultation.objects.count(),
        people=Participant.objects.exclude(name="").count(),
        comments=Comment.objects.count(),
        polls=Poll.objects.count(),
        threads=Thread.objects.count(),
    )


def _tell(story: Story, crowd: Crowd) -> None:
    """One story in the order in which it happened."""
    chance = Random(f"{SEED} {story.key}")  # noqa: S311 (the same stories each time; nothing secret)
    consultation = plant_story(story=story, crowd=crowd)
    speak(story=story, consultation=consultation, crowd=crowd, chance=chance)
    discuss(story=story, consultation=consultation, crowd=crowd, chance=chance)
    vote(story=story, consultation=consultation, crowd=crowd, chance=chance)
    if story.conversation:
        state(story=story, consultation=consultation, crowd=crowd, chance=chance)
    if story.queue:
        review(consultation=consultation, crowd=crowd)
    summarise(story=story, consultation=consultation, crowd=crowd)
