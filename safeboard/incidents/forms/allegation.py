"""A concern about staff: how grave it is, the risk assessment, what is particular online."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from safeboard.core.forms import Area, DateField, Radios
from safeboard.library.concerns import AllegationPath, QuestionSet

from ..choices import Finding, Kin, Part, RiskLevel, Threshold
from ..models import Incident, Involved
from ..queries.allegation import KNOWN, answered
from .casework import KeyedForm


class ThresholdForm(KeyedForm):
    """Harm threshold or low-level concern (Keeping Children Safe in Education, part 4)."""

    level = forms.ChoiceField(
        label=gettext_lazy("How grave is it?"),
        error_messages={"required": gettext_lazy("Choose one of the two. If in doubt, ask the LADO.")},
    )
    why = forms.CharField(
        label=gettext_lazy("Why?"),
        help_text=gettext_lazy("Also who was asked, and what they advised."),
        widget=Area(rows=5),
        error_messages={"required": gettext_lazy("Write why")},
    )

    def __init__(self, data: Any = None, *, path: AllegationPath) -> None:
        super().__init__(data)
        field = self.fields["level"]
        field.widget = Radios(hints={one.id: str(one.hint) for one in path.levels})
        field.choices = [(one.id, Threshold(one.id).label) for one in path.levels]


class QuestionsForm(KeyedForm):
    """The questions of a set before the fields of the form itself: yes, no or not known, and words beside."""

    mark_optional = False

    def __init__(
        self, data: Any = None, *, questions: QuestionSet, answers: list[dict[str, str]] | None = None
    ) -> None:
        super().__init__(data)
        self.questions = questions
        own = list(self.fields)
        for one in questions.questions:
            self._ask(one.id, str(one.question), str(one.hint or ""), one.answers == "yes-no")
        self.order_fields([name for name in self.fields if name not in own] + own)
        self._begin_with({one["question"]: one for one in answers or []})

    def _ask(self, name: str, question: str, hint: str, closed: bool) -> None:
        if closed:
            self.fields[name] = forms.ChoiceField(
                label=question, help_text=hint, choices=KNOWN.items(), required=False, widget=Radios(inline=True)
            )
        words = f"{name}-words"
        label = gettext_lazy("What is known of it") if closed else question
        self.fields[words] = forms.CharField(
            label=label, help_text="" if closed else hint, required=False, widget=Area(rows=2)
        )
        self.fields[words].label = label

    def _begin_with(self, before: dict[str, dict[str, str]]) -> None:
        codes = {str(label): code for code, label in KNOWN.items()}
        for one in self.questions.questions:
            row = before.get(str(one.question))
            if row:
                self.initial[one.id] = codes.get(row["answer"], "")
                self.initial[f"{one.id}-words"] = row["words"]

    def values(self) -> dict[str, Any]:
        """As the operation takes them: the answers in the words that were shown, and the form's own fields."""
        own = {name: self.cleaned_data[name] for name in self.base_fields}
        return {**own, "answers": answered(self.questions, self.cleaned_data)}


class RiskForm(QuestionsForm):
    """The risk assessment of Harrow 5.2."""

    involved = forms.ModelChoiceField(
        queryset=Involved.objects.none(),
        label=gettext_lazy("Whom is it about?"),
        required=False,
        empty_label=gettext_lazy("Their name is not on the record"),
    )
    level = forms.ChoiceField(
        label=gettext_lazy("What did it come to?"),
        choices=RiskLevel,
        widget=Radios(
            hints={RiskLevel.HIGH: gettext_lazy("Refer it now, to the LADO or HR, social care or the police.")}
        ),
        error_messages={"required": gettext_lazy("Choose what it came to")},
    )
    why = forms.CharField(
        label=gettext_lazy("Why?"), widget=Area(rows=4), error_messages={"required": gettext_lazy("Write why")}
    )
    measures = forms.CharField(
        label=gettext_lazy("What holds for now?"),
        help_text=gettext_lazy("Changed duties, no work alone with children, no access to the network, leave."),
        required=False,
        widget=Area(rows=3),
    )
    decided_by = forms.CharField(
        label=gettext_lazy("Who decided?"),
        max_length=200,
        error_messages={"required": gettext_lazy("Write who decided")},
    )
    review_on = DateField(
        label=gettext_lazy("When is it looked at again?"),
        help_text=gettext_lazy("You are reminded on that day."),
        required=False,
    )

    def __init__(self, data: Any = None, *, incident: Incident, **options: Any) -> None:
        super().__init__(data, **options)
        field = self.fields["involved"]
        field.queryset = Involved.objects.filter(incident=incident, kin=Kin.STAFF)
        self.initial["involved"] = field.queryset.filter(part=Part.CONCERN).values_list("pk", flat=True).first()
        field.label_from_instance = lambda row: row.name or str(row.get_kin_display())


class OnlineForm(QuestionsForm):
    """What is particular to an allegation that was made online."""

    finding = forms.ChoiceField(
        label=gettext_lazy("What was found?"),
        choices=Finding,
        initial=Finding.OPEN,
        widget=Radios(),
        error_messages={"required": gettext_lazy("Choose what was found, or “Not settled yet”")},
    )
    why = forms.CharField(label=gettext_lazy("How is it known?"), required=False, widget=Area(rows=3))
