"""The few shapes that our pictures are made of, and how they become SVG.

Colours and sizes are attributes of each shape, so that the same picture stands on a page with a strict content policy
and in a PDF. Whatever colour says, a shape, a pattern or a word says too. Lengths are in the picture's own units, which
are pixels at the width it is drawn for.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import ceil, floor, log10
from xml.etree import ElementTree as Xml

# Source: docs/sources.md, 'Colours of pictures'.
TEAL, ORANGE, BLUE, PLUM, GREY = "#0b5d57", "#d55e00", "#4a90d9", "#3e1f5c", "#6b7674"
INK, MUTED, HAIR, PAPER, BAND = "#12211f", "#42524f", "#d5dfdd", "#ffffff", "#cfe0de"
SANS = "system-ui, -apple-system, Segoe UI, Roboto, Noto Sans, Liberation Sans, Arial, sans-serif"
TEXT = 16
"""The size of every text: no smaller at the width that a picture is drawn for."""
_DECIMALS = 1


@dataclass(frozen=True)
class Shape:
    """One element of SVG with its attributes, and the words in it if it is a text."""

    tag: str
    attributes: dict[str, str]
    words: str = ""


@dataclass(frozen=True)
class Picture:
    """A picture: what it shows in a sentence and a description, how large it is, its shapes from back to front."""

    title: str
    description: str
    width: float
    height: float
    shapes: Sequence[Shape] = field(default_factory=list)


def svg_of(picture: Picture, *, name: str = "", font: str = SANS) -> str:
    """Return the picture as SVG. With a name, as an image that is told by its title and description."""
    root = Xml.Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "viewBox": f"0 0 {_number(picture.width)} {_number(picture.height)}",
            "font-family": font,
        },
    )
    if name:
        root.attrib |= {"role": "img", "aria-labelledby": f"{name}-title {name}-words"}
        Xml.SubElement(root, "title", {"id": f"{name}-title"}).text = picture.title
        Xml.SubElement(root, "desc", {"id": f"{name}-words"}).text = picture.description
    for shape in picture.shapes:
        Xml.SubElement(root, shape.tag, shape.attributes).text = shape.words or None
    return Xml.tostring(root, encoding="unicode")


def line(x1: float, y1: float, x2: float, y2: float, *, colour: str = HAIR, width: float = 1) -> Shape:
    """Return a straight line."""
    ends = {"x1": x1, "y1": y1, "x2": x2, "y2": y2}
    return Shape("line", _numbers(ends) | {"stroke": colour, "stroke-width": _number(width)})


def box(x: float, y: float, width: float, height: float, *, fill: str, edge: str = "") -> Shape:
    """Return a box; with an edge where two lie beside or upon each other."""
    attributes = _numbers({"x": x, "y": y, "width": width, "height": height}) | {"fill": fill}
    return Shape("rect", attributes | ({"stroke": edge, "stroke-width": "1.5"} if edge else {}))


def path(
    points: str, *, fill: str = "none", colour: str = "none", width: float = 0, dashes: str = ""
) -> Shape:
    """Return a path: a line, or an area."""
    attributes = {"d": points, "fill": fill, "stroke": colour, "stroke-width": _number(width)}
    more = {"stroke-dasharray": dashes} if dashes else {}
    return Shape("path", attributes | more | ({"stroke-linejoin": "round"} if width else {}))


def dot(x: float, y: float, *, fill: str, edge: str = "") -> Shape:
    """Return a dot on a line; hollow where a month is not whole yet."""
    attributes = _numbers({"cx": x, "cy": y, "r": 3.5}) | {"fill": fill}
    return Shape("circle", attributes | ({"stroke": edge, "stroke-width": "2"} if edge else {}))


def words(
    x: float,
    y: float,
    text: str,
    *,
    at: str = "start",
    colour: str = MUTED,
    bold: bool = False,
) -> Shape:
    """Return a text whose baseline begins, ends or has its middle at a place."""
    attributes = _numbers({"x": x, "y": y, "font-size": TEXT}) | {"fill": colour, "text-anchor": at}
    return Shape("text", attributes | ({"font-weight": "700"} if bold else {}), text)


def hatching(x: float, y: float, width: float, height: float, *, colour: str) -> Shape:
    """Return slanted lines within a box: a month that is not whole yet."""
    strokes = []
    for offset in range(-int(height), int(width), 5):
        left, right = max(offset, 0), min(offset + height, width)
        if left < right:
            strokes.append(
                f"M{_number(x + left)} {_number(y + height - (left - offset))}"
                f"L{_number(x + right)} {_number(y + height - (right - offset))}"
            )
    return path("".join(strokes), colour=colour, width=1)


def joined(points: Iterable[tuple[float, float]]) -> str:
    """Return a path through these points."""
    return "M" + "L".join(f"{_number(x)} {_number(y)}" for x, y in points)


def round_top(most: float) -> tuple[int, int]:
    """Return a round number not below the most, and the step between the lines of a scale: three or four of them."""
    most = max(most, 1)
    unit = 10 ** floor(log10(most / 3)) if most > 3 else 1
    step = next(
        int(unit * times) for times in (1, 2, 2.5, 5, 10) if most / (unit * times) <= 4 and unit * times >= 1
    )
    return ceil(most / step) * step, step


def _numbers(values: dict[str, float]) -> dict[str, str]:
    return {name: _number(value) for name, value in values.items()}


def _number(value: float) -> str:
    return f"{round(value, _DECIMALS):g}"
