"""Titles and popular names, analysed once: what is kept with an entry is what the ranker reads."""

from search.phrases import phrase


def test_words_stand_between_blanks_so_that_none_is_found_within_another():
    assert " sinh " in phrase("Đăng ký khai sinh", "vi").folded
    assert " sin " not in phrase("Đăng ký khai sinh", "vi").folded


def test_the_main_part_ends_before_the_cases():
    found = phrase("Cấp giấy phép xây dựng đối với nhà ở riêng lẻ", "vi")
    assert found.main == " cap giay phep xay dung "
    assert " rieng " in found.informative
    assert phrase("Đăng ký kết hôn có yếu tố nước ngoài", "vi").main == " dang ky ket hon "


def test_question_words_are_not_what_a_title_is_about():
    assert phrase("Thủ tục kết hôn", "vi").informative == " ket hon "


def test_words_with_marks_are_kept_as_they_are_written():
    assert phrase("Bán đất", "vi").accented == " bán đất "
