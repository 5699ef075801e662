"""Checks for the tools of the peers, and describes their installation."""

import shutil
import subprocess
from pathlib import Path

HERE = Path(__file__).parent
# A program's name and its installation; sharp is installed automatically if there is npm.
SHARP = "sharp"
INSTALL = {
    SHARP: "install Node.js 20 or newer with npm",
    "gm": "install GraphicsMagick (Debian: apt-get install graphicsmagick)",
    "vipsthumbnail": "install libvips's tools (Debian: apt-get install libvips-tools)",
    "dcraw": "install dcraw (Debian: apt-get install dcraw)",
}


def missing(tools: tuple[str, ...]) -> list[str]:
    """Return instructions for the missing tools, a line for each."""
    return [f"{tool} is not here: {INSTALL[tool]}" for tool in tools if not _is_here(tool)]


def _is_here(tool: str) -> bool:
    return _install_sharp() if tool == SHARP else bool(shutil.which(tool))


def _install_sharp() -> bool:
    if not (shutil.which("npm") and shutil.which("node")):
        return False
    if (HERE / "node_modules" / "sharp").exists():
        return True
    return subprocess.run(["npm", "ci", "--silent"], cwd=HERE, check=False).returncode == 0
