"""The public ledger of a poll: commitments, a chain of hashes, and a package that anybody counts again.

Standard library only; no clock, no database, no network. It proves that nothing was changed since a head was seen, and
that the result follows from the ballots; not that every ballot is a person's, nor secrecy from whoever runs the server.

>>> rules = Rules("poll-7", [Question("q1", "single", "plurality", {"a": "Tram", "b": "Bus"}, text="Which?")])
>>> papers = [seal("q1", ["a"]) for _ in range(12)]                                   # at casting
>>> chain = [opening("poll-7", rules.as_file(), roll_size=40, roll_hash=hash_of_roll(["k1", "k2"]))]  # at opening
>>> chain += [batch(head_of(chain[-1]), "q1", [paper.commitment for paper in papers])]  # whenever ten wait
>>> chain += [closed(head_of(chain[-1]), {"q1": 12})]                                 # at closing: publish its head
>>> files = package(ClosedPoll(rules.as_file(), papers, chain, value="44102"))          # when the value is known
>>> sorted(files)
['ballots.csv', 'ledger.jsonl', 'recount.py', 'result.json', 'rules.json']
>>> said, complete = check_package(files)
>>> said[:2], complete
(['Semua cocok: 12 surat suara dihitung ulang. / All holds: 12 ballots were counted again.', 'Which?: Tram (12)'], True)
"""

from .boxes import Paper, count_box, opens_aside, read_ballot, seal
from .canon import canonical, digest, written
from .chain import Chain, verify
from .codes import commitment, new_nonce, short
from .entries import BATCH, batch, closed, counted, hash_of_roll, head_of, lot_seed, opening, replaced
from .marks import kept_marks
from .packing import ClosedPoll, check_papers, package
from .recounting import check_package
from .rules import Question, Rules
from .wrong import Wrong

__all__ = [
    "BATCH", "Chain", "ClosedPoll", "Paper", "Question", "Rules", "Wrong", "batch", "canonical", "check_package",
    "check_papers", "closed", "commitment", "count_box", "counted", "digest", "hash_of_roll", "head_of", "kept_marks",
    "lot_seed", "new_nonce", "opening", "opens_aside", "package", "read_ballot", "replaced", "seal", "short", "verify",
    "written",
]  # fmt: skip
