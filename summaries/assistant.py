"""The door to an optional language model, off unless an address is set. It gets redacted words and says whatever it
says; a slow, silent, broken or endless answer is an error like any other, and never more than that.
"""

import http.client
import json
import re
import socket
import ssl
import threading
from collections.abc import Iterable
from contextlib import suppress
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from summaries.models import Build, Suggestion
from summaries.personal import find_in

WAIT = 20.0  # seconds until it begins to answer
WHOLE = 60.0  # seconds until it has answered
LARGEST = 256 * 1024  # bytes of an answer
TOKENS = 900
NAMED = 3  # letters: the shortest name that is masked
_mention = re.compile(r"(?<!\w)@\w[\w.-]*")
_address = re.compile(r"\b(Pak|Bpk\.?|Bapak|Bu|Ibu|Mas|Mbak|Bang|Kak|Sdr\.?|Sdri\.?|Haji|Hj\.?|Mrs?\.?|Ms\.?|Dr\.?)"
                      r" ((?:[A-Z][\w'’-]+)(?: [A-Z][\w'’-]+){0,3})")  # fmt: skip
_word = re.compile(r"\w[\w'’-]*")
LONGEST_NAME = 5  # words
NAME = "[name]"


class Unreachable(Exception):
    """The model gave no answer that can be read; its text says why, in words for the log."""


def is_on() -> bool:
    """Whether an operator has set the address of a language model."""
    return bool(settings.LANGUAGE_MODEL_URL)


def model_name() -> str:
    """What the model is called, for citizens and on everything that it made."""
    return str(settings.LANGUAGE_MODEL_NAME)[:80]


def named(build: Build) -> str:
    """Which language model made suggestions for `build` that a person took; empty where none did. One query."""
    rows = Suggestion.objects.filter(build=build).exclude(taken_at=None).order_by("machine")
    return ", ".join(rows.values_list("machine", flat=True).distinct())


def note(build: Build) -> str:
    """The sentence for the method of a summary: which model helped, with what, and what it was not let do."""
    names = named(build)
    if not names:
        return ""
    return _(
        "A language model (%(names)s) suggested names, plain words or translations. It saw words without names and "
        "personal data, and it decided nothing: people took each suggestion or refused it."
    ) % {"names": names}


class Redactor:
    """Takes names and personal data out of words before they leave the house, as far as they can be found.

    Known are the `names` of those who contributed (whole in any spelling, their parts where they begin with a capital),
    mentions, names behind a form of address, and what the finder of personal data knows.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self.whole = {tuple(_word.findall(name.casefold())) for name in names}
        self.parts = {part for words in self.whole for part in words if len(part) >= NAMED}

    def learn(self, texts: Iterable[str]) -> None:
        """Know the names that stand behind a form of address in `texts`, wherever else they stand alone."""
        for text in texts:
            for found in _address.finditer(text):
                self.parts.update(part for part in _word.findall(found.group(2).casefold()) if len(part) >= NAMED)

    def redact(self, text: str) -> str:
        """`text` with names, mentions and personal data replaced by words in brackets, the same for all."""
        parts, at = [], 0
        for one in find_in(text):
            parts += [text[at : one.start], f"[{one.kind}]"]
            at = one.end
        words = _mention.sub(NAME, "".join([*parts, text[at:]]))
        return self._known(_address.sub(rf"\1 {NAME}", words))

    def _known(self, text: str) -> str:
        tokens = list(_word.finditer(text))
        parts, at, number = [], 0, 0
        while number < len(tokens):
            length = self._length([one.group() for one in tokens[number : number + LONGEST_NAME]])
            if length:
                parts += [text[at : tokens[number].start()], NAME]
                at = tokens[number + length - 1].end()
            number += max(length, 1)
        return "".join([*parts, text[at:]])

    def _length(self, tokens: list[str]) -> int:
        """How many of the first `tokens` are a name."""
        folded = [token.casefold() for token in tokens]
        for length in range(len(folded), 1, -1):
            if tuple(folded[:length]) in self.whole:
                return length
        return int(tokens[0][0].isupper() and folded[0] in self.parts)


def ask(messages: list[dict[str, str]]) -> str:
    """What the model answers to `messages`. Never follows redirects, never uses a proxy, reads 256 KiB at most.

    Raises Unreachable when it does not answer within a minute, answers with an error, or with what cannot be read.
    """
    body = {"model": model_name(), "messages": messages, "temperature": 0, "max_tokens": TOKENS, "stream": False}
    try:
        answer = json.loads(_post("/chat/completions", json.dumps(body).encode()))
        content = answer["choices"][0]["message"]["content"]
    except (ValueError, LookupError, TypeError, RecursionError) as problem:
        raise Unreachable("unreadable") from problem
    if not isinstance(content, str):
        raise Unreachable("unreadable")
    return content


def _post(path: str, body: bytes) -> bytes:
    place = urlsplit(settings.LANGUAGE_MODEL_URL)
    host, port = place.hostname or "", place.port
    link = (
        http.client.HTTPSConnection(host, port, timeout=WAIT, context=ssl.create_default_context())
        if place.scheme == "https"
        else http.client.HTTPConnection(host, port, timeout=WAIT)
    )
    headers = {"Content-Type": "application/json", "Accept": "application/json", "Accept-Encoding": "identity"}
    if settings.LANGUAGE_MODEL_KEY:
        headers["Authorization"] = f"Bearer {settings.LANGUAGE_MODEL_KEY}"
    end = threading.Timer(WHOLE, lambda: None)
    try:
        link.connect()
        end = threading.Timer(WHOLE, _cut, [link.sock])  # an answer that drips would keep each single wait short
        end.daemon = True
        end.start()
        link.request("POST", place.path.rstrip("/") + path, body, headers)
        response = link.getresponse()
        found = response.read(LARGEST + 1)
    except (OSError, http.client.HTTPException, ValueError) as problem:
        raise Unreachable(type(problem).__name__) from problem
    finally:
        end.cancel()
        link.close()
    if response.status != http.client.OK:
        raise Unreachable(f"status {response.status}")
    if len(found) > LARGEST:
        raise Unreachable("too long")
    return found


def _cut(line: socket.socket) -> None:
    """End a connection that takes too long; whoever waits on it hears an error."""
    with suppress(OSError):
        line.shutdown(socket.SHUT_RDWR)
