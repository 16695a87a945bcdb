"""The pages' dress: built from what the lock file names, and nobody else's badge on it."""

import re
import shutil
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parents[2]


def test_the_styles_wear_neither_the_licensed_typeface_nor_a_crest(built_assets: Path) -> None:
    css = (built_assets / "hearth.css").read_text()
    assert "Arial" in css
    assert "GDS Transport" not in css
    assert "@font-face" not in css
    assert [target for target in re.findall(r"url\([^)]*\)", css) if "crest" in target or "crown" in target] == []


def test_everything_the_styles_point_at_is_there(built_assets: Path) -> None:
    css = (built_assets / "hearth.css").read_text()
    targets = re.findall(r"url\(\"?([^)\"]+)\"?\)", css)
    assert targets
    assert [target for target in targets if not (built_assets / target).is_file()] == []


def test_pages_are_sent_compressed_and_with_the_licences(built_assets: Path) -> None:
    assert (built_assets / "hearth.css.gz").stat().st_size < 40_000
    assert (built_assets / "licences.txt").is_file()


def test_an_unchanged_build_is_not_repeated_and_a_changed_one_is(
    hatch_build: ModuleType, built_assets: Path, tmp_path: Path
) -> None:
    assert built_assets.is_dir()
    for name in ("package-lock.json", "hatch_build.py"):
        shutil.copy(ROOT / name, tmp_path / name)
    shutil.copytree(ROOT / hatch_build.SOURCES, tmp_path / hatch_build.SOURCES)
    shutil.copytree(ROOT / hatch_build.BUILT, tmp_path / hatch_build.BUILT)
    assert hatch_build.is_built(tmp_path)

    (tmp_path / hatch_build.SOURCES / "_page.scss").write_text(".changed { color: red }")
    assert not hatch_build.is_built(tmp_path)


def test_the_lock_file_holds_digests_and_no_download_addresses() -> None:
    lock = (ROOT / "package-lock.json").read_text()
    assert "integrity" in lock
    assert "resolved" not in lock
    assert "registry" not in lock
