"""The contract: its snapshot, and answers that keep to it whatever is asked."""

import json
from pathlib import Path

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi import checks

from portal.wsgi import application
from search.rebuilding import rebuild
from tests.api.conftest import ADD

SNAPSHOT = Path(__file__).with_name("openapi.json")
#: what a vocabulary holds no description can say, so a value that fits the description may still be refused
CHECKS = [
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
    checks.negative_data_rejection,
    checks.unsupported_method,
]


def test_the_contract_is_the_one_that_was_agreed(get, db):
    """After a change that is meant: write the answer of /api/v1/openapi.json, indented by 1, into the snapshot."""
    found = get("openapi.json").json()
    assert found == json.loads(SNAPSHOT.read_text(encoding="utf-8"))


def test_every_operation_declares_how_it_refuses(get, db):
    for path, methods in get("openapi.json").json()["paths"].items():
        assert set(methods) == {"get"}
        answers = methods["get"]["responses"]
        assert {"200", "304", "400", "500"} <= set(answers)
        assert "422" not in answers
        assert ("404" in answers) == ("{" in path)
        assert list(answers["400"]["content"]) == ["application/problem+json"]


@pytest.fixture
def filled(section):
    for kind in ADD:
        for number in (1, 2, 3):
            ADD[kind](section, number)
    rebuild()


schema = schemathesis.openapi.from_dict(json.loads(SNAPSHOT.read_text(encoding="utf-8"))) if SNAPSHOT.exists() else None
if schema is not None:
    schema.app = application

    @schema.parametrize()
    @settings(
        max_examples=25,
        derandomize=True,
        deadline=None,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def test_answers_keep_to_the_contract(case, filled):
        case.call_and_validate(checks=CHECKS)
