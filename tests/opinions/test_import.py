"""Small exports made for the purpose: what is refused and how it is said, and what a second import changes."""

import gzip
import zlib
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Participant
from moderation.actions import decide, open_case
from opinions import tables
from opinions.models import Conversation, Statement, Vote
from opinions.polis import BrokenExport, read_export
from tests.factories import make_consultation, make_person

HEAD = "timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body"
COMMENTS = f"""{HEAD}
1400000000000,x,0,7,0,0,1,The bus is always late in the morning.
1400000001000,x,1,8,0,0,0,"Two lines,
and a ""quote""."
1400000002000,x,4,7,0,0,-1,Moderated out.
"""
VOTES = """timestamp,datetime,comment-id,voter-id,vote
1400000010000,x,0,7,1
1400000030000,x,0,9,-1
1400000020000,x,0,9,1
1400000010000,x,1,9,0
"""
WIDE = """participant,group-id,n-comments,n-votes,n-agree,n-disagree,0,1,4
7,0,2,1,1,0,1,,
9,1,0,2,0,1,-1,0,
12,1,0,0,0,0,,,
"""
SUMMARY = 'topic,Buses?\nurl,https://pol.is/abc123\nvoters,2\nconversation-description,"All about\nbuses."\n'


def folder(path: Path, **files: str | bytes | None) -> Path:
    """An export in `path`; files by name with `_` for `-`; None leaves one out."""
    made = {"comments": COMMENTS, "votes": VOTES, "participants_votes": WIDE, "summary": SUMMARY} | files
    for name, text in made.items():
        if text is not None:
            data = text.encode() if isinstance(text, str) else text
            (path / f"{name.replace('_', '-')}.csv").write_bytes(data)
    return path


def load(path: Path, consultation) -> None:
    call_command("import_polis", str(path), consultation=consultation.slug)


def held() -> list[tuple[str, int, int, int, bool]]:
    rows = Statement.objects.order_by("number")
    return [(one.body, one.agree_count, one.disagree_count, one.pass_count, one.is_shown) for one in rows]


THREE = [
    ("The bus is always late in the morning.", 1, 1, 0, True),
    ('Two lines,\nand a "quote".', 0, 0, 1, True),
    ("Moderated out.", 0, 0, 0, False),
]


def test_export_is_read(tmp_path):
    export = read_export(folder(tmp_path))
    assert (export.key, export.topic, export.description) == ("pol.is/abc123", "Buses?", "All about\nbuses.")
    assert [(one.number, one.author, one.moderated) for one in export.statements] == [(0, 7, 1), (1, 8, 0), (4, 7, -1)]
    assert sorted((vote.statement, vote.person, vote.value) for vote in export.votes) == [
        (0, 7, 1),
        (0, 9, -1),
        (1, 9, 0),
    ]
    assert export.participants == [7, 8, 9, 12]


@pytest.mark.django_db
@pytest.mark.parametrize("phase", ["draft", "open", "deliberation", "closed", "answered"])
def test_import_works_in_every_phase_and_makes_no_accounts(tmp_path, phase, capsys):
    consultation = make_consultation(phase=phase)
    load(folder(tmp_path), consultation)
    assert held() == THREE
    people = Participant.objects.filter(origin__startswith="polis:pol.is/abc123:")
    assert (people.count(), people.filter(user=None).count()) == (4, 4)
    said = capsys.readouterr()
    assert said.out == (
        "Imported into “Buses?”: 3 statements, 3 votes and 4 participants. There already: 0 statements, 0 votes and "
        "0 participants. 1 statements are hidden, because they were moderated out.\n"
    )
    assert "100% done" in said.err


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: "\ufeff" + text,
        lambda text: text.replace("\n", "\n\n", 1) + "\n\n",
        lambda text: text.rstrip("\n"),
    ],
    ids=["crlf", "bom", "empty lines", "no last line end"],
)
def test_other_ways_to_write_the_same_files(tmp_path, change):
    load(folder(tmp_path, comments=change(COMMENTS), votes=change(VOTES), summary=change(SUMMARY)), make_consultation())
    assert [(row[1:]) for row in held()] == [(row[1:]) for row in THREE]


@pytest.mark.django_db
def test_packed_files_are_taken(tmp_path):
    folder(tmp_path)
    for path in list(tmp_path.glob("*.csv")):
        path.with_suffix(".csv.gz").write_bytes(gzip.compress(path.read_bytes()))
        path.unlink()
    load(tmp_path, make_consultation())
    assert held() == THREE


@pytest.mark.django_db
def test_without_votes_the_table_of_participants_tells_them(tmp_path):
    load(folder(tmp_path, votes=None), make_consultation())
    assert held() == THREE
    assert Conversation.objects.get().voter_count == 2


@pytest.mark.django_db
def test_statements_alone_are_enough_and_the_folder_names_them(tmp_path, capsys):
    path = tmp_path / "our buses"
    path.mkdir()
    load(folder(path, votes=None, participants_votes=None, summary=None), make_consultation())
    assert [row[1:4] for row in held()] == [(0, 0, 0)] * 3
    conversation = Conversation.objects.get()
    assert (conversation.question, conversation.origin) == ("our buses", "polis:our-buses")
    assert "The export holds no votes" in capsys.readouterr().out


@pytest.mark.django_db
def test_a_changed_export_changes_what_is_there(tmp_path, capsys):
    consultation = make_consultation()
    load(folder(tmp_path), consultation)
    votes = VOTES.replace("1400000010000,x,1,9,0\n", "").replace("0,7,1\n", "0,7,-1\n") + "1400000090000,x,4,7,1\n"
    comments = COMMENTS.replace("0,0,-1,", "0,0,1,").replace("in the morning", "at noon")
    load(folder(tmp_path, comments=comments + "1400000005000,x,5,9,0,0,1,New one.\n", votes=votes), consultation)
    assert held() == [
        ("The bus is always late at noon.", 0, 2, 0, True),
        ('Two lines,\nand a "quote".', 0, 0, 0, True),
        ("Moderated out.", 1, 0, 0, True),
        ("New one.", 0, 0, 0, True),
    ]
    assert (Conversation.objects.count(), Vote.objects.count()) == (1, 3)
    said = capsys.readouterr().out.splitlines()[-1]
    assert "Changed: 2 statements and 1 votes; 1 votes are gone" in said


@pytest.mark.django_db
def test_what_happened_here_stands_after_a_second_import(tmp_path):
    consultation = make_consultation()
    load(folder(tmp_path), consultation)
    hidden = Statement.objects.get(number=3)
    moderator = make_person(role="moderator", organisation=consultation.organisation)
    decide(case=open_case(item=hidden), person=moderator, outcome="approve")
    Vote.objects.create(statement=hidden, person=make_person(), value=1)
    load(tmp_path, consultation)
    hidden.refresh_from_db()
    assert (hidden.is_shown, hidden.agree_count) == (True, 1)


@pytest.mark.django_db
def test_one_export_in_two_consultations_shares_its_people(tmp_path):
    for consultation in (make_consultation(), make_consultation()):
        load(folder(tmp_path), consultation)
    assert (Conversation.objects.count(), Statement.objects.count(), Vote.objects.count()) == (2, 6, 6)
    assert Participant.objects.filter(origin__startswith="polis:").count() == 4


LAST = "1400000010000,x,1,9,0\n"
BROKEN = [  # file, what stands in it, what stands there instead, and what is said
    ("comments", COMMENTS, "", "1: Missing columns: timestamp, comment-id, author-id, moderated, comment-body."),
    ("comments", "moderated", "mod", "1: Missing columns: moderated."),
    ("comments", "datetime", "agrees", "1: Columns that are there twice: agrees."),
    ("comments", ",1,The bus", ",The bus", "2: Expected 8 cells, found 7."),
    ("comments", "x,4,7", "x,0,7", "5: comment-id 0 is there already, in line 2."),
    ("comments", "x,4,7", "x,four,7", "5: comment-id is 'four', which is no whole number."),
    ("comments", "x,4,7", "x,-4,7", "5: comment-id is '-4', which is no id."),
    ("comments", "x,4,7,", "x,4,,", "5: author-id is '', which is no whole number."),
    ("comments", "Moderated out.", " ", "5: comment-body is empty."),
    ("comments", "Moderated out.", "x" * 9000, "5: comment-body is longer than 8192 bytes."),
    ("comments", "0,0,-1", "0,0,3", "5: moderated is '3'; it must be one of -1, 0, 1."),
    ("comments", "1400000002000", "yesterday", "5: timestamp is 'yesterday', which is no whole number."),
    ("comments", "1400000002000", "9" * 18, "5: timestamp is '999999999999999999', which is no time since 1970."),
    ("comments", "Moderated out.", '"open', "5: This is no CSV (unexpected end of data)."),
    ("votes", LAST, LAST + "1400000010000,x,1,7,2\n", "6: vote is '2'; it must be one of -1, 0, 1."),
    ("votes", LAST, LAST + "1400000010000,x,1,7,agree\n", "6: vote is 'agree', which is no whole number."),
    ("votes", LAST, LAST + "1400000010000,x,77,7,1\n", "6: comment-id 77 is not in the file of comments."),
    ("votes", "voter-id", "who", "1: Missing columns: voter-id."),
    ("participants-votes", ",4\n", ",5\n", "1: Column 5 is no comment-id of the file of comments."),
    ("participants-votes", "0,1,4\n", "0,1,01\n", "1: Column 01 is no comment-id of the file of comments."),
    ("participants-votes", "12,1", "9,1", "4: participant 9 is there already, in line 3."),
    ("participants-votes", "-1,0,\n", "-1,5,\n", "3: 1 is '5'; it must be one of -1, 0, 1."),
    ("summary", "voters,2\n", "voters,2\na,b,c\n", "4: Expected a name and a value, found 3 cells."),
]
WHOLE = {"comments": COMMENTS, "votes": VOTES, "participants-votes": WIDE, "summary": SUMMARY}


@pytest.mark.django_db
@pytest.mark.parametrize(("file", "old", "new", "reason"), BROKEN, ids=[row[3][:30] for row in BROKEN])
def test_broken_export_is_refused_whole(tmp_path, file, old, new, reason):
    assert WHOLE[file].count(old) >= 1
    consultation = make_consultation()
    before = Participant.objects.count()
    with pytest.raises(CommandError) as refused:
        load(folder(tmp_path, **{file.replace("-", "_"): WHOLE[file].replace(old, new)}), consultation)
    assert str(refused.value) == f"{file}.csv, line {reason} Nothing was imported."
    counts = (Conversation.objects.count(), Statement.objects.count(), Vote.objects.count())
    assert (counts, Participant.objects.count()) == ((0, 0, 0), before)


def test_what_is_not_utf_8_is_refused(tmp_path):
    with pytest.raises(BrokenExport, match=r"comments\.csv, line \d: It is not in UTF-8\."):
        read_export(folder(tmp_path, comments=COMMENTS.encode() + b"1400000002000,x,5,7,0,0,1,\xff\xfe\n"))


def test_without_comments_there_is_nothing_to_import(tmp_path):
    with pytest.raises(BrokenExport, match=r"There is neither comments\.csv nor comments\.csv\.gz\."):
        read_export(folder(tmp_path, comments=None))


@pytest.mark.django_db
def test_wrong_folder_or_consultation_is_said(tmp_path):
    consultation = make_consultation()
    with pytest.raises(CommandError, match=r"This is not a folder\."):
        load(tmp_path / "nowhere", consultation)
    with pytest.raises(CommandError, match=f"There is no consultation “nothing”. There are: {consultation.slug}"):
        call_command("import_polis", str(tmp_path), consultation="nothing")


def test_a_failure_in_the_middle_leaves_nothing(tmp_path, db, monkeypatch):
    consultation = make_consultation()
    monkeypatch.setattr("opinions.actions.importing.recount", lambda **_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        load(folder(tmp_path), consultation)
    assert (Conversation.objects.count(), Participant.objects.exclude(origin="").count()) == (0, 0)


def test_packed_nonsense_is_refused(tmp_path):
    folder(tmp_path, comments=None)
    (tmp_path / "comments.csv.gz").write_bytes(b"not packed at all")
    with pytest.raises(BrokenExport, match=r"comments\.csv\.gz: It cannot be read or unpacked"):
        read_export(tmp_path)
    (tmp_path / "comments.csv.gz").write_bytes(gzip.compress(COMMENTS.encode())[:60])
    with pytest.raises(BrokenExport, match=r"comments\.csv\.gz: It cannot be read or unpacked"):
        read_export(tmp_path)


def test_what_unpacks_beyond_reason_is_refused_early(tmp_path):
    folder(tmp_path, comments=None)
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    with (tmp_path / "comments.csv.gz").open("wb") as bomb:
        bomb.write(packer.compress(HEAD.encode() + b"\n"))
        for _ in range(40):
            bomb.write(packer.compress(b"0" * 2**20))
        bomb.write(packer.flush())
    with pytest.raises(BrokenExport, match=r"comments\.csv\.gz"):
        read_export(tmp_path)


def test_a_file_that_is_too_large_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(tables, "MOST", 100)
    with pytest.raises(BrokenExport, match=r"comments\.csv: Unpacked it is larger than 0 MB\."):
        read_export(folder(tmp_path))
