"""The pages as a Django application: only for its static files and its one check."""

from django.apps import AppConfig
from django.core.checks import register


class WebConfig(AppConfig):
    """The pages."""

    name = "hearth.web"
    label = "web"

    def ready(self) -> None:
        from hearth.web.assets import assets_are_built

        register(assets_are_built)
