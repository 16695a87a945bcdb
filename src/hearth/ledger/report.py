"""What verifying found, in sentences."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Problem(StrEnum):
    """What can be wrong with a ledger."""

    EDITED = "edited"
    GONE = "gone"
    PLANTED = "planted"
    MOVED = "moved"
    WRONG_TIME = "wrong time"
    WORDS_EDITED = "words edited"
    WORDS_GONE = "words gone"
    WORDS_PLANTED = "words planted"
    SEAL_EDITED = "seal edited"
    SEAL_GONE = "seal gone"
    SEAL_UNSIGNED = "seal unsigned"
    CHAIN_BROKEN = "chain broken"
    LIST_EDITED = "list edited"
    EPOCH_UNSIGNED = "epoch unsigned"
    NOT_AS_ANCHORED = "not as anchored"
    PARTITION_GONE = "partition gone"
    PARTITION_DETACHED = "partition detached"
    GUARD_OFF = "guard off"


SENTENCES: Mapping[Problem, str] = {
    Problem.EDITED: "{what} was edited after it was sealed{where}.",
    Problem.GONE: "{what} was sealed and is gone{where}.",
    Problem.PLANTED: "{what} was put in among rows that were already sealed{where}.",
    Problem.MOVED: "{what} was given another place in the ledger{where}.",
    Problem.WRONG_TIME: "{what} says it was recorded at a time that cannot be{where}.",
    Problem.WORDS_EDITED: "The words or contents kept with {what} were edited{where}.",
    Problem.WORDS_GONE: "The words or contents kept with {what} are gone, and no disposal says so{where}.",
    Problem.WORDS_PLANTED: "Words or contents were put in with {what}, which had none{where}.",
    Problem.SEAL_EDITED: "{what} was edited: its hash is not the hash of what it says.",
    Problem.SEAL_GONE: "{what} is gone.",
    Problem.SEAL_UNSIGNED: "{what} is not signed by a key we know.",
    Problem.CHAIN_BROKEN: "{what} does not follow from the seal before it.",
    Problem.LIST_EDITED: "{what} does not agree with its own list of rows.",
    Problem.EPOCH_UNSIGNED: "{what} was begun without the signing key.",
    Problem.NOT_AS_ANCHORED: "{what} is not the one that was anchored outside: the ledger was rewritten or cut.",
    Problem.PARTITION_GONE: "{what}, a month of the ledger, is gone.",
    Problem.PARTITION_DETACHED: "{what}, a month of the ledger, is no longer part of it.",
    Problem.GUARD_OFF: "{what} can be changed or emptied: its guard is off, or somebody has a grant on it.",
}


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong. `what` names it: “Entry 512”, “Seal 3”."""

    problem: Problem
    what: str
    seal: int | None = None

    @property
    def sentence(self) -> str:
        where = f" (seal {self.seal})" if self.seal else ""
        said = SENTENCES[self.problem].format(what=self.what, where=where)
        return said[0].upper() + said[1:]


@dataclass(frozen=True)
class Loss:
    """Seals that were anchored and lost in a restore which the holder of the key declared."""

    first: int
    last: int
    epoch: int

    @property
    def sentence(self) -> str:
        seals = f"Seal {self.first} was" if self.first == self.last else f"Seals {self.first} to {self.last} were"
        return f"{seals} anchored and lost in the restore that began epoch {self.epoch}."


@dataclass(frozen=True)
class Report:
    """The outcome of verifying. `first` is the first wrong row in the ledger's order, or else the first wrong thing."""

    rows: int
    seals: int
    unsealed: int
    disposed: int
    anchors: int
    findings: tuple[Finding, ...]
    total: int
    first: Finding | None
    losses: tuple[Loss, ...] = ()

    @property
    def ok(self) -> bool:
        return not self.total

    def sentences(self) -> list[str]:
        """The report as it is printed."""
        lines = [f"Checked {self.rows:,} sealed rows in {self.seals:,} seals against {self.anchors:,} anchors."]
        if self.unsealed:
            lines.append(f"{self.unsealed:,} newer rows wait for the next seal.")
        if self.disposed:
            lines.append(f"{self.disposed:,} had their words or contents disposed of, as recorded.")
        if not self.anchors:
            lines.append("No anchor was given: a rewrite by somebody who holds the signing key would not be seen.")
        lines += [loss.sentence for loss in self.losses]
        if self.first is None:
            return [*lines, "Everything is as it was written."]
        lines.append(f"{self.total:,} things are wrong. The first: {self.first.sentence}")
        return [*lines, *(finding.sentence for finding in self.findings if finding != self.first)]
