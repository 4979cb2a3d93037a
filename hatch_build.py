"""Compiles the translations when the wheel is built, and when the package is installed from a checkout.

Compiled catalogues are never committed: they follow from the .po files. Run as a program, this file only compiles.
"""

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

CATALOGUES = "kimbilio/locale/*/LC_MESSAGES/*.po"


def compile_catalogues(root: Path) -> list[Path]:
    """Write a .mo beside every .po under the root; return what was written. A fuzzy translation is left out."""
    return [_compile(source) for source in sorted(root.glob(CATALOGUES))]


def _compile(source: Path) -> Path:
    """Compile one catalogue; the whole file is replaced at once, since a server may be reading the old one."""
    with source.open("rb") as file:
        catalogue = read_po(file)
    target = source.with_suffix(".mo")
    half_done = source.with_suffix(".mo.new")
    with half_done.open("wb") as file:
        write_mo(file, catalogue)
    half_done.replace(target)
    return target


class CatalogueHook(BuildHookInterface):  # type: ignore[type-arg]  # generic for plugins that read their own settings
    """Compiles before files are gathered, and lets the compiled ones into the wheel although git ignores them."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile for a wheel and for an editable install alike; a source archive carries the .po files only."""
        if self.target_name == "wheel":
            compile_catalogues(Path(self.root))
            build_data["artifacts"].append("kimbilio/locale/*/LC_MESSAGES/*.mo")


if __name__ == "__main__":
    compile_catalogues(Path(__file__).resolve().parent)
