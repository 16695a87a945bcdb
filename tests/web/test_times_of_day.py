"""Whoever is asked for a time of day sees how it may be written, on every form that asks for one."""

from hearth.web.administration.rota import PutOnForm
from hearth.web.cases.forms import ContactForm
from hearth.web.forms import TimeOfDayField
from hearth.web.partners.forms import ChaseForm
from hearth.web.people.forms import ContactForm as HowToReachForm


def test_every_time_of_day_has_an_example_beside_it():
    forms = (PutOnForm, ContactForm, ChaseForm, HowToReachForm)
    asked = [field for form in forms for field in form.base_fields.values() if isinstance(field, TimeOfDayField)]
    assert len(asked) >= len(forms)
    assert {str(field.help_text) for field in asked} == {"For example, 9am or 5:30pm."}
    assert TimeOfDayField(help_text="As the letter says it.").help_text == "As the letter says it.", "the control"
