"""The packs that lie ready to be adopted: those that ship, and those in the provider's own folder. Plain Python."""

from collections.abc import Iterable
from pathlib import Path

SHIPPED = Path(__file__).resolve().parents[2] / "packs"  # in the wheel
IN_A_CLONE = Path(__file__).resolve().parents[4] / "packs"


def shelf(own: Path) -> dict[str, Path]:
    """The folder of each pack by its name. A pack in the provider's own folder beats one of its name that ships."""
    found: dict[str, Path] = {}
    for place in (SHIPPED, IN_A_CLONE, own):
        found |= {folder.name: folder for folder in _packs(place)}
    return dict(sorted(found.items()))


def _packs(place: Path) -> Iterable[Path]:
    return (file.parent for file in sorted(place.glob("*/pack.toml"))) if place.is_dir() else ()
