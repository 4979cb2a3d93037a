"""The database itself refuses to change or delete an audit entry."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

SQLITE = [
    f"CREATE TRIGGER audit_entry_no_{verb.lower()} BEFORE {verb} ON audit_auditevent "
    "BEGIN SELECT RAISE(ABORT, 'an audit entry is never changed'); END"
    for verb in ("UPDATE", "DELETE")
] + [
    # INSERT OR REPLACE takes the old row away without asking the trigger on DELETE.
    "CREATE TRIGGER audit_entry_no_replace BEFORE INSERT ON audit_auditevent "
    "WHEN EXISTS (SELECT 1 FROM audit_auditevent WHERE id = NEW.id "
    "OR (organisation_id = NEW.organisation_id AND seq = NEW.seq)) "
    "BEGIN SELECT RAISE(ABORT, 'an audit entry is never changed'); END"
]
POSTGRESQL = [
    """
    CREATE FUNCTION audit_entry_is_never_changed() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'an audit entry is never changed'; END $$
    """,
    """
    CREATE TRIGGER audit_entry_no_change BEFORE UPDATE OR DELETE ON audit_auditevent
    FOR EACH ROW EXECUTE FUNCTION audit_entry_is_never_changed()
    """,
    """
    CREATE TRIGGER audit_entry_no_truncate BEFORE TRUNCATE ON audit_auditevent
    FOR EACH STATEMENT EXECUTE FUNCTION audit_entry_is_never_changed()
    """,
]


def refuse_changes(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Create the triggers of this database."""
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    """Adds the triggers. There is no way back: a chain that could be changed is none."""

    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunPython(refuse_changes)]
