"""The README of an open data package, in both languages."""

README = """# {title}

{publisher} · {date} · {licence}
{address}

## Bahasa Indonesia
Paket ini memuat data di balik ringkasan: setiap masukan, temanya, kutipannya, dan keputusannya.
`dictionary.csv` menjelaskan setiap kolom. Penulis hanya disebut dengan nama samaran yang dibuat baru untuk setiap
paket. Data pribadi dalam teks ditutup dan terlihat sebagai [..]. Kelompok dengan kurang dari sepuluh orang tidak
diberi angka. Dalam CSV, teks yang mirip rumus diawali tanda '; hapus satu ' itu untuk mendapatkan teks aslinya.

Periksa sendiri: `python3 verify.py`, atau `python3 verify.py --expect SEGEL` dengan segel yang tertera pada halaman
ringkasan. Hasil 0 berarti semuanya cocok: sidik berkas, kutipan, cakupan, dan jumlah.

## English
This package holds the data behind the summary: every contribution, its themes, its quotes and the decisions.
`dictionary.csv` explains every column. Authors bear pseudonyms that are made anew for each package. Personal data in
texts is masked and visible as [..]. Groups of fewer than ten people come without a number. In the CSV a text that looks
like a formula has ' before it; take that one ' away to get the original.

Check it yourself: `python3 verify.py`, or `python3 verify.py --expect SEAL` with the seal that the page of the summary
prints. A result of 0 means that all agrees: hashes, quotes, coverage and counts.
"""
