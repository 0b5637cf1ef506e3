"""What accounts are told of by partners: that they are asked in."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lykta.domain.partners.selectors import role_label
from lykta.domain.partners.selectors.invitations import still_invited
from lykta.domain.partners.services.invitations import path_of
from lykta.infrastructure.access import Reach
from lykta.infrastructure.notifications.kinds import Channel, Kind, Message


def _invited(_reach: Reach, subject: str) -> Message | None:
    row = still_invited(int(subject), now=timezone.now())
    if row is None:
        return None
    return Message(
        title=_("Du är inbjuden till lykta"),
        text=_("Som {role} för {organisation}.").format(
            role=role_label(row.role), organisation=row.organisation.name
        ),
        url=path_of(row),
        is_for_strangers=True,
    )


INVITED_KIND = Kind(
    name=gettext_lazy("Inbjudningar"), right="", message=_invited, default=Channel.AT_ONCE
)
