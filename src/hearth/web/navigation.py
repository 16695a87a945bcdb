"""The ways into Hearth's areas, shown to whoever may take them: in the menu, and with a sentence on the home page.

An area adds its rows here. A row whose page does not exist yet is left out.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import NoReverseMatch
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hearth.access.rules import may
from hearth.access.terms import Act, Viewer
from hearth.web.addresses import address

Text = str | Promise


@dataclass(frozen=True)
class Way:
    """A way into an area: the act that opens it, its page, and what it is for."""

    act: Act
    page: str
    title: Text
    sentence: Text
    in_menu: bool = True
    without_second_factor: bool = False


@dataclass(frozen=True)
class Link:
    """A way as shown to somebody."""

    text: Text
    href: str
    sentence: Text
    is_here: bool


WAYS = (
    Way(
        Act.LOG_CONCERN,
        "log_concern",
        _("Log a concern"),
        _("Tell us what you saw, heard or were told. You need no proof."),
        without_second_factor=True,
    ),
    Way(
        Act.READ_OWN_CONCERNS,
        "my_concerns",
        _("My concerns"),
        _("See what became of the concerns you logged, or say you are still worried."),
    ),
    Way(Act.SEE_QUEUE, "queue", _("Triage"), _("Decide on concerns that are waiting, the most urgent first.")),
    Way(Act.SEE_MY_WORK, "my_work", _("My work"), _("What waits for you, soonest first.")),
    Way(Act.SEE_DUE, "due", _("Due"), _("Every running limit, with its clause.")),
    # By post alone: a place in one case opens no menu, and who works on cases has no part that reads them all.
    Way(Act.SEARCH_NOTES, "cases", _("Cases"), _("Cases you own, work on or may read.")),
    Way(Act.READ_HAZARD, "hazards", _("Unsafe homes"), _("Homes reported as unsafe, with the limits that run.")),
    Way(Act.SEARCH_REGISTER, "find", _("Find"), _("Find a person by name or a home by address.")),
    Way(Act.SEE_COUNTS, "counts", _("Counts"), _("Concerns and cases month by month, without names.")),
    Way(
        Act.READ_POLICY,
        "promises",
        _("Promises"),
        _("Every clause of our policy, what keeps it, and how it stands today."),
        in_menu=False,
    ),
    Way(
        Act.BREAK_GLASS,
        "break_glass",
        _("Emergency"),
        _("Open a record for a while when somebody’s safety needs it now. The leads are told at once."),
        in_menu=False,
    ),
    Way(
        Act.KEEP_MARKERS,
        "markers",
        _("Markers"),
        _("Markers of your records, the soonest to be looked at again first."),
        in_menu=False,
    ),
    Way(
        Act.END_EXCLUSION,
        "exclusions",
        _("Who is shut out"),
        _("Colleagues who said that they know somebody, and what is shut to them."),
        in_menu=False,
    ),
    Way(
        Act.READ_ACCESS_LOG,
        "access_log",
        _("Access log"),
        _("Who looked at what, refused attempts and emergency openings."),
        in_menu=False,
    ),
    Way(
        Act.IMPORT_REGISTER,
        "import_register",
        _("Import"),
        _("Bring in homes, tenancies, people and staff from files."),
        in_menu=False,
    ),
    Way(
        Act.KEEP_USERS,
        "users",
        _("Users"),
        _("Who may sign in, and which posts they hold."),
        in_menu=False,
    ),
    Way(
        Act.KEEP_USERS,
        "posts",
        _("Posts"),
        _("Which posts there are, who holds them, and which the policy requires and nobody holds."),
        in_menu=False,
    ),
    Way(Act.SEE_ROTA, "rota", _("On call"), _("Who is on call, the week, and its gaps."), in_menu=False),
    Way(
        Act.REVIEW_BREAK_GLASS,
        "emergencies",
        _("Emergency openings"),
        _("Look again at each time somebody opened a record in an emergency."),
        in_menu=False,
    ),
    Way(
        Act.KEEP_CALENDAR,
        "calendar",
        _("Working days"),
        _("Bank holidays, and the days the published calendar has wrong."),
        in_menu=False,
    ),
    Way(
        Act.APPROVE_POLICY,
        "policy",
        _("Policy"),
        _("The policy in force, and those that wait for approval."),
        in_menu=False,
    ),
    Way(
        Act.SEE_UNSENT,
        "unsent",
        _("Messages that did not leave"),
        _("Why each did not, try it again, or tell them by telephone."),
        in_menu=False,
    ),
    Way(
        Act.AGREE_APPOINTMENT,
        "proposals",
        _("New readers"),
        _("Agree that somebody holds a post that opens records."),
        in_menu=False,
    ),
    Way(
        Act.AGREE_APPOINTMENT,
        "policy_posts",
        _("People the policy asks for"),
        _("Who holds each post and until when, who covers it, and which training and checks are asked."),
        in_menu=False,
    ),
    Way(
        Act.KEEP_LINKS, "links", _("Reporting links"), _("Links and QR codes for contractors and sites."), in_menu=False
    ),
    Way(Act.KEEP_TOKENS, "tokens", _("API tokens"), _("Let another system act for you, within limits."), in_menu=False),
)


def way_back(viewer: Viewer | None, page: str) -> str:
    """The list a record came from, for whoever may see that list; for others, what waits for them."""
    opens = (way.act for way in WAYS if way.page == page)
    return address(page if viewer and any(may(viewer.parts, act) for act in opens) else "my_work")


def ways_for(viewer: Viewer | None, *, here: str = "", has_second_factor: bool = True) -> Iterator[tuple[Way, Link]]:
    """The ways open to somebody, in the order of the table."""
    for way in WAYS:
        if viewer is None or not may(viewer.parts, way.act) or not (has_second_factor or way.without_second_factor):
            continue
        try:
            href = address(way.page)
        except NoReverseMatch:
            continue
        yield way, Link(way.title, href, way.sentence, is_here=bool(here) and here.startswith(href))
