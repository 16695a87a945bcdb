"""Checks of the policy as a document: clauses with their days, policies, approvals, versions, definitions, slips."""

import re
from collections.abc import Iterator
from difflib import get_close_matches
from itertools import pairwise

from hearth.policy.packs.ages import check_ages
from hearth.policy.packs.documents import Approval, Definition, Document, SlipState
from hearth.policy.packs.pack import Pack
from hearth.policy.packs.reading import Problem
from hearth.policy.packs.shapes import Clause
from hearth.policy.packs.staffing import check_again

# How versions are numbered: "2.0" after "1.7"; "2026.1" after "2025.4"; 4 after 3.
SCHEMES = {
    "whole numbers": re.compile(r"[0-9]+"),
    "major.minor": re.compile(r"[0-9]+\.[0-9]+"),
    "year.number": re.compile(r"[0-9]{4}\.[0-9]+"),
}
WITH_A_DOT = ("major.minor", "year.number")
# How alike two names are when one is taken for the other misspelt; 1 is the same.
NEAR = 0.8
SUBJECTS = frozenset({"child", "adult"})


def check_paperwork(pack: Pack) -> Iterator[Problem]:
    """Everything a policy says of itself agrees."""
    for clause in pack.clauses.values():
        yield from check_clause(clause, pack)
    yield from check_policies(pack)
    for document in pack.documents.values():
        yield from check_document(document, pack)
    for definition in pack.definitions.values():
        yield from check_definition(definition)
    yield from check_ages(pack)
    for slip in pack.slips.values():
        if slip.state is SlipState.SETTLED and not slip.candidates:
            yield Problem(slip.place, f"“{slip.id}” is settled, and nothing says as what: give the “candidates”")


def check_clause(clause: Clause, pack: Pack) -> Iterator[Problem]:
    if clause.since and clause.until and clause.until < clause.since:
        yield Problem(clause.place, f"“{clause.id}” ends before it begins")
    if clause.replaced_by == clause.id:
        yield Problem(clause.place, f"“{clause.id}” cannot replace itself")
    elif clause.replaced_by and clause.replaced_by not in pack.clauses:
        yield Problem(clause.place, f"there is no clause “{clause.replaced_by}”")
    if clause.policy and clause.policy not in pack.policies:
        yield Problem(clause.place, f"there is no policy “{clause.policy}”")


def check_policies(pack: Pack) -> Iterator[Problem]:
    """Where a provider has several policies, each of its clauses says whose it is, and none stands empty."""
    own = [each for each in pack.policies.values() if each.place.pack == pack.name]
    for policy in pack.policies.values():
        if policy.document and policy.document not in pack.documents:
            yield Problem(policy.place, f"there is no document “{policy.document}”")
        if not policy.about or not set(policy.about) <= SUBJECTS:
            yield Problem(policy.place, f"say whom it is about: {', '.join(sorted(SUBJECTS))}, or both")
    for policy in own:
        if not pack.clauses_of(policy.id):
            yield Problem(policy.place, f"no clause belongs to “{policy.id}”")
    for clause in pack.own_clauses() if len(own) > 1 else ():
        if not clause.policy:
            yield Problem(clause.place, f"there are several policies: say to which “{clause.id}” belongs")


def check_document(document: Document, pack: Pack) -> Iterator[Problem]:
    """A document names documents, entities and posts that are there; its days and its version are in order."""
    place = document.place
    for name in filter(None, (document.pair, *document.linked)):
        if name not in pack.documents:
            yield Problem(place, f"there is no document “{name}”")
    pair = pack.documents.get(document.pair)
    if pair and pair.pair != document.id:
        yield Problem(place, f"a pair is reviewed together: “{document.pair}” names another, or none")
    for name in document.entities:
        if name not in pack.entities:
            yield Problem(place, f"there is no entity “{name}”")
    for step in document.approvals:
        if step.post and step.post not in pack.posts:
            yield Problem(place, f"there is no post “{step.post}”")
        yield from check_near_miss(step, document, pack)
        if step.remind and not (step.within and step.within.is_measured):
            yield Problem(place, "an approval that never falls due reminds nobody: say “within”")
    days = [day for day in (document.approved_on, document.effective_from, document.review_by) if day]
    if days != sorted(days):
        yield Problem(place, "a document is approved, then in force, then reviewed: these days are the other way round")
    yield from check_again(document.review_every, place)
    if document.remind and not document.review_by and not document.review_every:
        yield Problem(place, "nobody is reminded of a review that never comes: say “review_by” or “review_every”")
    yield from check_version(document)


def check_near_miss(step: Approval, document: Document, pack: Pack) -> Iterator[Problem]:
    """Whose name is nearly that of a post is that post misspelt: it would be taken for a body outside Hearth."""
    written = step.by.strip().casefold()
    names = {name: post for post in pack.posts.values() for name in (post.id, post.title.casefold())}
    if step.post or step.comment or written in names:
        return
    if near := get_close_matches(written, names, n=1, cutoff=NEAR):
        post = names[near[0]]
        yield Problem(
            document.place,
            f"“{step.by}” is no post; did you mean “{post.id}” ({post.title})? A body outside Hearth is written "
            f'{{ by = "{step.by}", comment = true }}',
        )


def check_version(document: Document) -> Iterator[Problem]:
    """The version and those before it are numbered by the scheme, in their order, and begin again where it says."""
    place, numbers = document.place, [each.number for each in document.history]
    if document.history and document.version != numbers[-1]:
        yield Problem(place, f"the last version of the “history” is {numbers[-1]}, and this is “{document.version}”")
    days = [each.since for each in document.history if each.since]
    if days != sorted(days):
        yield Problem(place, "the “history” begins with the oldest version")
    if (document.restarts_at is not None or document.restarts_when) and document.scheme not in WITH_A_DOT:
        yield Problem(place, f"only a number after a dot begins again: “scheme” is one of {', '.join(WITH_A_DOT)}")
    if document.restarts_when and document.restarts_at is None:
        yield Problem(place, "say at which number it begins again: “restarts_at”")
    if not document.scheme:
        return
    scheme = SCHEMES.get(document.scheme)
    if scheme is None:
        yield Problem(place, f"“scheme” must be one of: {', '.join(SCHEMES)}")
        return
    numbered = [each for each in dict.fromkeys((*numbers, document.version)) if each]
    wrong = [each for each in numbered if not scheme.fullmatch(each)]
    yield from (Problem(place, f"version “{each}” is not numbered by “{document.scheme}”") for each in wrong)
    if not wrong:
        yield from _in_order(document, numbers)


def _in_order(document: Document, numbers: list[str]) -> Iterator[Problem]:
    counted = [tuple(int(part) for part in each.split(".")) for each in numbers]
    for before, after in pairwise(counted):
        said = ".".join(map(str, after))
        if after <= before:
            yield Problem(document.place, f"version “{said}” does not come after “{'.'.join(map(str, before))}”")
        elif document.restarts_at is not None and after[0] > before[0] and after[-1] != document.restarts_at:
            yield Problem(document.place, f"version “{said}” does not begin again at {document.restarts_at}")


def check_definition(definition: Definition) -> Iterator[Problem]:
    if definition.from_age and definition.under_age and definition.from_age >= definition.under_age:
        yield Problem(definition.place, f"nobody is {definition.from_age} or more and under {definition.under_age}")
    if definition.subject and definition.subject not in SUBJECTS:
        yield Problem(definition.place, f"“subject” must be one of: {', '.join(sorted(SUBJECTS))}")
    if definition.unborn and definition.from_age:
        yield Problem(definition.place, "somebody not yet born has no age")
