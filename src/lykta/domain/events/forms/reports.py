"""What people fill in when they report: four things, and more where they know more."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lykta.domain.events import rules, selectors
from lykta.domain.events.forms.times import TimeFields
from lykta.domain.events.models import AGE_BANDS, GROUP_SIZES, SEVERITIES, Category, Report
from lykta.domain.events.rules import Channel, Reliability
from lykta.domain.events.services import Told, Where
from lykta.domain.places import selectors as places
from lykta.infrastructure.access import Reach
from lykta.infrastructure.errors import LyktaError
from lykta.infrastructure.photos.cleaning import clean as clean_photo

OTHER = "other"
NEW = "new"
MOST_PHOTOS = 4
BASES = {
    Reliability.OBSERVED: gettext_lazy("Jag såg det själv"),
    Reliability.HEARD: gettext_lazy("Någon berättade det"),
    Reliability.ASSESSED: gettext_lazy("Min bedömning"),
}
_UNSAID = ("", gettext_lazy("vet inte"))
_YES_OR_NO = (_UNSAID, ("yes", gettext_lazy("ja")), ("no", gettext_lazy("nej")))


class PhotosInput(forms.ClearableFileInput):
    """A field for more than one photo."""

    allow_multiple_selected = True


class PhotosField(forms.FileField):
    """Photos, each made anew without what its file tells beside the picture."""

    widget = PhotosInput

    def clean(self, data: Any, initial: Any = None) -> tuple[Any, ...]:
        """Return the photos, or say what is wrong with one."""
        given = data or initial or ()
        files: Sequence[Any] = given if isinstance(given, list | tuple) else [given]
        if len(files) > MOST_PHOTOS:
            raise forms.ValidationError(_("Välj högst fyra foton."))
        try:
            return tuple(clean_photo(file) for file in files)
        except LyktaError as error:
            raise forms.ValidationError(str(error)) from None


class ReportForm(TimeFields, forms.Form):
    """Category, place, time and what happened; the rest is for those who know more."""

    key = forms.UUIDField(widget=forms.HiddenInput, required=False)
    written_at = forms.DateTimeField(widget=forms.HiddenInput, required=False)
    category = forms.ChoiceField(
        label=gettext_lazy("Vad gäller det?"), widget=forms.RadioSelect, required=False
    )
    other_category = forms.ModelChoiceField(
        label=gettext_lazy("Annat"), queryset=Category.objects.none(), required=False
    )
    place = forms.CharField(
        label=gettext_lazy("Var?"),
        help_text=gettext_lazy("Adress eller känd plats."),
        max_length=120,
        required=False,
    )
    place_code = forms.CharField(widget=forms.HiddenInput, max_length=40, required=False)
    lon = forms.FloatField(widget=forms.HiddenInput, min_value=-180, max_value=180, required=False)
    lat = forms.FloatField(widget=forms.HiddenInput, min_value=-90, max_value=90, required=False)
    description = forms.CharField(
        label=gettext_lazy("Vad har hänt?"),
        help_text=gettext_lazy("Skriv om platsen och händelsen, inte om personer."),
        min_length=3,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    photos = PhotosField(label=gettext_lazy("Foton"), required=False)
    basis = forms.ChoiceField(
        label=gettext_lazy("Hur vet du det?"),
        choices=list(BASES.items()),
        widget=forms.RadioSelect,
        required=False,
    )
    severity = forms.TypedChoiceField(
        label=gettext_lazy("Hur allvarligt är det?"),
        choices=[_UNSAID, *SEVERITIES.items()],
        coerce=int,
        empty_value=None,
        required=False,
    )
    has_called_112 = forms.BooleanField(
        label=gettext_lazy("Jag har ringt 112, eller så är faran över"), required=False
    )
    group_size = forms.ChoiceField(
        label=gettext_lazy("Hur många var samlade?"),
        choices=[_UNSAID, *GROUP_SIZES.items()],
        required=False,
    )
    group_age = forms.ChoiceField(
        label=gettext_lazy("Ålder, ungefär"),
        choices=[_UNSAID, *AGE_BANDS.items()],
        required=False,
    )
    is_indoor = forms.ChoiceField(
        label=gettext_lazy("Inomhus?"), choices=_YES_OR_NO, required=False
    )
    is_police_reported = forms.ChoiceField(
        label=gettext_lazy("Polisanmält?"), choices=_YES_OR_NO, required=False
    )
    same_as = forms.CharField(widget=forms.HiddenInput, max_length=40, required=False)

    more: tuple[str, ...] = (
        "basis",
        "severity",
        "group_size",
        "group_age",
        "is_indoor",
        "is_police_reported",
    )

    def __init__(
        self, *args: Any, reach: Reach, categories: Sequence[Category], common: Sequence[int],
        now: datetime, **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.reach, self.now = reach, now
        self.candidates: list[Any] = []
        self.similar: list[selectors.Similar] = []
        self.categories = categories
        by_id = {row.pk: row for row in categories}
        chips = [(str(pk), by_id[pk].name_now) for pk in common if pk in by_id]
        fields: dict[str, Any] = self.fields
        fields["category"].choices = [*chips, (OTHER, _("Annat …"))] if chips else []
        fields["other_category"].queryset = Category.objects.filter(pk__in=list(by_id))
        for category in categories:
            for question in category.questions.all():
                fields[_question_name(question.pk)] = forms.ChoiceField(
                    label=question.text_now,
                    choices=[_UNSAID, *question.choices_now],
                    required=False,
                )

    @property
    def more_fields(self) -> list[forms.BoundField]:
        """Return the fields for those who know more."""
        return [self[name] for name in self.more]

    @property
    def is_more_filled(self) -> bool:
        """Return whether any of those fields holds something, so that it is not folded away."""
        return any(self[name].value() for name in (*self.more, "photos"))

    @property
    def is_acute(self) -> bool:
        """Return whether what is told belongs to 112 first."""
        return str(self["severity"].value()) == str(rules.ACUTE)

    @property
    def families(self) -> list[tuple[Category, list[Category]]]:
        """Return the kinds at the top of the tree, each with those under it."""
        roots = [row for row in self.categories if row.parent_id is None]
        return [
            (root, [row for row in self.categories if row.parent_id == root.pk]) for root in roots
        ]

    @property
    def asked(self) -> list[tuple[int, list[forms.BoundField]]]:
        """Return the questions of each category."""
        return [
            (row.pk, [self[_question_name(question.pk)] for question in row.questions.all()])
            for row in self.categories
            if row.questions.all()
        ]

    def clean(self) -> dict[str, Any]:
        """Return what was filled in, with its category, place and time made out."""
        said = super().clean() or {}
        said["category"] = self._category(said)
        said["where"] = self._where(said)
        said["when"] = self.when(said)
        if not self.errors:
            said["same_as"] = self._same_as(said)
        return said

    def told(self, *, channel: Channel = Channel.WEB) -> Told:
        """Return what is told, from a form that is valid."""
        said = self.cleaned_data
        written_at = said.get("written_at") or self.now
        late = self.now - written_at > rules.UNSENT_AFTER
        return Told(
            key=said.get("key") or uuid4(),
            written_at=written_at,
            category=said["category"],
            where=said["where"],
            when=said["when"],
            description=said["description"],
            channel=Channel.OFFLINE if late and channel is Channel.WEB else channel,
            basis=Reliability(said.get("basis") or Reliability.OBSERVED),
            severity=said["severity"],
            has_called_112=said["has_called_112"],
            group_size=said.get("group_size", ""),
            group_age=said.get("group_age", ""),
            is_indoor=_yes(said.get("is_indoor", "")),
            is_police_reported=_yes(said.get("is_police_reported", "")),
            answers=self._answers(said),
            same_as=said["same_as"],
            photos=said["photos"],
        )

    def _category(self, said: dict[str, Any]) -> Category | None:
        chosen = said.get("category", "")
        other: Category | None = said.get("other_category")
        by_id = {str(row.pk): row for row in self.categories}
        found = by_id.get(chosen) or other
        if found is None:
            self.add_error("category", _("Välj vad det gäller."))
        return found

    def _where(self, said: dict[str, Any]) -> Where:
        text, code = said.get("place", "").strip(), said.get("place_code", "")
        lon, lat = said.get("lon"), said.get("lat")
        if code and code != NEW:
            return Where(place=places.place(self.reach, code))
        if lon is not None and lat is not None:
            return Where(text=text, lon=lon, lat=lat)
        if not text:
            self.add_error("place", _("Skriv var det hände, eller välj där du är."))
            return Where()
        found = places.find_places(self.reach, text)
        same = [each for each in found if each.name.casefold() == text.casefold()]
        if same:
            return Where(place=same[0])
        if found and code != NEW:
            self.candidates = list(found)
            self.add_error("place", _("Välj platsen i listan, eller behåll din text."))
        return Where(text=text)

    def _same_as(self, said: dict[str, Any]) -> Report | None:
        """Return the report that this one repeats; asks, where that has not been answered."""
        answer = said.get("same_as", "")
        if answer == NEW:
            return None
        if answer:
            try:
                return selectors.repeated(self.reach, UUID(answer))
            except ValueError:
                return None
        self.similar = similar_to(self.reach, said)
        if self.similar:
            self.add_error(None, _("Är det redan rapporterat? Svara nedan."))
        return None

    def _answers(self, said: dict[str, Any]) -> dict[str, str]:
        kinds = {said["category"].pk, said["category"].parent_id}
        return {
            str(question.pk): said[_question_name(question.pk)]
            for row in self.categories
            if row.pk in kinds
            for question in row.questions.all()
            if said.get(_question_name(question.pk))
        }


class DecisionForm(forms.Form):
    """What is decided of a report, and what is said of it."""

    reason = forms.CharField(label=gettext_lazy("Skäl"), max_length=300, required=False)
    answer = forms.CharField(
        label=gettext_lazy("Svar till den som rapporterade"),
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


def similar_to(reach: Reach, said: dict[str, Any]) -> list[selectors.Similar]:
    """Return what has been reported before that is much like what a form says."""
    where: Where = said["where"]
    return selectors.similar(
        reach,
        said["category"],
        first_day=said["when"].first_day,
        last_day=said["when"].last_day,
        place=where.place,
        lon=where.lon,
        lat=where.lat,
    )


def _question_name(pk: int) -> str:
    return f"question_{pk}"


def _yes(answer: str) -> bool | None:
    return {"yes": True, "no": False}.get(answer)
