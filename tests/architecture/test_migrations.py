import ast
from io import StringIO

import pytest
from django.core.management import call_command

from tests.architecture.source import modules, shown, tree

#: what loses data when it is wrong; a comment "destructive: …" in the file says why it may
DESTRUCTIVE = {"RemoveField", "DeleteModel"}
MIGRATIONS = [file for file in modules() if file.parent.name == "migrations" and file.name != "__init__.py"]


@pytest.mark.django_db
def test_every_change_of_a_model_has_its_migration():
    said = StringIO()
    try:
        call_command("makemigrations", "--check", "--dry-run", stdout=said)
    except SystemExit:
        pytest.fail(said.getvalue())


@pytest.mark.parametrize("file", MIGRATIONS, ids=shown)
def test_a_migration_has_a_name_that_says_what_it_does(file):
    assert "_auto_" not in file.name


@pytest.mark.parametrize("file", MIGRATIONS, ids=shown)
def test_a_destructive_migration_says_why_it_may(file):
    calls = {node.func.attr for node in ast.walk(tree(file)) if is_operation(node)}
    assert not calls & DESTRUCTIVE or "# destructive:" in file.read_text(encoding="utf-8")


def is_operation(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
