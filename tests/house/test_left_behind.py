"""A run of the tests cleans up after itself, and after one that could not."""

import os
import subprocess
import time

from left_behind import A_DAY, remove_old

LONG_AGO = time.time() - 2 * A_DAY


def folder(place, name, *, at=LONG_AGO):
    made = place / name
    made.mkdir()
    (made / "a file").touch()
    os.utime(made, (at, at))
    return made


def test_what_a_crash_left_goes_after_a_day_unless_somebody_uses_it(tmp_path):
    crashed, young = folder(tmp_path, "hearth-tests-crashed"), folder(tmp_path, "hearth-tests-young", at=time.time())
    other = folder(tmp_path, "somebody-elses")
    used = folder(tmp_path, "hearth-cli-used")
    (tmp_path / "hearth-tests-link").symlink_to(other)
    with subprocess.Popen(["sleep", "60"], cwd=used) as using:
        assert remove_old(tmp_path) == [crashed.name]
        using.kill()
    assert not crashed.exists()
    assert [path.exists() for path in (young, used, other / "a file")] == [True] * 3
    assert remove_old(tmp_path) == [used.name]
