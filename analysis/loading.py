"""Thousands of rows of results into one table: by COPY where the database has it.

An insert's rows pass through Python's hands several times more, and JSON among them is escaped sign by sign.
"""

from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.db.models import Model

AT_ONCE = 2000


def load(model: type[Model], rows: Sequence[Any]) -> None:
    """Store new rows of the model as they are, within the transaction around them. Their keys are the database's, and not told."""
    if connection.vendor != "postgresql":
        model._default_manager.bulk_create(rows, batch_size=AT_ONCE)
        return
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    quoted = connection.ops.quote_name
    columns = ", ".join(quoted(field.column) for field in fields if field.column)
    with connection.cursor() as cursor, cursor.copy(f"COPY {quoted(model._meta.db_table)} ({columns}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row([field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields])
