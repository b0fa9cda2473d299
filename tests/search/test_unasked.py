"""A title loses by what it says and nobody asked for: the contrary, a case for few, a later act."""

import pytest

from search.unasked import Unasked
from search.weights import LATER_ACT, OPPOSITE, RARE_CASES


def penalty(question, title):
    return Unasked.of(question).penalty(f" {title} ")


@pytest.mark.parametrize("case", RARE_CASES)
def test_a_rare_case_is_meant_only_where_it_is_named(case):
    assert penalty("ket hon", f"dang ky ket hon {case}") == OPPOSITE
    assert penalty(f"ket hon {case}", f"dang ky ket hon {case}") == 0


@pytest.mark.parametrize(
    ("question", "title"),
    [
        ("giay phep lai xe", "cap lai giay phep lai xe"),
        ("the can cuoc", "cap doi the can cuoc"),
        ("thuong tru", "xoa dang ky thuong tru"),
        ("hoa giai vien", "thoi lam hoa giai vien"),
    ],
)
def test_a_title_that_begins_with_a_later_act_loses_a_little(question, title):
    assert penalty(question, title) == LATER_ACT < OPPOSITE


@pytest.mark.parametrize(
    ("question", "title"),
    [
        ("lam lai giay phep lai xe", "cap lai giay phep lai xe"),
        ("mat giay phep lai xe", "cap lai giay phep lai xe"),
        ("giong thuy san", "cap cap lai giay chung nhan giong thuy san"),
        ("xoa thuong tru", "xoa dang ky thuong tru"),
        ("boi thuong", "boi thuong khi nha nuoc thu hoi dat"),
    ],
)
def test_an_act_that_was_named_or_is_one_of_several_costs_nothing(question, title):
    assert penalty(question, title) == 0


def test_the_contrary_costs_only_where_the_title_has_not_both():
    assert penalty("tam tru", "dang ky thuong tru") == OPPOSITE
    assert penalty("tam tru", "dang ky thuong tru tam tru") == 0
