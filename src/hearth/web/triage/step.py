"""What every step of a decision shares: a form that is put under the policy of the record."""

from collections.abc import Sequence
from typing import Any

from hearth.access import clock
from hearth.web.citing import Governed, under
from hearth.web.forms import RevealingForm, choices_of
from hearth.web.triage.offered import Offered

DECIDES = ("concern.triaged",)


class StepForm(Governed, RevealingForm):
    """One step. `offered` fills its answers."""

    def __init__(self, *args: Any, offered: Offered, **options: Any) -> None:
        super().__init__(*args, **options)
        self.offered = offered
        self.offer()
        under(self, offered.pack, at=clock.now(), entity=offered.clauses_of)

    def offer(self) -> None:
        """Fill the answers that depend on the policy and the record."""

    def choose(self, field: str, choices: Sequence[tuple[Any, Any]]) -> None:
        """Fill the answers of one field."""
        choices_of(self, field).choices = choices

    def need(self, told: dict[str, Any], field: str, message: Any) -> None:
        """Say that an answer is missing, once."""
        if not told.get(field) and field not in self.errors:
            self.add_error(field, message)
