"""Note each change of what a reach rests on, so that it can be kept until then."""

from typing import ClassVar

from django.db import migrations

from lykta.infrastructure.changes.watching import watch

TABLES = (
    "partners_membership",
    "partners_membership_areas",
    "partners_agreement",
    "partners_agreement_parties",
    "partners_agreement_areas",
    "partners_organisation",
    "partners_twostepdemand",
)


class Migration(migrations.Migration):
    """Watch them; of accounts only whether they may be used, for each login writes there."""

    dependencies: ClassVar = [
        ("accounts", "0003_sign_ins"),
        ("changes", "0001_tables"),
        ("partners", "0005_offices"),
    ]
    operations: ClassVar = [
        *(watch(table) for table in TABLES),
        watch("accounts_account", column="is_active"),
    ]
