"""The README names what there is."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
READ = re.compile(r'env\.(?:text|flag|names|number)\(\s*"([A-Z0-9_]+)"|(?:environ\.get|text)\(\s*"([A-Z0-9_]+)"')


def test_every_variable_that_the_settings_read_stands_in_the_readme():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    found = set()
    for module in (ROOT / "portal" / "settings").glob("*.py"):
        for groups in READ.findall(module.read_text(encoding="utf-8")):
            found.update(filter(None, groups))
    assert found, "the settings read the environment somewhere"
    assert sorted(name for name in found if f"`{name}`" not in readme) == []


def test_every_folder_that_the_readme_names_is_there():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    table = readme.split("## Where things are")[1].split("## Where to change what")[0]
    folders = re.findall(r"`([a-z]+)/`", table)
    assert len(folders) > 8
    assert [folder for folder in folders if not (ROOT / folder).is_dir()] == []
