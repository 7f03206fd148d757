"""The one function from what people type to safe HTML, called when text is saved, never when it is read."""

import bleach
from markdown_it import MarkdownIt

TAGS = ["p", "br", "em", "strong", "a", "ul", "ol", "li", "blockquote", "code", "pre"]
_markdown = MarkdownIt("commonmark", {"html": False, "breaks": True})


def render(body: str) -> str:
    """Safe HTML of the Markdown `body`."""
    return bleach.clean(_markdown.render(body), tags=TAGS, attributes={"a": ["href"]}, protocols=["http", "https"])
