"""Addresses as QR codes: the squares of one, drawn as a path that pages and files put into their own SVG."""

from itertools import groupby

import segno

BORDER = 4  # modules of white that a reader needs


def squares(text: str) -> tuple[int, str]:
    """How many modules wide and high the code of `text` is, its border included, and the path of its dark ones."""
    code = segno.make(text, error="m", micro=False)
    size = int(code.symbol_size(border=BORDER)[0])
    path = []
    for y, row in enumerate(code.matrix_iter(border=BORDER)):
        x = 0
        for dark, run in groupby(row):
            length = len(list(run))
            if dark:
                path.append(f"M{x} {y}h{length}v1h-{length}z")
            x += length
    return size, "".join(path)
