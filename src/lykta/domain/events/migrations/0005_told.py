"""What a step of a report may be: that something has been done since, too."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """Let those who reported be told what was done."""

    dependencies: ClassVar = [("events", "0004_merged")]
    operations: ClassVar = [
        migrations.AlterField(
            model_name="step",
            name="act",
            field=models.CharField(
                choices=[
                    ("moved", ""),
                    ("unmerged", "isär igen"),
                    ("split", "delad"),
                    ("handed_off", "överlämnad"),
                    ("withdrawn", "överlämningen återtagen"),
                    ("replied", "svar från den som fick ta över"),
                    ("told", "det här hände"),
                ],
                default="moved",
                max_length=12,
            ),
        ),
    ]
