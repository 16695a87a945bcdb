"""Finding homes and people. Asked for by POST, so that what was looked for stands in no address."""

from django.utils import timezone

from hearth.access import clock
from hearth.access.terms import Act, Scope
from hearth.api.door import Asked
from hearth.api.house import operation
from hearth.api.shapes import homes as shapes
from hearth.housing import queries
from hearth.ledger.operations import record_read

TAG = "Register"


@operation(
    "POST",
    "/homes/find",
    Act.FIND_HOME,
    Scope.REGISTER,
    Scope.CONCERNS_LOG,
    gives={200: shapes.FoundHomes},
    tag=TAG,
    changes=False,
)
def find_homes(request: Asked, looking: shapes.LookingForHome) -> shapes.FoundHomes:
    """Homes like what is sent: an address, a postcode, a UPRN or the landlord's reference.

    It tells nobody who lives there.
    """
    found = queries.find_home(request.viewer, looking.text, on=timezone.localdate(clock.now()))
    return shapes.FoundHomes(
        homes=[
            shapes.FoundHome(id=each.public_id, address=each.address, reference=each.reference, uprn=each.uprn)
            for each in found
        ]
    )


@operation(
    "POST", "/people/find", Act.SEARCH_REGISTER, Scope.REGISTER, gives={200: shapes.FoundPeople}, tag=TAG, changes=False
)
def find_people(request: Asked, looking: shapes.LookingForPerson) -> shapes.FoundPeople:
    """People whose name is like what is sent, best first, with the home they live in."""
    found = queries.find_people(request.viewer, looking.name, on=timezone.localdate(clock.now()))
    record_read("register.searched", about=None, ids=[("person", each.person_id) for each in found], durable=False)
    return shapes.FoundPeople(
        people=[
            shapes.FoundPerson(
                id=each.public_id, name=each.name, known_as=each.known_as, born_on=each.birth.born_on,
                age_about=each.birth.age_about,
                from_register=each.from_register, home=each.home_public_id, address=each.address,
            )
            for each in found
        ]
    )  # fmt: skip
