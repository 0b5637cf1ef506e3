"""What was held together with another before reports could be merged and taken apart again."""

from typing import Any

from django.db import migrations


def lead(apps: Any, _editor: Any) -> None:
    """Let each lead to the report whose event it was counted with; it has none of its own."""
    reports = apps.get_model("events", "Report").objects
    for row in reports.filter(state="merged", merged_into=None):
        others = reports.filter(event=row.event_id).exclude(pk=row.pk)
        row.merged_into = others.exclude(state="merged").order_by("pk").first() or row.same_as
        row.event = None
        row.save(update_fields=["merged_into", "event"])


class Migration(migrations.Migration):
    dependencies = [("events", "0003_triage")]

    operations = [migrations.RunPython(lead, migrations.RunPython.noop)]
