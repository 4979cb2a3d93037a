"""A bar of a table: how long it is of a hundred, and the line that it should reach. The number stands beside it."""

from dataclasses import replace

from kimbilio.reports.charts.shapes import HAIR, INK, TEAL, Picture, box, line, svg_of

_HEIGHT = 14


def bar_svg(share: float, mark: float | None = None) -> str:
    """Return a bar that fills its place's width; hidden from readers of the screen, who have the number."""
    shapes = [box(0, 3, 100, _HEIGHT - 6, fill=HAIR), box(0, 0, min(share, 100), _HEIGHT, fill=TEAL)]
    if mark is not None:
        # Kept as wide as it is, however far the bar is stretched.
        drawn = line(min(mark, 99.5), 0, min(mark, 99.5), _HEIGHT, colour=INK, width=3)
        shapes.append(replace(drawn, attributes=drawn.attributes | {"vector-effect": "non-scaling-stroke"}))
    svg = svg_of(Picture("", "", 100, _HEIGHT, shapes))
    return svg.replace("<svg ", '<svg aria-hidden="true" focusable="false" preserveAspectRatio="none" ', 1)
