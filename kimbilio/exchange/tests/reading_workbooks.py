"""The cells of a workbook as they stand in its own files: which kind each is, so that a formula can't pass for text."""

import io
import zipfile
from typing import NamedTuple
from xml.etree import ElementTree

_SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


class Cell(NamedTuple):
    """One cell: 'text', 'number' or 'formula', and what stands in it."""

    kind: str
    value: str


class Sheet(NamedTuple):
    """One sheet: its cells by their place, and the header that is printed on every page of it."""

    cells: dict[str, Cell]
    header: str


def sheets_of(workbook: bytes) -> dict[str, Sheet]:
    """Return every sheet by its name."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as files:
        texts = [_text_of(one) for one in _tree(files, "xl/sharedStrings.xml")]
        names = [one.attrib["name"] for one in _tree(files, "xl/workbook.xml").iter(f"{_SHEET}sheet")]
        trees = [_tree(files, f"xl/worksheets/sheet{number}.xml") for number in range(1, len(names) + 1)]
    return {name: _sheet(tree, texts) for name, tree in zip(names, trees, strict=True)}


def _tree(files: zipfile.ZipFile, name: str) -> ElementTree.Element:
    return ElementTree.fromstring(files.read(name))  # our own file


def _sheet(tree: ElementTree.Element, texts: list[str]) -> Sheet:
    cells = {cell.attrib["r"]: _cell(cell, texts) for cell in tree.iter(f"{_SHEET}c")}
    header = tree.find(f".//{_SHEET}oddHeader")
    return Sheet(cells, header.text or "" if header is not None else "")


def _cell(cell: ElementTree.Element, texts: list[str]) -> Cell:
    if cell.find(f"{_SHEET}f") is not None:
        return Cell("formula", "")
    value = cell.findtext(f"{_SHEET}v") or ""
    return Cell("text", texts[int(value)]) if cell.attrib.get("t") == "s" else Cell("number", value)


def _text_of(one: ElementTree.Element) -> str:
    return "".join(part.text or "" for part in one.iter(f"{_SHEET}t"))
