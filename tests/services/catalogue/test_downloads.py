"""The catalogue to take away: the very list that is shown."""

import csv
import io
import json

import pytest
from openpyxl import load_workbook

from tests.services.catalogue.conftest import ALL, URL


def csv_rows(response):
    return list(csv.DictReader(io.StringIO(response.getvalue().decode("utf-8-sig"))))


def xlsx_rows(response):
    header, *rows = load_workbook(io.BytesIO(response.content)).active.iter_rows(values_only=True)
    return [dict(zip(header, row, strict=True)) for row in rows]


@pytest.fixture
def download(client, db, town):
    def download(wanted, **parameters):
        response = client.get(URL, {**parameters, "format": wanted})
        return {"csv": csv_rows, "xlsx": xlsx_rows, "json": lambda found: json.loads(found.getvalue())}[wanted](
            response
        )

    return download


@pytest.mark.parametrize("wanted", ["csv", "xlsx", "json"])
@pytest.mark.parametrize("parameters", [{}, {"level": "3"}, {"unit": "xa-nam-son"}, {"q": "dang ky"}, {"level": "1"}])
def test_a_download_has_as_many_rows_as_the_list_says(read, download, wanted, parameters):
    assert len(download(wanted, **parameters)) == read(**parameters).total


def test_a_download_of_a_unit_s_list_has_the_levels_of_the_unit(download):
    levels = {row["title"]: row["level"] for row in download("json", unit="xa-nam-son")}
    assert levels["Đăng ký khai sinh"] == 2


def test_a_download_gives_whole_addresses(download):
    addresses = {row["title"]: row["url"] for row in download("csv")}
    assert addresses["Đăng ký kết hôn"] == "http://testserver/dich-vu-cong/dang-ky-ket-hon/"


def test_the_feed_has_an_entry_for_every_service(client, town, db):
    assert client.get(URL, {"format": "atom"}).content.decode().count("<entry>") == len(ALL)
