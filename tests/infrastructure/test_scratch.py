"""One database in memory for all who ask, of which none sees what another has laid there."""

import os

import duckdb
import pytest

from lykta.infrastructure import scratch


def test_none_sees_what_another_has_laid_there():
    with scratch.connect() as one, scratch.connect() as other:
        one.execute("CREATE TEMP VIEW source AS SELECT 1 AS a")
        other.execute("CREATE TEMP VIEW source AS SELECT 2 AS a")

        assert one.execute("SELECT a FROM source").fetchall() == [(1,)]
        assert other.execute("SELECT a FROM source").fetchall() == [(2,)]
    with scratch.connect() as third, pytest.raises(duckdb.CatalogException):
        third.execute("SELECT * FROM source")


def test_a_database_that_has_been_shut_is_opened_anew():
    scratch._database(os.getpid()).close()

    with scratch.connect() as connection:
        assert connection.execute("SELECT 1").fetchall() == [(1,)]
