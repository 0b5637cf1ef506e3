"""A file is read in one sitting, a function in one look."""

import ast

from tests.architecture.house import python_files
from tests.architecture.sizes import (
    LONGEST_FILE,
    LONGEST_FUNCTION,
    MOST_ARGUMENTS,
    code_lines,
    file_sizes,
    function_sizes,
    functions,
)


def test_no_file_is_too_long():
    assert [size for size in file_sizes(python_files()) if size.lines > LONGEST_FILE] == []


def test_no_function_is_too_long():
    sizes = function_sizes(python_files())

    assert [size for size in sizes if size.lines > LONGEST_FUNCTION] == []


def test_a_docstring_a_comment_and_a_blank_line_are_no_code():
    text = 'def f():\n    """One.\n\n    Two.\n    """\n\n    # why\n    return 1\n'

    assert code_lines(text, next(functions(text))) == 2


def test_no_function_takes_many_arguments_by_position():
    many = [
        f"{path.name}:{function.lineno} {function.name}"
        for path in python_files()
        if "_kernels" not in path.parts  # compiled, and numba knows no keyword-only arguments
        for function in functions(path.read_text(encoding="utf-8"))
        if len(function.args.posonlyargs + function.args.args) > MOST_ARGUMENTS
    ]

    assert many == []


def test_every_function_says_what_it_returns():
    silent = [
        f"{path.name}:{function.lineno} {function.name}"
        for path in python_files()
        for function in functions(path.read_text(encoding="utf-8"))
        if function.returns is None
    ]

    assert silent == []


def test_every_public_function_of_the_numbers_has_a_docstring():
    silent = [
        f"{path.name}:{node.lineno} {node.name}"
        for path in python_files()
        if "analysis" in path.parts
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
        and ast.get_docstring(node) is None
    ]

    assert silent == []
