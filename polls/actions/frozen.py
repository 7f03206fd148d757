"""What is frozen when a poll opens: everything that decides how it is counted, and what was promised to its voters."""

from methods import ledger
from polls.actions.counting import OWN_SETTINGS, counting_settings
from polls.models import Channel, Poll, Question
from polls.rules import ASIDE_WAIT


def freeze_rules(poll: Poll) -> str:
    """`rules.json` of `poll`, written once when its ledger is opened. Returns the text, whose hash opens the chain."""
    if not poll.rules:
        poll.rules = rules_of(poll).as_file().decode()
        Poll.objects.filter(pk=poll.pk).update(rules=poll.rules)
    return poll.rules


def rules_of(poll: Poll) -> ledger.Rules:
    """The rules of `poll` as they stand now."""
    more = {
        "title": poll.title,
        "opens_at": poll.opens_at.isoformat(),
        "closes_at": poll.closes_at.isoformat(),
        "results": poll.results,
        "electorate": poll.electorate,
        "area": poll.area.code if poll.area else "",
        "level": poll.level,
        "roll": "fixed" if poll.has_fixed_roll else "",
        "requirements": poll.requirements,
        "objections_until": poll.objections_until.isoformat() if poll.objections_until else "",
        "breakdown": {"by": poll.breakdown, "cells": dict(poll.groups)},
        "channels": channels_of(poll),
        "paper_until": poll.paper_until.isoformat() if poll.paper_until else "",
        "allows_change": poll.allows_change,
        "lot": _lot(poll),
        "set_aside": {"counts": False, "people": 2, "waits_hours": int(ASIDE_WAIT.total_seconds()) // 3600},
        "observers": [observer.name for observer in poll.observers.all()],
        "form": {question.key: _form(question) for question in poll.sheet},
    }
    questions = [_question(question) for question in poll.sheet]
    return ledger.Rules(f"poll-{poll.pk}", questions, poll.mode, poll.publication, more)


def channels_of(poll: Poll) -> list[str]:
    """The ways in which ballots come."""
    ways = {Channel.WEB: True, Channel.PAPER: poll.paper_until is not None, Channel.DESK: poll.has_desk}
    return [str(way) for way, there in ways.items() if there]


def _lot(poll: Poll) -> dict[str, str]:
    """What was announced for the lot; empty where the closing head alone decides, and the page says what that means."""
    if not poll.lot_source:
        return {}
    return {"source": poll.lot_source, "fallback": poll.lot_fallback, "until": poll.lot_until.isoformat()}


def _form(question: Question) -> dict[str, object]:
    """What the voters' form asked for, beyond what the count needs."""
    own = {name: value for name, value in question.settings.items() if name in OWN_SETTINGS}
    asked = {"help": question.help, "required": question.required, "show_if": question.show_if}
    return own | asked | {"shuffled": question.shuffled}


def _question(question: Question) -> ledger.Question:
    settings = counting_settings(question) if question.rule else {}
    return ledger.Question(question.key, question.kind, question.rule, question.names, settings, question.text)
