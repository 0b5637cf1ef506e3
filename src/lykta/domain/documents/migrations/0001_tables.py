import django.db.models.deletion
import lykta.domain.documents.rules
from django.conf import settings
from django.db import migrations, models

from lykta.infrastructure.locked import refuse_changes


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("partners", "0001_tables"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Document",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[(lykta.domain.documents.rules.Kind["PICTURE"], "lägesbild")],
                        max_length=20,
                    ),
                ),
                ("title", models.CharField(max_length=160)),
                ("number", models.PositiveIntegerField(default=1)),
                (
                    "confidentiality",
                    models.CharField(
                        choices=[
                            ("public", "public"),
                            ("partners", "partners"),
                            ("own", "own"),
                            ("municipality", "municipality"),
                        ],
                        max_length=20,
                    ),
                ),
                ("made_at", models.DateTimeField()),
                ("sha256", models.CharField(max_length=64)),
                ("parameters", models.JSONField(default=dict)),
                ("version", models.CharField(max_length=20)),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="partners.organisation",
                    ),
                ),
                (
                    "supersedes",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="superseded_by",
                        to="documents.document",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Form",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "form",
                    models.CharField(
                        choices=[
                            ("pdf", "pdf"),
                            ("docx", "docx"),
                            ("html", "html"),
                            ("json", "json"),
                            ("csv", "csv"),
                        ],
                        max_length=10,
                    ),
                ),
                ("sha256", models.CharField(max_length=64)),
                ("size", models.PositiveBigIntegerField()),
                ("version", models.CharField(max_length=20)),
                ("made_at", models.DateTimeField()),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="forms",
                        to="documents.document",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.UniqueConstraint(
                fields=("kind", "title", "number"), name="one_row_a_number"
            ),
        ),
        migrations.AddConstraint(
            model_name="form",
            constraint=models.UniqueConstraint(fields=("document", "form"), name="one_row_a_form"),
        ),
        refuse_changes("documents_document"),
        refuse_changes("documents_form"),
    ]
