"""Handles of the workbench: move, merge, split, name, review, undo; and what was done so far.

Each form carries the edition that the page showed; where somebody changed the same themes since, nothing is done and
nothing typed is lost.
"""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from summaries import actions, workbench
from summaries.forms import ThemeForm
from summaries.models import Build, Theme
from summaries.rules import may_build, may_edit
from summaries.splitting import propose
from summaries.views import bench
from summaries.views.reading import themes_of
from summaries.views.shared import find_build, find_theme, refused

PAGE = 30
MOST = 500  # contributions in one move


def _build(request: HttpRequest, slug: str, build_id: int) -> tuple[Build, HttpResponse | None]:
    """The build, and how whoever may not work on it is answered."""
    build = find_build(request, slug, build_id)
    verdict = may_build(request.person, build.consultation)
    return build, None if verdict else refused(request, verdict)


def _held(request: HttpRequest, build: Build) -> HttpResponse | None:
    """How those are answered who may work on the summary, but not edit this one."""
    verdict = may_edit(request.person, build)
    if verdict:
        return None
    messages.error(request, verdict.reason)
    return redirect(build)


def _seen(request: HttpRequest) -> int | None:
    sent = request.POST.get("seen", "")
    return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 10 else None


def _home(build: Build, key: str = "") -> str:
    """The workbench with the theme `key` open, where it still stands."""
    address = build.get_absolute_url()
    return f"{address}?theme={key}#pane" if key and build.themes.standing().filter(key=key).exists() else address


def _conflict(request: HttpRequest, build: Build, stale: actions.Stale) -> HttpResponse:
    """What colleagues did meanwhile, with everything that was sent, ready to be sent again."""
    build.refresh_from_db()
    sent = [(name, value) for name, values in request.POST.lists() for value in values
            if name not in ("csrfmiddlewaretoken", "seen")]  # fmt: skip
    words = [value for name, value in sent if name in ("label", "description") and value.strip()]
    facts = {
        "build": build, "consultation": build.consultation, "edits": workbench.with_words(stale.edits), "sent": sent,
        "words": words, "action": request.get_full_path(),
    }  # fmt: skip
    return render(request, "summaries/edit_conflict.html", facts, status=409)


def _try(
    request: HttpRequest, build: Build, act: Callable[[], Any], again: Callable[[ValidationError], HttpResponse]
) -> HttpResponse | None:
    """Do `act`; None when it was done. `again` shows the form with what is wrong."""
    try:
        act()
    except actions.Stale as stale:
        return _conflict(request, build, stale)
    except ValidationError as problem:
        return again(problem)
    return None


@never_cache
@require_POST
def move(request: HttpRequest, slug: str, build_id: int) -> HttpResponse:
    """Put the chosen contributions into another theme, a new one, or none."""
    build, answer = _build(request, slug, build_id)
    answer = answer or _held(request, build)
    if answer:
        return answer
    sources, to, origin = request.POST.getlist("source"), request.POST.get("to", "-"), request.POST.get("origin", "")
    sent: dict[str, Any] = {"build": build, "person": request.person, "sources": sources, "seen": _seen(request)}

    def act() -> None:
        if to == "-" or len(sources) > MOST:
            raise ValidationError(_("Choose where they go.") if to == "-" else _("Move 500 at a time at most."))
        label = request.POST.get("label", "")
        if to == actions.NEW and origin:
            actions.split_theme(**sent, key=origin, label=label)
        else:
            actions.move_contributions(**sent, to="" if to == "none" else to, origin=origin, label=label)

    def again(problem: ValidationError) -> HttpResponse:
        return bench.show(request, build, problem=problem.messages[0], chosen=sources, opened=origin, status=422)

    refusal = _try(request, build, act, again)
    if refusal:
        return refusal
    _say(request, build)
    return redirect(_home(build, origin) if origin else f"{build.get_absolute_url()}?{request.GET.urlencode()}#pane")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def merge(request: HttpRequest, slug: str, build_id: int) -> HttpResponse:
    """Choose which of several themes takes the others in."""
    build, answer = _build(request, slug, build_id)
    answer = answer or _held(request, build)
    if answer:
        return answer
    keys = (request.POST if request.method == "POST" else request.GET).getlist("theme")
    themes = [theme for theme in themes_of(build) if theme.key in keys]
    if request.method != "POST":
        if len(themes) < 2:
            messages.error(request, _("Mark two themes at least, then merge them."))
            return redirect(build)
        return _merge_page(request, build, themes)
    into = request.POST.get("into", "")
    refusal = _try(
        request,
        build,
        lambda: actions.merge_themes(
            build=build, person=request.person, keys=keys, into=into if into in keys else _pick(), seen=_seen(request)
        ),
        lambda problem: _merge_page(request, build, themes, problem.messages[0]),
    )
    if refusal:
        return refusal
    _say(request, build)
    return redirect(_home(build, into))


def _pick() -> str:
    raise ValidationError(_("Choose the theme whose name stays."))


def _merge_page(request: HttpRequest, build: Build, themes: list[Theme], problem: str = "") -> HttpResponse:
    facts = {
        "build": build, "consultation": build.consultation, "themes": workbench.glances(themes, None),
        "problem": problem, "together": sum(theme.contributions for theme in themes),
    }  # fmt: skip
    return render(request, "summaries/theme_merge.html", facts, status=422 if problem else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def split(request: HttpRequest, slug: str, build_id: int, key: str) -> HttpResponse:
    """Groups that the method sees in a theme; one of them becomes a theme of its own."""
    theme = find_theme(request, slug, build_id, key)
    build, answer = _build(request, slug, build_id)
    answer = answer or _held(request, build)
    if answer:
        return answer
    parts = propose(theme)
    problem = ""
    if request.method == "POST":
        chosen = next((part for part in parts if part.key == request.POST.get("part")), None)

        def act() -> None:
            if chosen is None:
                raise ValidationError(_("Choose the group that becomes a theme of its own."))
            label = request.POST.get("label", "").strip() or chosen.label
            sent = {"build": build, "person": request.person, "seen": _seen(request)}
            actions.split_theme(**sent, key=key, sources=chosen.sources, label=label)

        failed: list[str] = []

        def again(raised: ValidationError) -> HttpResponse:
            failed.extend(raised.messages)
            return HttpResponse()

        refusal = _try(request, build, act, again)
        if refusal is not None and not failed:
            return refusal
        if not failed:
            _say(request, build)
            return redirect(_home(build, key))
        problem = failed[0]
    facts = {
        "build": build, "consultation": build.consultation, "theme": theme, "parts": parts, "problem": problem,
        "sent": request.POST,
    }  # fmt: skip
    return render(request, "summaries/theme_split.html", facts, status=422 if problem else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def rename(request: HttpRequest, slug: str, build_id: int, key: str) -> HttpResponse:
    """Give a theme a better name, and say what it is about."""
    theme = find_theme(request, slug, build_id, key)
    build, answer = _build(request, slug, build_id)
    answer = answer or _held(request, build)
    if answer:
        return answer
    initial = {"label": theme.label, "description": theme.description}
    form = ThemeForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        said = {"theme": theme, "person": request.person}

        def act() -> None:
            with actions.together():
                seen = _seen(request)
                if form.cleaned_data["label"] != theme.label:
                    actions.rename_theme(**said, label=form.cleaned_data["label"], seen=seen)
                    seen = None
                if form.cleaned_data["description"].strip() != theme.description.strip():
                    actions.describe_theme(**said, description=form.cleaned_data["description"], seen=seen)

        def again(problem: ValidationError) -> HttpResponse:
            form.add_error(problem.code if problem.code in form.fields else None, problem.messages[0])
            return _name_page(request, build, theme, form)

        refusal = _try(request, build, act, again)
        if refusal:
            return refusal
        _say(request, build)
        return redirect(_home(build, key))
    return _name_page(request, build, theme, form)


def _name_page(request: HttpRequest, build: Build, theme: Theme, form: ThemeForm) -> HttpResponse:
    facts = {"form": form, "theme": theme, "build": build, "consultation": build.consultation}
    return render(request, "summaries/theme_rename.html", facts, status=422 if form.is_bound else 200)


@never_cache
@require_POST
def review(request: HttpRequest, slug: str, build_id: int, key: str) -> HttpResponse:
    """Note that a theme was read and is right, or that it must be read again."""
    theme = find_theme(request, slug, build_id, key)
    build, answer = _build(request, slug, build_id)
    answer = answer or _held(request, build)
    if answer:
        return answer
    reviewed = request.POST.get("reviewed") != "no"
    refusal = _try(
        request,
        build,
        lambda: actions.review_theme(theme=theme, person=request.person, reviewed=reviewed, seen=_seen(request)),
        lambda problem: redirect(build),
    )
    if refusal:
        return refusal
    _say(request, build)
    return redirect(_home(build, key))


@never_cache
@require_POST
def undo(request: HttpRequest, slug: str, build_id: int) -> HttpResponse:
    """Take back the newest edit."""
    build, answer = _build(request, slug, build_id)
    answer = answer or _held(request, build)
    if answer:
        return answer
    sent = request.POST.get("edit", "")
    wanted = int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 19 else 0
    try:
        edit = actions.undo_edit(build=build, person=request.person, edit=wanted)
    except actions.Stale:
        messages.error(request, _("Somebody edited or undid meanwhile, so nothing was taken back. Look again."))
        return redirect(build)
    messages.success(request, _("Taken back: %(what)s.") % {"what": workbench.told(edit)})
    return redirect(_home(build, next(iter(edit.facts["themes"]), "")))


@never_cache
@require_GET
def history(request: HttpRequest, slug: str, build_id: int) -> HttpResponse:
    """Who did what to the draft, newest first."""
    build, answer = _build(request, slug, build_id)
    if answer:
        return answer
    edits = build.edits.select_related("person", "undone_by")
    page = Paginator(edits, PAGE).get_page(request.GET.get("page"))
    newest = workbench.newest_edit(build)
    facts = {
        "build": build, "consultation": build.consultation, "page": page, "edits": workbench.with_words(page),
        "newest": newest, "may_edit": bool(may_edit(request.person, build)),
    }  # fmt: skip
    return render(request, "summaries/edit_list.html", facts)


def _say(request: HttpRequest, build: Build) -> None:
    """Confirm the newest edit in words; the workbench offers to take it back."""
    edit = workbench.newest_edit(build)
    if edit is not None:
        messages.success(request, _("Kept: %(what)s.") % {"what": workbench.told(edit)})
