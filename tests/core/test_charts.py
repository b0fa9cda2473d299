"""What a chart with axes is made of: the axis from 0, nothing inline, the same numbers in words."""

import re

import pytest
from django.template.loader import render_to_string
from django.utils.translation import override

from core.charts import percent_columns


def drawn(points):
    chart = percent_columns(points, title="Đúng hạn theo tháng", description="01/2019: 97,5%; 02/2019: không phát sinh")
    return render_to_string("components/chart.html", {"chart": chart})


def test_the_axis_goes_from_0_to_100_whatever_the_values():
    labels = re.findall(r"<text[^>]*>([^<]+%)</text>", drawn([("1", 97.5), ("2", 99.0)]))
    assert set(labels) == {"0%", "25%", "50%", "75%", "100%"}


def test_a_point_without_a_value_leaves_a_gap_and_keeps_its_label():
    markup = drawn([("1", 97.5), ("2", None), ("3", 0.0)])
    columns = re.findall(r'<g class="series columns">(.*?)</g>', markup)
    assert [column.count("<rect") for column in columns] == [2, 2]
    assert markup.count(">2</text>") == 2


def test_a_chart_has_its_title_and_its_numbers_in_words():
    markup = drawn([("1", 97.5)])
    assert markup.count('role="img"') == 2
    assert "<title>Đúng hạn theo tháng</title><desc>01/2019: 97,5%; 02/2019: không phát sinh</desc>" in markup


def test_a_chart_has_nothing_inline_that_the_policy_of_public_pages_refuses():
    markup = drawn([("1", 97.5)])
    assert "style" not in markup and "<script" not in markup and "href" not in markup


def test_numbers_have_no_more_decimals_than_a_screen_can_show():
    assert not re.search(r"\.\d{3}", drawn([(str(month), 100 / month) for month in range(1, 13)]))


def test_labels_are_escaped():
    assert "<b>" not in drawn([("<b>", 50.0)])


@pytest.mark.parametrize("points", [[], [("1", None), ("2", None)]])
def test_where_nothing_arose_there_is_no_chart(points):
    assert percent_columns(points, title="Đúng hạn theo tháng", description="") is None


@pytest.mark.parametrize(
    ("value", "is_met", "shown"), [(58.2, True, "met"), (58.2, False, "stripes"), (None, False, "")]
)
def test_a_target_bar_is_solid_striped_or_empty(value, is_met, shown):
    bar = {"value": value, "target": 55, "is_met": is_met, "label": "58,2%, mục tiêu 55%"}
    markup = render_to_string("components/target_bar.html", {"bar": bar})
    assert ('class="met"' in markup) == (shown == "met")
    assert ("url(#stripes)" in markup) == (shown == "stripes")
    assert 'x1="55%"' in markup and 'aria-label="58,2%, mục tiêu 55%"' in markup


def test_widths_are_written_with_a_point_in_vietnamese_too():
    bar = {"value": 58.2, "target": 55.5, "is_met": True, "label": ""}
    with override("vi"):
        markup = render_to_string("components/target_bar.html", {"bar": bar})
    assert 'width="58.2%"' in markup and 'x1="55.5%"' in markup
