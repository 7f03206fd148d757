"""A summary as plain data, for documents on paper and in spreadsheets. Names nobody; hidden words stay hidden."""

from collections.abc import Iterator, Mapping

from django.conf import settings
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from methods.counting import Round as CountingRound
from methods.documents import (
    ContributionEntry,
    Decision,
    KeyFigure,
    LeftOut,
    PollEntry,
    PollRound,
    PollRow,
    Quote,
    Report,
    Section,
    Stamp,
    ThemeEntry,
)
from polls.actions import QuestionResult
from polls.actions.ledger import head
from polls.models import CountingRule
from summaries import opendata
from summaries.disputes import rate
from summaries.limits import limits_of
from summaries.models import Build, Citation, Kind, Place, Reason, Theme
from summaries.opendata import Pseudonyms
from summaries.personal import Mask
from summaries.quality import AuditResult, audit_of
from summaries.reading import DRAWN, PollView, ThemeView, drawn, read_polls, read_themes, spoken
from summaries.revisions import notes
from summaries.sources import Contribution, find
from summaries.voices import voices_of

KINDS = {Kind.REMARK: "answer"}  # documents call them so
LEDGER = ("n", "themed", "unassigned", "left_out", "contributors")


def report_of(build: Build, language: str, *, for_package: bool = False) -> Report:
    """The report of `build` in `language` (id or en, which must be the active one). Every figure names its sources.

    for_package: with what the open data has alone: a pseudonym for each author, new each time, and ledgers of polls.
    Personal data is masked everywhere, unless a person kept it.
    """
    rows = list(build.citations.order_by("source_key", "rank"))
    ledger = [row for row in rows if row.rank == 0]
    mask = Mask.of(build)
    said = find(build.consultation, (row.source_key for row in ledger if row.place != Place.LEFT_OUT))
    names = Pseudonyms() if for_package else None
    voices, audit = voices_of(build), audit_of(build)
    members: dict[int, list[str]] = {}
    numbers: dict[str, list[int]] = {}
    places = dict(build.themes.values_list("pk", "number"))
    for row in rows:
        if row.theme_id is not None:
            members.setdefault(row.theme_id, []).append(row.source_key)
            numbers.setdefault(row.source_key, []).append(places[row.theme_id])
    consultation = build.consultation
    return Report(
        title=consultation.title,
        subtitle=_("Summary of what people said"),
        language=language,
        stamp=_stamp(build),
        sections=_sections(build),
        key_figures=_key_figures(build, ledger),
        themes=tuple(_themes(build, members, mask, audit)),
        polls=tuple(entry for view in read_polls(consultation) for entry in _poll(view)),
        unassigned=tuple(row.source_key for row in ledger if row.place == Place.UNASSIGNED),
        left_out=tuple(_left_out(ledger, said)),
        contributions=tuple(_contribution(row, said, numbers, mask, names) for row in ledger),
        method_notes=method_notes(build),
        caveats=tuple(limits_of(build, voices, checked=audit is not None and audit.share is not None)),
        audit=tuple(_checked(build, audit)),
        revisions=tuple(note.words for note in notes(build)),
        campaigns=opendata.campaigns(build, said, mask),
        statements=opendata.statements(consultation, mask),
        moderation=opendata.moderation(consultation),
        groups=opendata.groups(build),
        grounds=opendata.grounds(consultation, mask),
        voices=voices.sentences,
        counts={name: build.count(name) for name in LEDGER},
        attachments=opendata.ledgers(consultation) if for_package else {},
        publisher=consultation.organisation.name,
    )


def _checked(build: Build, audit: AuditResult | None) -> Iterator[str]:
    """What people checked: themes reviewed, the sample, and what authors called misread."""
    standing = build.themes.standing()
    facts = {"n": spoken(standing.exclude(reviewed_at=None).count()), "total": spoken(standing.count())}
    yield _("Themes that a person has looked at: %(n)s of %(total)s.") % facts
    if audit is not None and audit.share is not None:
        yield _(
            "About %(share)s of the contributions stand in the right place (95%% interval %(low)s to %(high)s; "
            "%(n)s checked by two people each; it covers errors of coding, not the population)."
        ) % (audit.percent | {"n": spoken(audit.checked)})
        if audit.agreement is not None:
            yield _("The two who read agreed on %(share)s.") % {"share": audit.percent["agreement"]}
        if audit.alpha is not None:
            yield _("Krippendorff's alpha: %(alpha)s.") % {"alpha": number_format(audit.alpha, decimal_pos=2)}
        if audit.edited:
            yield _("Themes that people changed since the sample was drawn: %(n)s.") % {"n": spoken(audit.edited)}
    if words := rate(build).sentence:
        yield words


def _stamp(build: Build) -> Stamp:
    return Stamp(
        data_as_of=timezone.localtime(build.finished_at),
        input_hash=build.input_hash,
        verify_url=settings.PUBLIC_URL + build.get_absolute_url(),
        software=f"{settings.SERVICE_NAME}; " + ", ".join(f"{name} {value}" for name, value in build.versions.items()),
    )


def _sections(build: Build) -> tuple[Section, ...]:
    consultation = build.consultation
    facts = [
        (_("What is decided"), consultation.decided),
        (_("What can still change"), consultation.changeable),
        (_("Legal basis"), consultation.legal_basis),
        (_("Who answers"), consultation.responsible),
    ]
    return tuple(Section(heading, tuple(text.split("\n\n"))) for heading, text in facts if text)


def _key_figures(build: Build, ledger: list[Citation]) -> tuple[KeyFigure, ...]:
    read = [row for row in ledger if row.place != Place.LEFT_OUT]
    distinct = tuple(row.source_key for row in read if not row.copy_of)
    received = _("of %(n)s received") % {"n": spoken(build.count("n"))}
    of_read = _("of %(n)s contributions") % {"n": spoken(len(read))}
    without = _("%(n)s contributions came without a name") % {"n": spoken(build.count("anonymous"))}
    themed = tuple(row.source_key for row in read if row.place == Place.THEMED)
    return (
        KeyFigure(_("contributions"), len(read), received, tuple(row.source_key for row in read)),
        KeyFigure(_("distinct texts"), len(distinct), of_read, distinct),
        KeyFigure(_("contributors"), build.count("contributors"), without),
        KeyFigure(_("in themes"), len(themed), of_read, themed),
    )


def _themes(
    build: Build, members: Mapping[int, list[str]], mask: Mask, audit: AuditResult | None
) -> Iterator[ThemeEntry]:
    checked = {one.key: one.estimate for one in audit.strata} if audit else {}
    for view in read_themes(build):
        yield _theme(view, members.get(view.theme.pk, []), mask, checked.get(view.theme.key, ""))


def _theme(view: ThemeView, members: list[str], mask: Mask, checked: str) -> ThemeEntry:
    theme = view.theme
    quotes = tuple(_quote(one.citation, one.source, mask) for one in view.quotes if one.source)
    return ThemeEntry(
        number=theme.number,
        key=theme.key,
        label=mask.text("", theme.label),
        phrases=tuple(theme.phrases),
        contributions=theme.contributions,
        distinct=theme.distinct,
        contributors=theme.contributors,
        stances=drawn(theme.stances),
        quotes=quotes,
        clauses=tuple(f"{label} ({spoken(count)})" for _pk, label, count in theme.clauses),
        decision=_decision(theme),
        contribution_ids=tuple(members),
        minority=theme.minority,
        description=theme.description,
        anonymous=theme.anonymous,
        outside_campaigns=theme.outside_campaigns,
        reviewed=theme.reviewed_at is not None,
        checked=checked,
    )


def _quote(citation: Citation, source: Contribution, mask: Mask) -> Quote:
    """The words masked, and where they stand in the masked text."""
    spans = mask.spans(source.source_key, source.body)
    words, start, end = mask.cut(source.body, spans, citation.start or 0, citation.end or 0)
    return Quote(
        text=words,
        source_id=citation.source_key,
        language=source.language or citation.language,
        where=mask.text("", str(source.where)),
        stance=_drawn(citation.stance),
        start=start,
        end=end,
    )


def _decision(theme: Theme) -> Decision | None:
    made = theme.decision
    if made is None:
        return None
    return Decision(
        outcome=str(made.get_outcome_display()),
        reason=made.reason,
        clause=str(made.clause or ""),
        by=theme.build.consultation.responsible,
        decided_at=timezone.localtime(made.decided_at),
    )


def _poll(view: PollView) -> Iterator[PollEntry]:
    """An entry for each question of a poll."""
    poll = view.poll
    url = settings.PUBLIC_URL + poll.get_absolute_url()
    turnout = _("%(n)s voted") % {"n": spoken(poll.ballot_count)} if poll.has_opened else ""
    newest = head(poll)
    for box in poll.boxes:
        found = view.results.get(box.key)
        shown, won = found.rows if found else [], view.holds(box.key)
        yield PollEntry(
            question=box.text if box.text == poll.title else f"{poll.title}: {box.text}",
            rule=str(box.get_rule_display()),
            sentence=view.words(box.key),
            url=url,
            turnout=turnout,
            head=newest,
            rows=tuple(PollRow(row.text, row.votes, row.share / 100, row.chosen and won) for row in shown),
            rounds=tuple(_rounds(found)) if found else (),
        )


def _rounds(found: QuestionResult) -> Iterator[PollRound]:
    if found.outcome and found.question.rule == CountingRule.IRV:
        for number, one in enumerate(found.outcome.rounds, 1):
            yield _round(number, one, found.question.names)


def _round(number: int, one: CountingRound, names: Mapping[str, str]) -> PollRound:
    out = ", ".join(names[key] for key in one.eliminated)
    return PollRound(
        _("Round %(number)d") % {"number": number},
        tuple(PollRow(names[key], total) for key, total in one.totals.items()),
        _("Out: %(names)s") % {"names": out} if out else "",
    )


def _left_out(ledger: list[Citation], said: Mapping[str, Contribution]) -> list[LeftOut]:
    """What was left out when the summary was built, and what can no longer be read."""
    found = []
    for row in ledger:
        if row.place == Place.LEFT_OUT:
            found.append(LeftOut(row.source_key, str(Reason(row.reason).label)))
        elif row.source_key not in said:
            found.append(LeftOut(row.source_key, _("counted, but hidden or withdrawn since")))
    return found


def _contribution(
    row: Citation,
    said: Mapping[str, Contribution],
    numbers: Mapping[str, list[int]],
    mask: Mask,
    names: Pseudonyms | None,
) -> ContributionEntry:
    source = said.get(row.source_key)
    left_out = row.place == Place.LEFT_OUT
    return ContributionEntry(
        id=row.source_key,
        kind=KINDS.get(Kind(row.kind), row.kind),
        where=mask.text("", str(source.where)) if source else "",
        language=row.language if source else "",
        stance=_drawn(row.stance),
        text=mask.text(row.source_key, source.body) if source else "",
        submitted_at=timezone.localtime(source.created_at) if source else None,
        theme_numbers=tuple(numbers.get(row.source_key, [])),
        copy_of=row.copy_of,
        url=settings.PUBLIC_URL + source.url if source else "",
        author=names[row.person_id] if names is not None and row.person_id is not None else "",
        assigned_by="" if left_out else "person" if row.assigned_at else "machine",
        removed=source is None and not left_out,
    )


def _drawn(stance: str) -> str:
    return {str(own): name for own, name in DRAWN.items()}.get(stance, stance)


def method_notes(build: Build) -> tuple[str, ...]:
    """How the summary was made, in sentences for everybody."""
    notes = [
        _("Themes were gathered by a method that runs on our own machine: a draft for people, not a finding."),
        _("Every quote stands word for word in its source. A contribution can stand in several themes."),
        _("Contributors are accounts and guests, not persons counted one by one; copies are counted and shown."),
        _("Stances were chosen by the authors themselves; nothing was guessed."),
    ]
    renamed = build.themes.exclude(renamed_at=None).count()
    if renamed:
        notes.append(_("Names of themes that people changed: %(n)s.") % {"n": spoken(renamed)})
    made = ", ".join(f"{name} {value}" for name, value in build.versions.items())
    notes.append(_("Made with: %(what)s.") % {"what": made})
    return tuple(notes)
