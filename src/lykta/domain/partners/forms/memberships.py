"""What people fill in about memberships."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lykta.domain.partners import rules, selectors
from lykta.domain.partners.models import CLEARANCES, ROLES, Membership, Organisation
from lykta.infrastructure.access import Reach
from lykta.infrastructure.accounts.models import Account
from lykta.infrastructure.accounts.selectors import accounts

DAY = {"type": "date"}
_CHOSEN = ("district", "listed", "local")
# The areas are another room's, known here by the membership's own link to them.
AREAS: Any = Membership.areas.field.related_model


def offer_areas(field: Any) -> None:
    """Let a field choose among the areas, each with its kind: two kinds may share a name."""
    field.queryset = AREAS.objects.filter(kind__in=_CHOSEN).order_by("kind", "name")
    field.label_from_instance = lambda area: f"{area.name}, {area.get_kind_display()}"


class GivenForm(forms.Form):
    """What a membership gives, within what the one who fills it in may give."""

    organisation = forms.ModelChoiceField(
        label=_("Organisation"), queryset=Organisation.objects.none()
    )
    role = forms.ChoiceField(label=_("Roll"), choices=())
    areas = forms.ModelMultipleChoiceField(
        label=_("Områden"),
        help_text=_(
            "Väljer du inget gäller det hela kommunen, eller allt som organisationens "
            "överenskommelse omfattar."
        ),
        queryset=AREAS.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    clearance = forms.ChoiceField(
        label=_("Får se"),
        choices=[("", _("som rollen brukar")), *CLEARANCES.items()],
        required=False,
    )
    ends_on = forms.DateField(
        label=_("Till och med"),
        required=False,
        help_text=_("Tomt betyder tills vidare."),
        widget=forms.DateInput(attrs=DAY),
    )

    def __init__(self, *args: Any, reach: Reach, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        may_all = reach.may(rules.ADMINISTER_MEMBERSHIPS)
        roles = ROLES if may_all else {role: ROLES[role] for role in rules.ROLES_OF_OWN_MEMBERS}
        fields: dict[str, Any] = self.fields
        fields["role"].choices = list(roles.items())
        fields["clearance"].disabled = not may_all
        fields["organisation"].queryset = selectors.organisations_to_fill(reach)
        offer_areas(fields["areas"])


class MembershipForm(GivenForm):
    """A new membership of an account that there is."""

    email = forms.EmailField(
        label=_("Kontots e-postadress"), help_text=_("Den som saknar konto bjuder du in i stället.")
    )
    starts_on = forms.DateField(label=_("Från"), widget=forms.DateInput(attrs=DAY))

    field_order = (
        "email", "organisation", "role", "areas", "clearance", "starts_on", "ends_on",
    )  # fmt: skip

    def clean_email(self) -> Account:
        """Return the account with the address."""
        account = accounts().filter(email__iexact=self.cleaned_data["email"].strip()).first()
        if account is None:
            raise forms.ValidationError(_("Det finns inget konto med den adressen."))
        return account


class EndMembershipForm(forms.Form):
    """The last day of a membership."""

    last_day = forms.DateField(label=_("Sista dagen"), widget=forms.DateInput(attrs=DAY))
