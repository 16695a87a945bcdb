"""The rounds: what is done again and again, without anybody asking. Each looks for what is due and does it.

A round runs by its timetable. The database can name one to begin at once (`notify hearth_due, 'drafts'`); when it names
none, those begin that somebody waits for. Rounds keep nothing in the queue: what is due stands in the domain's own
rows, so a worker that dies loses nothing, and another does it once.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

ROTA_AHEAD = timedelta(hours=72)
MOST_AT_ONCE = 500  # messages in one round; the rest come with the next


@dataclass(frozen=True)
class Round:
    """One round. `cron` is minute, hour, day, month, weekday and, where it matters, second."""

    name: str
    cron: str
    make: Callable[[datetime], object]
    is_waited_for: bool = False  # somebody waits for it: it begins at once when the database says so


def send_messages(_at: datetime) -> object:
    """Whatever waits in the outbox leaves, each message in a transaction of its own."""
    from hearth.access.clock import now
    from hearth.outbound.operations import deliver

    sent = 0
    while sent < MOST_AT_ONCE and deliver(at=now()) is not None:
        sent += 1
    return sent


def pass_alerts_on(at: datetime) -> object:
    """An alert that nobody acknowledged in time rings the next rung."""
    from hearth.outbound.operations import pass_on_unacknowledged

    return pass_on_unacknowledged(at=at)


def give_notices(at: datetime) -> object:
    """A promise that is running out or over is told to whoever keeps it."""
    from hearth.outbound.operations import give_clock_notices

    return give_clock_notices(at=at)


def watch_the_rota(at: datetime) -> object:
    """That nobody is on call is written down and told to the leads; gaps that are coming are told before."""
    from hearth.outbound.operations import note_rota_gap, take_gaps_as_read, warn_of_gaps

    warn_of_gaps(at=at, ahead=ROTA_AHEAD)
    is_gap = note_rota_gap(at=at)
    take_gaps_as_read(at=at, ahead=ROTA_AHEAD)
    return is_gap


def remove_drafts(at: datetime) -> object:
    """Drafts whose time is over go."""
    from hearth.drafts.operations import remove_gone

    return remove_gone(at=at)


def lift_ended_exclusions(_at: datetime) -> object:
    """Who is shut out of what is worked out again: an exclusion may have ended."""
    from hearth.people.operations import work_out_ended_exclusions

    return work_out_ended_exclusions()


def switch_off_in_time(at: datetime) -> object:
    """Whoever was here for a time only is switched off when it is over."""
    from hearth.pathway.administering.users import switch_off_whose_time_is_over

    return switch_off_whose_time_is_over(at=at)


def forget_sessions(at: datetime) -> object:
    """Sessions whose time is over go; they open nothing already."""
    from django.contrib.sessions.models import Session

    return Session.objects.filter(expire_date__lt=at).delete()[0]


def remove_old_messages(at: datetime) -> object:
    """Messages that left and notices that were given weeks ago go."""
    from hearth.outbound.operations import remove_old

    return remove_old(at=at)


def send_the_anchor(at: datetime) -> object:
    """Whoever keeps it outside is sent the newest seal of the ledger, once a day."""
    from hearth.outbound.operations import send_anchor

    return send_anchor(at=at)


def make_months(_at: datetime) -> object:
    """The ledger's months are made well ahead."""
    from hearth.ledger.operations import make_partitions

    return make_partitions()


def bring_in_the_register(_at: datetime) -> object:
    """Files of the register that wait are looked at or brought in, one after the other, as whoever sent them."""
    from hearth.access.clock import now
    from hearth.housing.imports.uploads import work_on_next

    worked = 0
    while work_on_next(at=now()):
        worked += 1
    return worked


def fold_counts(_at: datetime) -> object:
    """What was counted since the last time is added to its month."""
    from hearth.assurance.operations import fold_counts

    return fold_counts()


def ask_to_read_policies(at: datetime) -> object:
    """Whom a new policy binds is asked to read it, whoever joined since too, and reminded; so is who must approve."""
    from hearth.pathway.adopting.turns import chase_approvals
    from hearth.pathway.adopting.understanding import ask_who_joined, remind

    chase_approvals(at=at)
    ask_who_joined(at=at)
    return remind(at=at)


def warn_of_days_to_come(at: datetime) -> object:
    """That somebody's time in a post ends, or a document is to be looked at again, is told when the policy says."""
    from hearth.pathway.administering.policy_posts import warn_of_ends
    from hearth.pathway.adopting.documents import warn_of_reviews

    return warn_of_ends(at=at) + warn_of_reviews(at=at)


def bring_policies_into_force(at: datetime) -> object:
    """A policy whose day has come names the posts, and moves the promises it says it holds for, batch by batch."""
    from hearth.pathway.adopting.renaming import rename_posts
    from hearth.timescales.turning import bring_into_force

    looked_at = rename_posts(at=at)
    while found := bring_into_force(at=at):
        looked_at += found
    return looked_at


def try_policies(_at: datetime) -> object:
    """Policies that somebody wants tried are tried on what has happened, one after the other."""
    from hearth.timescales.trying import work_on_next

    worked = 0
    while work_on_next():
        worked += 1
    return worked


ROUNDS = (
    Round("messages", "* * * * * */20", send_messages, is_waited_for=True),
    Round("alerts", "* * * * * */20", pass_alerts_on),
    Round("notices", "* * * * *", give_notices),
    Round("rota", "* * * * *", watch_the_rota),
    Round("counts", "* * * * *", fold_counts),
    Round("register", "* * * * *", bring_in_the_register, is_waited_for=True),
    Round("trials", "* * * * *", try_policies, is_waited_for=True),
    Round("drafts", "*/10 * * * *", remove_drafts),
    Round("exclusions", "41 3 * * *", lift_ended_exclusions),
    Round("users", "* * * * *", switch_off_in_time),
    Round("coming into force", "* * * * *", bring_policies_into_force),
    Round("policies", "*/5 * * * *", ask_to_read_policies),
    Round("days to come", "13 * * * *", warn_of_days_to_come),
    Round("sessions", "23 * * * *", forget_sessions),
    Round("old messages", "37 * * * *", remove_old_messages),
    Round("anchor", "47 * * * *", send_the_anchor),
    Round("months", "17 */6 * * *", make_months),
)
