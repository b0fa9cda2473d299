"""The generated catalogue stands in for the national one: as large, always the same, and imported without complaint."""

from bench import catalogue
from services.importing.reading import Row
from services.importing.record import read_record


def test_the_catalogue_has_as_many_procedures_as_the_national_one_each_with_a_code_and_a_name_of_its_own():
    records = list(catalogue.records())
    assert len(records) == 2917
    assert len({record["code"] for record in records}) == len({record["name"] for record in records}) == 2917


def test_the_same_file_is_written_every_time(tmp_path):
    files = [tmp_path / "one.jsonl.gz", tmp_path / "other.jsonl.gz"]
    for file in files:
        catalogue.write(file)
    assert files[0].read_bytes() == files[1].read_bytes()


def test_the_import_refuses_no_row_of_it():
    problems = [
        problem
        for line, values in enumerate(catalogue.records(), start=1)
        for problem in read_record(Row(line, values))[1]
    ]
    assert problems == []
