"""The sixteen things a policy may hold, each said in a pack and read as it was meant. Nonsense has its own test."""

from datetime import date
from pathlib import Path

import pytest

from hearth.policy.calendars import Nation
from hearth.policy.packs import BadPack, Chain, Pack, PackFiles, build, load, patterns, read, read_chain
from hearth.policy.packs.conditions import Equals
from hearth.policy.packs.coverage import coverage
from hearth.policy.packs.deciding import DecidedBy
from hearth.policy.packs.diffing import differences
from hearth.policy.packs.information import Must
from hearth.policy.packs.keeping import Standing
from hearth.policy.terms import AppliesTo, Force
from policy.small_pack import GROUND, chain, refused, said, table


def test_1_a_limit_has_its_warnings_who_may_extend_and_whether_it_reaches_running_clocks() -> None:
    rule = said(
        '[[pause]]\ncode = "police_asked"\nlabel = "The police asked"\n'
        '[[override]]\nrule = "concern.triage"\nclause = "1"\nforce = "policy"\nlimit = "6 months"\n'
        'warn = ["3 months before", "1 week before", "1 calendar day over"]\nextends = ["lead"]\n'
        'pauses = ["police_asked"]\napplies_to = "running"\n'
    ).rules["concern.triage"]
    assert (str(rule.bands[0].limit), rule.force, rule.applies_to) == ("6 months", Force.POLICY, AppliesTo.RUNNING)
    assert [str(rung) for rung in rule.warn] == ["3 months before", "1 week before", "1 calendar day over"]
    assert said("").rules["concern.triage"].applies_to is AppliesTo.NEW


def test_2_several_local_words_lead_to_one_of_ours_and_to_its_national_code() -> None:
    words = said(
        '[[word]]\nlist = "abuse_type"\ncode = "county_lines"\nlabel = "County lines"\nmeans = "cce"\n'
        'legacy = ["gangs and drugs"]\n'
    ).words_in("abuse_type")
    assert {words.canonical(each) for each in ("County lines", "Gangs and drugs", "cce")} == {"cce"}
    assert words.national_of("county_lines", "cin") == "24A"
    assert words.national_of("county_lines", "sac") == words.national_of("nothing", "cin") == ""


def test_3_a_post_has_cover_an_end_of_its_appointment_and_as_many_holders_as_it_needs() -> None:
    post = said(
        '[[post]]\nid = "champion"\ntitle = "Champion"\nparts = ["champion"]\ncover = "lead"\nrequired = true\n'
        'holders = 2\nappointed_for = "12 months"\nabout_holder = "lead"\n'
    ).posts["champion"]
    assert (post.holders, str(post.appointed_for), post.about_holder) == (2, "12 months", "lead")


def test_4_a_course_says_for_whom_how_often_whether_it_can_be_had_and_when_one_is_reminded() -> None:
    course = said(
        table(
            "training", 'id = "c"', 'title = "Course"', 'audience = ["lead", "deputy"]', "meets_residents = true",
            'employers = ["contractor"]', 'level = "2"', "mandatory = true", 'format = "classroom"',
            'topics = ["Signs"]', 'within = "10 working days"', 'every = "24 months"', "not_available = true",
            'remind = ["6 months before", "1 calendar day over"]',
        )
    ).training["c"]  # fmt: skip
    assert (course.audience, course.available, len(course.remind)) == (("lead", "deputy"), False, 2)


def test_5_vetting_has_the_scheme_of_its_nation_and_a_supplier_may_attest_it() -> None:
    vetting = table(
        "vetting", 'id = "v"', 'scheme = "pvg"', 'level = "enhanced"', 'audience = ["everybody"]',
        'every = "36 months"', "supplier_attests = true",
    )  # fmt: skip
    scottish = GROUND.replace('policy = "Safeguarding"', 'policy = "Safeguarding"\nnation = "scotland"')
    pack = build(Chain((PackFiles("ground", (("pack.toml", (scottish + vetting).encode()),)),)))
    assert pack.vetting["v"].supplier_attests
    assert any("there it is: dbs" in each for each in refused(vetting))
    assert said(vetting + '[[entity]]\nid = "north"\ntitle = "Our Scottish company"\nnation = "scotland"\n')


def test_6_a_route_holds_for_an_area_and_police_are_told_always_sometimes_or_never() -> None:
    pack = said(
        '[[route]]\nid = "p"\nto = "police"\nname = "The police"\narea = "Larchfield"\nsubject = "adult"\n'
        + table("referring", 'id = "r"', 'harm = "cce"', 'to = "police"', 'subject = "child"', 'must = "always"')
    )
    assert (pack.routes["p"].area, pack.referring["r"].must) == ("Larchfield", Must.ALWAYS)


def test_7_who_decides_together_with_whom_by_which_target_and_who_may_refer() -> None:
    triage = said(
        '[triage]\ndecided_by = "panel"\nposts = ["lead", "deputy"]\ntogether = 2\nmay_refer = ["lead"]\n'
        'levels = "abuse_type"\nclause = "1"\n'
    ).triage
    assert triage is not None
    assert (triage.decided_by, triage.together, triage.target) == (DecidedBy.PANEL, 2, "concern.triage")


def test_8_a_case_promise_has_two_ends_and_its_rhythm_by_band() -> None:
    rule = said(
        table(
            "rule", 'id = "case.target"', 'promise = "Resolve"', 'about = "case"', 'owner = "owns_it"',
            'starts = "case.opened"', 'stops = ["case.support_in_place", "case.closed"]',
            'bands = [{ when = { fact = "risk_band", equals = "high" }, limit = "5 working days" }]',
            'limit = "12 weeks"',
        )
    ).rules["case.target"]  # fmt: skip
    assert [each.act for each in rule.stops] == ["case.support_in_place", "case.closed"]
    assert str(rule.limit_for({"risk_band": "high"})) == "5 working days"


def test_9_a_pattern_says_what_is_the_same_what_differs_and_which_happenings_count() -> None:
    pattern = said(
        table(
            "threshold", 'id = "t"', 'counts = "concern.triaged"', 'by = ["provider", "block"]', "number = 3",
            'window = "90 calendar days"', "inclusive = true", 'distinct = "person"',
            'when = { fact = "subject", equals = "adult" }',
        )
    ).thresholds["t"]  # fmt: skip
    assert (pattern.by, pattern.distinct) == (("provider", "block"), "person")
    assert pattern.when == Equals("subject", "adult")


def test_10_a_report_is_for_somebody_falls_due_and_keeps_small_numbers_back() -> None:
    report = said(
        table("metric", 'id = "m"', 'label = "In time"', 'definition = "Decided in time."',
              'counts = "clock:concern.triage"')
        + table("report", 'id = "r"', 'name = "Report"', 'audience = ["lead", "police"]', 'every = "6 months"',
                'due = "30 working days after"', 'sections = ["Figures"]', 'metrics = ["m"]', "fewer_than = 5")
    ).reports["r"]  # fmt: skip
    assert (report.fewer_than, report.due, report.metrics) == (5, "30 working days after", ("m",))


def test_11_an_audit_is_weighted_in_steps_and_its_standards_stand_in_a_tree() -> None:
    pack = said(
        table("audit", 'id = "a"', 'title = "Audit"', 'scale = "percent"', "steps = 25", "self_scored = true",
              "moderated = true", 'not_applicable = "Say why"', 'every = "12 months"', 'columns = ["Action"]')
        + table("standard", 'id = "s"', 'audit = "a"', 'text = "All"', "weight = 3")
        + table("standard", 'id = "s1"', 'audit = "a"', 'under = "s"', 'text = "One"', "local_priority = true")
    )  # fmt: skip
    assert (pack.standards["s"].weight, pack.standards["s1"].under) == (3, "s")


def test_12_a_document_is_approved_step_by_step_and_its_days_are_kept_apart() -> None:
    document = said(
        '[[document]]\nid = "d"\ntitle = "Policy"\nreference = "SP1"\nversion = "2.1"\nscheme = "major.minor"\n'
        'approved_on = 2026-01-05\neffective_from = 2026-02-01\nreview_by = 2028-01-31\nreview_every = "24 months"\n'
        'approvals = ["Tenants’ panel", { post = "lead", comment = true, within = "10 working days" }]\n'
        'early_review = ["A law changes"]\nequality_analysis = "Done"\npublished = "Website"\npair = "p"\n'
        '[[document]]\nid = "p"\ntitle = "Procedure"\npair = "d"\n'
    ).documents["d"]
    assert [(step.by, step.post, step.comment) for step in document.approvals] == [
        ("Tenants’ panel", "", False), ("", "lead", True),
    ]  # fmt: skip
    assert document.effective_from == date(2026, 2, 1)


def test_13_a_council_and_an_association_are_offered_different_bases_and_records_are_kept_and_held() -> None:
    bases = "".join(
        table("basis", f'id = "{kind}"', f'label = "{kind}"', f'offered_to = "{kind}"')
        for kind in ("council", "association", "either")
    )
    pack = said(bases)
    assert len(pack.bases_offered(date(2026, 11, 20))) == 3
    ours = build(Chain((PackFiles("g", (("pack.toml", (GROUND + bases).replace(
        'version = "1"', 'version = "1"\nkind = "association"', 1).encode()),)),)))  # fmt: skip
    assert [each.id for each in ours.bases_offered(date(2026, 11, 20))] == ["association", "either"]
    kept = said(
        '[[word]]\nlist = "hold_trigger"\ncode = "inquiry"\nlabel = "An inquiry"\n'
        + table("wording", 'id = "consent"', 'text = "May we tell the council?"')
        + table("retention", 'id = "cases"', 'record = "child_case"', 'keep = "300 months"', 'counted_from = "born"',
                'or_until = "retirement"', 'held_by = ["inquiry"]')
    )  # fmt: skip
    assert kept.retention["cases"].held_by == ("inquiry",)


def test_14_a_definition_draws_its_ages_and_may_reach_the_unborn() -> None:
    pack = said(
        table("definition", 'id = "adult"', 'term = "Adult"', 'text = "t"', 'subject = "adult"', "from_age = 16")
        + table("definition", 'id = "c"', 'term = "Child"', 'text = "t"', 'subject = "child"', "under_age = 18",
                "unborn = true")
    )  # fmt: skip
    assert (pack.definitions["adult"].from_age, pack.definitions["c"].unborn) == (16, True)


def test_15_a_policy_inherits_its_nation_and_every_clause_of_several_says_whose_it_is() -> None:
    wales = GROUND.replace('version = "1"', 'version = "1"\nnation = "wales"\nkind = "association"', 1)
    upper = (
        '[pack]\ntitle = "Upper"\nversion = "1"\npolicy = "Two"\ninherits = "ground"\n'
        '[[policy]]\nid = "children"\ntitle = "Children"\nabout = ["child"]\n'
        '[[policy]]\nid = "adults"\ntitle = "Adults"\nabout = ["adult"]\n'
        '[[clause]]\nid = "C1"\ntext = "t"\nsource = "s"\npolicy = "children"\n'
        '[[clause]]\nid = "A1"\ntext = "t"\nsource = "s"\npolicy = "adults"\n'
    )

    def both(written: str) -> Pack:
        named = (("ground", wales), ("upper", written))
        return build(Chain(tuple(PackFiles(name, (("pack.toml", text.encode()),)) for name, text in named)))

    pack = both(upper)
    assert (pack.nation, str(pack.kind)) == (Nation.WALES, "association")
    assert [clause.id for clause in pack.clauses_of("adults")] == ["A1"]
    with pytest.raises(BadPack, match=r"upper/pack.toml:14: there are several policies"):
        both(upper.replace('\npolicy = "children"\n', "\n", 1).replace("[[clause]]", '[[clause]]\nnote = "n"', 1))
    with pytest.raises(BadPack, match=r"upper/pack.toml:5: this pack builds on one for “wales”"):
        both(upper.replace('inherits = "ground"', 'nation = "scotland"', 1))


def test_16_a_slip_is_quoted_as_printed_with_what_may_have_been_meant() -> None:
    slip = said(
        table("slip", 'id = "s"', 'printed = "Act 2014"', 'candidates = ["Act 2004"]', 'state = "asked"')
    ).slips["s"]
    assert (slip.printed, slip.candidates, str(slip.state)) == ("Act 2014", ("Act 2004",), "asked")


def test_a_register_waits_for_the_part_that_shows_it_or_for_the_one_it_names() -> None:
    clause = '[[clause]]\nid = "2"\ntext = "Kept."\nsource = "Section 2"\n'
    register = '[[register]]\nid = "r"\ntitle = "Register"\nby = "lead"\nevery = "12 months"\nclause = "2"\n'
    written = said(clause + register + 'holds = ["referral.made"]\n')
    waits = said(clause + register + 'needs = "sharing"\n')
    assert [coverage(each)[-1].waits_for for each in (written, waits)] == [("reports",), ("sharing",)]
    assert {coverage(each)[-1].standing for each in (written, waits)} == {Standing.PLANNED}, "no page shows a register"


def test_law_that_moves_has_its_days_and_what_replaced_it() -> None:
    dated = (
        '[[clause]]\nid = "L"\ntext = "t"\nsource = "s"\nsince = 2025-10-27\nuntil = 2026-10-26\nreplaced_by = "1"\n'
    )
    clause = said(dated).clauses["L"]
    assert [clause.holds_on(date(year, 10, 27)) for year in (2024, 2025, 2026)] == [False, True, False]


def test_files_come_back_byte_for_byte_and_say_the_same(tmp_path: Path) -> None:
    """Odd spacing, remarks and accents are the author’s: nothing is written anew."""
    body = (GROUND + "# a remark   \r\n").encode() + '\n[[entity]]\nid="e"\ntitle = "Tŷ  Ni"\n'.encode()
    (tmp_path / "ours").mkdir()
    (tmp_path / "ours" / "pack.toml").write_bytes(body)
    found = read_chain(tmp_path / "ours")
    (tmp_path / "copy").mkdir()
    for name, written in found.packs[0].files:
        (tmp_path / "copy" / name).write_bytes(written)
    assert (tmp_path / "copy" / "pack.toml").read_bytes() == body
    assert differences(load(tmp_path / "ours"), load(tmp_path / "copy")) == ()


def test_what_was_adopted_stays_readable_when_the_checker_grows_stricter() -> None:
    """A pattern without “by” was right once: a pack adopted then is read, and none such is adopted any more."""
    once = table("threshold", 'id = "t"', 'counts = "concern.logged"', "number = 3", 'window = "9 weeks"')
    assert any("say what is the same" in each for each in refused(once))
    assert read(chain(once)).thresholds["t"].by == ()


def test_what_was_adopted_stays_readable_when_a_table_is_asked_for_more(monkeypatch) -> None:
    """Not only the checks between tables: also what one table must say may be asked for more strictly later."""
    told = ('id = "t"', 'counts = "concern.logged"', "number = 3", 'window = "9 weeks"', 'by = "home"')
    once = chain(table("threshold", *told))
    before = build(once)
    real = patterns.threshold

    def asks_for_more(told):
        told.text("owner")
        return real(told)

    monkeypatch.setattr(patterns, "threshold", asks_for_more)
    with pytest.raises(BadPack, match="“owner” is needed"):
        build(once)
    assert read(once).thresholds == before.thresholds
