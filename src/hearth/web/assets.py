"""Where the built styles and scripts are served from."""

import json
from functools import lru_cache
from pathlib import Path

from django.core.checks import CheckMessage, Warning
from django.templatetags.static import static

BUILT = Path(__file__).parent / "static" / "built"


@lru_cache(maxsize=64)
def asset(name: str) -> str:
    """The address of a built file. It holds the digest of what it was built from, so browsers may keep it for ever."""
    return static(f"built/{_digest()}/{name}")


def is_for_ever(path: str, url: str) -> bool:
    """Whether browsers may keep a static file for ever: a built one, whose address changes with it."""
    return "/built/" in url


def assets_are_built(**_: object) -> list[CheckMessage]:
    """Say so at start when the pages would come without their dress."""
    if _digest():
        return []
    return [Warning("The styles are not built.", hint="Run: python hatch_build.py", id="hearth.W001")]


@lru_cache(maxsize=1)
def _digest() -> str:
    manifest = BUILT / "manifest.json"
    return str(json.loads(manifest.read_text())["digest"]) if manifest.is_file() else ""
