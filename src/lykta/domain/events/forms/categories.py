"""What people fill in about categories and the questions that belong to them."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lykta.domain.events.models import SUBJECTS, Category, Question

MOST_CHOICES = 12
_LINES = {"rows": 5}


class CategoryForm(forms.Form):
    """What a category is called, where it belongs and what is told of it."""

    name = forms.CharField(label=gettext_lazy("Namn"), max_length=120)
    name_en = forms.CharField(
        label=gettext_lazy("Namn på engelska"), max_length=120, required=False
    )
    parent = forms.ModelChoiceField(
        label=gettext_lazy("Ligger under"),
        queryset=Category.objects.filter(parent=None, is_stopped=False),
        empty_label=gettext_lazy("överst"),
        required=False,
    )
    subject = forms.ChoiceField(
        label=gettext_lazy("Slag"),
        help_text=gettext_lazy("Avgör hur små antal visas."),
        choices=list(SUBJECTS.items()),
    )
    order = forms.IntegerField(
        label=gettext_lazy("Ordning"), min_value=0, max_value=32000, initial=1000
    )
    answer_days = forms.IntegerField(
        label=gettext_lazy("Svar inom så många arbetsdagar"),
        min_value=1,
        max_value=60,
        initial=5,
    )
    advice = forms.CharField(
        label=gettext_lazy("Råd till den som rapporterar"),
        help_text=gettext_lazy("Visas när kategorin väljs."),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    advice_en = forms.CharField(
        label=gettext_lazy("Råd på engelska"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    is_ended = forms.BooleanField(
        label=gettext_lazy("Används inte längre"),
        help_text=gettext_lazy("Den kan inte väljas. Det som är rapporterat står kvar."),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["parent"].label_from_instance = lambda row: row.name_now


class QuestionForm(forms.Form):
    """A question, and the answers to choose among."""

    text = forms.CharField(label=gettext_lazy("Fråga"), max_length=200)
    text_en = forms.CharField(
        label=gettext_lazy("Fråga på engelska"), max_length=200, required=False
    )
    choices = forms.CharField(
        label=gettext_lazy("Svar att välja bland"),
        help_text=gettext_lazy("Ett på varje rad. Engelska efter ett lodrätt streck: ja | yes."),
        widget=forms.Textarea(attrs=_LINES),
    )
    order = forms.IntegerField(
        label=gettext_lazy("Ordning"), min_value=0, max_value=32000, initial=100
    )

    def clean_choices(self) -> list[tuple[str, str]]:
        """Return the answers, each in Swedish and English."""
        lines = [line for line in self.cleaned_data["choices"].splitlines() if line.strip()]
        pairs = [tuple(part.strip() for part in f"{line}|".split("|")[:2]) for line in lines]
        if not 2 <= len(pairs) <= MOST_CHOICES:
            raise forms.ValidationError(_("Ange mellan två och tolv svar."))
        if len({swedish for swedish, _english in pairs}) < len(pairs) or not all(
            swedish for swedish, _english in pairs
        ):
            raise forms.ValidationError(_("Varje svar ska vara olika de andra."))
        return [(swedish, english) for swedish, english in pairs]


def filled(row: Question) -> dict[str, Any]:
    """Return what a form holds at first for a question that is asked already."""
    lines = [
        " | ".join(filter(None, (each["text"], each.get("text_en", "")))) for each in row.choices
    ]
    return {
        "text": row.text,
        "text_en": row.text_en,
        "choices": "\n".join(lines),
        "order": row.order,
    }
