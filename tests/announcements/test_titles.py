import unicodedata
from datetime import date

import pytest

from announcements.titles import made_slug, short_title


@pytest.mark.parametrize(
    ("abstract", "title"),
    [
        ("V/v tăng cường kỷ luật, kỷ cương", "Tăng cường kỷ luật, kỷ cương"),
        ("Về việc:  công bố danh mục\ndịch vụ công.", "Công bố danh mục dịch vụ công"),
        (unicodedata.normalize("NFD", "Về việc thu hồi đất"), "Thu hồi đất"),
        ("Về việc", "Về việc"),
        ("  ", ""),
    ],
)
def test_a_title_is_the_abstract_in_one_line_without_its_opening(abstract, title):
    assert short_title(abstract) == title


def test_a_long_abstract_ends_where_its_last_clause_that_fits_ends():
    abstract = "Quy định chức năng, nhiệm vụ, quyền hạn của Phòng Tư pháp; " + "cơ cấu tổ chức và biên chế " * 20
    assert short_title(abstract, 100) == "Quy định chức năng, nhiệm vụ, quyền hạn của Phòng Tư pháp"


def test_a_long_abstract_without_clauses_ends_after_a_word():
    title = short_title("kế hoạch " * 60)
    assert len(title) <= 255
    assert set(title.lower().split()) == {"kế", "hoạch"}


def test_a_word_longer_than_a_title_is_cut():
    assert len(short_title("a" * 400)) == 255


@pytest.mark.parametrize(
    ("reference", "day", "slug"),
    [
        ("45/KH-UBND", date(2019, 2, 12), "45-kh-ubnd-2019"),
        ("05/2019/QĐ-UBND", date(2019, 4, 15), "05-2019-qd-ubnd"),
        ("45/KH-UBND", None, "45-kh-ubnd"),
        ("", None, "ke-hoach-dai"),
    ],
)
def test_a_document_is_addressed_by_its_number_and_year(reference, day, slug):
    assert made_slug(reference, day, "Kế hoạch dài") == slug
