import ast

from tests.architecture.source import modules, shown, tree

LONGEST_MODULE, LONGEST_FUNCTION = 300, 40
MODULES = [file for file in modules() if file.parent.name != "migrations"]
VAGUE = {"utils", "helpers", "manager", "common", "misc"}


def test_no_module_is_too_long_to_be_read():
    lengths = {shown(file): len(file.read_text(encoding="utf-8").splitlines()) for file in MODULES}
    assert {name: length for name, length in lengths.items() if length > LONGEST_MODULE} == {}


def test_no_function_is_too_long_to_be_seen_at_once():
    long = [
        f"{shown(file)}:{node.lineno} {node.name}"
        for file in MODULES
        for node in ast.walk(tree(file))
        if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno + 1 > LONGEST_FUNCTION
    ]
    assert long == []


def test_no_module_has_a_name_that_says_nothing():
    assert [shown(file) for file in MODULES if VAGUE & {file.stem, *file.parent.parts[-1:]}] == []
