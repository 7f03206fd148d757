"""Worked stories as plain data: what is consulted about, who takes part, what they say. Writes nothing."""

from demo.stories import bus, market, school
from demo.stories.shape import Answer, Claim, PollPlan, Reply, Said, Story, Topic

STORIES: tuple[Story, ...] = (bus.STORY, market.STORY, school.STORY)

__all__ = ["STORIES", "Answer", "Claim", "PollPlan", "Reply", "Said", "Story", "Topic"]
