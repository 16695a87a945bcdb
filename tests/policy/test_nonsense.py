"""Nonsense in a pack is refused with a sentence and the line it stands on."""

import pytest

from policy.small_pack import LINES, refused, table

PERCENT = table("audit", 'id = "a"', 'title = "t"', 'scale = "percent"', "steps = 25", "self_scored = true")
NONSENSE = (
    ('[kept_late]\nmonths = 2\nmonts = 3\nclause = "1"\n', 3, "“monts” is not known here; did you mean “months”"),
    ('[[rule]]\napplies_to = "old"\n', 2, "new, running"),
    ('[[word]]\nlist = "agency"\ncode = "x"\nlabel = "l"\nmeans = "y"\n', None, "not in the list agency"),
    ('[[post]]\nid = "a"\ntitle = "A"\nparts = []\nholders = 2\n', 1, "not “required”"),
    ('[[post]]\nid = "a"\ntitle = "A"\nparts = []\nappointed_for = "none"\n', 1, "“appointed_for”"),
    (table("training", 'id = "c"', 'title = "t"'), 1, "say for whom"),
    (table("training", 'id = "c"', 'title = "t"', 'audience = ["lead"]', 'remind = ["1 week over"]'), 1, "never"),
    (table("training", 'id = "c"', 'title = "t"', 'audience = ["lead"]', 'every = "24 hours"'), 1, "“every”"),
    (
        table("training", 'id = "c"', 'title = "t"', 'audience = ["lead"]', "counted = true", "not_available = true"),
        1, "cannot be had",
    ),
    (table("training", 'id = "c"', 'title = "t"', 'audience = ["lead"]', 'format = "film"'), 5, "“format” must be"),
    (table("vetting", 'id = "v"', 'scheme = "fbi"'), 3, "dbs, pvg, access_ni"),
    (table("vetting", 'id = "v"', 'audience = ["deputy"]', "meets_residents = true"), 1, "no post it is for says"),
    ('[[post]]\nid = "a"\ntitle = "A"\nparts = []\nremind = ["1 week before"]\n', 1, "held for good"),
    ('[[route]]\nid = "r"\nto = "police"\nname = "n"\nphone = "ask the desk"\n', 1, "“phone” is no telephone number"),
    ('[[route]]\nid = "r"\nto = "police"\nname = "n"\non_receipt = true\n', 1, "has no number"),
    (table("wording", 'id = "w"', 'text = "t"', 'shown = ["moon"]'), 1, "consent, receipt, reporting"),
    ('[[document]]\nid = "d"\ntitle = "t"\nremind = ["1 week before"]\n', 1, "a review that never comes"),
    (
        "".join(
            table("definition", f'id = "d{age}"', 'term = "t"', 'text = "x"', 'subject = "adult"', f"from_age = {age}")
            for age in (16, 18)
        ),
        1, "draw different ages: 16 and 18",
    ),
    (
        '[[clause]]\nid = "2"\ntext = "t"\nsource = "s"\nstanding = "to be confirmed"\n[[training]]\nid = "c"\n'
        'title = "t"\naudience = ["lead"]\nforce = "statutory"\nclause = "2"\n',
        6, "still to be confirmed",
    ),
    ('[[route]]\nid = "r"\nto = "nobody"\nname = "n"\n', 1, "there is no agency “nobody”"),
    ('[[route]]\nid = "r"\nto = "police"\nname = "n"\nsubject = "cats"\n', 1, "adult, anyone, child"),
    (table("referring", 'id = "r"', 'harm = "boredom"', 'to = "police"'), 1, "no type of harm “boredom”"),
    (table("referring", 'id = "r"', 'harm = "cce"', 'to = "police"', 'must = "maybe"'), 5, "always, consider, none"),
    (
        table("referring", 'id = "q"', 'harm = "cce"', 'to = "police"') * 1
        + table("referring", 'id = "r"', 'harm = "cce"', 'to = "police"'),
        6, "speaks of the same",
    ),
    ('[triage]\nposts = ["ghost"]\nclause = "1"\n', 1, "there is no post “ghost”"),
    ('[triage]\ndecided_by = "panel"\nposts = ["lead"]\nclause = "1"\n', 1, "a panel is two or more"),
    ('[triage]\nposts = ["lead"]\ntarget = "never"\nclause = "1"\n', 1, "there is no rule “never”"),
    (table("threshold", 'id = "t"', 'counts = "x"', "number = 3", 'window = "1 hour"', 'by = ["moon"]'), 1, "“moon”"),
    (table("threshold", 'id = "t"', 'counts = "x"', "number = 3", 'window = "1 hour"', 'by = ["home"]'), 1, "“window”"),
    (
        table("threshold", 'id = "t"', 'counts = "x"', "number = 3", 'window = "9 weeks"', 'by = ["home"]',
              'distinct = "home"'),
        1, "the same and different",
    ),
    (table("report", 'id = "r"', 'name = "n"', 'audience = ["king"]'), 1, "no agency and no body “king”"),
    (table("report", 'id = "r"', 'name = "n"', 'audience = ["lead"]', 'due = "soon"'), 1, "30 working days after"),
    (table("metric", 'id = "m"', 'label = "l"', 'definition = "d"', 'counts = "clock:x"'), 1, "there is no rule “x”"),
    (table("audit", 'id = "a"', 'title = "t"'), 1, "nobody scores"),
    (table("audit", 'id = "a"', 'title = "t"', 'scale = "percent"', "steps = 30", "moderated = true"), 1, "a hundred"),
    (PERCENT + table("standard", 'id = "s"', 'audit = "a"', 'under = "s"', 'text = "t"'), 8, "stands under itself"),
    ('[[document]]\nid = "d"\ntitle = "t"\nversion = "2"\nscheme = "major.minor"\n', 1, "not numbered by"),
    ('[[document]]\nid = "d"\ntitle = "t"\nscheme = "roman"\n', 1, "“scheme” must be"),
    ('[[document]]\nid = "d"\ntitle = "t"\napprovals = [{ post = "king" }]\n', 1, "no post “king”"),
    ('[[document]]\nid = "d"\ntitle = "t"\napprovals = ["Deputi"]\n', 1, "did you mean “deputy” (Deputy)?"),
    ('[[document]]\nid = "d"\ntitle = "t"\napprovals = [{ pots = "lead" }]\n', 4, "did you mean “post”"),
    ('[[document]]\nid = "d"\ntitle = "t"\napproved_on = 2026-02-01\nreview_by = 2026-01-01\n', 1, "other way"),
    ('[[document]]\nid = "d"\ntitle = "t"\npair = "e"\n[[document]]\nid = "e"\ntitle = "t"\n', 1, "reviewed together"),
    (table("basis", 'id = "b"', 'label = "l"', 'offered_to = "kings"'), 4, "council, association"),
    (table("retention", 'id = "k"', 'record = "dreams"', 'keep = "6 months"', 'counted_from = "born"'), 1, "“dreams”"),
    (table("retention", 'id = "k"', 'record = "case"', 'keep = "6 months"', 'counted_from = "noon"'), 1, "“counted"),
    (
        table("retention", 'id = "k"', 'record = "case"', 'keep = "6 months"', 'counted_from = "born"',
              'held_by = ["whim"]'),
        1, "hold_trigger",
    ),
    (table("register", 'id = "r"', 'title = "t"', 'needs = "magic"'), 1, "no part that is to come"),
    (table("definition", 'id = "d"', 'term = "t"', 'text = "x"', "from_age = 18", "under_age = 16"), 1, "nobody is 18"),
    ('[[policy]]\nid = "p"\ntitle = "t"\nabout = ["child"]\n', 1, "no clause belongs"),
    ('[[policy]]\nid = "p"\ntitle = "t"\nabout = ["ghosts"]\n', 1, "say whom it is about"),
    ('[[clause]]\nid = "2"\ntext = "t"\nsource = "s"\npolicy = "p"\n', 1, "there is no policy “p”"),
    ('[[clause]]\nid = "2"\ntext = "t"\nsource = "s"\nsince = "soon"\n', 5, "must be a day"),
    ('[[clause]]\nid = "2"\ntext = "t"\nsource = "s"\nsince = 2026-01-02\nuntil = 2026-01-01\n', 1, "ends before"),
    ('[[clause]]\nid = "2"\ntext = "t"\nsource = "s"\nreplaced_by = "9"\n', 1, "there is no clause “9”"),
    (table("slip", 'id = "s"', 'printed = "p"', 'state = "settled"'), 1, "says as what"),
    ('[[override]]\nrule = "concern.triage"\nlimit = "1 hour"\n', 2, "cites its “clause”"),
)  # fmt: skip


@pytest.mark.parametrize(("added", "line", "sentence"), NONSENSE, ids=[each[2] for each in NONSENSE])
def test_nonsense_is_refused_at_its_line(added: str, line: int | None, sentence: str) -> None:
    found = refused(added)
    place = "ground/pack.toml:" if line is None else f"ground/pack.toml:{LINES + line}: "
    assert any(each.startswith(place) and sentence in each for each in found), found
