"""How a question is answered and counted, in plain words made from its settings, and what is unwise about them."""

from collections.abc import Iterator
from fractions import Fraction

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Level
from polls import roll_words
from polls.models import CountingRule, Poll, Question, QuestionKind

PAIRWISE = {CountingRule.SCHULZE, CountingRule.RANKED_PAIRS, CountingRule.MINIMAX}
LOTS = {*PAIRWISE, CountingRule.IRV, CountingRule.STV, CountingRule.BORDA, CountingRule.SCORE, CountingRule.STAR,
        CountingRule.BUDGET_GREEDY, CountingRule.BUDGET_EQUAL_SHARES}  # fmt: skip


def question_in_words(question: Question, *, many: bool = False) -> list[str]:
    """How a question is answered and counted. many: say which question that is."""
    lines = [line for line in (condition(question), filled_in(question), *counted(question)) if line]
    if not many:
        return lines
    return [_("Question %(number)s: %(rules)s") % {"number": question.position, "rules": " ".join(lines)}]


def condition(question: Question) -> str:
    """Who is asked: "" for everybody, else those who chose certain answers before."""
    if not question.show_if:
        return ""
    before = question.poll.question(question.show_if["question"])
    wanted = ", ".join(_("“%(name)s”") % {"name": before.names[key]} for key in question.show_if["options"])
    facts = {"number": before.position, "answers": wanted}
    return _("Only if you chose %(answers)s in question %(number)s; else leave it empty.") % facts


def filled_in(question: Question) -> str:
    """What a person does with the question."""
    settings = question.settings
    if question.kind == QuestionKind.SCORE:
        low, high = settings["scale"]
        return _("Each person gives each answer points from %(low)s (worst) to %(high)s (best). "
                 "An answer left empty counts as %(low)s.") % {"low": low, "high": high}  # fmt: skip
    if question.kind == QuestionKind.QUADRATIC:
        text = _(
            "Each person has %(credits)s credits. One vote for an answer costs 1 credit, two cost 4, three cost 9."
        )
        return text % {"credits": spoken(settings["credits"])}
    if question.kind == QuestionKind.BUDGET:
        return _projects(question)
    words = {
        QuestionKind.SINGLE: _("Each person chooses one answer."),
        QuestionKind.RANKING: _("Each person puts as many answers as they like in order, the best first."),
        QuestionKind.CONSENT: _("Each person says whether they agree, agree with notes, do not stand in the way, or "
                                "object. Whoever objects says why."),
        QuestionKind.TEXT: _("Each person writes in their own words. A moderator reads it before it is shown."),
    }  # fmt: skip
    if question.kind == QuestionKind.NUMBER:
        return _("Each person writes a number from %(low)s to %(high)s.") % {
            "low": number_format(settings["low"], force_grouping=True),
            "high": number_format(settings["high"], force_grouping=True),
        }
    return words.get(QuestionKind(question.kind)) or _chosen(question)


def _chosen(question: Question) -> str:
    limit, least = question.limit, question.settings.get("min_choices") or 1
    if limit is None:
        return _("Each person marks all answers that they can accept.")
    if least > 1:
        return _("Each person chooses from %(least)s to %(limit)s answers.") % {"least": least, "limit": limit}
    return ngettext(
        "Each person chooses at most %(limit)s answer.", "Each person chooses at most %(limit)s answers.", limit
    ) % {"limit": limit}


def _projects(question: Question) -> str:
    settings = question.settings
    facts = {"budget": money(settings["budget"], settings.get("unit", ""))}
    if settings.get("ballot_limit") is None:
        text = _("Each person marks the projects that they want. Together there are %(budget)s.")
        return text % facts
    facts["limit"] = money(settings["ballot_limit"], settings.get("unit", ""))
    text = _("Each person chooses projects that cost at most %(limit)s together. There are %(budget)s.")
    return text % facts


def counted(question: Question) -> Iterator[str]:
    """How the answers become a result."""
    settings = question.settings
    yield {
        "": "",
        CountingRule.PLURALITY: _("The answer with the most votes wins. Equal votes are a tie."),
        CountingRule.APPROVAL: _("The answer that most people chose wins. Equal votes are a tie."),
        CountingRule.SCORE: _("The answer with the most points wins. Ties are decided by top scores, then by lot."),
        CountingRule.STAR: _("The two answers with the most points go to a run-off; the one that more people scored "
                             "higher wins. Ties are decided by scores, then by lot."),
        CountingRule.IRV: _(
            "Counted by instant run-off: the answer with the fewest votes goes out, its ballots move to their next "
            "answer, until one is left. Ties are decided by earlier rounds, then by lot."
        ),
        CountingRule.STV: _("Counted by the single transferable vote: who reaches the quota is elected, and what is "
                            "more than needed moves on. Ties are decided by earlier stages, then by lot."),
        CountingRule.SCHULZE: _(
            "Counted by the Schulze method: all answers are compared two by two on every ballot. "
            "Ties are decided by lot."
        ),
        CountingRule.RANKED_PAIRS: _("Counted by ranked pairs: all answers are compared two by two, and the clearest "
                                     "victories are kept first. Ties are decided by lot."),
        CountingRule.MINIMAX: _("Counted by minimax: all answers are compared two by two, and the one whose worst "
                                "defeat is smallest wins. Ties are decided by lot."),
        CountingRule.BORDA: _("Counted by Borda: each place on a ballot is worth points, the best place the most. "
                              "Ties are decided by lot."),
        CountingRule.BUDGET_GREEDY: _("The project with the most votes is paid first, then the next that still fits, "
                                      "while the money lasts. Ties: the cheaper one, then the lot."),
        CountingRule.BUDGET_EQUAL_SHARES: _("Counted by equal shares: every voter has the same part of the money, and "
                                            "a project is paid when those who chose it can pay for it together. What "
                                            "is left over goes by votes. Ties: the cheaper one, then the lot."),
        CountingRule.QUADRATIC: _("The answer with the most votes wins. Equal votes are a tie."),
        CountingRule.CONSENT: _("The proposal passes unless more than %(share)s of a hundred object.") % {
            "share": number_format(float(100 * Fraction(str(settings.get("limit", 0)))), use_l10n=True)
        },
    }[question.rule]  # fmt: skip
    if settings.get("seats", 1) > 1:
        seats = settings["seats"]
        yield ngettext("%(seats)s is elected.", "%(seats)s are elected.", seats) % {"seats": seats}
    if not question.required:
        yield _("The question may be left empty.")


def warnings(poll: Poll) -> list[str]:
    """What is unwise about the poll as it is set, in words for its organisers."""
    found = []
    rules = {question.rule for question in poll.sheet}
    if rules & LOTS and not poll.lot_source:
        found.append(_("A tie may be decided by lot. No public number is named for it beforehand, so whoever runs the "
                       "server could know how it falls."))  # fmt: skip
    cheap = poll.level <= Level.EMAIL and not poll.is_invited
    if cheap and CountingRule.QUADRATIC in rules:
        found.append(_("Credits are shared out to accounts, and accounts are cheap here: one person with two accounts "
                       "gets far more than twice the say. Ask for a higher level of proof."))  # fmt: skip
    if poll.level == Level.NONE:
        found.append(_("Without an account one person can vote from several devices. Take the result as a mood."))
    if CountingRule.PLURALITY in rules and any(
        len(one.choices) > 3 for one in poll.sheet if one.rule == CountingRule.PLURALITY
    ):
        found.append(_("With many answers and one choice each, similar answers take votes from each other. "
                       "Putting in order or marking all that are acceptable avoids that."))  # fmt: skip
    if poll.is_secret and any(one.kind == QuestionKind.TEXT for one in poll.sheet):
        found.append(_("What people write in their own words can tell who they are, although their name is not shown."))
    found += roll_words.unwise(poll)
    if len(poll.sheet) > 7:
        found.append(_("More than seven questions: many people will not finish."))
    return found


def spoken(number: object) -> str:
    """A number with the separators of the language."""
    return str(number_format(number, force_grouping=True))  # type: ignore[arg-type]


def money(amount: int, unit: str) -> str:
    """An amount with its unit: a currency before it, anything else after it."""
    said = spoken(amount)
    if not unit:
        return said
    return f"{unit}\N{NO-BREAK SPACE}{said}" if unit in CURRENCIES else f"{said}\N{NO-BREAK SPACE}{unit}"


CURRENCIES = {"Rp", "€", "$", "£", "RM"}
