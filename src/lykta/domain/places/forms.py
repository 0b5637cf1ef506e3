"""What people fill in about places."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lykta.domain.places.models import KINDS, ORIGINS
from lykta.domain.places.rules import BorderOrigin

FILES = {
    "areas": _("Områden med gränser"),
    "population": _("Folkmängd"),
    "listings": _("Polisens lista: våra områden"),
    "editions": _("Polisens lista: hela landet"),
}
LARGEST_MB = 200


class UploadForm(forms.Form):
    """A file to read in, and what it does not say itself."""

    kind = forms.ChoiceField(label=_("Vad filen innehåller"), choices=FILES)
    file = forms.FileField(
        label=_("Fil"),
        help_text=_("CSV, Excel, Parquet, GeoJSON, GeoPackage eller zippad Shapefile."),
    )
    area_kind = forms.ChoiceField(
        label=_("Slag av område"),
        help_text=_("För områden, om filen inte säger det."),
        choices=[("", _("enligt filen")), *KINDS.items()],
        required=False,
    )
    border_origin = forms.ChoiceField(
        label=_("Gränsernas ursprung"),
        help_text=_("För områden, om filen inte säger det."),
        choices=[
            ("", _("enligt filen")),
            *((key, word) for key, word in ORIGINS.items() if key != BorderOrigin.NONE),
        ],
        required=False,
    )
    border_note = forms.CharField(
        label=_("Anmärkning om gränserna"),
        help_text=_("Krävs för lokala uppskattningar: hur de drogs."),
        max_length=300,
        required=False,
    )
    valid_from = forms.DateField(
        label=_("Gäller från"),
        help_text=_("För områden, om filen inte säger det. Tomt betyder i dag."),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    is_ended = forms.BooleanField(
        label=_("Områdena i filen upphör den dagen"),
        help_text=_("De finns kvar i historiken men visas inte därefter."),
        required=False,
    )
    year = forms.IntegerField(
        label=_("År"),
        help_text=_("För folkmängd och listor, om filen inte säger det."),
        min_value=1900,
        max_value=2200,
        required=False,
    )

    def clean_file(self) -> Any:
        """Return the file, if it is not too large to be sent this way."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST_MB * 1024 * 1024:
            raise forms.ValidationError(
                _("Filen är större än %(most)s MB. Läs in den med lykta import på servern."),
                params={"most": LARGEST_MB},
            )
        return file
