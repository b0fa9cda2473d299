"""What the items of the publish gate look at."""

import pytest

from core.publishing import PublishRefused
from tests import factories as make
from tests.services.gate.conftest import is_live

COUNTS_AS_GIVEN = {
    "conditions are asked for where they exist": {"conditions": ""},
    "no fee": {"channels": [make.channel(fees=[])]},
    "no limit": {"channels": [make.channel(time_value=None, time_unit="", time_text="Không quy định")]},
    "no number of dossiers": {"dossier_count": None},
    "a result that says there is none": {"result": "Không"},
    "one channel of two with a time limit": {"channels": [make.channel(time_value=None, time_unit=""), make.channel()]},
    "a competent agency": {"agency_text": "", "competent_text": "Ủy ban nhân dân"},
    "units in the record": {"agency_text": ""},
}


@pytest.mark.parametrize("given", COUNTS_AS_GIVEN)
def test_it_counts_as_given(section, given):
    assert is_live(make.add_service(section, **COUNTS_AS_GIVEN[given]))


def test_a_procedure_without_an_audience_is_not_published(section):
    procedure = make.add_procedure(units=[section.department])
    procedure.audiences.set([])
    procedure.save()
    with pytest.raises(PublishRefused):
        make.add_service(section, procedure=procedure)


def test_a_service_that_no_agency_settles_is_not_published(section):
    with pytest.raises(PublishRefused):
        make.add_service(section, procedure=make.add_procedure(), agency_text="")
