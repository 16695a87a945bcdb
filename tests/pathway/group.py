"""A group: Ashgrove Homes, an English association, and its Welsh company, which has a policy of its own."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from hearth.access.identity import acting_as
from hearth.access.queries import SignedIn
from hearth.access.terms import Part
from hearth.housing.models import Home
from hearth.organisation.models import Entity, User
from hearth.organisation.operations import add_entity, add_post, add_team, appoint
from hearth.policy.calendars import Nation
from hearth.policy.durations import LOCAL
from hearth.policy.packs import Chain, read_chain
from hearth.timescales.operations import adopt_policy, correct_calendar
from housing.estate import make_home

ROOT = Path(__file__).resolve().parents[2]
GLAN_DERWEN = ROOT / "docs" / "guides" / "your-policy-in-a-day" / "glan-derwen"
NEW_YEAR = datetime(2027, 1, 1, 9, tzinfo=LOCAL)
FRIDAY = datetime(2027, 2, 26, 10, tzinfo=LOCAL)
ST_DAVIDS_DAY = date(2027, 3, 1)


@dataclass(frozen=True)
class Group:
    """The Welsh company, one home of it, one of the English association, and somebody who works for the Welsh one."""

    wales: Entity
    home_in_wales: Home
    home_in_england: Home
    officer: SignedIn

    def adopts(self, cast, chain: Chain | None = None, *, at: datetime = NEW_YEAR, entity: int | None = None) -> str:
        """A policy of its own, or another of the organisation's; its digest."""
        with acting_as(cast.lead):
            return adopt_policy(chain or welsh(), by=cast.lead, at=at, entity=entity).digest


def welsh() -> Chain:
    """The policy of the guide: two working days to triage, in Wales."""
    return read_chain(GLAN_DERWEN)


def founded(cast) -> Group:
    """The companies are named, a team stands in the Welsh one, and St David's day is a holiday there."""
    with acting_as(cast.administrator):
        wales = add_entity("Glan Derwen Homes")
        team = add_team("Glan Derwen hub", entity=wales)
        post = add_post("hub_officer", "Support Hub Officer", [Part.REGISTER_READER], team=team)
        appoint(User.objects.get(pk=cast.outsider.id), post, starts_at=NEW_YEAR - timedelta(days=999))
        why = "Every company in Wales is shut"
        correct_calendar(
            nation=Nation.WALES, day=ST_DAVIDS_DAY, working=False, why=why, by=cast.administrator, at=NEW_YEAR
        )
    in_wales = make_home(cast.register_keeper, "1 Derwen Street", entity=wales)
    in_england = make_home(cast.register_keeper, "1 Ash Street")
    return Group(wales, in_wales, in_england, cast.outsider)
