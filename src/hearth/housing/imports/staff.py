"""Colleagues of an import: who may sign in, who has left, and who is a tenant too. Nobody gives himself a post."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta

from django.db import connection
from django.db.models import F, Q

from hearth.access.rules import opens_records
from hearth.access.terms import Viewer
from hearth.housing.imports.people import People
from hearth.housing.imports.plans import Fields, Plan, add_all, change_all, differs
from hearth.housing.imports.terms import Sheet, SheetKind, StaffRow
from hearth.organisation.models import Appointment, Post, Proposal, User
from hearth.organisation.operations import end_posts_of
from hearth.organisation.queries import had_a_lead
from hearth.organisation.terms import NotPossible
from hearth.policy.durations import end_of
from hearth.timescales.posts import Term, term_of

PLAIN = ("name", "kind", "employer")
LAST_DAY, SECOND = "last day in post", timedelta(seconds=1)

# The column, what is wrong in it, what to do, and the cell as it stands.
type Wrong = tuple[str, str, str, str]


class Staff:
    """The colleagues that are kept, those of the file, and where both meet."""

    def __init__(self, sheet: Sheet[StaffRow], people: People, *, by: Viewer, at: datetime) -> None:
        self.plan = Plan(SheetKind.STAFF)
        self._by, self._at = by, at
        kept = User.objects.values("id", "email", "is_active", "person_id", *PLAIN)
        self._kept: dict[str, Fields] = {row["email"].lower(): row for row in kept.iterator()}
        self._said = [name for name in PLAIN if name in sheet.columns or name == "name"]
        self._posts = _posts()
        self._keys = dict(Post.objects.values_list("id", "key"))
        self._terms: dict[int, Term | None] = {}
        held = Appointment.objects.filter(Q(ends_at=None) | Q(ends_at__gt=at))
        self._held = set(held.values_list("user_id", "post_id"))
        self._held |= set(Proposal.objects.filter(agreed=None).values_list("user_id", "post_id"))
        self._people = people
        self._own = _persons({row.person for row in sheet.rows if row.person})
        self._new: list[StaffRow] = []
        self._changed: list[StaffRow] = []
        self._rows: list[StaffRow] = []
        for row in sheet.rows:
            self._sort(row)

    def write(self) -> None:
        """Add and change colleagues, put them into posts, link them to their own records, switch off who has left."""
        made = [User(email=row.email, **_plain(row, PLAIN)) for row in self._new]
        for user in made:
            user.set_unusable_password()
        ids = {email: row["id"] for email, row in self._kept.items()} | {
            user.email: user.pk for user in add_all(User, made)
        }
        change_all(User, [(_int(ids[row.email]), self._plain(row)) for row in self._changed])
        self._put_into_posts(ids)
        own = _persons({row.person for row in self._rows if row.person})
        change_all(User, [
            (_int(ids[row.email]), {"person_id": own[row.person]}) for row in self._rows if self._links(row, own)
        ])  # fmt: skip
        gone = [row for row in self._rows if self._leaves(row)]
        left = [_int(ids[row.email]) for row in gone]
        end_posts_of(left, at=self._at)
        off = {"is_active": False, "left_at": self._at, "times_switched_off": F("times_switched_off") + 1}
        User.objects.filter(pk__in=left).update(**off)

    def _put_into_posts(self, ids: Fields) -> None:
        """Plain posts are held from the file's day on. A post that opens records is asked for: somebody else agrees."""
        opening = {pk for pk, parts in Post.objects.values_list("id", "parts") if opens_records(parts)}
        opening = opening if had_a_lead() else set()
        asked: list[Proposal] = []
        plain: list[Appointment] = []
        for row in self._rows:
            for each in self._appointments(row, _int(ids[row.email])):
                if each.post_id in opening:
                    asked.append(_asked_for(each, by=self._by.id, at=self._at))
                else:
                    plain.append(each)
        add_all(Appointment, plain)
        add_all(Proposal, asked)

    def _sort(self, row: StaffRow) -> None:
        kept = self._kept.get(row.email)
        if wrong := self._wrong(row, kept):
            self.plan.fault(row.row, *wrong)
            return
        is_other = kept is not None and differs(kept, self._plain(row))
        more = kept is not None and (self._gains(row, kept) or self._leaves(row) or self._links(row, self._own))
        self.plan.sort(row.row, is_new=kept is None, is_changed=is_other or more)
        self._rows.append(row)
        if kept is None:
            self._new.append(row)
        elif is_other:
            self._changed.append(row)

    def _wrong(self, row: StaffRow, kept: Fields | None) -> Wrong | None:
        unknown = [post for post in row.posts if post.casefold() not in self._posts]
        if unknown:
            known = ", ".join(sorted({title for _, title in self._posts.values()}))
            return "post", "There is no such post.", f"Enter one of: {known}.", unknown[0]
        if row.person and not (row.person in self._own or self._people.has(row.person)):
            problem = "No person of the register has this reference."
            return "own person reference", problem, "Correct it, or import the person first.", row.person
        if row.email == _email(self._by.id) and self._gains(row, kept):
            return "post", "You cannot give yourself a post.", "Ask another administrator.", row.email
        return self._wrong_time(row, kept)

    def _gains(self, row: StaffRow, kept: Fields | None) -> bool:
        return bool(self._gained(row, kept))

    def _gained(self, row: StaffRow, kept: Fields | None) -> dict[int, datetime | None]:
        """The posts a row puts somebody into, each with its end. What is over is not given again.

        A last day goes with the posts the policy gives for a time; where the row names none of these, with all.
        """
        held_by = kept["id"] if kept else None
        posts = [] if self._has_left(row) else sorted({self._posts[post.casefold()][0] for post in row.posts})
        timed = {post for post in posts if self._term(post)} or set(posts)
        last = end_of(row.ends).at if row.ends else None
        ends = {post: last if post in timed else None for post in posts if (held_by, post) not in self._held}
        return {post: end for post, end in ends.items() if end is None or end > self._at}

    def _wrong_time(self, row: StaffRow, kept: Fields | None) -> Wrong | None:
        """A post that the policy gives for a time needs a last day within it. The rule is the appointing page's."""
        for post, end in self._gained(row, kept).items():
            term = self._term(post)
            if term is None:
                continue
            try:
                latest = term.latest(self._starts(row), end)
            except NotPossible as problem:
                return LAST_DAY, f"{problem}.", "Enter an earlier last day, or correct the start date.", _said(row.ends)
            if end is None and latest <= self._at:
                over = f"The policy gives this post for {term.words}, and since the start date they are over."
                return "started", over, "Enter the day on which they were last put into the post.", _said(row.starts)
            if end is None:
                missing = f"The policy gives this post for {term.words}, so it needs a last day."
                return LAST_DAY, missing, f"Enter the last day, {latest - SECOND:%-d %B %Y} at the latest.", ""
        return None

    def _term(self, post: int) -> Term | None:
        if post not in self._terms:
            self._terms[post] = term_of(self._keys[post], at=self._at)
        return self._terms[post]

    def _starts(self, row: StaffRow) -> datetime:
        return _midnight(row.starts) if row.starts else self._at

    def _links(self, row: StaffRow, own: dict[str, int]) -> bool:
        kept = self._kept.get(row.email, {})
        return bool(row.person) and (row.person not in own or kept.get("person_id") != own[row.person])

    def _leaves(self, row: StaffRow) -> bool:
        return self._has_left(row) and bool(self._kept.get(row.email, {"is_active": True})["is_active"])

    def _has_left(self, row: StaffRow) -> bool:
        return row.left is not None and row.left <= self._at.date()

    def _appointments(self, row: StaffRow, user_id: int) -> list[Appointment]:
        starts = self._starts(row)
        return [
            Appointment(user_id=user_id, post_id=post, starts_at=starts, ends_at=ends)
            for post, ends in self._gained(row, self._kept.get(row.email)).items()
        ]

    def _plain(self, row: StaffRow) -> Fields:
        return _plain(row, self._said)


def _asked_for(wanted: Appointment, *, by: int, at: datetime) -> Proposal:
    return Proposal(
        user_id=wanted.user_id,
        post_id=wanted.post_id,
        starts_at=wanted.starts_at,
        ends_at=wanted.ends_at,
        asked_by_id=by,
        asked_at=at,
    )


def _posts() -> dict[str, tuple[int, str]]:
    """Every post by its key and by its title."""
    found: dict[str, tuple[int, str]] = {}
    for pk, key, title in Post.objects.values_list("id", "key", "title"):
        found[key.casefold()] = found[title.casefold()] = (pk, title)
    return found


def _persons(references: set[str]) -> dict[str, int]:
    """The ids of these people of the register. Whoever keeps users may ask without reading the register."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select asked, hearth.person_called(asked) from unnest(%s::text[]) as asked", [sorted(references)]
        )
        return {reference: pk for reference, pk in cursor.fetchall() if pk is not None}


def _email(user_id: int) -> str:
    return User.objects.values_list("email", flat=True).get(pk=user_id).lower()


def _plain(row: StaffRow, names: Iterable[str]) -> Fields:
    return {name: getattr(row, name) for name in names}


def _said(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _int(value: object) -> int:
    assert isinstance(value, int)  # noqa: S101  the column is a key
    return value
