"""The one sheet, its weight and its contrast; the modules and how they find each other."""

import gzip
import json
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.test import override_settings

from pages import static

ROOT = Path(__file__).parents[2]
TOKENS = (ROOT / "static/css/tokens.css").read_text(encoding="utf-8")

TEXT = [  # at least 4.5 : 1 — what is read, and on what
    ("ink", "paper"), ("ink", "raised"), ("ink", "shade"), ("ink", "wash"), ("ink", "now-wash"), ("ink", "danger-wash"),
    ("soft", "paper"), ("soft", "raised"), ("soft", "shade"), ("soft", "wash"), ("soft", "now-wash"),
    ("soft", "danger-wash"),
    ("accent", "paper"), ("accent", "raised"), ("accent", "shade"), ("accent", "wash"), ("accent", "now-wash"),
    ("accent-strong", "paper"), ("accent-strong", "wash"), ("accent-strong", "shade"),
    ("on-accent", "accent"), ("on-accent", "accent-strong"),
    ("now-ink", "now-wash"), ("now-ink", "paper"), ("danger", "paper"), ("danger", "raised"), ("danger", "danger-wash"),
    ("support", "paper"), ("oppose", "paper"), ("neutral", "paper"), ("question", "paper"),
    ("support", "raised"), ("oppose", "raised"), ("neutral", "raised"), ("question", "raised"),
]  # fmt: skip
GRAPHICS = [  # at least 3 : 1 — edges of controls, parts of pictures
    ("edge", "paper"), ("edge", "raised"), ("edge", "shade"), ("now", "paper"), ("now", "raised"), ("now", "now-wash"),
    ("accent", "wash"), ("danger", "danger-wash"),
]  # fmt: skip


def colours(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", block))


def themes() -> dict[str, dict[str, str]]:
    light = colours(TOKENS[: TOKENS.index("@media")])
    device = colours(TOKENS[TOKENS.index("@media") : TOKENS.index(':root[data-theme="dark"]')])
    chosen = colours(TOKENS[TOKENS.index(':root[data-theme="dark"]') :])
    return {"light": light, "dark by device": light | device, "dark by choice": light | chosen}


def luminance(colour: str) -> float:
    """Relative luminance of WCAG 2.2."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_follows_the_definition():
    assert round(contrast("#ffffff", "#000000"), 2) == 21.0
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48


@pytest.mark.parametrize("theme", themes())
def test_colours_of_each_theme_can_be_told_apart(theme):
    tokens = themes()[theme]
    weak = [
        (front, back, round(contrast(tokens[front], tokens[back]), 2))
        for pairs, least in ((TEXT, 4.5), (GRAPHICS, 3))
        for front, back in pairs
        if contrast(tokens[front], tokens[back]) < least
    ]
    assert weak == []


def test_dark_is_the_same_whoever_chose_it():
    found = themes()
    assert found["dark by device"] == found["dark by choice"]
    assert found["dark by device"] != found["light"]


def test_every_part_is_in_the_sheet_and_every_sheet_is_a_part():
    assert {path.stem for path in (ROOT / "static/css").glob("*.css")} == set(static.PARTS)


def test_every_token_that_is_used_exists():
    sheet = static.make_sheet()
    assert set(re.findall(r"var\(--([a-z0-9-]+)", sheet)) - set(re.findall(r"--([a-z0-9-]+):", sheet)) == set()


def test_colours_are_written_in_tokens_alone():
    parts = [path for path in (ROOT / "static/css").glob("*.css") if path.stem not in ("tokens", "print")]
    found = [
        (path.name, colour)
        for path in parts
        for colour in re.findall(r"#[0-9a-fA-F]{3,8}\b(?=[;\s,)])", path.read_text())
    ]
    assert found == []


def test_the_sheet_is_light():
    assert len(gzip.compress(static.make_sheet().encode(), 9)) < 9 * 1024


def test_braces_of_the_sheet_are_balanced():
    sheet = static.make_sheet()
    assert sheet.count("{") == sheet.count("}")


@pytest.mark.parametrize(
    ("css", "expected"),
    [
        ("a { color: red; }\n\nb { margin: 0 auto; }", "a{color:red}b{margin:0 auto}"),
        ("/* why */ a:hover { top: 0 }", "a:hover{top:0}"),
        (".a :focus { top: calc(1px + 2px); }", ".a :focus{top:calc(1px + 2px)}"),
        ("@media (min-width: 760px) { a > b, c { top: 0; } }", "@media (min-width:760px){a>b,c{top:0}}"),
        ('.a:not(.b) ~ .c { content: " (" attr(href); }', '.a:not(.b) ~ .c{content:" (" attr(href)}'),
    ],
)
def test_minify_keeps_the_meaning(css, expected):
    assert static.minify(css) == expected


def test_the_sheet_is_found_in_development():
    found = finders.find(static.SHEET)
    assert Path(str(found)).read_text(encoding="utf-8") == static.make_sheet()


def test_an_unchanged_sheet_is_not_written_again():
    first = Path(str(finders.find(static.SHEET))).stat().st_mtime_ns
    assert Path(str(finders.find(static.SHEET))).stat().st_mtime_ns == first


def test_an_agency_overrides_the_tokens_alone(tmp_path, settings):
    (tmp_path / "css").mkdir()
    (tmp_path / "css/tokens.css").write_text(":root { --accent: #123456; }")
    settings.STATICFILES_DIRS = [tmp_path, *settings.STATICFILES_DIRS]
    finders.get_finder.cache_clear()
    try:
        sheet = static.make_sheet()
    finally:
        finders.get_finder.cache_clear()
    assert sheet.startswith(":root{--accent:#123456}")
    assert ".button{" in sheet


@pytest.fixture(scope="module")
def collected(tmp_path_factory):
    """The folder that `collectstatic` makes with the storage of production, and its manifest."""
    target = tmp_path_factory.mktemp("collected")
    with override_settings(
        STATIC_ROOT=target,
        STORAGES={
            "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
            "staticfiles": {"BACKEND": "pages.static.Storage"},
        },
    ):
        call_command("collectstatic", interactive=False, verbosity=0)
    return target, json.loads((target / "staticfiles.json").read_text())["paths"]


def test_collectstatic_names_and_compresses_the_one_sheet(collected):
    folder, names = collected
    sheet = folder / names[static.SHEET]
    assert re.fullmatch(r"rembuk\.[0-9a-f]{12}\.css", sheet.name)
    assert sheet.read_text(encoding="utf-8") == static.make_sheet()
    assert (folder / f"{names[static.SHEET]}.br").stat().st_size < 9 * 1024


def test_imports_of_our_modules_lead_to_files_named_by_content(collected):
    """The whole graph of modules: each import, fixed or dynamic, leads to a file that is there and carries a hash."""
    folder, names = collected
    asked = {}
    for source in (ROOT / "static/js").rglob("*.js"):
        name = source.relative_to(ROOT / "static").as_posix()
        built = folder / names[name]
        text = built.read_text(encoding="utf-8")
        for target in re.findall(r"""(?:\bfrom\s*|\bimport\s*\(?\s*)["'](\.[^"']+)["']""", text):
            asked[f"{name} → {target}"] = (built.parent / target).is_file() and bool(
                re.search(r"\.[0-9a-f]{12}\.js$", target)
            )
    assert "js/rembuk.js" in {edge.split(" ")[0] for edge in asked}
    assert [edge for edge, sound in asked.items() if not sound] == []
