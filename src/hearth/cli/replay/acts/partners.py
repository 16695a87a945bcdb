"""Another agency is asked, answers, is challenged; its own processes are watched."""

import uuid
from collections.abc import Callable, Mapping

from hearth.cli.replay.filling import NotThere, chosen, filled, text
from hearth.cli.replay.stage import Doing
from hearth.partners import operations
from hearth.partners.terms import Answer, Asked, Process


def refer(doing: Doing) -> None:
    """Ask an agency to act, from a concern or its case."""
    kind, _ = doing.stage.record(text(doing.given, "about"))
    record = doing.about()
    asked = filled(Asked, doing.given, leave=("about", "called"))
    concern, case = (record, None) if kind == "concern" else (None, record)
    referral = operations.refer(concern, case, asked, by=doing.by, at=doing.at, key=uuid.uuid4())
    doing.call("referral", referral.public_id)


def confirm_in_writing(doing: Doing) -> None:
    """The written form has gone."""
    operations.confirm_in_writing(doing.about(), by=doing.by, at=doing.at)


def chase(doing: Doing) -> None:
    """The agency was asked again."""
    operations.chase(doing.about(), by=doing.by, at=doing.at)


def record_answer(doing: Doing) -> None:
    """What the agency decided."""
    answer = chosen(Answer, doing.given.get("answer"), "answer")
    operations.record_answer(doing.about(), answer=answer, why=text(doing.given, "why"), by=doing.by, at=doing.at)


def challenge(doing: Doing) -> None:
    """Disagree, one stage after the other."""
    stage = doing.given.get("stage")
    if not isinstance(stage, int):
        raise NotThere("stage is a number")
    operations.challenge(doing.about(), stage=stage, why=text(doing.given, "why"), by=doing.by, at=doing.at)


def agree(doing: Doing) -> None:
    """The disagreement ends: the agency decides otherwise, or we accept what it decided."""
    answer = chosen(Answer, doing.given.get("answer"), "answer")
    operations.agree(doing.about(), answer=answer, why=text(doing.given, "why"), by=doing.by, at=doing.at)


def high_risk_recognised(doing: Doing) -> None:
    """Somebody recognised high risk of domestic abuse."""
    score = doing.given.get("score")
    operations.high_risk_recognised(
        doing.about(), score=score if isinstance(score, int) else None, why=text(doing.given, "why"), by=doing.by,
        at=doing.at,
    )  # fmt: skip


def process_step(doing: Doing) -> None:
    """A step of another agency's statutory process."""
    facts = doing.given.get("facts", {})
    operations.process_step(
        doing.about(), process=chosen(Process, doing.given.get("process"), "process"), step=text(doing.given, "step"),
        by=doing.by, at=doing.at, facts=dict(facts) if isinstance(facts, dict) else None,
        lead_practitioner=text(doing.given, "lead_practitioner", ""),
    )  # fmt: skip


ACTS: Mapping[str, Callable[[Doing], None]] = {
    "refer": refer,
    "confirm_in_writing": confirm_in_writing,
    "chase": chase,
    "record_answer": record_answer,
    "challenge": challenge,
    "agree": agree,
    "high_risk_recognised": high_risk_recognised,
    "process_step": process_step,
}
