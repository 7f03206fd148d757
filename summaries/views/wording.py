"""Pages for words beside a summary: the version in easy language, translations of quotes, and census figures."""

from typing import Any

from django.conf.locale import LANG_INFO
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from consultations.forms import WRITTEN
from summaries.actions.wording import set_census, translate_quote, write_easy_read
from summaries.forms import CensusForm, EasyReadForm, TranslationForm
from summaries.models import Build, Census, Citation, EasyRead, Translation
from summaries.reading import read_themes
from summaries.rules import may_build
from summaries.views.shared import find_consultation, find_theme, refused

NAMES = {code: LANG_INFO.get(code, {}).get("name_local", name) for code, name in WRITTEN if code != "und"}  # its own
TO = {"id": "en", "en": "id"}  # which language quotes are translated into where none is chosen


@require_safe
def easy(request: HttpRequest, slug: str) -> HttpResponse:
    """The published summary in easy language: in the reader's language, else in the first there is; `?language=jv`."""
    consultation = find_consultation(request, slug)
    published = Build.objects.published().filter(consultation=consultation).exists()
    may_work = bool(may_build(request.person, consultation))
    texts = {one.language: one for one in EasyRead.objects.filter(consultation=consultation)}
    if not texts or not (published or may_work):
        raise Http404
    wanted = request.GET.get("language", "")
    text = texts.get(wanted) or texts.get(get_language() or "id") or next(iter(texts.values()))
    facts = {
        "consultation": consultation,
        "text": text,
        "languages": [(code, NAMES.get(code, code)) for code in texts],
        "published": published,
        "may_work": may_work,
    }
    return render(request, "summaries/easy_show.html", facts)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def write_easy(request: HttpRequest, slug: str) -> HttpResponse:
    """Write the summary in easy language; `?language=en` opens the text in that language."""
    consultation = find_consultation(request, slug)
    verdict = may_build(request.person, consultation)
    if not verdict:
        return refused(request, verdict)
    texts = {one.language: one for one in EasyRead.objects.filter(consultation=consultation)}
    wanted = request.GET.get("language", "")
    language = wanted if wanted in NAMES else consultation.language
    initial = {"language": language, "body": texts[language].body if language in texts else ""}
    form = EasyReadForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            kept = write_easy_read(consultation=consultation, person=request.person, **form.cleaned_data)
        except ValidationError as problem:
            form.add_error("body", problem.messages[0])
        else:
            if kept is None:
                messages.success(request, _("There is no text in this language any more."))
                return redirect("summaries:write_easy", slug)
            messages.success(request, _("The text in easy language is kept."))
            return redirect("summaries:easy", slug)
    facts = {
        "form": form,
        "consultation": consultation,
        "languages": [(code, NAMES.get(code, code)) for code in texts],
        "language": language,
    }
    return render(request, "summaries/easy_write.html", facts, status=422 if form.is_bound else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def census(request: HttpRequest, slug: str) -> HttpResponse:
    """Census figures by area, from a file or typed."""
    consultation = find_consultation(request, slug)
    verdict = may_build(request.person, consultation)
    if not verdict:
        return refused(request, verdict)
    kept = Census.objects.filter(consultation=consultation).first()
    initial: dict[str, Any] = {}
    if kept is not None:
        lines = "\n".join(_line(row) for row in kept.rows)
        initial = {"rows": lines, "source": kept.source, "as_of": kept.as_of}
    sent = request.method == "POST"
    form = CensusForm(request.POST if sent else None, request.FILES if sent else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        found = form.cleaned_data
        try:
            set_census(
                consultation=consultation, person=request.person, rows=found["figures"], source=found["source"],
                as_of=found["as_of"],
            )  # fmt: skip
        except ValidationError as problem:
            form.add_error(problem.code if problem.code in form.fields else None, problem.messages[0])
        else:
            messages.success(request, _("The figures are kept and stand beside who took part."))
            return redirect("summaries:census", slug)
    facts = {"form": form, "consultation": consultation, "kept": kept}
    return render(request, "summaries/census.html", facts, status=422 if form.is_bound else 200)


def _line(row: list[Any]) -> str:
    """A line that `parse_census` reads as `row`."""
    code, name, inhabitants = row
    quoted = '"' + str(name).replace('"', '""') + '"' if set(str(name)) & set(',;"\t') else name
    return f"{code},{quoted},{inhabitants}"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def translate(request: HttpRequest, slug: str, build_id: int, key: str) -> HttpResponse:
    """Translate the quotes of a theme into one language, all on one page; `?language=id` chooses it."""
    theme = find_theme(request, slug, build_id, key)
    consultation = theme.build.consultation
    verdict = may_build(request.person, consultation)
    if not verdict:
        return refused(request, verdict)
    wanted = request.GET.get("language", "")
    language = wanted if wanted in NAMES else TO.get(consultation.language, "id")
    (view,) = read_themes(theme.build, [theme])
    quotes = [one.citation for one in view.quotes if one.citation.language != language]
    for citation in quotes:
        citation.build = theme.build
    told = dict(Translation.objects.filter(citation__in=quotes, language=language).values_list("citation", "text"))
    form = TranslationForm(request.POST if request.method == "POST" else None, quotes=quotes, told=told)
    if request.method == "POST" and form.is_valid():
        changed = [one for one in quotes if form.cleaned_data[f"quote-{one.pk}"].strip() != told.get(one.pk, "")]
        for citation in changed:
            words = form.cleaned_data[f"quote-{citation.pk}"]
            translate_quote(citation=citation, person=request.person, language=language, text=words)
        messages.success(request, _("The translations are kept. Each is marked as made by a person."))
        return redirect(theme)
    facts = {
        "form": form,
        "fields": _fields(form, quotes),
        "theme": theme,
        "build": theme.build,
        "consultation": consultation,
        "language": language,
        "languages": [(code, name) for code, name in NAMES.items() if code in TO or code == language],
    }
    return render(request, "summaries/theme_translate.html", facts, status=422 if form.is_bound else 200)


def _fields(form: TranslationForm, quotes: list[Citation]) -> list[tuple[Citation, Any]]:
    return [(one, form[f"quote-{one.pk}"]) for one in quotes]
