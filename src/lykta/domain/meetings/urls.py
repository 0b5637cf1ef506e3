"""The addresses of the week."""

from django.urls import path, register_converter

from lykta.domain.meetings.rules import Month, Week, month_named, week_named
from lykta.domain.meetings.views import actions, letters, meetings, planned, weeks

app_name = "meetings"


class WeekConverter:
    """A week in an address: "2026-48"."""

    regex = r"\d{4}-\d{2}"

    def to_python(self, value: str) -> Week:
        """Return the week; what is no week is no address."""
        found = week_named(value)
        if found is None:
            raise ValueError(value)
        return found

    def to_url(self, value: Week | str) -> str:
        """Return a week as an address has it."""
        return value.key if isinstance(value, Week) else value


class MonthConverter:
    """A month in an address: "2026-11"."""

    regex = r"\d{4}-\d{2}"

    def to_python(self, value: str) -> Month:
        """Return the month; what is no month is no address."""
        found = month_named(value)
        if found is None:
            raise ValueError(value)
        return found

    def to_url(self, value: Month | str) -> str:
        """Return a month as an address has it."""
        return value.key if isinstance(value, Month) else value


register_converter(WeekConverter, "week")
register_converter(MonthConverter, "month")
urlpatterns = [
    path("", weeks.weeks, name="weeks"),
    path("<week:week>/", weeks.week, name="week"),
    path("<week:week>/frys/", weeks.freeze, name="freeze"),
    path("<week:week>/paminn/", weeks.remind, name="remind"),
    path("<week:week>/bild/<str:form>", weeks.file, name="file"),
    path("<week:week>/mote/", meetings.meeting, name="meeting"),
    path("<week:week>/mote/tid/", meetings.plan, name="plan"),
    path("<week:week>/mote/narvaro/", meetings.attend, name="attend"),
    path("<week:week>/mote/beslut/", meetings.decide, name="decide"),
    path("<week:week>/mote/beslut/<int:pk>/ta-tillbaka/", meetings.withdraw, name="withdraw"),
    path("<week:week>/mote/avsluta/", meetings.close, name="close"),
    path("<week:week>/mote/protokoll/<str:form>", meetings.minutes, name="minutes"),
    path("<week:week>/mote/mote.ics", meetings.calendar, name="calendar"),
    path("atgarder/", actions.actions, name="actions"),
    path("atgarder/tabell.csv", actions.table, name="actions-table"),
    path("atgarder/<int:pk>/", actions.action, name="action"),
    path("atgarder/<int:pk>/beratta/", actions.tell, name="tell"),
    path("atgarder/<int:pk>/efterat/", actions.effect, name="effect"),
    path("brev/", letters.letters, name="letters"),
    path("brev/<int:pk>/<month:month>/", letters.letter, name="letter"),
    path("brev/<int:pk>/<month:month>/<str:form>", letters.letter_file, name="letter-file"),
    path("arshjul/", planned.year, name="year"),
    path("arshjul/<int:pk>/ta-bort/", planned.remove, name="remove-planned"),
]
