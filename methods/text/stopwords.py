"""Words that say nothing about the subject, per language, and words that turn a meaning round.

Lists written for Rembuk: formal and colloquial forms. A language without a list gets one from its own
corpus (`labels`), so none is refused.
"""

from __future__ import annotations


def _words(block: str) -> frozenset[str]:
    return frozenset(block.split())


STOPWORDS: dict[str, frozenset[str]] = {
    "id": _words("""
aja segitu sampe suka mulai agaknya kira biar ayo mari
ada adalah adanya adapun agak agar akan akhirnya aku all amat anda antara apa apabila apakah apalagi apapun
asal assalamualaikum atas atau bagai bagaimana bagi bagus bahkan bahwa baik banget banyak bapak baru
beberapa begini begitu belum benar berbagai berikut bersama betul biasa biasanya bikin bila bisa boleh buat
bukan cara cukup cuma dah dalam dan dapat dari daripada datang deh demi demikian dengan dgn di dia dilakukan
dimohon diri dirinya dong dr dua dulu elo emang engga enggak ga gak gimana gini gitu gk gua gue guna gw hai
hal halo hampir hanya harap hari harus haruslah hingga ia ialah ibu ini itu iya jadi jangan jelas jg jika
juga jumlah justru kadang kah kalau kali kalian kalinya kalo kami kamu kan karena kasih kata kau kayak
kayaknya ke kecuali kedua kemarin kemudian kenapa kepada ketika khususnya kita kok krn kurang lagi lah lain
lain2 lainnya lalu lebih lewat lo loe lu lumayan maaf maka makanya makin malah mana masih masing mau maupun
melainkan melakukan melalui memang membuat memiliki menggunakan mengusulkan menjadi menjadikan menurut
menyetujui mereka merupakan meski meskipun mesti misal misalnya mohon mudah2an mungkin namun nanti ngga
nggak nih nya nyata oke oleh orang over overall pada padahal pagi2 pak pakai pake paling para pasti per
perlu perlunya pernah pertama pokoknya pula pun punya rasanya rt saat saja salah salam sama sambil sampai
sana sangat saran satu saya se seakan sebab sebagai sebagaimana sebagian sebaiknya sebelum sebenarnya sebuah
secara sedang sedangkan sedikit segala segera seharusnya sehingga sejak sekali sekarang sekitar selagi
selain selaku selalu selama selanjutnya selebihnya seluruh semakin sementara semoga semua sendiri seolah
seorang seperti sepertinya sering serta sesuai setelah setiap setuju siapa sih sini situ soal suatu sudah
supaya tahu tak tanpa tapi tau tdk telah tentang tentu terasa terhadap terima terjadi terlalu termasuk
ternyata tersebut terus tetap tetapi the tiap tidak tiga toh tolong tp trus tsb ttg tuh udah umumnya untuk
usah usul usulan usulkan utk wah waktu waktunya walau walaupun ya yaitu yakni yang yg
"""),
    "en": _words("""
super cool clear given clearly hello please thanks thank
a able about above absolutely actually after again against agree all almost already also although always am
among an and another any anyone anything are aren aren't around as at away back be because become been
before being believe below best better between both but by can can't cannot cant come could couldn couldn't
course d did didn didn't disagree do does doesn doesn't doesnt doing don don't done dont down during each
either else enough ensure especially etc even ever every everyone everything few first for from fully
further get gets getting give go goes going good got great had hadn't has hasn't have haven't having he help
helps her here hers him his how however i i'd i'll i'm i've if im in indeed instead into is isn isn't it
it'd it's its itself ive just keep know less let let's like likely ll long lot lots m made make makes making
many may maybe me mean means might mine more most much must my myself need needed needs neither never no nor
not nothing now of off often ok on once one ones only or other others our ours out over own part people
perhaps please put quite rather re really right s said same say see seem seems several shall she should
shouldn shouldn't simply since so some someone something still such sure t take than that that's thats the
their theirs them themselves then there there're there's therefore these they they'd they're they've thing
things think this those though through thus time times to too totally towards two under until up upon us use
used using ve very via want was wasn't way we we'd we'll we're we've well were weren't what what's when
where whether which while who who's whole whom whose why will with within without won't wont would wouldn
wouldn't year years yes yet you you'd you'll you're you've your yours
"""),
    "jv": _words("""
ae akeh aku amarga amergo ana apa arep awake awakmu badhe bae bakal banget banjur ben biasane dadi dados
dening dheke dheweke dudu durung duwe e ha iki iku ing ingkang isa isih iso jenenge kabeh kados kae kaliyan
kang kangge kanggo karo kaya kedah kepiye kepriye kerep kita kok kowe koyo kudu kui kula kuwi lajeng lan
loro luwih manawa marang maring mboten menawa menika menyang merga mergo mesti mung nalika namung nang
nanging ndak nduwe ne nek neng nganti nika niki niku ning nyang ono opo ora panjenengan pas piye punika
saben saged sak saka sakdurunge saking sampeyan sampun sanget sapa sawise sedaya seko sering siji sing sopo
supaya ta taksih tapi telu terus to toh uga ugi utawa utowo uwis wae wis wonten ya yen yo
"""),
    "su": _words("""
heula mimiti hungkul ayeuna maranéhanana maranehanana geura deuih
abdi acan anjeun anjeunna anu aranjeunna arek ari atanapi atawa atuh aya bade badé bae bakal basa baé
biasana bisa boga can deui di dilakukeun dina dipake diwangun dua enggeus eta geus henteu hiji ieu iraha
jadi jalma jalmi jang janten jelema jeung jiga ka kabeh kabéh kana kanggo kawas kedah keneh keur kieu kitu
ku kudu kumaha kuring kusabab kénéh lain lamun langkung lantaran leuwih loba mah maneh manehna manéhna
masing matak miboga mibogaan moal mun na naha nalika naon ngabogaan ngan nu nyaeta nyaho nyaéta oge ogé
parantos pikeun pisan rek sabab sababaraha sabada sadaya saha samemeh sanes sanggeus sangkan saperti
sapertos sareng sarta seeur seueur siga sok sorangan supados tah tapi teh teras terus teu ti tiasa tilu tina
tos tuluy téh unggal upami urang wae waktu waé éta
"""),
    "zh": _words("""
我覺得 我觉得 我認為 認為 认为 覺得 觉得 應該 应该 可以 因為 因为 所以 如果 但是 不過 沒有 没有
這個 這樣 這些 那些 我們 他們 你們 自己 需要 一個 一種 而且 以及 並且 或是 還是 不是 不要
不能 不會 什麼 怎麼 為了 就是 必須 希望 目前 同意 相同 其他 任何 一樣 進行 例如 比較 由於
對於
"""),
}
"""Language -> its stop words, in small letters."""

CJK_EDGE = frozenset(
    """的了是我你他她它們们在也就都而及與与和或但要會会可能應应該该有沒没不這这那很更最被把讓让對
对為为以於于之其所如若等嗎吗呢吧啊個个上下中再又才只自己覺觉得到從从用說说跟還还來来去過过
什麼么因此且並并即使否比較较做需請请
のはがをにでとものからですますこれそしたいるれて"""
)
"""Characters that join words: no label holds one."""

NEGATIONS = _words("""
against aja aren't arent belum bukan can't cannot cant couldn't didn't didnt doesn't doesnt don't dont dudu
durung enggak ga gak gk henteu isn't isnt jangan lain mboten moal neither never ngga nggak no none nor not
ora sanes shouldn't shouldnt tak tanpa tdk teu tidak ulah without won't wont wouldn't 不 別 别 勿 无 未 沒 没 無 非
""")
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


def stem(word: str, language: str) -> str:
    """An Indonesian word without its possessive -nya ("pelayanannya" -> "pelayanan"); other words as they are."""
    ends = len(word) >= 7 and word.endswith("nya") and not word.endswith(("tanya", "punya"))
    return word[:-3] if ends and base_language(language) == "id" else word
