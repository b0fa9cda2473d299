"""The catalogue as of a day: levels of that day, and the procedures that were in force then."""

from datetime import date, timedelta

import pytest

from core.page_cache import forget
from services.models import MaturityRecord
from tests import factories as make
from tests.services.catalogue.conftest import ALL, PAST

BEFORE = PAST - timedelta(days=1)
TOMORROW = date.today() + timedelta(days=1)


@pytest.fixture
def raised(town):
    """A marriage was at level 2 in spring 2018 already, a parcel reaches level 4 tomorrow."""
    make.add_level(town.marriage, 2, date(2018, 3, 1))
    MaturityRecord.objects.bulk_create([MaturityRecord(procedure=town.parcel, level=4, date=TOMORROW)])


def test_a_service_has_the_level_of_the_day(read, raised):
    assert read(date="2018-12-31").levels["Đăng ký kết hôn"] == 2


def test_before_its_first_record_a_service_has_no_level(read):
    assert read(date=BEFORE.isoformat()).levels["Đăng ký khai sinh"] is None


def test_a_record_holds_from_its_own_day_on(read):
    assert read(date=PAST.isoformat()).levels["Đăng ký khai sinh"] == 3


def test_a_level_recorded_for_tomorrow_holds_tomorrow(read, raised):
    assert (read().levels["Đăng ký đất đai"], read(date=TOMORROW.isoformat()).levels["Đăng ký đất đai"]) == (None, 4)


def test_an_ended_procedure_is_listed_on_the_days_when_it_was_in_force(read):
    assert set(read(date="2019-12-31").titles) == ALL | {"Cấp giấy phép cũ"}


def test_a_procedure_is_not_listed_before_it_begins(read, town):
    service = make.add_service(town.justice, "Cấp giấy phép mới", make.add_procedure(in_force_from=date(2020, 1, 1)))
    assert service.title in read().titles
    assert service.title not in read(date="2019-12-31").titles


def test_the_day_may_be_written_as_people_write_it(read):
    assert read(date="31/12/2019").titles == read(date="2019-12-31").titles


def test_today_asked_for_is_the_list_without_a_day(read):
    assert read(date=date.today().isoformat()).levels == read().levels


def test_with_a_unit_the_level_is_that_of_the_unit_on_the_day(read):
    assert read(date="2019-12-31", unit="xa-nam-son").levels["Đăng ký khai sinh"] == 2


def test_the_rate_is_of_the_day(read, rate, raised):
    assert (rate(date="2018-12-31"), rate(date="2019-12-31")) == ((0, 4), (3, 4))
    assert read(date="2018-12-31").response.context_data["rate"]["date"] == date(2018, 12, 31)


def test_links_of_the_list_keep_the_day(read):
    assert all("date=2019-12-31" in link.url for link in read(date="2019-12-31").listing.quick)


@pytest.mark.parametrize("day", ["2019-13-31", "31-12", "hôm qua", "1999-12-31", "2999-01-01", "2019-02-30"])
def test_a_day_that_cannot_be_read_is_refused_with_the_field_named(read, day):
    answer = read(date=day)
    assert (answer.status, [error["field"] for error in answer.listing.errors]) == (400, ["date"])


# --- changed since -------------------------------------------------------------------------------------------------


def test_changed_since_leaves_what_has_a_record_from_that_day_on(read, town):
    make.add_level(town.marriage, 3, date(2019, 6, 1))
    assert read(changed_since="2019-02-01").titles == ["Đăng ký kết hôn"]


def test_a_record_of_the_day_itself_is_a_change(read):
    assert set(read(changed_since=PAST.isoformat()).titles) == ALL - {"Đăng ký đất đai"}


def test_changes_after_the_day_of_the_figures_do_not_count(read, town):
    make.add_level(town.marriage, 3, date(2019, 6, 1))
    assert read(changed_since="2019-02-01", date="2019-05-31").titles == []


def test_with_a_unit_another_unit_s_record_is_no_change(read, town):
    make.add_level(town.birth, 1, date(2019, 6, 1), unit=town.commune.department)
    assert read(changed_since="2019-02-01", unit="phong-tu-phap").titles == []
    assert read(changed_since="2019-02-01", unit="xa-nam-son").titles == ["Đăng ký khai sinh"]


def test_a_change_after_the_day_of_the_figures_is_refused(read):
    answer = read(changed_since="2020-01-01", date="2019-12-31")
    assert (answer.status, [error["field"] for error in answer.listing.errors]) == (400, ["changed_since"])


# --- who counts ----------------------------------------------------------------------------------------------------


def test_an_annulled_record_counts_nowhere(read, town):
    record = MaturityRecord.objects.get(procedure=town.marriage)
    make.annul(record)
    assert read().levels["Đăng ký kết hôn"] is None


def test_a_unit_that_no_longer_executes_a_procedure_does_not_lower_its_level(client, read, town):
    procedure = make.add_procedure(town.status, units=[town.justice.department, town.commune.department])
    papers = [make.paper(form=make.add_file())]
    make.add_service(town.justice, "Đăng ký nhận cha, mẹ, con", procedure, papers=papers)
    make.add_level(procedure, 2, PAST, unit=town.justice.department)
    make.add_level(procedure, 1, PAST, unit=town.commune.department)
    assert read().levels["Đăng ký nhận cha, mẹ, con"] == 1
    procedure.units.set([town.justice.department])
    procedure.save()
    forget()
    assert read().levels["Đăng ký nhận cha, mẹ, con"] == 2
    page = client.get("/dich-vu-cong/dang-ky-nhan-cha-me-con/").context_data
    assert (page["level"], [row["level"] for row in page["maturity"]["by_unit"]]) == (2, [2])
    assert client.get(f"/api/v1/services/{procedure.code}").json()["level"] == 2
