"""When something happened, as people say it: now, last night, or a day with a time or a part."""

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lykta.domain.events import rules
from lykta.domain.events.rules import Daypart, TimePrecision, When

NOW, HOUR, NIGHT, OTHER = "now", "hour", "night", "other"
TIMES = {
    NOW: gettext_lazy("Nu"),
    HOUR: gettext_lazy("Senaste timmen"),
    NIGHT: gettext_lazy("I natt"),
    OTHER: gettext_lazy("Annan tid"),
}
DAYPARTS = {
    Daypart.MORNING: gettext_lazy("morgon (6–9)"),
    Daypart.FORENOON: gettext_lazy("förmiddag (9–12)"),
    Daypart.AFTERNOON: gettext_lazy("eftermiddag (12–17)"),
    Daypart.EVENING: gettext_lazy("kväll (17–22)"),
    Daypart.NIGHT: gettext_lazy("natt (22–06)"),
}
_DAY = {"type": "date"}
_TIME = {"type": "time"}


class TimeFields(forms.Form):
    """The fields that say when; meant to be put into a form that has `now`."""

    now: datetime

    moment = forms.ChoiceField(
        label=gettext_lazy("När?"), choices=list(TIMES.items()), widget=forms.RadioSelect
    )
    day = forms.DateField(
        label=gettext_lazy("Dag"), required=False, widget=forms.DateInput(attrs=_DAY)
    )
    clock = forms.TimeField(
        label=gettext_lazy("Klockan"), required=False, widget=forms.TimeInput(attrs=_TIME)
    )
    daypart = forms.ChoiceField(
        label=gettext_lazy("Eller del av dygnet"),
        choices=[("", gettext_lazy("vet inte")), *DAYPARTS.items()],
        required=False,
    )
    last_day = forms.DateField(
        label=gettext_lazy("Till och med dag"), required=False, widget=forms.DateInput(attrs=_DAY)
    )
    last_clock = forms.TimeField(
        label=gettext_lazy("Till klockan"), required=False, widget=forms.TimeInput(attrs=_TIME)
    )

    def when(self, said: dict[str, Any]) -> When | None:
        """Return the time that was filled in; of now and last night by when it was written."""
        written = timezone.localtime(said.get("written_at") or self.now).replace(tzinfo=None)
        chosen = said.get("moment")
        if chosen == NOW:
            return rules.at(written)
        if chosen == HOUR:
            return rules.in_the_last_hour(written)
        if chosen == NIGHT:
            return rules.last_night(written)
        if chosen == OTHER and said.get("day"):
            return self._said(said, timezone.localtime(self.now).replace(tzinfo=None))
        if chosen == OTHER:
            self.add_error("day", _("Ange vilken dag det hände."))
        return None

    def _said(self, said: dict[str, Any], now: datetime) -> When | None:
        day, last_day = said["day"], said.get("last_day")
        clock, last_clock = said.get("clock"), said.get("last_clock")
        part = said.get("daypart")
        begins = rules.DAYPARTS[Daypart(part)][0] if part and not clock else 0
        first = datetime.combine(day, clock or time()) + timedelta(minutes=begins)
        if first > now or (last_day and last_day > now.date()):
            self.add_error("day", _("Tiden har inte varit än."))
            return None
        if last_day or last_clock:
            last = datetime.combine(last_day or day, last_clock or time(23, 59))
            if last < first:
                self.add_error("last_day", _("Tiden slutar innan den börjar."))
                return None
            if clock is None and last_clock is None:
                return When(day, last.date(), None, None, TimePrecision.INTERVAL)
            return rules.between(first, last, TimePrecision.INTERVAL)
        if clock:
            return rules.at(first)
        if part:
            return rules.part_of(day, Daypart(part), until=now)
        return rules.whole(day)
