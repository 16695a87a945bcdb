"""What a policy takes out of what it builds on, and what it puts in its place: each with its clause, the law never."""

from pathlib import Path

import pytest

from hearth.policy.packs import BadPack, Pack, build, load, read_chain
from hearth.policy.packs.diffing import differences
from hearth.policy.packs.overlays import Overlay, change_sign, drop, overlay_of
from policy.small_pack import GROUND, chain

PACKS = Path(__file__).resolve().parents[2] / "packs"
ABOUT = '[pack]\ntitle = "Upper"\nversion = "1"\npolicy = "Safeguarding"\ninherits = "ground"\n'
OURS = '[[clause]]\nid = "2"\ntext = "We do without."\nsource = "Section 2"\n'
PROPOSED = '[[clause]]\nid = "H"\ntext = "As Hearth proposes."\nsource = "Hearth"\nstanding = "ours"\n'
SIGN = '[[sign]]\ncode = "{}"\nlabel = "A sign"\nlines = ["Ring us"]\nclause = "{}"\n'


def upon(said: str, below: str = "") -> Pack:
    return build(chain(below, ABOUT + OURS + said))


def wrong(said: str, below: str = "") -> str:
    with pytest.raises(BadPack) as bad:
        upon(said, below)
    return str(bad.value)


def out(section: str, key: str, **more: str) -> str:
    told = {"section": section, "key": key, "clause": "2", "why": "Nobody here does it", **more}
    return "[[dropped]]\n" + "".join(f'{name} = "{words}"\n' for name, words in told.items() if words)


def test_a_proposal_of_hearth_is_taken_out_with_a_reason_and_the_difference_says_it() -> None:
    below = PROPOSED + SIGN.format("cold", "H") + SIGN.format("hunger", "H")
    whole = upon(out("sign", "cold"), below)
    assert list(whole.signs) == ["hunger"]
    assert whole.keepers_of("H") == build(chain(PROPOSED + SIGN.format("hunger", "H"))).keepers_of("H")
    told = [str(each) for each in differences(build(chain(below)), whole)]
    assert "no longer a sign: cold · A sign (Nobody here does it, 2)" in told
    assert upon(out("post", "deputy"), below).posts.keys() == {"lead"}, "what cites no clause is nobody's duty"


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        (out("sign", "cold", why=""), "“why” is needed"),
        (out("sign", "cold", clause=""), "“clause” is needed"),
        (out("sign", "cold", clause="9"), "there is no clause “9”"),
        (out("sign", "warmth"), "no sign “warmth” is inherited"),
        (SIGN.format("own", "2") + out("sign", "own"), "no sign “own” is inherited"),
        (out("clause", "1"), "“section” must be one of"),
        (out("rule", "concern.triage"), "“concern.triage” stays: it is not Hearth's proposal but rests on Section 1"),
        (out("sign", "cold", how="softly"), "“how” is not known here"),
    ],
)
def test_what_cannot_be_taken_out_is_said_with_its_line(said: str, sentence: str) -> None:
    below = PROPOSED + SIGN.format("cold", "H")
    told = wrong(said, below)
    assert sentence in told
    assert "upper/pack.toml:" in told


def test_what_is_used_elsewhere_cannot_go() -> None:
    used = PROPOSED + (
        '[on_call]\nladder = ["deputy"]\nopens = "09:00"\ncloses = "17:00"\nclause = "1"\n'
        'acknowledge_within = "30 minutes"\n'
    )
    assert "there is no post “deputy”" in wrong(out("post", "deputy"), used)


@pytest.mark.parametrize(
    ("section", "written"),
    [
        ("post", '[[post]]\nid = "deputy"\ntitle = "Second"\nparts = ["deputy"]\n'),
        ("word", '[[word]]\nlist = "agency"\ncode = "police"\nlabel = "The Met"\n'),
        ("sign", '[[sign]]\ncode = "cold"\nlabel = "Very cold"\nlines = []\n'),
        ("route", '[[route]]\nid = "met"\nto = "police"\nname = "The Met, again"\n'),
    ],
)
def test_what_takes_the_place_of_something_inherited_cites_its_clause(section: str, written: str) -> None:
    route = '[[route]]\nid = "met"\nto = "police"\nname = "The Met"\nclause = "1"\n'
    below = PROPOSED + SIGN.format("cold", "H") + route
    assert "what takes its place cites its “clause”" in wrong(written, below), section
    assert upon(written + 'clause = "2"\n', below).digest, "with its clause it stands"
    new = {"deputy": "third", 'code = "police"': 'code = "fire"', "cold": "wet", '"met"': '"new"'}
    for old, other in new.items():
        written = written.replace(old, other)
    clause = 'clause = "2"\n' if section == "sign" else ""
    assert upon(written + clause, below).digest, "the control: what is new need not"


def test_the_packs_that_ship_cite_a_clause_for_each() -> None:
    for folder in sorted(PACKS.iterdir()):
        load(folder)
    assert "lead" in GROUND


def changes() -> Overlay:
    return overlay_of(read_chain(PACKS / "manchester-2025"))


def test_in_the_browser_a_sign_is_taken_out_and_its_change_goes_with_it() -> None:
    changed = change_sign(changes(), "money", label="Money gone", lines=[], clause="2.12a")
    gone = drop(changed, "sign", "money", clause="2.12a", why="We ask it elsewhere")
    assert gone.tables.get("sign", []) == []
    whole = build(gone.chain)
    assert "money" not in whole.signs
    assert whole.dropped["sign money"].why == "We ask it elsewhere"
    assert build(gone.without("dropped", "sign money").chain).signs.keys() == changes().pack.signs.keys()
    with pytest.raises(BadPack, match="rests on"):
        build(drop(changes(), "rule", "hazard.investigation", clause="2.12a", why="Too quick").chain)
