import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps

from tests.architecture.source import APPS, PURE, ROOT, app_of, imports, modules, rank, shown


def test_the_import_contracts_are_kept():
    command = Path(sys.executable).with_name("lint-imports")
    run = subprocess.run([command, "--no-cache"], cwd=ROOT, capture_output=True, text=True)
    assert run.returncode == 0, run.stdout


def offenders(is_wrong) -> list[str]:
    return [
        f"{shown(file)}:{line} {name}" for file in modules() for name, line in imports(file) if is_wrong(file, name)
    ]


def test_no_app_imports_one_above_or_beside_it_not_even_inside_a_function():
    def is_wrong(file, name):
        app, imported = app_of(file), name.split(".")[0]
        return imported in APPS and imported != app and rank(imported) <= rank(app)

    assert offenders(is_wrong) == []


def test_nothing_imports_the_tests():
    assert offenders(lambda file, name: name.split(".")[0] in {"tests", "bench", "deploy"}) == []


def test_only_the_composition_root_imports_views_addresses_and_routers_of_another_app():
    def is_wrong(file, name):
        parts = name.split(".")
        foreign = parts[0] in APPS and parts[0] != app_of(file)
        return foreign and app_of(file) != "portal" and bool({"views", "urls", "api"} & set(parts[1:2]))

    assert offenders(is_wrong) == []


def test_nobody_imports_hooks_or_commands_of_another_app():
    def is_wrong(file, name):
        parts = name.split(".")
        foreign = parts[0] in APPS and parts[0] != app_of(file)
        return foreign and parts[1:2] in (["wagtail_hooks"], ["management"])

    assert offenders(is_wrong) == []


def test_only_the_engines_know_a_search_engine():
    def is_wrong(file, name):
        return name.split(".")[0] in {"elasticsearch", "elastic_transport"} and "search/engines/" not in shown(file)

    assert offenders(is_wrong) == []


def test_no_record_points_at_a_record_of_an_app_above_or_beside_it():
    wrong = []
    for model in apps.get_models(include_auto_created=True):
        label = model._meta.app_label
        for field in model._meta.get_fields():
            remote = field.related_model if field.is_relation and not field.auto_created else None
            other = remote._meta.app_label if remote not in (None, "self") else None
            if label in APPS and other in APPS and other != label and rank(other) <= rank(label):
                wrong.append(f"{model._meta.label}.{field.name} → {remote._meta.label}")
    assert wrong == []


@pytest.mark.parametrize("path", [path for path in PURE if (ROOT / path).exists()])
def test_a_pure_module_imports_the_standard_library_and_pure_modules_only(path):
    pure = {module.removesuffix(".py").replace("/", ".") for module in PURE}
    foreign = [
        name
        for name, _line in imports(ROOT / path)
        if name.split(".")[0] not in sys.stdlib_module_names
        and name.rpartition(".")[0] not in pure
        and name not in pure
    ]
    assert foreign == []
