"""Prose of the national database becomes the values of a service page."""

import pytest

from services.importing import channels, papers, parsing


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("Thủ tục cấp giấy phép", "Cấp giấy phép"),
        ("Thủ tục hải quan đối với xăng dầu", "Thủ tục hải quan đối với xăng dầu"),
        ("đăng ký khai sinh", "Đăng ký khai sinh"),
    ],
)
def test_a_title_is_the_name_without_the_word_procedure(name, title):
    assert parsing.short_title(name) == title


def test_a_long_title_ends_where_a_clause_ends():
    name = "Cấp giấy phép cho cơ sở sản xuất và kinh doanh đối với " + "rất nhiều mặt hàng " * 20
    assert parsing.short_title(name) == "Cấp giấy phép cho cơ sở sản xuất và kinh doanh"


def test_a_long_title_without_clauses_ends_after_a_word():
    title = parsing.short_title("Cấp " + "giấy " * 80)
    assert title.endswith("giấy…")
    assert len(title) <= 255


def test_a_title_is_not_cut_inside_brackets():
    name = "Chấp thuận hoạt động của phương tiện ra vào cảng (bao gồm tàu, " + "thuyền, bè và " * 30
    assert parsing.short_title(name) == "Chấp thuận hoạt động của phương tiện ra vào cảng"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Quyết định số 6225/QĐ-BQP", "6225/QĐ-BQP"),
        ("SỐ 64/QĐ-NHNN", "64/QĐ-NHNN"),
        ("3713/QD-BTP", "3713/QĐ-BTP"),
        ("1201 /QĐ-BQP", "1201/QĐ-BQP"),
        ("88./QĐ-BXD", "88/QĐ-BXD"),
        ("12/QĐ-BCA-C06", "12/QĐ-BCA-C06"),
        ("Quyết định số 1681", "1681"),
        ("QĐ/0001-BCA", "QĐ/0001-BCA"),
    ],
)
def test_the_number_of_a_decision_is_found(text, number):
    assert parsing.decision_number(text) == number


def test_names_of_audiences_keep_their_own_commas():
    text = "Tổ chức (không bao gồm doanh nghiệp, HTX), Cán bộ, công chức, viên chức, Công dân Việt Nam"
    assert parsing.audiences(text) == [
        "Tổ chức (không bao gồm doanh nghiệp, HTX)",
        "Cán bộ, công chức, viên chức",
        "Công dân Việt Nam",
    ]


@pytest.mark.parametrize("name", ["Công dân Việt Nam", "Người nước ngoài", "Cán bộ, công chức, viên chức"])
def test_people_are_individuals(name):
    assert parsing.audience_group(name) == "individual"


@pytest.mark.parametrize("name", ["Doanh nghiệp", "Hợp tác xã", "Tổ chức nước ngoài"])
def test_the_rest_are_organisations(name):
    assert parsing.audience_group(name) == "organisation"


def _levels(*texts):
    return [name.removeprefix("at_") for name, given in parsing.government_levels(texts).items() if given]


def test_levels_of_government_are_read_from_words():
    assert _levels("Cấp bộ, Cấp tỉnh, Cấp xã") == ["ministry", "province", "commune"]
    assert _levels("thực hiện tại cấp trung ương") == ["ministry"]
    assert _levels("Cơ quan khác") == []


def test_a_commune_that_only_receives_does_not_carry_out():
    assert _levels("Cấp tỉnh - tiếp nhận tại Trung tâm PVHCC cấp xã") == ["province"]


def test_headings_that_a_crawler_took_for_text_are_dropped():
    assert parsing.without_debris("Không có thông tinTừ khóaKhông có thông tinMô tả") == ""
    assert parsing.without_debris("Không") == "Không"


def test_steps_are_split_at_their_numbers():
    steps = parsing.steps("- Bước 1: Nộp hồ sơ:\nTại bộ phận một cửa.\n- Bước 2: Nhận kết quả.")
    assert steps == [
        {"title": "Nộp hồ sơ", "text": "Tại bộ phận một cửa."},
        {"title": "", "text": "Nhận kết quả."},
    ]


def test_steps_that_count_anew_keep_their_numbers():
    steps = parsing.steps("Trường hợp cấp mới:\nBước 1. Nộp.\nBước 2. Nhận.\nBước 1. Gửi.")
    assert [step["title"] for step in steps] == ["", "Bước 1", "Bước 2", "Bước 1"]


def test_steps_without_numbers_are_split_at_letters():
    assert [step["text"] for step in parsing.steps("a) Nộp hồ sơ\nb) Giải quyết")] == ["Nộp hồ sơ", "Giải quyết"]


def test_prose_is_one_step():
    assert parsing.steps("Nộp hồ sơ rồi chờ.") == [{"title": "", "text": "Nộp hồ sơ rồi chờ."}]


def test_result_codes_of_the_database_are_dropped():
    assert parsing.result("Văn bản cấp mã số\nKQ0360\nQP-CCS.KQ0001") == "Văn bản cấp mã số"


@pytest.mark.parametrize(
    ("line", "title", "number"),
    [
        ("Luật Cư trú (68/2020/QH14)", "Luật Cư trú", "68/2020/QH14"),
        ("Thông tư 92/2015/TT-BTC", "Thông tư 92/2015/TT-BTC", "92/2015/TT-BTC"),
        ("Bộ luật Dân sự", "Bộ luật Dân sự", ""),
    ],
)
def test_a_legal_basis_has_title_and_number(line, title, number):
    (basis,) = parsing.legal_bases(line)
    assert (basis["title"], basis["number"]) == (title, number)


# --- papers --------------------------------------------------------------------------------------------------------


def _papers(text):
    return [(p["name"], p["originals"], p["copies"], p["note"]) for case in papers.cases(text) for p in case["papers"]]


def test_papers_have_their_counts():
    text = "- Tờ khai; [1 bản chính]\n+ Ảnh [2 bản chính,1 bản sao]\nCăn cước [0 bản chính]\n,1 bản sao"
    assert _papers(text) == [("Tờ khai", 1, None, ""), ("Ảnh", 2, 1, ""), ("Căn cước", 0, 1, "")]


def test_a_remark_among_the_papers_has_no_count():
    assert _papers("Trường hợp ủy quyền thì xem lưu ý. [0 bản chính]") == [
        ("Trường hợp ủy quyền thì xem lưu ý.", None, None, "")
    ]


def test_the_other_way_of_writing_counts_names_the_form():
    assert _papers("- Tờ khai [Bản chính: 1, Bản sao: 0] (mẫu: Mẫu số 1 (mới).doc)") == [
        ("Tờ khai", 1, 0, "Mẫu số 1 (mới).doc")
    ]


def test_a_form_named_at_the_end_of_a_paper_is_its_note():
    assert _papers("02 tờ khai theo Mẫu;Mau 11.11.docx [2 bản chính]") == [
        ("02 tờ khai theo Mẫu", 2, None, "Mau 11.11.docx")
    ]


def test_a_line_before_papers_heads_a_case():
    cases = papers.cases("1. Cấp mới:\n- Đơn [1 bản chính]\n2. Cấp lại:\n- Đơn cấp lại [1 bản chính]")
    assert [(case["name"], len(case["papers"])) for case in cases] == [("1. Cấp mới:", 1), ("2. Cấp lại:", 1)]


def test_papers_to_be_shown_are_not_handed_in():
    (case,) = papers.cases("* Giấy tờ phải xuất trình:\n- Căn cước [1 bản chính]")
    assert case["papers"][0]["show_only"]


def test_a_text_without_counts_is_one_paper():
    assert _papers("Hồ sơ nộp cho cơ quan.\nXem hướng dẫn.") == [
        ("Hồ sơ nộp cho cơ quan.\nXem hướng dẫn.", None, None, "")
    ]


# --- channels ------------------------------------------------------------------------------------------------------


def test_each_channel_has_its_own_time_limit():
    found = channels.channels(
        ["online", "post", "direct"],
        "Trực tuyến/Dịch vụ bưu chính: 3 Ngày làm việc; Trực tiếp: 0.5 Giờ — kể từ khi nhận đủ",
        "",
    )
    assert [(c["kind"], c["time_value"], c["time_unit"], c["time_text"]) for c in found] == [
        ("online", "3", "working_day", "kể từ khi nhận đủ"),
        ("post", "3", "working_day", "kể từ khi nhận đủ"),
        ("direct", "0.5", "hour", "kể từ khi nhận đủ"),
    ]


def test_a_time_limit_with_a_nought_before_it_is_the_same_number():
    (channel,) = channels.channels(["online"], "02 Giờ", "")
    assert (channel["time_value"], channel["time_unit"]) == ("2", "hour")


def test_a_time_limit_without_a_unit_is_kept_in_words():
    (found,) = channels.channels(["direct"], "12 (nguồn không ghi đơn vị)", "")
    assert (found["time_value"], found["time_unit"]) == ("12", "")
    assert found["time_text"] == "12 (nguồn không ghi đơn vị)"


def test_several_time_limits_of_one_channel_stay_in_words():
    (found,) = channels.channels(["direct"], "Trực tiếp: 15 Ngày; Trực tiếp: 3 Ngày", "")
    assert (found["time_value"], found["time_text"]) == (None, "15 Ngày\n3 Ngày")


def _fees(text):
    (found,) = channels.channels(["direct"], "", text)
    return found["fees"]


@pytest.mark.parametrize("text", ["Miễn phí", "Miễn phí (Không có)", "Phí : 0 Đồng", "Phí : Không Đồng", "0 VNĐ"])
def test_no_fee_is_an_amount_of_nothing(text):
    assert _fees(text) == [{"amount": 0, "text": "", "exemption": ""}]


def test_a_fee_has_amount_and_words():
    assert _fees("150,000 Việt Nam Đồng (150.000 đồng/lần)") == [
        {"amount": 150000, "text": "150.000 đồng/lần", "exemption": ""}
    ]


def test_who_pays_nothing_stands_apart():
    (fee,) = _fees("8,000 VNĐ (Lệ phí đăng ký. Miễn lệ phí cho hộ nghèo.)")
    assert (fee["text"], fee["exemption"]) == ("Lệ phí đăng ký.", "Miễn lệ phí cho hộ nghèo.")


@pytest.mark.parametrize(
    "text",
    [
        "Miễn phí (5.000.000đồng/lần cấp.)",
        "10 USD (10 USD/lần)",
        "250 VNĐ (250.000 đồng)",
        ",000 VNĐ",
        "0 VNĐ (20.000 đồng)",
    ],
)
def test_an_amount_that_contradicts_itself_stays_in_words(text):
    assert _fees(text) == [{"amount": None, "text": text, "exemption": ""}]


def test_a_fee_not_stated_is_no_fee_stated():
    assert _fees("") == []


def test_a_table_whose_cells_ran_together_still_names_its_channels():
    text = "Trực tuyếnKhôngMiễn phíQua Cổng dịch vụ công.Trực tiếpKhôngKhông có thông tinTại bộ phận một cửa"
    online, direct = channels.channels([], text, "")
    assert (online["kind"], online["time_text"], online["fees"][0]["amount"]) == (
        "online",
        "Không\nQua Cổng dịch vụ công.",
        0,
    )
    assert (direct["kind"], direct["fees"]) == ("direct", [])
