"""The table of the last changes."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """Add it."""

    initial = True
    dependencies: ClassVar = []
    operations: ClassVar = [
        migrations.CreateModel(
            name="Change",
            fields=[
                ("table", models.CharField(max_length=63, primary_key=True, serialize=False)),
                ("mark", models.CharField(max_length=36)),
            ],
        ),
    ]
