"""What is said about a count, in English and Indonesian: one sentence a phrase, figures between braces.

Refuses adjectives: each sentence is a figure from the outcome and what follows from it.

>>> from fractions import Fraction
>>> Speaker("id", {}).votes(1204, 2000), Speaker("en", {}).number(Fraction(10001, 4))
('1.204 (60,2 %)', '2,500.25')
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

Votes = Any  # an int or a Fraction

ENGLISH: Mapping[str, str] = {
    "and": " and ",
    "cast": "{turnout} ballots were cast: {valid} valid, {blank} blank, {invalid} invalid.",
    "withheld": "{turnout} ballots were cast. Chosen: {names}. The figures behind this are not published.",
    "nobody": "No valid ballot names an option that can be counted, so none is chosen.",
    "single": "Each ballot counts for one option.",
    "several": "Each ballot counts for every option that it names.",
    "several_max": "Each ballot counts for every option that it names, at most {limit}.",
    "credits": "Each ballot buys votes with credits: the first vote for an option costs one, two cost four, three"
    " nine.",
    "credits_max": "Each ballot buys votes with at most {limit} credits: the first vote for an option costs one, two"
    " cost"
    " four, three nine.",
    "most": "{name} has the most votes: {votes} of the valid ballots.",
    "most_votes": "{name} has the most votes: {votes}.",
    "level": "{names} have equally many votes, {votes} of the valid ballots each: it is a tie.",
    "level_votes": "{names} have equally many votes, {votes} each: it is a tie.",
    "seats": "The {seats} with the most votes are chosen: {names}.",
    "unused": "{count} valid ballots count for no option.",
    "runoff": "Each ballot counts for the option it ranks highest among those still in; the option with"
    " the fewest votes goes out, one at a time, until two remain.",
    "round": "Round {number}: {totals}.",
    "out": "{name} has the fewest votes and goes out.",
    "moves": "Of these ballots {moves}.",
    "move": "{count} move on to {name}",
    "stop": "{count} name no option that is still in",
    "final": "{name} has more votes than the other one remaining and is chosen.",
    "only": "{name} is the only option and is chosen.",
    "exhausted": "In the last round {count} valid ballots count for no option, because their rankings have run out.",
    "tie_elimination": "{names} are level at the bottom; {how}, so {decided} goes out.",
    "tie_winner": "{names} are level at the top; {how}, so {decided} is chosen.",
    "tie_finalist": "{names} are level; {how}, so {decided} goes to the run-off.",
    "tie_surplus": "{names} have equal surpluses; {how}, so that of {decided} moves first.",
    "tie_funding": "{names} are level; {how}, so {decided} goes first.",
    "by_earlier_round": "round {by_round} decides",
    "by_lot": "the lot decides",
    "by_pairs": "the comparison in pairs decides",
    "by_votes": "the higher sum decides",
    "by_top_scores": "the number of highest scores decides",
    "by_supporters": "the number of supporters decides",
    "by_cheaper": "the lower cost decides",
    "pairs": "Every two options are compared on every ballot; an option that is not ranked stands below all that are.",
    "pair": "{name} is ranked above {other} on {more} ballots, and below on {less}.",
    "beats_all": "{name} beats every other option in pairs and is chosen.",
    "chains": "No option beats every other one in pairs. Chains of victories are compared, each as"
    " strong as its weakest victory: {name} has a chain at least as strong against every other one and"
    " is chosen.",
    "kept": "No option beats every other one in pairs. Victories are kept from the strongest down, unless one would"
    " contradict those kept before: none that is kept goes against {name}, which is chosen.",
    "mildest": "No option beats every other one in pairs. The worst defeat of each is compared: that of {name} is the"
    " mildest, and it is chosen.",
    "points": "On each ballot an option gets one point for every other one that it stands above, and half a point for"
    " every one that stands level; options left out stand level at the bottom.",
    "most_points": "{name} has the most points and is chosen.",
    "best_points": "Chosen for the most points: {names}.",
    "sums": "Points: {totals}.",
    "scored": "Each ballot scores options from {lowest} to {highest}; an option left out gets {lowest}.",
    "scores": "{name}: sum {total}, mean {mean}, median {median}, {top} of {n} ballots among the two highest scores.",
    "finalists": "{names} have the two highest sums and are compared.",
    "preferred": "{name} is scored higher on {more} ballots, {other} on {less}, both alike on {same}.",
    "prefers": "{name} is scored higher on more ballots and is chosen.",
    "quota": "{seats} are to be chosen. Whoever reaches {quota} votes is chosen; what is above that moves on, every"
    " ballot"
    " at a part of its value; if nobody has more, the option with the fewest votes goes out.",
    "reach": "{names} reach {quota} votes and are chosen.",
    "reaches": "{name} reaches {quota} votes and is chosen.",
    "rest": "As many are left as are still to be chosen: {names}.",
    "surplus": "{name} has {votes} more than needed; they move on.",
    "parts": "Of these votes {moves}.",
    "part_stop": "{count} can move to nobody",
    "share": "{name}: {votes} of the valid ballots.",
    "passes": "Objections are {share}, at most {limit} may object: the proposal passes.",
    "fails": "Objections are {share}, at most {limit} may object: the proposal does not pass.",
    "budget": "{budget} can be spent. Each ballot counts for every project that it names.",
    "greedy_skip": "Projects are paid in the order of their votes; one that does not fit into what is left is passed"
    " over.",
    "greedy_stop": "Projects are paid in the order of their votes, until one does not fit into what is left.",
    "greedy_threshold": "Projects with at least {threshold} votes are paid in the order of their votes; one that"
    " does not"
    " fit into what is left is passed over.",
    "funded": "{name}, {votes} votes, costs {cost}: paid, out of {left}.",
    "too_dear": "{name}, {votes} votes, costs {cost}: only {left} is left.",
    "after_stop": "{name}, {votes} votes: comes after the end.",
    "below_threshold": "{name}, {votes} votes: too few votes.",
    "shares": "The money is divided equally among all who voted; a project is paid when those who named it can pay it"
    " together, first the one that takes the least from each for what it costs.",
    "shared": "Everybody starts with {share}.",
    "raised": "Shares are raised for as long as not more is spent than there is: everybody starts with {share}.",
    "bought": "{name} costs {cost}, has {votes} supporters and takes at most {price} from each: paid.",
    "completed": "With what is left {name} is paid, which has {votes} votes and costs {cost}.",
    "compared": "More who voted prefer what the order of votes gives, so that is taken: {names}.",
    "not_bought": "Not paid: {names}.",
    "spent": "Together {spent} of {budget} is spent.",
}

INDONESIAN: Mapping[str, str] = {
    "and": " dan ",
    "cast": "{turnout} surat suara masuk: {valid} sah, {blank} kosong, {invalid} tidak sah.",
    "withheld": "{turnout} surat suara masuk. Terpilih: {names}. Angka di baliknya tidak diumumkan.",
    "nobody": "Tidak ada surat suara sah yang menyebut pilihan yang dapat dihitung, jadi tidak ada yang terpilih.",
    "single": "Setiap surat suara dihitung untuk satu pilihan.",
    "several": "Setiap surat suara dihitung untuk semua pilihan yang disebutnya.",
    "several_max": "Setiap surat suara dihitung untuk semua pilihan yang disebutnya, paling banyak {limit}.",
    "credits": "Setiap surat suara membeli suara dengan kredit: satu suara untuk satu pilihan seharga satu, dua suara"
    " empat, tiga suara sembilan.",
    "credits_max": "Setiap surat suara membeli suara dengan paling banyak {limit} kredit: satu suara untuk satu pilihan"
    " seharga satu, dua suara empat, tiga suara sembilan.",
    "most": "{name} mendapat suara terbanyak: {votes} dari surat suara sah.",
    "most_votes": "{name} mendapat suara terbanyak: {votes}.",
    "level": "{names} mendapat suara sama banyak, masing-masing {votes} dari surat suara sah: hasilnya seri.",
    "level_votes": "{names} mendapat suara sama banyak, masing-masing {votes}: hasilnya seri.",
    "seats": "{seats} pilihan dengan suara terbanyak terpilih: {names}.",
    "unused": "{count} surat suara sah tidak dihitung untuk pilihan mana pun.",
    "runoff": "Setiap surat suara dihitung untuk pilihan tertinggi yang masih bertahan; pilihan dengan"
    " suara paling sedikit gugur satu per satu sampai tersisa dua.",
    "round": "Putaran {number}: {totals}.",
    "out": "{name} mendapat suara paling sedikit dan gugur.",
    "moves": "Dari surat suara itu {moves}.",
    "move": "{count} pindah ke {name}",
    "stop": "{count} tidak menyebut pilihan yang masih bertahan",
    "final": "{name} mendapat suara lebih banyak daripada satu pilihan lain yang tersisa dan terpilih.",
    "only": "{name} adalah satu-satunya pilihan dan terpilih.",
    "exhausted": "Pada putaran terakhir {count} surat suara sah tidak dihitung untuk pilihan mana pun,"
    " karena peringkatnya sudah habis.",
    "tie_elimination": "{names} sama banyak di tempat terbawah; {how}, jadi {decided} gugur.",
    "tie_winner": "{names} sama banyak di tempat teratas; {how}, jadi {decided} terpilih.",
    "tie_finalist": "{names} sama banyak; {how}, jadi {decided} maju ke putaran akhir.",
    "tie_surplus": "{names} mempunyai kelebihan suara yang sama; {how}, jadi kelebihan {decided} dipindahkan lebih"
    " dahulu.",
    "tie_funding": "{names} sama kuat; {how}, jadi {decided} didahulukan.",
    "by_earlier_round": "putaran {by_round} yang menentukan",
    "by_lot": "undian yang menentukan",
    "by_pairs": "perbandingan satu lawan satu yang menentukan",
    "by_votes": "jumlah nilai yang lebih tinggi yang menentukan",
    "by_top_scores": "banyaknya nilai tertinggi yang menentukan",
    "by_supporters": "banyaknya pendukung yang menentukan",
    "by_cheaper": "biaya yang lebih murah yang menentukan",
    "pairs": "Setiap dua pilihan dibandingkan pada setiap surat suara; pilihan yang tidak diberi"
    " peringkat berada di bawah semua yang diberi peringkat.",
    "pair": "{name} berada di atas {other} pada {more} surat suara, dan di bawahnya pada {less}.",
    "beats_all": "{name} mengalahkan setiap pilihan lain satu lawan satu dan terpilih.",
    "chains": "Tidak ada pilihan yang mengalahkan semua yang lain satu lawan satu. Rantai kemenangan"
    " dibandingkan, masing-masing sekuat kemenangan terlemahnya: terhadap setiap pilihan lain {name}"
    " punya rantai yang setidaknya sama kuat dan terpilih.",
    "kept": "Tidak ada pilihan yang mengalahkan semua yang lain satu lawan satu. Kemenangan dipertahankan mulai dari"
    " yang"
    " terkuat, kecuali yang bertentangan dengan yang sudah dipertahankan: tidak satu pun yang dipertahankan mengalahkan"
    " {name}, maka {name} terpilih.",
    "mildest": "Tidak ada pilihan yang mengalahkan semua yang lain satu lawan satu. Kekalahan terberat tiap pilihan"
    " dibandingkan: kekalahan {name} paling ringan, maka {name} terpilih.",
    "points": "Pada setiap surat suara sebuah pilihan mendapat satu poin untuk setiap pilihan lain yang berada di"
    " bawahnya, dan setengah poin untuk yang setara; pilihan yang tidak disebut setara di tempat terbawah.",
    "most_points": "{name} mendapat poin terbanyak dan terpilih.",
    "best_points": "Terpilih dengan poin terbanyak: {names}.",
    "sums": "Poin: {totals}.",
    "scored": "Setiap surat suara memberi nilai {lowest} sampai {highest}; pilihan yang dilewati mendapat {lowest}.",
    "scores": "{name}: jumlah {total}, rata-rata {mean}, median {median}, {top} dari {n} surat suara memberi salah satu"
    " dari dua nilai tertinggi.",
    "finalists": "{names} mendapat dua jumlah tertinggi dan dibandingkan.",
    "preferred": "{name} dinilai lebih tinggi pada {more} surat suara, {other} pada {less}, keduanya sama pada {same}.",
    "prefers": "{name} dinilai lebih tinggi pada lebih banyak surat suara dan terpilih.",
    "quota": "Yang akan dipilih {seats}. Siapa pun yang mencapai {quota} suara terpilih; kelebihannya dipindahkan,"
    " setiap"
    " surat suara dengan sebagian nilainya; bila tidak ada kelebihan, pilihan dengan suara paling sedikit gugur.",
    "reach": "{names} mencapai {quota} suara dan terpilih.",
    "reaches": "{name} mencapai {quota} suara dan terpilih.",
    "rest": "Yang tersisa sama banyak dengan yang masih harus dipilih: {names}.",
    "surplus": "{name} mempunyai kelebihan {votes} suara, yang dipindahkan.",
    "parts": "Dari suara itu {moves}.",
    "part_stop": "{count} tidak dapat dipindahkan ke siapa pun",
    "share": "{name}: {votes} dari surat suara sah.",
    "passes": "Keberatan {share}, paling banyak {limit} boleh keberatan: usulan diterima.",
    "fails": "Keberatan {share}, paling banyak {limit} boleh keberatan: usulan tidak diterima.",
    "budget": "Dana yang tersedia {budget}. Setiap surat suara dihitung untuk semua kegiatan yang disebutnya.",
    "greedy_skip": "Kegiatan dibiayai menurut urutan suara; yang tidak cukup dibiayai dari sisa dana dilewati.",
    "greedy_stop": "Kegiatan dibiayai menurut urutan suara sampai ada yang tidak cukup dibiayai dari sisa dana.",
    "greedy_threshold": "Kegiatan dengan paling sedikit {threshold} suara dibiayai menurut urutan suara; yang tidak"
    " cukup"
    " dibiayai dari sisa dana dilewati.",
    "funded": "{name}, {votes} suara, biaya {cost}: dibiayai dari sisa dana {left}.",
    "too_dear": "{name}, {votes} suara, biaya {cost}: sisa dana hanya {left}.",
    "after_stop": "{name}, {votes} suara: urutannya sesudah batas.",
    "below_threshold": "{name}, {votes} suara: suaranya kurang.",
    "shares": "Dana dibagi sama rata kepada semua yang memilih; sebuah kegiatan dibiayai bila para pemilihnya"
    " bersama-sama"
    " mampu membayarnya, mulai dari yang paling sedikit mengambil dari tiap orang dibanding biayanya.",
    "shared": "Bagian awal setiap orang {share}.",
    "raised": "Bagian setiap orang dinaikkan selama yang dibelanjakan tidak melebihi dana: bagian awal menjadi"
    " {share}.",
    "bought": "{name} berbiaya {cost}, mempunyai {votes} pendukung dan mengambil paling banyak {price} dari tiap orang:"
    " dibiayai.",
    "completed": "Dari sisa dana dibiayai {name}, yang mendapat {votes} suara dan berbiaya {cost}.",
    "compared": "Lebih banyak pemilih lebih menyukai hasil menurut urutan suara, maka hasil itu yang dipakai: {names}.",
    "not_bought": "Tidak dibiayai: {names}.",
    "spent": "Seluruhnya dibelanjakan {spent} dari {budget}.",
}

PHRASES: Mapping[str, Mapping[str, str]] = {"en": ENGLISH, "id": INDONESIAN}


@dataclass(frozen=True)
class Speaker:
    """Says phrases in one language. names: labels of options by id; an id without a label speaks for
    itself."""

    language: str
    names: Mapping[str, str]

    def say(self, phrase: str, **values: str) -> str:
        return PHRASES[self.language][phrase].format(**values)

    def name(self, option: str) -> str:
        return self.names.get(option, option)

    def together(self, options: Iterable[str]) -> str:
        names = [self.name(option) for option in options]
        return ", ".join(names[:-1]) + self.say("and") + names[-1] if len(names) > 1 else "".join(names)

    def number(self, value: Votes) -> str:
        """A number with the separators of the language; a fraction rounded half up to two decimals."""
        hundredths = (200 * abs(value) + 1) // 2
        text = f"{'-' if value < 0 else ''}{hundredths // 100:,}"
        text += f".{hundredths % 100:02}" if value != int(value) else ""
        return text.translate(str.maketrans(",.", ".,")) if self.language == "id" else text

    def share(self, part: Votes, whole: Votes) -> str:
        """A share of a whole, rounded half up to a tenth of a percent in whole numbers."""
        tenths = (part * 2000 + whole) // (2 * whole) if whole else 0
        return f"{tenths // 10}{',' if self.language == 'id' else '.'}{tenths % 10} %"

    def votes(self, part: Votes, whole: Votes) -> str:
        """A count with its share of a whole."""
        return f"{self.number(part)} ({self.share(part, whole)})"

    def totals(self, totals: Mapping[str, Votes]) -> str:
        order = sorted(totals, key=lambda option: (-totals[option], option))
        return ", ".join(f"{self.name(option)} {self.number(totals[option])}" for option in order)
