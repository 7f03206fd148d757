"""Votes: polls, options, ballots and results. Keeps who voted apart from what they voted."""
