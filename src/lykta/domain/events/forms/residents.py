"""What residents fill in: the same four things, and a guard against programs that fill in forms."""

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4, uuid5

from django import forms
from django.core.signing import BadSignature, SignatureExpired, TimestampSigner
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lykta.domain.events.forms.reports import ReportForm
from lykta.domain.events.rules import Channel
from lykta.domain.events.services import Told

_SIGNER = TimestampSigner(salt="lykta.open-report")
# Nobody reads four questions and answers them in less; a page left open overnight is asked again.
QUICKEST, LONGEST = timedelta(seconds=3), timedelta(hours=24)
# Nor which report it is: whoever knew the key of another's could take it over.
_NOT_ASKED = (
    *("group_size", "group_age", "is_indoor", "is_police_reported", "basis"),
    *("key", "written_at"),
)
_LINK = re.compile(r"https?://|www\.|\[url|</?a\b", re.IGNORECASE)


def opened_now() -> str:
    """Return which page it is and when it was opened, signed so that it cannot be made up."""
    return _SIGNER.sign(str(uuid4()))


class OpenReportForm(ReportForm):
    """A report by someone without an account; nothing of who they are is asked for."""

    opened = forms.CharField(widget=forms.HiddenInput, required=False)
    # Hidden from people, with or without a screen; programs fill it in.
    website = forms.CharField(required=False)

    more = ("severity",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in _NOT_ASKED:
            del self.fields[name]
        fields: dict[str, Any] = self.fields
        fields["description"].help_text = gettext_lazy(
            "Skriv om platsen och händelsen. Skriv inte vem någon är, och inte ditt eget namn."
        )

    def told(self, *, channel: Channel = Channel.PUBLIC_FORM) -> Told:
        """Return what is told; the same text from the same page is the same report."""
        said = self.cleaned_data
        page = UUID(_SIGNER.unsign(said["opened"]))
        return replace(super().told(channel=channel), key=uuid5(page, said["description"]))

    def clean_website(self) -> str:
        """Refuse what only a program fills in."""
        if self.cleaned_data["website"]:
            raise forms.ValidationError(_("Lämna det fältet tomt."))
        return ""

    def clean_opened(self) -> str:
        """Refuse what was filled in faster than anyone can, or too long after."""
        said = self.cleaned_data["opened"]
        try:
            _SIGNER.unsign(said, max_age=LONGEST)
        except SignatureExpired:
            raise forms.ValidationError(
                _("Sidan har stått öppen länge. Kontrollera texten och skicka igen.")
            ) from None
        except BadSignature:
            raise forms.ValidationError(_("Något blev fel. Skicka igen.")) from None
        try:
            _SIGNER.unsign(said, max_age=QUICKEST)
        except SignatureExpired:
            return said
        raise forms.ValidationError(_("Det gick väldigt fort. Vänta några sekunder, skicka igen."))

    def clean_description(self) -> str:
        """Refuse links: they lead elsewhere than to what happened."""
        said: str = self.cleaned_data["description"]
        if _LINK.search(said):
            raise forms.ValidationError(_("Skriv utan länkar. Berätta vad som har hänt."))
        return said


class CodeForm(forms.Form):
    """The code that a report is followed by."""

    code = forms.CharField(
        label=gettext_lazy("Följekod"),
        help_text=gettext_lazy("Tolv tecken, som du fick när du rapporterade."),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )
