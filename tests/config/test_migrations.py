"""The first release begins with one migration per room, and the models are what they say."""

from collections import Counter

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader


@pytest.mark.django_db
def test_no_change_of_a_model_waits_for_a_migration() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.django_db
def test_every_room_has_exactly_one_migration() -> None:
    ours = {app.label for app in apps.get_app_configs() if app.name.startswith("paike.")}
    found = Counter(label for label, _ in MigrationLoader(connection).disk_migrations)
    assert {label: found[label] for label in ours if found[label] > 1} == {}
