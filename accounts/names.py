"""Names that deceive nobody (safety.md, threat 19). Refuses invisible and direction-changing characters.

>>> clean_name("  Siti   Rahma ")
'Siti Rahma'
"""

import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# Zero-width joiners are letters' business in Javanese and Arabic script; the rest of "Cf" is not.
JOINERS = {"\u200c", "\u200d"}
MIXED = ("LATIN", "CYRILLIC", "GREEK")


def clean_name(name: str) -> str:
    """`name` in NFKC with single spaces. Raises ValidationError when it hides or mixes look-alike letters."""
    name = " ".join(unicodedata.normalize("NFKC", name).split())
    if any(unicodedata.category(sign) in {"Cc", "Cf", "Co", "Cs"} and sign not in JOINERS for sign in name):
        raise ValidationError(_("This name holds invisible characters. Please type it again without them."))
    scripts = {script for sign in name if sign.isalpha() for script in MIXED if script in unicodedata.name(sign, "")}
    if len(scripts) > 1:
        raise ValidationError(_("This name mixes letters of different alphabets that look alike. Please use one."))
    if not any(unicodedata.category(sign)[0] in "LN" for sign in name):
        raise ValidationError(_("A name needs at least one letter or number."))
    return name
