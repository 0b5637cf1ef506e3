"""Fetches what the pages load that others have made, so that running lykta needs no Node.

Run by `make assets`; needs npm and a connection. What comes is fixed by the lock file beside the
list of packages; the manifest says what each file is. The fonts are not here: the pages use those
of the papers, which have a manifest of their own.
"""

import hashlib
import json
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
LISTED = Path(__file__).parent / "node"
TARGET = ROOT / "src/lykta/web/static/vendor"
# For each package the files that are taken, and what they are called here.
TAKEN = {
    "@digdir/designsystemet-css": {
        "dist/src/index.css": "index.css",
        "dist/theme/designsystemet.css": "theme.css",
        "LICENSE": "LICENSE",
    },
    "maplibre-gl": {
        "dist/maplibre-gl.mjs": "maplibre-gl.mjs",
        "dist/maplibre-gl-worker.mjs": "maplibre-gl-worker.mjs",
        "dist/maplibre-gl.css": "maplibre-gl.css",
        "LICENSE.txt": "LICENSE.txt",
    },
}
# Source maps are not taken, so nothing may point at them.
_POINTER = re.compile(rb"(?:/\*#|//#) ?sourceMappingURL=[^\s*]+(?: ?\*/)?")


def fetch(folder: Path) -> None:
    """Install the listed packages in a folder, without running any script of theirs."""
    for name in ("package.json", "package-lock.json", ".npmrc"):
        shutil.copy(LISTED / name, folder / name)
    npm = ["npm", "ci", "--ignore-scripts", "--no-audit", "--silent"]
    subprocess.run(npm, cwd=folder, check=True)  # noqa: S603 - the words are ours


def take(package: str, folder: Path) -> dict[str, object]:
    """Copy the files of one package, and return what the manifest says of it."""
    source = folder / "node_modules" / package
    about = json.loads((source / "package.json").read_text(encoding="utf-8"))
    target = TARGET / package.rsplit("/", maxsplit=1)[-1]
    target.mkdir(parents=True)
    files = {}
    for name, ours in TAKEN[package].items():
        content = _POINTER.sub(b"", (source / name).read_bytes())
        (target / ours).write_bytes(content)
        files[f"{target.name}/{ours}"] = hashlib.sha256(content).hexdigest()
    return {
        "name": package,
        "version": about["version"],
        "licence": about["license"],
        "files": files,
    }


def main() -> None:
    """Fetch everything anew and write the manifest."""
    with tempfile.TemporaryDirectory() as name:
        fetch(Path(name))
        shutil.rmtree(TARGET, ignore_errors=True)
        packages = [take(package, Path(name)) for package in TAKEN]
    text = json.dumps({"packages": packages}, indent=2, ensure_ascii=False)
    (TARGET / "manifest.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
