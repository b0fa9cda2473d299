"""On PostgreSQL, in threads: a unit that several people provide for at once has everything once."""

import json

from tests.postgresql import new_database


def test_a_unit_that_many_provide_for_at_once_has_everything_once(tmp_path, postgresql_url):
    with new_database(postgresql_url, tmp_path) as run:
        made = run("manage.py", "migrate", "--verbosity", "0")
        assert made.returncode == 0, made.stderr[-2000:]
        done = run("-m", "tests.departments.together")
    assert done.returncode == 0, done.stderr[-4000:]
    assert json.loads(done.stdout.splitlines()[-1]) == {
        "faults": [],
        "answers": [302, 302, 302],
        "sections": ["en", "vi"],
        "groups": 3,
        "collections": 1,
        "left": 0,
        "problems": [0] * 5,
    }
