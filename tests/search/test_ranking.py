"""One ranker orders what any engine fetched: exact first, then the title that says what was asked and little else."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis import query_terms, tokens
from search.phrases import names
from search.ranking import rank
from search.rarity import LEAST_RARITY, Rarity
from search.scoring import Candidate
from search.weights import EXACT, OPPOSITE, OPPOSITES, THRESHOLD, WEIGHTS

BIRTH = "Đăng ký khai sinh"


def candidate(id, kind, title, keywords="", locale="vi", **facts):
    return Candidate(id, kind, title, tuple(names(title, keywords, locale)), **facts)


def alone(query, row):
    """The candidate ranked with no other beside it."""
    return rank([query], [row], threshold=-1)[0]


def parts(query, row):
    return alone(query, row).parts


def score(query, row):
    return alone(query, row).score


TITLES = [
    BIRTH,
    "Đăng ký lại khai sinh",
    "Đăng ký khai sinh có yếu tố nước ngoài",
    "Đăng ký khai sinh kết hợp đăng ký nhận cha, mẹ, con",
    "Đăng ký khai tử",
    "Đăng ký kết hôn",
    "Từ chối nhận di sản",
    "Cấp giấy phép xây dựng đối với nhà ở riêng lẻ",
    "Thông báo về lịch tiếp công dân",
]


def candidates(titles=TITLES, **given_facts):
    return [candidate(id=at, kind="service", title=title, **given_facts) for at, title in enumerate(titles)]


def titles_for(question, rows=None, **options):
    ranked = rank([query_terms(question)], candidates() if rows is None else rows, **options)
    return [hit.candidate.title for hit in ranked]


def test_the_weights_add_up_to_one():
    assert sum(WEIGHTS.values()) == pytest.approx(1)


@pytest.mark.parametrize(
    ("question", "title"),
    [
        ("đăng ký khai sinh", BIRTH),
        ("dang ky khai sinh", BIRTH),
        ("Làm giấy khai sinh cần giấy tờ gì?", BIRTH),
        ("làm lại khai sinh", "Đăng ký lại khai sinh"),
        ("khai sinh có yếu tố nước ngoài", "Đăng ký khai sinh có yếu tố nước ngoài"),
        ("thủ tục khai tử ở đâu", "Đăng ký khai tử"),
        ("từ chối di sản", "Từ chối nhận di sản"),
        ("xin giấy phép xây nhà", "Cấp giấy phép xây dựng đối với nhà ở riêng lẻ"),
    ],
)
def test_the_title_that_was_asked_for_comes_first(question, title):
    assert titles_for(question)[0] == title


def test_what_has_nothing_of_the_topic_is_dropped():
    assert "Thông báo về lịch tiếp công dân" not in titles_for("đăng ký khai sinh")
    assert titles_for("mua vé máy bay") == []


def test_an_exact_code_or_reference_comes_first_whatever_its_title():
    rows = [*candidates(), candidate(id=99, kind="directive", title="Kế hoạch ứng dụng công nghệ", exact=True)]
    assert titles_for("đăng ký khai sinh", rows)[0] == "Kế hoạch ứng dụng công nghệ"


def test_a_pair_tells_a_word_from_its_syllables():
    query = query_terms("chứng thực")
    assert parts(query, candidate(1, "service", "Chứng thực chữ ký"))["pairs"] == 1
    assert parts(query, candidate(2, "service", "Thực hiện chứng từ"))["pairs"] == 0


def test_a_question_word_counts_fully_where_it_makes_a_word_in_the_title():
    query = query_terms("trẻ em")
    assert "em" not in query.informative
    assert parts(query, candidate(1, "service", "Hỗ trợ trẻ em"))["coverage"] == 1
    assert parts(query, candidate(2, "service", "Hỗ trợ trẻ"))["coverage"] == pytest.approx(1 / 1.1)


def test_a_popular_name_lifts_a_title_with_other_words():
    rows = [
        candidate(1, "service", "Cấp giấy xác nhận", keywords="giấy độc thân\nxác nhận độc thân"),
        candidate(2, "service", "Cấp giấy phép"),
    ]
    assert titles_for("giấy độc thân", rows)[0] == "Cấp giấy xác nhận"


def test_a_long_body_proves_less_than_a_short_one():
    query = query_terms("ly hôn")
    found = frozenset({"ly", "hon", "ly_hon"})
    short, long = (candidate(1, "service", "Ghi chú", body=found, body_length=size) for size in (100, 20000))
    assert score(query, short) > score(query, long)


def test_marks_as_typed_settle_a_tie():
    rows = [candidate(1, "service", "Bạn"), candidate(2, "service", "Bán")]
    assert titles_for("bán", rows) == ["Bán", "Bạn"]
    assert titles_for("bạn", rows) == ["Bạn", "Bán"]


def test_of_equal_hits_the_newest_comes_first_then_the_smaller_id():
    days = [None, date(2019, 2, 15), date(2024, 1, 1), date(2024, 1, 1)]
    rows = [candidate(at, "announcement", BIRTH, date=day) for at, day in enumerate(days)]
    ranked = rank([query_terms("khai sinh")], rows)
    assert [hit.candidate.id for hit in ranked] == [2, 3, 1, 0]


def test_nearer_levels_of_government_come_first_among_equals():
    rows = [candidate(1, "service", BIRTH), candidate(2, "service", BIRTH, prior=1.0)]
    assert [hit.candidate.id for hit in rank([query_terms("khai sinh")], rows)] == [2, 1]


def test_english_questions_find_other_forms_of_a_word():
    rows = [candidate(at, "x", title, locale="en") for at, title in ((1, "Registration of marriages"), (2, "Permits"))]
    hits = rank([query_terms("marriage", "en")], rows)
    assert [hit.candidate.id for hit in hits] == [1]


def test_an_empty_question_finds_nothing():
    assert titles_for("") == titles_for("?!") == []


# --- how much a syllable says ----------------------------------------------------------------------------------------


def test_a_syllable_of_few_titles_says_more_than_one_of_many():
    rarity = Rarity(tokens(title) for title in TITLES)
    assert rarity.of("dang") < rarity.of("khai") < rarity.of("hon") < rarity.of("kinh") == 1


def test_a_syllable_of_every_title_still_says_a_little():
    assert Rarity([["cap", "giay"], ["cap", "phep"]]).of("cap") == LEAST_RARITY


def test_a_syllable_counts_once_a_title():
    assert Rarity([["cap", "cap"], ["giay"]]).of("cap") == Rarity([["cap"], ["giay"]]).of("cap")


def test_a_pair_says_what_both_its_halves_say():
    rarity = Rarity(tokens(title) for title in TITLES)
    assert rarity.of("khai_sinh") == rarity.of("khai") + rarity.of("sinh") == rarity.sum(" khai sinh ")


@pytest.mark.parametrize("titles", [[], [["cap", "giay"]]])
def test_a_catalogue_of_hardly_a_title_cannot_tell(titles):
    assert [Rarity(titles).of(token) for token in ("cap", "hon")] == [1, 1]


def test_the_title_with_the_rare_half_of_a_question_comes_first():
    rows = [candidate(1, "service", "Cấp giấy"), candidate(2, "service", "Kết hôn")]
    rarity = Rarity([*[["cap", "giay"]] * 20, ["ket", "hon"]])
    ranked = rank([query_terms("cấp giấy kết hôn")], rows, rarity=rarity)
    assert [hit.candidate.id for hit in ranked] == [2, 1]


# --- readings, the contrary, what a score is made of -----------------------------------------------------------------


def test_a_candidate_is_scored_by_the_reading_that_it_answers_best():
    typed, official = query_terms("giấy độc thân"), query_terms("xác nhận tình trạng hôn nhân")
    title = "Xác nhận tình trạng hôn nhân"
    (hit,) = rank([typed, official], [candidate(1, "service", title)])
    assert hit.reading is official
    assert hit.score == score(official, hit.candidate)
    assert rank([typed], [hit.candidate]) == []


def test_of_readings_that_answer_alike_the_first_is_named():
    typed, again = query_terms("kết hôn"), query_terms("ket hon")
    (hit,) = rank([again, typed], [candidate(1, "service", "Ket hon")])
    assert hit.reading is again


def test_the_handicap_of_a_reading_is_taken_off_its_hits():
    likely, other = query_terms("kết hôn"), replace(query_terms("ly hôn"), handicap=0.06)
    rows = [candidate(1, "service", "Ly hôn"), candidate(2, "service", "Kết hôn")]
    first, second = rank([likely, other], rows)
    assert (first.candidate.id, second.candidate.id) == (2, 1)
    assert first.score - second.score == pytest.approx(0.06)


@pytest.mark.parametrize(("one", "other"), [*OPPOSITES, *(pair[::-1] for pair in OPPOSITES)])
def test_a_title_that_says_the_contrary_loses_by_a_fixed_amount(one, other):
    query = query_terms(one)
    contrary, both = (candidate(at, "x", title) for at, title in enumerate([other, f"{one} {other}"]))
    found = parts(query, contrary)
    assert score(query, contrary) == pytest.approx(sum(WEIGHTS[name] * found[name] for name in WEIGHTS) - OPPOSITE)
    found = parts(query, both)
    assert score(query, both) == pytest.approx(sum(WEIGHTS[name] * found[name] for name in WEIGHTS))


def test_who_asks_for_both_is_content_with_either():
    query = query_terms("thường trú và tạm trú")
    one, other = (score(query, candidate(1, "x", title)) for title in ("Thường trú", "Tạm trú"))
    assert one == pytest.approx(other, abs=WEIGHTS["marks"])


def test_what_others_chose_settles_a_tie():
    rows = [candidate(1, "service", BIRTH), candidate(2, "service", BIRTH, chosen=0.5)]
    assert [hit.candidate.id for hit in rank([query_terms("khai sinh")], rows)] == [2, 1]


def test_a_hit_tells_what_its_score_is_made_of():
    row = candidate(1, "service", BIRTH, keywords="giấy khai sinh", prior=0.4, chosen=0.3, exact=True)
    (hit,) = rank([query_terms("khai sinh")], [row])
    assert set(hit.parts) == set(WEIGHTS)
    assert (hit.parts["prior"], hit.parts["chosen"], hit.parts["coverage"]) == (0.4, 0.3, 1)
    assert hit.score == pytest.approx(EXACT + sum(WEIGHTS[name] * part for name, part in hit.parts.items()))


words = ["đăng", "ký", "khai", "sinh", "tử", "kết", "hôn", "thủ", "tục", "giấy", "ở", "đâu", "lại"]
phrases = st.one_of(st.lists(st.sampled_from(words), max_size=12).map(" ".join), st.text(max_size=80))
rows_drawn = st.lists(
    st.builds(
        candidate,
        id=st.integers(0, 10**6),
        kind=st.just("service"),
        title=phrases,
        keywords=phrases,
        body=st.frozensets(st.sampled_from(["khai", "sinh", "khai_sinh"])),
        body_length=st.integers(0, 10**6),
        date=st.none() | st.dates(),
        prior=st.floats(-1, 2),
        chosen=st.floats(0, 1),
        exact=st.booleans(),
    ),
    max_size=8,
    unique_by=lambda row: row.id,
)


@given(phrases, rows_drawn)
def test_exact_hits_come_first_and_the_order_is_that_of_the_scores(question, rows):
    ranked = rank([query_terms(question)], rows)
    scores = [hit.score for hit in ranked]
    assert scores == sorted(scores, reverse=True)
    assert all(one >= THRESHOLD for one in scores)
    exact = [hit.candidate.exact for hit in ranked]
    assert exact == sorted(exact, reverse=True)
    assert sum(exact) == sum(row.exact for row in rows)


@given(phrases, rows_drawn)
def test_the_order_does_not_depend_on_the_engine(question, rows):
    query = query_terms(question)
    assert rank([query], rows) == rank([query], reversed(rows))


@given(phrases, rows_drawn)
def test_every_part_of_a_score_is_a_share(question, rows):
    query = query_terms(question)
    for row in rows:
        found = parts(query, row)
        assert set(found) == set(WEIGHTS)
        assert all(0 <= part <= 1 for part in found.values())
        assert score(query, row) <= 1 + EXACT + 1e-9


@given(st.lists(phrases, min_size=1, max_size=3), rows_drawn)
def test_a_hit_has_the_score_of_the_reading_that_it_answers_best(questions, rows):
    readings = [query_terms(question) for question in questions]
    for row in rows:
        best = max(score(reading, row) for reading in readings)
        assert rank(readings, [row], threshold=-1)[0].score == pytest.approx(best)


@given(phrases, rows_drawn)
def test_those_that_are_only_counted_are_hits_as_before(question, rows):
    query, ids = query_terms(question), frozenset(row.id for row in rows)
    kept = rank([query], rows, also_whole=True, counted=ids)
    assert {hit.candidate.id for hit in kept} == {hit.candidate.id for hit in rank([query], rows, also_whole=True)}
