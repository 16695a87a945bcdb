"""Questions about the provider's own shape."""

from hearth.organisation.models import Provider


def provider_name() -> str:
    """The provider's name, or nothing before one is founded."""
    provider = Provider.objects.only("name").first()
    return provider.name if provider else ""
