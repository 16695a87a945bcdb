"""Questions about the provider's own shape."""

from django.utils.crypto import constant_time_compare, salted_hmac

from hearth.organisation.models import Provider, User

KEY_LENGTH = 16


def provider_name() -> str:
    """The provider's name, or nothing before one is founded."""
    provider = Provider.objects.only("name").first()
    return provider.name if provider else ""


def demonstration_key(user: User) -> str:
    """What stands in the sign-in link of an invented person. It opens nothing outside a demonstration."""
    return salted_hmac("hearth.demonstration", str(user.public_id), algorithm="sha256").hexdigest()[:KEY_LENGTH]


def demonstration_user(name: str, key: str) -> User | None:
    """The invented person a sign-in link is for; nobody, where the link is wrong or the person is real."""
    user = User.objects.filter(email__startswith=f"{name}@", is_demonstration=True, is_active=True).first()
    return user if user and constant_time_compare(demonstration_key(user), key) else None
