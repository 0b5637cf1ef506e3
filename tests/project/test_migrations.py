"""The tables are what the models say, each app's migrations are one line, and all can be undone."""

from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

OURS = [config.label for config in apps.get_app_configs() if config.name.startswith("lykta.")]


@pytest.mark.django_db
def test_models_and_migrations_agree():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0, stdout=StringIO())


@pytest.mark.django_db
@pytest.mark.parametrize("app", OURS)
def test_an_apps_migrations_are_one_line(app: str):
    graph = MigrationLoader(connection).graph

    assert len(graph.leaf_nodes(app)) <= 1


@pytest.mark.django_db
def test_every_migration_can_be_undone():
    loader = MigrationLoader(connection)
    ours = [
        (key, operation)
        for key, migration in loader.disk_migrations.items()
        if key[0] in OURS
        for operation in migration.operations
    ]

    assert ours
    assert [key for key, operation in ours if not operation.reversible] == []
