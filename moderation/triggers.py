"""The database's own refusal to change or delete audit entries, for SQLite and PostgreSQL. Used by the migration.

Refuses to know any other database.
"""

from django.db.backends.base.base import BaseDatabaseWrapper

TABLE = "moderation_auditentry"
_WORDS = "The audit can only be appended to."

INSTALL = {
    "sqlite": [
        f"CREATE TRIGGER audit_no_update BEFORE UPDATE ON {TABLE} BEGIN SELECT RAISE(ABORT, '{_WORDS}'); END",
        f"CREATE TRIGGER audit_no_delete BEFORE DELETE ON {TABLE} BEGIN SELECT RAISE(ABORT, '{_WORDS}'); END",
    ],
    "postgresql": [
        "CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{_WORDS}' USING ERRCODE = 'integrity_constraint_violation'; END $$",
        f"CREATE TRIGGER audit_no_change BEFORE UPDATE OR DELETE ON {TABLE} "
        "FOR EACH ROW EXECUTE FUNCTION audit_refuse()",
    ],
}
REMOVE = {
    "sqlite": ["DROP TRIGGER IF EXISTS audit_no_update", "DROP TRIGGER IF EXISTS audit_no_delete"],
    "postgresql": [f"DROP TRIGGER IF EXISTS audit_no_change ON {TABLE}", "DROP FUNCTION IF EXISTS audit_refuse()"],
}


def install(connection: BaseDatabaseWrapper) -> None:
    """Make the triggers. Raises KeyError on a database other than SQLite and PostgreSQL."""
    _execute(connection, INSTALL)


def remove(connection: BaseDatabaseWrapper) -> None:
    """Take the triggers away: for undoing the migration, and for emptying test databases."""
    _execute(connection, REMOVE)


def _execute(connection: BaseDatabaseWrapper, statements: dict[str, list[str]]) -> None:
    with connection.cursor() as cursor:
        for statement in statements[connection.vendor]:
            cursor.execute(statement)
