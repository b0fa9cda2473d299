"""Handing in figures in the admin: shown first, stored on confirmation, for one's own units, whatever the file is."""

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from departments.roles import ADMINISTRATOR, AUTHOR, PUBLISHER, REVIEWER, STAFF_READER, TRANSLATOR
from services.models import DossierFigure, StatisticsImport
from tests import factories as make
from tests.services.dossiers.conftest import stored
from tests.services.dossiers.reported import csv_file

ROW = ["03/2019", "Xã Bắc Sơn", "1.001193", 5, 10, 1, 3, 8, 2]
OTHER = ["03/2019", "Xã Minh Phú", "1.001193", 7, 1, 0, 0, 9, 0]
URL = "/admin/statistics/hand-in/"


@pytest.fixture
def hand_in(client, office, tmp_path):
    """Upload rows as a user, and confirm what is shown; the first answer is returned."""
    users = {role.key: role for role in (ADMINISTRATOR, AUTHOR, PUBLISHER, REVIEWER, STAFF_READER, TRANSLATOR)}

    def post(who, *rows, confirm=True, data=None):
        user = office.admin if who == "superuser" else make.add_member(users[who], office.sections["first"])
        client.force_login(user)
        content = data if data is not None else csv_file(tmp_path / "a.csv", *rows).read_bytes()
        answer = client.post(URL, {"file": SimpleUploadedFile("thang-3.csv", content)})
        if confirm and answer.status_code == 200 and answer.context["preview"]:
            client.post(URL, {"preview": answer.context["preview"]})
        return answer

    return post


def test_nothing_is_stored_before_it_is_confirmed(hand_in):
    answer = hand_in("superuser", ROW, confirm=False)
    assert "Xã Bắc Sơn" in answer.content.decode() and answer.context["writes"] == 1
    assert stored() == []


def test_what_was_shown_is_stored_when_it_is_confirmed(hand_in, office):
    hand_in("superuser", ROW)
    assert stored() == [("Xã Bắc Sơn", "03/2019", 5, 10, 1, 3, 8, 2)]
    source = StatisticsImport.objects.get()
    assert (source.user, source.file_name, len(source.digest)) == (office.admin, "thang-3.csv", 64)


@pytest.mark.parametrize(
    ("who", "own", "others"),
    [
        ("superuser", True, True),
        ("publisher", True, True),
        ("reviewer", True, False),
        ("author", True, False),
        ("translator", False, False),
        ("staff_reader", False, False),
        ("administrator", False, False),
    ],
)
def test_who_hands_in_figures_of_which_units(hand_in, who, own, others):
    hand_in(who, ROW)
    assert bool(stored()) is own
    DossierFigure.objects.all().delete()
    get_user_model().objects.filter(username=who).delete()
    hand_in(who, OTHER)
    assert bool(stored()) is others


def test_a_preview_of_somebody_with_more_rights_stores_nothing_for_others(hand_in, client, office):
    preview = hand_in("superuser", OTHER, confirm=False).context["preview"]
    client.force_login(make.add_member(AUTHOR, office.sections["first"]))
    client.post(URL, {"preview": preview})
    assert stored() == []


def test_a_preview_that_was_tampered_with_stores_nothing(hand_in, client):
    preview = hand_in("superuser", ROW, confirm=False).context["preview"]
    answer = client.post(URL, {"preview": preview[:-3] + "abc"})
    assert answer.status_code == 200 and stored() == []


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "rỗng"),
        (b"PK\x03\x04nonsense", "XLSX"),
        ("Kỳ báo cáo".encode("utf-16"), "UTF-16"),
        (b"a,b\n1,2", "Kỳ báo cáo, Đơn vị"),
        (b"x" * (4 * 1024 * 1024 + 1), "4 MB"),
    ],
)
def test_a_hostile_file_ends_in_a_message(hand_in, data, reason):
    answer = hand_in("superuser", data=data)
    assert answer.status_code == 200 and reason in answer.context["form"].errors["file"][0]


def test_refused_rows_are_shown_with_their_place_and_nothing_can_be_confirmed(hand_in):
    answer = hand_in("superuser", ROW, [*OTHER[:3], "<b>", *OTHER[4:]])
    assert answer.context["problems"][0]["place"] == "dòng 3, cột Tiếp nhận trực tuyến"
    assert answer.context["preview"] == "" and "&lt;b&gt;" in answer.content.decode()
    assert stored() == []


def test_the_template_has_a_row_for_each_procedure_of_the_unit(client, office):
    client.force_login(make.add_member(AUTHOR, office.sections["first"]))
    answer = client.get(URL, {"template": "csv"})
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert lines[0].startswith("Kỳ báo cáo,Đơn vị,Mã thủ tục,Lĩnh vực,Tiếp nhận trực tuyến")
    assert len(lines) == 2 and "Xã Bắc Sơn,1.001193,Hộ tịch,,,,,," in lines[1]


def test_a_comparison_takes_as_many_queries_for_twenty_rows_as_for_one(hand_in, django_assert_max_num_queries):
    rows = [[f"{month:02d}/{year}", *ROW[1:]] for year in (2018, 2019) for month in range(1, 11)]
    hand_in("superuser", confirm=False)
    with django_assert_max_num_queries(40):
        assert hand_in("superuser", *rows, confirm=False).context["writes"] == 20


def test_the_desk_offers_it_to_whoever_may(client, office):
    client.force_login(make.add_member(AUTHOR, office.sections["first"]))
    assert URL in client.get(reverse("wagtailadmin_home")).content.decode()
