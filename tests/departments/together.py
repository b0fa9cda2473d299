"""Several people and the worker give one new unit its section at the same moment; what came of it, as JSON."""

import json
import sys

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.urls import reverse  # noqa: E402
from wagtail.models import Collection, Page  # noqa: E402

from departments.models import Department  # noqa: E402
from departments.provisioning import provide_roles  # noqa: E402
from departments.roles import PUBLISHER  # noqa: E402
from tests import factories as make  # noqa: E402
from tests.editorial.together import at_once, posting, signed_in  # noqa: E402


def main() -> None:
    settings.ALLOWED_HOSTS = ["testserver"]
    board = [make.add_member(PUBLISHER, name=f"ban-{number}") for number in range(3)]
    unit = Department.objects.create(name="Phòng Nội vụ", name_en="Home Affairs Division", kind="division")
    url, answers = reverse("departments_provide", args=[unit.pk]), []
    clicks = [posting(signed_in(member), url, {}, answers) for member in board]
    faults = at_once([*clicks, provide_roles, provide_roles])
    found = {
        "faults": faults,
        "answers": answers,
        "sections": sorted(unit.pages.values_list("locale__language_code", flat=True)),
        "groups": unit.role_groups.count(),
        "collections": Collection.objects.filter(name="Phòng Nội vụ").count(),
        "left": provide_roles().changes,
        "problems": [len(problem) for problem in Page.find_problems()],
    }
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main()
