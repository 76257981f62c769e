"""A migration operation that makes the database itself refuse UPDATE and DELETE on a table."""

from django.db.migrations.operations.base import Operation

POSTGRES = """
CREATE FUNCTION {table}_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '{table} is append-only'; END $$;
CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}
FOR EACH ROW {when} EXECUTE FUNCTION {table}_append_only();
"""
POSTGRES_BACK = "DROP TRIGGER {table}_append_only ON {table}; DROP FUNCTION {table}_append_only();"
SQLITE = """
CREATE TRIGGER {table}_append_only_{verb} BEFORE {verb} ON {table} {when}
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END;
"""
SQLITE_BACK = "DROP TRIGGER {table}_append_only_{verb};"


class AppendOnly(Operation):
    """Refuse UPDATE and DELETE on the model's table; with `when` (SQL on OLD), only for rows where it holds."""

    reduces_to_sql = True
    reversible = True

    def __init__(self, model: str, when: str = "") -> None:
        self.model, self.when = model, when

    def deconstruct(self):
        return self.__class__.__name__, [self.model], {"when": self.when} if self.when else {}

    def state_forwards(self, app_label, state):
        """The schema as Django knows it does not change."""

    def _statements(self, vendor, table, postgres, sqlite):
        when = f"WHEN ({self.when})" if self.when else ""
        if vendor == "postgresql":
            return [postgres.format(table=table, when=when)]
        return [sqlite.format(table=table, when=when, verb=verb) for verb in ("UPDATE", "DELETE")]

    def _run(self, app_label, editor, apps_state, postgres, sqlite):
        table = apps_state.apps.get_model(app_label, self.model)._meta.db_table
        for statement in self._statements(editor.connection.vendor, table, postgres, sqlite):
            editor.execute(statement)

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        self._run(app_label, schema_editor, to_state, POSTGRES, SQLITE)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        self._run(app_label, schema_editor, from_state, POSTGRES_BACK, SQLITE_BACK)

    def describe(self):
        return f"Make {self.model} append-only"
