"""A question is understood with the words of staff and of the entries: raw keys, citizens' words, misspellings."""

import unicodedata

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.models import Locale

from core.page_cache import as_reader
from search.analysis import MAX_QUERY_LENGTH, MAX_QUERY_TERMS
from search.models import VocabularyEntry
from search.question import GUESS_HANDICAP, HANDICAP, understand
from search.reading import MAX_READINGS, Applied

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_words_that_come_with_the_portal(db):
    VocabularyEntry.objects.all().delete()


@pytest.fixture
def understood(db):
    ids = dict(Locale.objects.values_list("language_code", "pk"))
    return lambda text, locale="vi": understand(text, ids[locale], locale)


@pytest.fixture
def commit():
    """What waits for the commit is done, as it is for a reader, who comes after it."""

    def commit():
        waiting, connection.run_on_commit = connection.run_on_commit, []
        for _savepoints, function, _robust in waiting:
            function()

    return commit


@pytest.fixture
def say():
    return lambda phrase, *readings: VocabularyEntry.objects.create(phrase=phrase, readings="\n".join(readings))


@pytest.fixture
def titles(add_page):
    """Pages with these titles."""
    return lambda *titles: [add_page(title) for title in titles]


def texts(question):
    return [one.original for one in question.readings]


def test_a_question_without_anything_to_say_is_as_typed(understood):
    question = understood("Đăng ký KHAI sinh?")
    assert texts(question) == [question.original] == [question.text] == ["Đăng ký KHAI sinh?"]
    assert question.applied == ((),)
    assert question.corrected == ""
    assert question.folded == "dang ky khai sinh?"
    assert question.syllables == ("dang", "ky", "khai", "sinh")
    assert question.accented == {"đăng", "ký"}
    assert not question.is_empty


@pytest.mark.parametrize("text", ["", "   ", "?!", "\x00", "…"])
def test_what_has_no_word_is_empty(understood, text):
    assert understood(text).is_empty


# --- citizens' words ------------------------------------------------------------------------------------------------


def test_a_phrase_is_also_read_as_official_words(understood, say):
    say("sổ đỏ", "giấy chứng nhận", "đăng ký đất đai")
    question = understood("mất sổ đỏ")
    assert texts(question) == ["mất sổ đỏ", "mất giấy chứng nhận", "mất đăng ký đất đai"]
    assert [one.handicap for one in question.readings] == [0, 0, HANDICAP]
    assert question.applied[1] == (Applied("sổ đỏ", "giấy chứng nhận"),)
    assert {"so", "giay", "dang"} <= {term for one in question.readings for term in one.informative}


def test_a_reading_tells_which_words_it_takes_for_others(understood, say):
    say("sổ đỏ", "giấy chứng nhận")
    question = understood("sổ đỏ")
    typed, official = question.readings
    assert question.read_as(official) == (Applied("sổ đỏ", "giấy chứng nhận"),)
    assert question.read_as(typed) == ()
    assert question.read_as(understood("khác").typed) == ()


def test_words_out_of_use_and_empty_readings_are_left_out(understood, say):
    VocabularyEntry.objects.create(phrase="sổ hồng", readings="giấy chứng nhận", is_active=False)
    say("sổ xanh", " ", "", " giấy chứng nhận ")
    assert texts(understood("sổ hồng")) == ["sổ hồng"]
    assert texts(understood("sổ xanh")) == ["sổ xanh", "giấy chứng nhận"]


def test_what_staff_change_is_in_force_for_the_next_reader(understood, say, commit):
    def next_reader():
        commit()
        with as_reader():
            return texts(understood("sổ đỏ"))[1:]

    assert next_reader() == []
    entry = say("sổ đỏ", "giấy chứng nhận")
    assert next_reader() == ["giấy chứng nhận"]
    entry.readings = "đăng ký đất đai"
    entry.save()
    assert next_reader() == ["đăng ký đất đai"]
    entry.delete()
    assert next_reader() == []


def test_one_reader_is_answered_from_memory(understood, say, django_assert_num_queries):
    say("sổ đỏ", "giấy chứng nhận")
    with as_reader():
        understood("sổ đỏ nahf")
        with django_assert_num_queries(0):
            understood("sổ đỏ nahf")


# --- raw keys --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["ddawng kys khai sinh", "d9a8ng ky1 khai sinh"])
def test_raw_keys_are_composed_and_what_was_typed_is_kept(understood, titles, typed):
    titles("Đăng ký khai sinh")
    question = understood(typed)
    assert (question.original, question.text) == (typed, "đăng ký khai sinh")
    assert texts(question) == ["đăng ký khai sinh"]
    assert question.corrected == ""


def test_composed_words_are_read_as_citizens_words(understood, say):
    say("sổ đỏ", "giấy chứng nhận")
    assert texts(understood("sooR ddor")) == ["sổ đỏ", "giấy chứng nhận"]


def test_a_word_that_entries_have_is_not_taken_for_raw_keys(understood, titles):
    assert understood("taxi").text == "tãi"
    titles("Kinh doanh vận tải bằng taxi")
    assert understood("taxi").text == "taxi"
    assert understood("taxi ddieenj").text == "taxi điện"


# --- misspellings ----------------------------------------------------------------------------------------------------


@pytest.fixture
def catalogue(titles):
    titles("Đăng ký kết hôn", "Đăng ký khai sinh", "Cấp giấy phép xây dựng")


@pytest.mark.parametrize(
    ("typed", "corrected"),
    [
        ("kết honn", "kết hon"),
        ("ket hôon", "ket hon"),
        ("khia sinh", "khai sinh"),
        ("khai sihn, ở đâu", "khai sinh, ở đâu"),
        ("kt hôn", "ket hôn"),
        ("giấy phép xay dungg", "giấy phép xay dung"),
    ],
)
def test_a_word_that_no_entry_has_is_also_read_as_one_that_some_have(understood, catalogue, typed, corrected):
    question = understood(typed)
    assert question.corrected == corrected
    assert texts(question) == [typed, corrected]


def test_of_corrections_the_one_that_goes_with_its_neighbour_is_taken(understood, titles):
    titles("Đăng ký kết hôn", *(f"Hồn nhiên {number}" for number in range(3)), "Họn Họn", "Hoan nghênh")
    assert understood("ket hobn").corrected == "ket hon"
    assert understood("hobn nghênh").corrected == "hoan nghênh"


def test_without_neighbours_the_commonest_is_taken(understood, titles):
    titles("Hôn", "Hoan 1", "Hoan 2")
    assert understood("hoqn").corrected == "hoan"


def test_citizens_words_are_found_in_a_corrected_question(understood, catalogue, say):
    say("khai sinh", "đăng ký khai sinh")
    assert texts(understood("khai sihn")) == ["khai sihn", "khai sinh", "đăng ký khai sinh"]


def test_citizens_words_are_no_misspelling_although_no_entry_has_them(understood, catalogue, say):
    say("khay", "khai sinh")
    assert understood("khay").corrected == ""


@pytest.mark.parametrize(
    "typed",
    [
        "1.001194",
        "1001194",
        "15/2020/NĐ-CP",
        "số 15/2020/NĐ-CP,",
        "h26",
        "kt3",
        "A1",
        "mẫu 09",
        "khai sinh 2091",
        "T-HCM-BS152",
    ],
)
def test_codes_and_numbers_are_never_corrected(understood, catalogue, add_page, typed):
    add_page("Mẫu h25 kt2 A2 số 08 của khai sinh 2019, BS151, 1.001193", "1.001193")
    question = understood(typed)
    assert (question.text, question.corrected) == (typed, "")


def test_a_code_is_recognised_beside_words(understood):
    assert understood("tờ khai 1001193").code == "1.001193"
    assert understood("tờ khai").code is None


@pytest.mark.parametrize("typed", ["kết hôn", "ket hon", "KẾT HÔN", "xyzxyz", "日本語", "khai sinh cho bé"])
def test_known_words_and_those_that_nothing_is_near_to_stay(understood, catalogue, typed):
    assert understood(typed).corrected == ""


def test_decomposed_marks_are_no_misspelling(understood, catalogue):
    typed = "Cấp giấy phép xây dựng, kết hôn"
    question = understood(unicodedata.normalize("NFD", typed))
    assert (question.text, question.corrected) == (typed, "")
    assert texts(question) == [typed]


def test_a_known_word_that_goes_with_no_neighbour_is_guessed_behind_what_was_typed(understood, catalogue, titles):
    titles("Cây sanh")
    question = understood("khai sanh")
    assert question.corrected == ""
    assert texts(question) == ["khai sanh", "khai sinh"]
    assert [one.handicap for one in question.readings] == [0, pytest.approx(GUESS_HANDICAP)]


def test_a_known_word_that_goes_with_a_neighbour_is_not_guessed(understood, catalogue, titles):
    titles("Cây sanh", "Khai sanh")
    assert texts(understood("khai sanh")) == ["khai sanh"]


# --- limits, any text, English ---------------------------------------------------------------------------------------


def test_the_first_255_characters_and_40_terms_are_read(understood):
    question = understood("một " * 1000)
    assert len(question.original) == MAX_QUERY_LENGTH
    question = understood(" ".join(f"{number}" for number in range(500)))
    assert len(question.syllables) == MAX_QUERY_TERMS
    assert len(question.typed.original) <= MAX_QUERY_LENGTH


bytes_as_text = st.binary(max_size=400).map(lambda raw: raw.decode("utf-8", "surrogateescape"))
pieces = st.sampled_from(["sổ đỏ", "khia", "sihn", "kys", "ho6n", "15/NĐ", '"', "' OR 1", "a*", "NEAR(", "\x00", "đ"])
questions = st.one_of(st.text(max_size=300), bytes_as_text, st.lists(pieces, max_size=30).map(" ".join))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(questions, st.sampled_from(["vi", "en"]))
def test_any_text_is_survived_and_bounded(understood, catalogue, text, locale):
    VocabularyEntry.objects.update_or_create(folded="so do", defaults={"phrase": "sổ đỏ", "readings": "đất đai\nnhà"})
    question = understood(text, locale)
    assert len(question.original) <= MAX_QUERY_LENGTH
    assert len(question.readings) == len(question.applied) <= MAX_READINGS + 3
    assert all(len(one.syllables) <= MAX_QUERY_TERMS for one in question.readings)
    assert question.typed.handicap == 0


@pytest.fixture
def english(add_page, home_en):
    for title in ("Registration of marriages", "Building permits"):
        add_page(title, parent=home_en)


@pytest.mark.parametrize("typed", ["marriage", "marriages", "registering a marriage", "How do I get building permits?"])
def test_other_forms_of_english_words_are_no_misspelling(understood, english, typed):
    question = understood(typed, "en")
    assert question.corrected == ""
    assert texts(question) == [typed]


@pytest.mark.parametrize(
    ("typed", "corrected"), [("mariage", "marriage"), ("marrige", "marriage"), ("building premit", "building permit")]
)
def test_english_words_are_corrected_as_whole_words(understood, english, typed, corrected):
    assert understood(typed, "en").corrected == corrected


def test_english_questions_know_neither_raw_keys_nor_citizens_words(understood, english, say):
    say("kys", "đăng ký")
    question = understood("kys ddawng", "en")
    assert question.text == "kys ddawng"
    assert question.applied == ((),) * len(question.readings)
    assert question.locale == "en"
