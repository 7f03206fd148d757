"""The audit grows, never forks, refuses changes, and its verifier names what was changed."""

import threading

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from moderation import triggers
from moderation.actions import record
from moderation.chain import START, verify
from moderation.models import AuditEntry, AuditHead
from tests.factories import make_person


def write(number: int) -> list[AuditEntry]:
    person = make_person()
    return [record(verb="case.hide", person=person, target=f"post:{n}", facts={"n": n}) for n in range(number)]


def tamper(**changes) -> None:
    """Change the second entry as somebody with the database's own tools would: without the triggers."""
    triggers.remove(connection)
    entry = AuditEntry.objects.all()[1]
    AuditEntry.objects.filter(pk=entry.pk).update(**changes)
    triggers.install(connection)


def test_entries_are_chained_from_the_start(db):
    entries = write(3)
    assert [entry.previous for entry in entries] == [START, entries[0].hash, entries[1].hash]
    assert (AuditHead.objects.get().hash, AuditHead.objects.get().length) == (entries[2].hash, 3)
    call_command("verify_audit")


@pytest.mark.parametrize("act", ["update", "delete"])
def test_database_refuses_to_change_entries(db, act):
    write(1)
    with pytest.raises(DatabaseError), transaction.atomic():
        AuditEntry.objects.update(verb="x") if act == "update" else AuditEntry.objects.all()._raw_delete("default")
    assert AuditEntry.objects.get().verb == "case.hide"


@pytest.mark.parametrize("changes", [{"facts": {"n": 9}}, {"verb": "x"}, {"actor": ""}, {"target": "post:7"}])
def test_changed_entry_is_found_and_named(db, changes):
    entries = write(3)
    tamper(**changes)
    with pytest.raises(CommandError, match=f"Entry {entries[1].pk} does not hold"):
        call_command("verify_audit")


def test_removed_entry_is_found(db):
    entries = write(3)
    assert verify([entries[0], entries[2]]).broken == entries[2].pk


def test_entries_cut_off_at_the_end_are_found(db):
    entries = write(3)
    triggers.remove(connection)
    entries[2].delete()
    triggers.install(connection)
    with pytest.raises(CommandError, match="cut off"):
        call_command("verify_audit")


def test_empty_audit_holds(db):
    call_command("verify_audit")


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_chain_does_not_fork_when_many_write_at_once():
    if connection.vendor != "postgresql":
        pytest.skip("PostgreSQL (DATABASE_URL) is not here.")

    def write_some() -> None:
        for n in range(10):
            record(verb="case.hide", person=None, target=f"post:{n}", facts={})
        connection.close()

    threads = [threading.Thread(target=write_some) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    check = verify(AuditEntry.objects.order_by("id"), head=AuditHead.objects.get().hash)
    assert (check.good, check.broken) == (80, None)
