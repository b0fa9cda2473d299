"""Charts with axes, drawn on the server by leather as SVG: no script, no inline style (docs/charts.md).

Share bars and target bars have no axis and are templates of the portal's own (templates/components).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree import ElementTree

import leather
from django.utils.safestring import SafeString
from leather import theme

# leather is told how charts look by values of its module; colours are those of the style sheet.
theme.background_color = "none"
theme.margin = 0.03
theme.tick_color = "#dad4c8"
theme.zero_color = "#1b1e23"
theme.label_color = "currentColor"
theme.tick_font_family = "inherit"
theme.tick_font_size = 15
theme.tick_font_char_width = 9

#: width and height in px: text is 15 px in both, so a phone is given a narrow drawing, not a small one
SIZES = {"narrow": (288, 200), "wide": (520, 240)}
#: leather writes up to 30 decimals of a px
DECIMALS = re.compile(r"(\.\d\d)\d+")
#: attributes that say what holds without them
REDUNDANT = re.compile(r' (?:font-family="inherit"|stroke-width="1")')


@dataclass(frozen=True, slots=True)
class Drawing:
    """One chart at one width: what stands in its `svg` element."""

    size: str
    width: int
    height: int
    markup: SafeString


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart for components/chart.html; `description` says the same numbers in words."""

    title: str
    description: str
    drawings: tuple[Drawing, ...]


def percent_columns(points: Sequence[tuple[str, float | None]], *, title: str, description: str) -> Chart | None:
    """A column for each point (label, per cent from 0 to 100) on an axis from 0 to 100; None leaves a gap.

    No chart where no point has a value.
    """
    if all(value is None for _label, value in points):
        return None
    drawings = tuple(Drawing(size, *box, _columns(points, *box)) for size, box in SIZES.items())
    return Chart(title, description, drawings)


def _columns(points: Sequence[tuple[str, float | None]], width: int, height: int) -> SafeString:
    chart = leather.Chart()
    chart.add_columns(list(points), fill_color="currentColor")
    chart.add_y_scale(0, 100)
    chart.add_y_axis(ticks=[0, 25, 50, 75, 100], tick_formatter=lambda value, _place, _count: f"{value}%")
    markup = ElementTree.tostring(chart.to_svg_group(width, height), encoding="unicode")
    return SafeString(REDUNDANT.sub("", DECIMALS.sub(r"\1", markup)))
