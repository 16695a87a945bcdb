"""Reading our own source as text and trees, for the rules of the house."""

import ast
import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HOUSE = ROOT / "src" / "hearth"


def modules() -> list[Path]:
    """Every Python module of ours but migrations."""
    return [file for file in sorted(HOUSE.rglob("*.py")) if "migrations" not in file.parts]


def tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text())


def committed() -> list[Path]:
    """Every file in the tree that git keeps, or would."""
    said = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, check=True, capture_output=True, text=True,
    )  # fmt: skip
    return [ROOT / name for name in said.stdout.splitlines() if (ROOT / name).is_file()]


def imports(module: ast.Module) -> Iterator[str]:
    """Every module a source names in an import, wherever it stands in the file."""
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{name.name}" for name in node.names)
