"""What verifying notes down on its way: the first findings in full, the rest counted."""

from collections.abc import Sequence

from hearth.ledger.report import Finding, Loss, Problem, Report
from hearth.ledger.rows import KIND_NAMES

KEPT = 50


class Notebook:
    """Findings in the order they were met."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []
        self.total = 0

    def add(self, problem: Problem, what: str, seal: int | None = None) -> None:
        self.total += 1
        if len(self.findings) < KEPT:
            self.findings.append(Finding(problem, what, seal))

    def row(self, problem: Problem, key: Sequence[int], seal: int | None) -> None:
        """Something about one row; `key` is (epoch, transaction, kind, id)."""
        self.add(problem, f"{KIND_NAMES.get(key[2], 'row')} {key[3]}", seal)

    def gone(self, key: Sequence[int], seal: int) -> None:
        self.row(Problem.GONE, key, seal)

    def planted(self, row: Sequence[object], seal: int | None) -> None:
        key = [number for number in row[:4] if isinstance(number, int)]
        self.row(Problem.PLANTED, key, seal)

    def settle_moves(self) -> None:
        """A row gone from one place and planted in another was moved."""
        gone = {finding.what for finding in self.findings if finding.problem is Problem.GONE}
        planted = {finding.what for finding in self.findings if finding.problem is Problem.PLANTED}
        settled = list[Finding]()
        for finding in self.findings:
            if finding.what not in gone & planted:
                settled.append(finding)
            elif finding.problem is Problem.GONE:
                settled.append(Finding(Problem.MOVED, finding.what, finding.seal))
            else:
                self.total -= 1
        self.findings = settled

    def report(
        self, *, rows: int, seals: int, unsealed: int, disposed: int, anchors: int, losses: tuple[Loss, ...]
    ) -> Report:
        in_a_row = (finding for finding in self.findings if finding.seal is not None)
        first = next(in_a_row, None) or next(iter(self.findings), None)
        return Report(rows, seals, unsealed, disposed, anchors, tuple(self.findings), self.total, first, losses)
