"""What is unsafe in a home stands on pages in words, never by our code for it; every code has its words."""

from hearth.housing.terms import HazardClass, HazardKind, Vulnerability
from hearth.web.work.words import how_judged, what_is_unsafe, who_lives_there


def test_every_code_has_its_words():
    assert what_is_unsafe(HazardKind.DAMP_MOULD) == "Damp and mould"
    assert all("_" not in what_is_unsafe(kind) for kind in HazardKind)
    assert who_lives_there([Vulnerability.INFANT, Vulnerability.OLDER]) == "A baby, An older person"
    assert all("_" not in who_lives_there([each]) for each in Vulnerability)
    assert all("_" not in how_judged(each) for each in HazardClass)
