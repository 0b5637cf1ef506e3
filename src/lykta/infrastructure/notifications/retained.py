"""How long it is kept that someone was told of something."""

from django.utils.translation import gettext_lazy as _

from lykta.infrastructure.notifications.models import Mail, Notice, State
from lykta.infrastructure.retention.datasets import Dataset, Field

NOTICES = Dataset(
    name=_("Notiser"),
    fields={
        "read": Field(
            name=_("att ett konto har fått en notis, och läst den"),
            counted_from="notisen lästes",
            keep_days=90,
            why="Den som vill läsa igen gör det inom ett kvartal. Det notisen gällde står kvar.",
            rows=lambda: Notice.objects.exclude(read_at=None),
            moment="read_at",
        ),
        "all": Field(
            name=_("att ett konto har fått en notis"),
            counted_from="notisen kom",
            keep_days=365,
            why="Det som ingen har läst på ett år behöver ingen läsa. Det den gällde står kvar.",
            rows=lambda: Notice.objects.all(),
            moment="at",
        ),
        "mails": Field(
            name=_("att ett brev har skickats, och när; texten sparas aldrig"),
            counted_from="brevet skickades eller gavs upp",
            keep_days=90,
            why="Behövs för att se om brev kommer fram, och så länge det finns notiser i det.",
            # A notice without its mail would be mailed again.
            rows=lambda: Mail.objects.exclude(state=State.WAITING).filter(notices=None),
            moment="done_at",
        ),
    },
)
