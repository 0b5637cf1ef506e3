"""More kinds of documents."""

import lykta.domain.documents.rules
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0001_tables"),
    ]

    operations = [
        migrations.AlterField(
            model_name="document",
            name="kind",
            field=models.CharField(
                choices=[
                    (lykta.domain.documents.rules.Kind["PICTURE"], "lägesbild"),
                    (lykta.domain.documents.rules.Kind["WEEK"], "veckans lägesbild"),
                    (lykta.domain.documents.rules.Kind["MINUTES"], "protokoll"),
                ],
                max_length=20,
            ),
        ),
    ]
