"""The anchor's data: what it asks, its tables, and their filling. The site itself is bare_site.py."""

import hashlib

ITEMS, POINTS = 20, 9

TABLES = """
CREATE TABLE IF NOT EXISTS bare_round (id int PRIMARY KEY, state text);
CREATE TABLE IF NOT EXISTS bare_panelist (id int PRIMARY KEY, token text UNIQUE);
CREATE TABLE IF NOT EXISTS bare_submission (panelist int PRIMARY KEY, at timestamptz);
CREATE TABLE IF NOT EXISTS bare_answer (panelist int, item int, value int, PRIMARY KEY (panelist, item));
"""


def digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def prepare(tokens: list[str]) -> None:
    """Make the tables and one panelist per token."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(TABLES)
        cursor.execute("INSERT INTO bare_round VALUES (1, 'open')")
        cursor.executemany("INSERT INTO bare_panelist VALUES (%s, %s)", [(number, digest(token)) for number, token in enumerate(tokens)])
