"""Whether the database answers, has its tables, and sorts as Swedish does."""

from collections.abc import Iterator

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from lykta.infrastructure import collation, installation
from lykta.infrastructure.examination.check import Check, said

_NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
_ORDERED = ["Z", "Å", "Ä", "Ö"]


def checks() -> Iterator[Check]:
    """Yield the checks of the database."""
    version = ".".join(str(part) for part in connection.get_database_version())
    yield Check(
        said("Databas"),
        is_well=True,
        found=said("{database} svarar", database=f"{_NAMES[connection.vendor]} {version}"),
    )
    yield _migrations()
    yield _swedish_order()


def unapplied() -> list[str]:
    """Return the migrations that the database lacks."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _is_back in plan]


def how_to_migrate() -> str:
    """Return what to do where the database lacks migrations."""
    toml = settings.LYKTA_DIR / installation.FILE
    return said("Kör lykta backup FIL och sedan lykta setup {toml}.", toml=toml)


def _migrations() -> Check:
    missing = unapplied()
    return Check(
        said("Tabeller"),
        is_well=not missing,
        found=said("{n} ändringar är inte gjorda", n=len(missing))
        if missing
        else said("som programmet vill ha"),
        advice=how_to_migrate() if missing else "",
    )


def _swedish_order() -> Check:
    values = ", ".join(f"('{letter}')" for letter in sorted(_ORDERED))
    sql = f'SELECT column1 FROM (VALUES {values}) AS letters ORDER BY column1 COLLATE "{{}}"'
    with connection.cursor() as cursor:
        cursor.execute(sql.format(collation.SWEDISH))
        found = [row[0] for row in cursor.fetchall()]
    return Check(
        said("Svensk ordning"),
        is_well=found == _ORDERED,
        found="".join(found),
        advice="" if found == _ORDERED else said("Använd en PostgreSQL som är byggd med ICU."),
    )
