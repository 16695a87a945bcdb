"""What follows from what: which tie answers which, which ties shut somebody out, which contact rule wins."""

from datetime import date, time

from hearth.people.terms import Birth, Channel, ContactRule, Hours, PartPlayed, Tie

ANSWERS: dict[Tie, Tie] = {
    Tie.PARENT: Tie.CHILD,
    Tie.CHILD: Tie.PARENT,
    Tie.STEP_PARENT: Tie.STEP_CHILD,
    Tie.STEP_CHILD: Tie.STEP_PARENT,
    Tie.GRANDPARENT: Tie.GRANDCHILD,
    Tie.GRANDCHILD: Tie.GRANDPARENT,
    Tie.SIBLING: Tie.SIBLING,
    Tie.PARTNER: Tie.PARTNER,
    Tie.FORMER_PARTNER: Tie.FORMER_PARTNER,
    Tie.RELATIVE: Tie.RELATIVE,
    Tie.GUARDIAN: Tie.WARD,
    Tie.WARD: Tie.GUARDIAN,
    Tie.CARER: Tie.CARED_FOR,
    Tie.CARED_FOR: Tie.CARER,
    Tie.FRIEND: Tie.FRIEND,
    Tie.LIVES_WITH: Tie.LIVES_WITH,
    Tie.NEIGHBOUR: Tie.NEIGHBOUR,
    Tie.HELPS_AT_WORK: Tie.HELPED_AT_WORK,
    Tie.HELPED_AT_WORK: Tie.HELPS_AT_WORK,
}

# A colleague with one of these ties to somebody never sees what concerns them. Ties of work and of the street do not
# shut anybody out by themselves: a conflict is then declared. PostgreSQL keeps the same list in hearth.close_ties().
DISTANT = frozenset({Tie.NEIGHBOUR, Tie.HELPS_AT_WORK, Tie.HELPED_AT_WORK})
CLOSE = frozenset(Tie) - DISTANT

SUBJECTS = frozenset({PartPlayed.SUBJECT_CHILD, PartPlayed.SUBJECT_ADULT})

# Where two records say different things about one channel, the stricter holds. "Not known" is asked about before use.
STRICTEST_FIRST = (
    ContactRule.UNSAFE,
    ContactRule.UNKNOWN,
    ContactRule.ONLY_BETWEEN,
    ContactRule.CODE_WORD,
    ContactRule.LEAVE_NO_MESSAGE,
    ContactRule.SAFE,
)

# Ways whose rule may be "leave no message": something is left behind that somebody else may find.
LEAVES_SOMETHING = frozenset({Channel.PHONE, Channel.TEXT, Channel.EMAIL, Channel.POST, Channel.PORTAL})

OLDEST = 125


def strictest(rules: set[ContactRule]) -> ContactRule | None:
    """The rule that holds where several were recorded; none where none was."""
    return next((rule for rule in STRICTEST_FIRST if rule in rules), None)


def inside(hours: Hours, moment: time) -> bool:
    """Whether a local time of day lies within the hours, also when they run through midnight."""
    if hours.start < hours.end:
        return hours.start <= moment < hours.end
    return moment >= hours.start or moment < hours.end


def age_on(birth: Birth, day: date) -> int | None:
    """How old somebody is on a day, exactly or about; none where nobody knows."""
    if birth.born_on:
        return day.year - birth.born_on.year - ((day.month, day.day) < (birth.born_on.month, birth.born_on.day))
    if birth.age_about is None:
        return None
    seen = birth.age_seen_on or day
    return birth.age_about + max(0, day.year - seen.year - ((day.month, day.day) < (seen.month, seen.day)))
