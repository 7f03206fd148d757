"""What is computed with the key of a secret poll: pseudonyms, change codes, and veils over what would link two rows.

Nobody can compute any of it without the key, which is in no table and is destroyed at closing.
"""

import logging
from collections.abc import Callable

from django.utils.translation import gettext as _

from accounts.models import Participant
from accounts.rules import no
from methods import ledger
from polls import keys
from polls.models import Poll
from polls.rules import VoteRefused

logger = logging.getLogger(__name__)
CODE_BYTES = 16


def pseudonym(poll: Poll, person: Participant) -> str:
    """What stands beside a paper instead of `person`. Raises VoteRefused when the key is damaged."""
    return _computed(poll, lambda: keys.pseudonym(poll.key_name, person.key))


def change_code(poll: Poll, person: Participant, form_key: str) -> str:
    """The code with which a vote in a detached poll is changed: 128 bits in hexadecimal.

    It follows from the key, the person and the form's random key, so the same form sent again gets the same code, and
    no row says whose it is. Raises VoteRefused when the key is damaged.
    """
    text = f"change|{person.key}|{form_key}".encode()
    return _computed(poll, lambda: keys.mac(poll.key_name, text)[:CODE_BYTES].hex())


def code_hash(code: str, question_id: int) -> str:
    """What stands beside a paper instead of its change code: another one in each box, so that papers of different
    boxes cannot be joined without the code."""
    return ledger.digest(f"{code}|{question_id}")


def veil(poll: Poll, hash_of_code: str) -> str:
    """What a waiting change says of the ballot that it replaces: nothing to whoever has tables without the key.

    Raises VoteRefused when the key is damaged.
    """
    return _computed(poll, lambda: keys.mac(poll.key_name, f"replaces|{hash_of_code}".encode()).hex())


def address_mark(poll: Poll, address: str) -> str:
    """What is kept of the address of somebody who deleted their account. Raises VoteRefused when the key is damaged."""
    return _computed(poll, lambda: keys.mac(poll.key_name, f"address|{address.strip().lower()}".encode()).hex())


def _computed(poll: Poll, act: Callable[[], str]) -> str:
    try:
        return act()
    except keys.KeyDamaged:
        logger.critical("The key of poll %s is damaged: nobody can vote until it is put back.", poll.pk)
        problem = _("No vote can be taken here now, because of a fault of the server. Please tell the organisers.")
        raise VoteRefused(no(problem)) from None
