"""The run's databases: migrated once for all workers, and emptied quickly after tests that commit."""

import os
from pathlib import Path
from typing import Any

from django.core.management.color import no_style
from django.db import OperationalError, connection, connections, transaction
from django.test import TransactionTestCase

from deterrence_delphi.embedded.locks import exclusive

ATTEMPTS = 5
MIGRATED = "test_migrated"
KEPT = ("django_content_type", "auth_permission")  # the migrations fill them, no test changes them, and filling them takes longest


def open_copy(worker: str) -> None:
    """A database of this worker's own, copied from one that the first worker migrates."""
    creation = connection.creation
    folder = Path(os.environ["DELPHI_VAR"])
    with exclusive(folder / "databases.lock", lambda: "Waiting for the test database ..."):
        if not (folder / MIGRATED).exists():
            connection.settings_dict["TEST"]["NAME"] = MIGRATED
            creation.create_test_db(verbosity=0, autoclobber=True)
            (folder / MIGRATED).touch()
        connection.close()
        connection.settings_dict["NAME"] = MIGRATED
        creation.clone_test_db(worker, verbosity=0)
    connection.settings_dict["NAME"] = creation.get_test_db_clone_settings(worker)["NAME"]


def empty_databases(test: TransactionTestCase) -> None:
    """In place of Django's flush, which makes every table's files and all permissions anew."""
    for alias in test._databases_names(include_mirrors=False):
        empty(connections[alias])


def empty(database: Any) -> None:
    tables = [name for name in database.introspection.django_table_names(only_existing=True, include_views=False) if name not in KEPT]
    if database.vendor != "postgresql":
        database.ops.execute_sql_flush(database.ops.sql_flush(no_style(), tables))
        return
    for attempts_left in reversed(range(ATTEMPTS)):
        try:
            empty_at_once(database, [database.ops.quote_name(name) for name in tables])
            return
        except OperationalError:  # a page that is still being left took some of the tables, and waits for the others
            if not attempts_left:
                raise


def empty_at_once(database: Any, quoted: list[str]) -> None:
    with transaction.atomic(using=database.alias), database.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {', '.join(quoted)} IN ACCESS EXCLUSIVE MODE")  # whoever still writes has finished
        cursor.execute("SET LOCAL session_replication_role = replica")  # no foreign keys meanwhile
        cursor.execute("; ".join(f"DELETE FROM {name}" for name in quoted))  # noqa: S608
