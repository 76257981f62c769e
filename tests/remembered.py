"""The cast, made through the actions once and put back as it was for each test that asks for it: same rows, a tenth
of the time. Only where a test's changes are rolled back: elsewhere what follows a commit belongs to it too."""

import pickle
from dataclasses import dataclass

from django.apps import apps
from django.db import connection, transaction

from tests.factories import Cast, make_cast


@dataclass
class Rows:
    table: str
    columns: list[str]
    values: list[tuple]


@dataclass
class Remembered:
    cast: bytes
    tables: list[Rows]

    def put_back(self) -> Cast:
        with connection.cursor() as cursor:
            for rows in self.tables:
                row = f"({', '.join(['%s'] * len(rows.columns))})"
                every = ", ".join([row] * len(rows.values))
                sql = f"INSERT INTO {rows.table} ({', '.join(rows.columns)}) VALUES {every}"
                cursor.execute(sql, [value for values in rows.values for value in values])
        return pickle.loads(self.cast)


def remember_the_cast() -> Remembered:
    with transaction.atomic():
        before = {rows.table: set(map(repr, rows.values)) for rows in _all_rows()}
        cast = make_cast()
        tables = [_without(rows, before.get(rows.table, set())) for rows in _all_rows()]
        transaction.set_rollback(True)
    return Remembered(pickle.dumps(cast), [rows for rows in tables if rows.values])


def _all_rows() -> list[Rows]:
    found = []
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            if not model._meta.managed or model._meta.proxy:
                continue
            key = connection.ops.quote_name(model._meta.pk.column)
            table = connection.ops.quote_name(model._meta.db_table)
            cursor.execute(f"SELECT * FROM {table} ORDER BY {key}")
            columns = [connection.ops.quote_name(column[0]) for column in cursor.description]
            found.append(Rows(table, columns, cursor.fetchall()))
    return found


def _without(rows: Rows, known: set[str]) -> Rows:
    return Rows(rows.table, rows.columns, [values for values in rows.values if repr(values) not in known])
