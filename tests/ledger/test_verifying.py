"""An untouched ledger verifies: the control for every test that tampers."""


def test_an_empty_ledger_verifies(ledger):
    assert ledger.seal() is None
    assert ledger.verify().ok


def test_an_untouched_ledger_verifies(sealed):
    report = sealed.verify()
    assert report.ok
    assert (report.rows, report.seals, report.unsealed) == (12, 3, 0)
    assert report.sentences()[-1] == "Everything is as it was written."
