import django.db.models.deletion
from django.db import migrations, models

from lykta.infrastructure.locked import refuse_changes


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("documents", "0001_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="FrozenPicture",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("period_from", models.DateField()),
                ("period_to", models.DateField()),
                (
                    "audience",
                    models.CharField(
                        choices=[("partners", "samverkansparter"), ("public", "allmänheten")],
                        max_length=10,
                    ),
                ),
                ("figures_sha256", models.CharField(max_length=64)),
                (
                    "document",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="documents.document",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("period_to__gte", models.F("period_from"))),
                        name="no_picture_ends_first",
                    )
                ],
            },
        ),
        refuse_changes("plans_frozenpicture"),
    ]
