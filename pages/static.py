"""How static files are put together and served: one sheet of styles made of many, names made from contents."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.files.storage import FileSystemStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage

SHEET = "css/rembuk.css"
# In the order in which they are read: a later one may overrule an earlier one.
PARTS = (
    "tokens", "base", "type", "layout", "button", "field", "choice", "row", "tag", "notice", "table", "figure",
    "quote", "receipt", "draft", "comment", "summary", "workbench", "sheet", "empty", "progress", "pager", "steps",
    "toolbar", "columns", "modes", "print",
)  # fmt: skip


def minify(css: str) -> str:
    """`css` without comments and without spaces that mean nothing; spaces within values and selectors stay.

    >>> minify("a , b {  color: red;  /* why */  width: calc(1px + 2px); }")
    'a,b{color:red;width:calc(1px + 2px)}'
    """
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.S)
    css = re.sub(r"\s+", " ", css)
    css = re.sub(r"\s*([{};,>])\s*", r"\1", css)
    css = re.sub(r"(?<=[\w-])\s*:\s+", ":", css)
    return css.replace(";}", "}").strip()


def make_sheet() -> str:
    """All parts in order, minified. A part comes from wherever the finders see it first, so any can be overridden."""
    found = {name: finders.find(f"css/{name}.css") for name in PARTS}
    missing = [name for name, path in found.items() if not path]
    if missing:
        raise FileNotFoundError(f"Parts of the style sheet are missing: {', '.join(missing)}")
    return "\n".join(minify(Path(str(path)).read_text(encoding="utf-8")) for path in found.values()) + "\n"


class SheetFinder(finders.BaseFinder):
    """Finds the one style sheet by making it, so that development and `collectstatic` see the same file."""

    def __init__(self) -> None:
        self.storage = FileSystemStorage(location=settings.VAR_DIR / "sheet")

    def check(self, **kwargs: Any) -> list[Any]:
        return []

    def write(self) -> str:
        """Make the sheet and keep it in `VAR_DIR`, untouched where nothing changed. Returns its path."""
        target = Path(self.storage.path(SHEET))
        css = make_sheet()
        if not target.is_file() or target.read_text(encoding="utf-8") != css:
            target.parent.mkdir(parents=True, exist_ok=True)
            fresh = target.with_suffix(".new")
            fresh.write_text(css, encoding="utf-8")
            fresh.replace(target)
        return str(target)

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:  # a path, or a list of them
        if path != SHEET:
            return []
        return [self.write()] if find_all else self.write()

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, FileSystemStorage]]:
        self.write()
        yield SHEET, self.storage


class Storage(CompressedManifestStaticFilesStorage):
    """Names by content, imports of ES modules rewritten, compressed copies beside each file."""

    support_js_module_import_aggregation = True
