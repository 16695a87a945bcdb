"""A few homes and tenancies, as an import leaves them."""

from hearth.access.identity import acting_as
from hearth.housing import addresses
from hearth.housing.models import Home, Tenancy
from hearth.people.models import Household, HouseholdMember


def make_home(keeper, line_1, *, town="Manchester", postcode="M14 4AA", reference="", uprn="", **more):
    lines = {name: more.pop(name, "") for name in ("line_2", "line_3")}
    text = " ".join([line_1, *lines.values(), town, postcode])
    with acting_as(keeper):
        return Home.objects.create(
            line_1=line_1, **lines, town=town, postcode=postcode, reference=reference or f"H-{line_1}-{postcode}",
            uprn=uprn, address_plain=" ".join(addresses.words(text)), address_sounds=" ".join(addresses.sounds(text)),
            **more,
        )  # fmt: skip


def let(keeper, home, *people, reference, since=None, until=None):
    """A tenancy of a home whose household are these people."""
    with acting_as(keeper):
        household = Household.objects.create()
        for person in people:
            HouseholdMember.objects.create(household=household, person=person, since=since, until=until)
        return Tenancy.objects.create(home=home, household=household, reference=reference, since=since, until=until)
