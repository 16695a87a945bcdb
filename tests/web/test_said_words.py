"""Words of pages that stand alone: how a reference is written."""

from hearth.web.words import unbroken


def test_a_reference_is_kept_whole_and_an_address_may_wrap_and_is_escaped():
    assert unbroken("C-3QPB-MB") == '<span class="hearth-reference">C-3QPB-MB</span>'
    assert unbroken("H-1 Mill Lane <b>") == "H-1 Mill Lane &lt;b&gt;"
