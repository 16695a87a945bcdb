"""A concern is logged, answered at night and triaged; colleagues are shut out."""

import uuid
from collections.abc import Callable, Mapping

from hearth.access.operations import declare_exclusion
from hearth.cli.replay.filling import NotThere, filled, text
from hearth.cli.replay.stage import Doing
from hearth.concerns.links import link_carrying
from hearth.concerns.terms import Came, Told
from hearth.outbound.queries.on_call import alerts_ringing
from hearth.partners.terms import Asked
from hearth.pathway.alarms import take_alert
from hearth.pathway.deciding import Begin, decide_concern
from hearth.pathway.raising import raise_concern
from hearth.triage.terms import Judgement, Limbs

BEGINS = ("risk", "risk_why", "hand_to", "what_matters", "join", "asked", "about_the_lead")


def log_concern(doing: Doing) -> None:
    """Log a concern, by a link where its reporter has no account."""
    given, secret = doing.given, doing.stage.secrets.get(doing.written.by)
    link = link_carrying(secret, at=doing.at) if secret else None
    home = doing.stage.home(doing.by, text(given, "home")) if "home" in given else None
    told = filled(Told, given, leave=("home", "called"), home_id=home.pk if home else None)
    key = uuid.uuid4()
    came = Came.LINK if link else Came.PAGE
    receipt = raise_concern(told, by=doing.by, at=doing.at, key=key, came_by=came, link=link)
    doing.call("concern", receipt.public_id, receipt.reference)
    doing.stage.keys[text(given, "called", "")] = key


def answer_alert(doing: Doing) -> None:
    """Somebody on call takes the alert that a concern rang."""
    about = doing.about()
    ringing = [each for each in alerts_ringing(doing.by) if each.about_id == about.pk]
    if not ringing:
        raise NotThere(f"{doing.written.by} hears no alert about that")
    take_alert(ringing[0].public_id, by=doing.by, at=doing.at)


def decide(doing: Doing) -> None:
    """Triage decides, and what was decided is begun."""
    stage, given = doing.stage, doing.given
    began = {name: given[name] for name in BEGINS if name in given}
    if "hand_to" in began:
        began["hand_to"] = stage.person(str(began["hand_to"])).id
    if "join" in began:
        began["join"] = stage.find(doing.by, str(began["join"]))
    if isinstance(asked := began.get("asked"), dict):
        began["asked"] = filled(Asked, asked)
    limbs = given.get("limbs")
    answers = filled(Limbs, limbs) if isinstance(limbs, dict) else None
    judgement = filled(Judgement, given, leave=(*BEGINS, "about", "called", "referral", "limbs"), limbs=answers)
    begin = filled(Begin, began)
    done = decide_concern(doing.about(), judgement, begin, by=doing.by, at=doing.at, key=uuid.uuid4())
    if done.case is not None:
        doing.call("case", done.case.public_id, done.case.reference)
    if done.referral is not None:
        stage.called[text(given, "referral", "referral")] = ("referral", done.referral.public_id)


def shut_out(doing: Doing) -> None:
    """A colleague is shut out from everything about a person."""
    who = doing.stage.person(text(doing.given, "who"))
    person = doing.stage.person_id(text(doing.given, "person"))
    declare_exclusion(user_id=who.id, person_id=person, why=text(doing.given, "why"), by=doing.by, at=doing.at)


ACTS: Mapping[str, Callable[[Doing], None]] = {
    "log_concern": log_concern,
    "answer_alert": answer_alert,
    "decide": decide,
    "shut_out": shut_out,
}
