"""Words that say nothing about the subject, per language, and words that turn a meaning round.

Lists written for Rembuk: formal and colloquial forms. A language without a list gets one from its own
corpus (`labels`), so none is refused.
"""

from __future__ import annotations

_ID = """
ada adalah adanya adapun agak agar akan akhirnya aku amat anda antara apa apabila apakah apalagi apapun asal atas atau
bagai bagaimana bagi bahkan bahwa banget banyak baru beberapa begini begitu belum berbagai berikut bersama bila bisa boleh
buat bukan cara cukup cuma dalam dan dapat dari daripada demi demikian dengan dgn di dia diri dong dr dulu engga enggak
ga gak gitu gimana gini guna hal hampir hanya harap harus haruslah hingga ia ialah ini itu iya jadi jangan jika jg juga
jumlah kadang kalau kalo kali kami kamu kan karena kayak kata kau ke kecuali kemudian kenapa kepada kepada ketika kita kok krn
kurang lagi lah lain lainnya lalu lebih maka makin malah mana masih masing mau maupun melainkan melalui memang
membuat menjadi menurut menjadikan mereka merupakan meski meskipun mesti misal misalnya mohon mungkin namun nanti nih nya
oleh orang pada padahal pak paling para pasti per perlu pernah pertama pun pula saat saja salah sama sambil sampai sana
sangat satu saya se seakan sebab sebagai sebaiknya sebelum sebuah secara sedang sedangkan sedikit segala segera sehingga
sejak sekali sekarang sekitar selain selalu selama seluruh semakin semoga sementara semua sendiri seorang seperti sering
serta sesuai setelah setiap siapa sih situ suatu sudah supaya tak tanpa tapi telah tentang tentu terhadap terjadi terlalu
termasuk ternyata tersebut terus tetap tetapi tiap tidak tdk toh tolong tp trus tsb ttg udah untuk utk waktu walau walaupun
wah ya yaitu yakni yang yg bapak ibu terima kasih rt gue gua gw lu lo elo loe nggak ngga gk tau tahu dah deh kah tuh juga
jelas justru lewat dua tiga datang pakai pake punya kalian usah bikin pagi2 bagus baik sekarang hari kemarin makanya
the setuju menyetujui lumayan emang memiliki menggunakan dilakukan melakukan diri dirinya punya sebagian termasuk sini
"""
_EN = """
a about above actually after again against all almost also although always am among an and another any anyone anything are
aren't around as at away be because been before being below between both but by can can't cannot come could couldn't did
didn't do does doesn't doing don't done down during each either else enough especially etc even ever every everyone
everything few for from further get gets getting give go goes going good got had hadn't has hasn't have haven't having he
her here hers him his how however i i'd i'll i'm i've if in indeed instead into is isn't it it's its itself just keep
know less let let's like likely lot lots made make makes making many may maybe me might mine more most much must my myself
need needs neither never no nor not nothing now of off often ok on once one ones only or other others our ours out over own
part people perhaps please put quite rather really right said same say see seem seems several shall she should shouldn't
since so some someone something still such sure take than that that's the their theirs them themselves then there there's
there're these they they're they've thing things think this those though through thus to too totally towards two under until
up upon us use used using very via want was wasn't way we we'd we'll we're we've well were weren't what what's when where
whether which while who who's whole whom whose why will with within without won't would wouldn't yes yet you you'd you'll
you're you've your yours agree disagree believe able absolutely already become back better best first good great long
they'd it'd isn dont doesnt im ive thats its cant wont t s re ll ve d m don doesn didn aren couldn wouldn shouldn
"""
_JV = """
aku kowe awake awakmu dheweke dheke kita kula sampeyan panjenengan iki iku kuwi kui kae niki niku nika ing neng nang
ning saka saking seko karo kaliyan lan utawa utowo sing ingkang kang kanggo kangge supaya amarga amergo mergo merga
nanging tapi yen nek menawa manawa ora mboten ndak dudu durung wis sampun uwis arep badhe bakal isih taksih mung
namung wae ae bae uga ugi terus banjur lajeng dadi dados ono ana wonten akeh kabeh sedaya banget sanget luwih
apa opo sapa sopo piye kepiye kepriye kok yo ya to toh kuwi kudu kedah iso isa saged pas nalika kaya koyo kados
sawise sakdurunge saben siji loro telu ben e ne nganti dening marang maring menyang nyang ta ha sak jenenge biasane
"""
_SU = """
kuring abdi urang anjeun maneh manehna aranjeunna manéhna ieu eta éta ti di ka dina kana tina jeung sareng sarta atawa
atanapi anu nu pikeun keur supados sangkan lantaran kusabab sabab tapi mun lamun upami teu henteu moal lain sanes
acan can geus enggeus parantos arek bade badé bakal keneh kénéh ngan ngan bae baé wae waé ogé oge terus tuluy
teras jadi janten aya loba seueur kabeh kabéh sadaya pisan leuwih langkung naon saha kumaha naha atuh mah teh téh
kudu kedah bisa tiasa basa waktu nalika kawas siga saperti sapertos sanggeus samemeh unggal hiji dua tilu ku dua na
"""
_ZH_CHARS = "的了是我你他她它們们在也就都而及與与和或但要會会可能應应該该有沒没不這这那很更最被把讓让對对為为以於于之其所如若等嗎吗呢吧啊個个上下中再又才只自己覺觉得到從从用說说跟還还來来去過过什麼么因此且並并即使是否比較较做需請请"
_ZH_WORDS = "我覺得 我觉得 我認為 認為 认为 覺得 觉得 應該 应该 可以 因為 因为 所以 如果 但是 不過 沒有 没有 這個 這樣 這些 那些 我們 他們 你們 自己 需要 一個 一種 而且 以及 並且 或是 還是 不是 不要 不能 不會 什麼 怎麼 為了 就是 必須 希望 目前 同意 相同 其他 任何 一樣 進行 例如 比較 由於 對於"

STOPWORDS: dict[str, frozenset[str]] = {
    "id": frozenset(_ID.split()),
    "en": frozenset(_EN.split()),
    "jv": frozenset(_JV.split()),
    "su": frozenset(_SU.split()),
    "zh": frozenset(_ZH_WORDS.split()),
}
CJK_EDGE = frozenset(_ZH_CHARS + "のはがをにでとものからですますこれそれしたいるれて")
"""Characters that join words: no label starts or ends with one."""

NEGATIONS = frozenset(
    ["tidak", "tak", "tdk", "bukan", "jangan", "belum", "tanpa", "gak", "ga", "nggak", "enggak", "ngga", "gk", "ora", "mboten", "aja", "dudu", "durung", "henteu", "teu", "moal", "ulah", "lain", "sanes", "no", "not", "never", "none", "nor", "neither", "without", "cannot", "don't", "doesn't", "didn't", "isn't", "aren't", "won't", "can't", "shouldn't", "wouldn't", "couldn't", "dont", "doesnt", "didnt", "isnt", "arent", "wont", "cant", "shouldnt", "against", "不", "沒", "没", "無", "无", "非", "別", "别", "未", "勿"]
)
"""Two texts of which one holds another number of these are not copies of each other, however alike."""

_SAME = {
    "ind": "id",
    "in": "id",
    "eng": "en",
    "jav": "jv",
    "jw": "jv",
    "sun": "su",
    "zho": "zh",
    "chi": "zh",
    "cmn": "zh",
    "yue": "zh",
}


def base_language(code: str) -> str:
    """The primary part of a language tag, ISO 639-3 codes of known languages in two letters ("zh-TW" -> "zh")."""
    primary = code.replace("_", "-").split("-")[0].lower()
    return _SAME.get(primary, primary)


def stopwords(language: str) -> frozenset[str]:
    """The list of one language; Indonesian and English words are stop words in every corpus of Indonesia.

    Languages of Indonesia borrow its function words, and people mix; hence the union.
    """
    base = base_language(language)
    if base in ("en", "zh", "ja", "ko"):
        return STOPWORDS.get(base, frozenset())
    return STOPWORDS["id"] | STOPWORDS.get(base, frozenset())
