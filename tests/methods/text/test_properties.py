"""What holds for whole corpora: the same bytes, the same themes in any order, nobody led astray, nobody dropped."""

import subprocess
import sys

_TWICE = """
from random import Random
from methods.text import Text, TfidfEmbedder, find_themes
draw = Random(7)
words = [f"{first}{last}" for first in ("hal", "tar", "jad", "ang", "tro", "sam", "ban") for last in "abcdefghijk"]
texts = [Text(str(n), " ".join(draw.choices(words, k=8)), "id", f"a{n}") for n in range(2050)]
print(len({find_themes(texts, embedder=TfidfEmbedder()).to_json() for _ in range(2)}))
"""


def test_the_first_build_of_a_process_gives_the_same_bytes_as_the_second():
    there = subprocess.run([sys.executable, "-c", _TWICE], capture_output=True, text=True, check=True)
    assert there.stdout.strip() == "1"
