"""The pages as a Django application: only for its static files and its one check."""

from django.apps import AppConfig
from django.core.checks import register
from django.utils.translation import gettext_lazy as _


class WebConfig(AppConfig):
    """The pages."""

    name = "hearth.web"
    label = "web"

    def ready(self) -> None:
        from django import forms

        from hearth.web.assets import assets_are_built

        # A list may have changed since the page was opened. Django would say what was sent, which is a code.
        forms.ChoiceField.default_error_messages = {"invalid_choice": _("Choose one of the answers shown")}
        register(assets_are_built)
