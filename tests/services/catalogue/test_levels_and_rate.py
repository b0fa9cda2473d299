"""The levels and the rate of the catalogue, for all units and for one."""

import re


def test_without_a_unit_a_service_has_the_level_for_all_units(read):
    assert read().levels["Đăng ký khai sinh"] == 3


def test_with_a_unit_a_service_has_the_level_of_that_unit(read):
    assert read(unit="xa-nam-son").levels["Đăng ký khai sinh"] == 2


def test_a_unit_without_a_level_of_its_own_has_that_for_all_units(read):
    assert read(unit="phong-tu-phap").levels["Đăng ký khai sinh"] == 3


def test_level_and_unit_together_ask_for_the_unit_s_level(read):
    assert read(unit="xa-nam-son", level="3").titles == []


def test_of_two_units_asked_for_the_lower_level_counts(read):
    assert read(unit=["xa-nam-son", "phong-tu-phap"]).levels["Đăng ký khai sinh"] == 2


# --- the rate ------------------------------------------------------------------------------------------------------


def test_the_rate_leaves_out_what_no_unit_executes_and_what_is_no_longer_in_force(rate):
    assert rate()[1] == len({"Đăng ký khai sinh", "Đăng ký kết hôn", "Đăng ký đất đai"})


def test_a_service_without_a_level_is_in_the_denominator_and_not_met(rate):
    assert rate(field="dat-dai") == (0, 1)


def test_services_at_level_3_and_4_are_in_the_numerator(rate):
    assert rate()[0] == 2


def test_a_filter_by_level_does_not_make_the_rate_whole(rate):
    assert rate(level=["3", "4"]) == rate()


def test_the_rate_of_a_unit_takes_the_levels_of_the_unit(rate):
    assert rate(unit="xa-nam-son") == (1, 2)


def test_where_nothing_is_counted_there_is_no_rate(read):
    assert read(government="ministry").response.context_data["rate"]["none_arose"]


def test_the_rate_is_shown_with_numerator_and_denominator(read):
    text = re.sub(r"<[^>]+>", " ", read().html)
    assert re.search(r"\b2\b[^\d%]{1,20}\b3\b[^%]*66[.,]7%", text)


def test_undetermined_services_are_a_segment_of_their_own(read):
    segments = {segment["level"]: segment["count"] for segment in read().response.context_data["rate"]["segments"]}
    assert segments == {4: 1, 3: 1, 2: 0, 1: 0, 0: 1}
