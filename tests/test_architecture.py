"""The data flows one way, and so do the imports."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

REPOSITORY = Path(__file__).parents[1]
KG = REPOSITORY / "kg"
FILES = sorted(path for path in KG.rglob("*.py") if "_ontology" not in path.parts)

# Read it top to bottom: each part may import what stands after the colon, and nothing else of ours.
MAY_IMPORT = {
    "errors": "",
    "version": "",
    "records": "",
    "model": "errors records",
    "ontology": "errors model",
    "documents": "errors model ontology",
    "language": "errors model ontology",
    "entities": "errors model ontology language",
    "statements": "errors model ontology language entities",
    "graph": "errors model ontology",
    "resolution": "errors model ontology graph",
    "view": "errors model graph",
    "export": "errors model graph view",
    "serve": "errors model ontology graph export view",
    "pipeline": "errors model ontology documents language entities statements graph",
    "evaluation": "errors model ontology documents language pipeline",
    "saved": "errors ontology",
    "remote": "errors ontology graph",
    "linking": "errors resolution",
    "engines": "errors model ontology documents language graph pipeline version",
    "assembly": "errors model ontology documents language graph pipeline engines version",
    "api": "errors model ontology documents language entities statements graph resolution view export serve pipeline saved remote linking engines assembly",
    "__init__": "errors model documents api version evaluation",
    "cli": "errors version ontology __init__ api",
    "__main__": "cli",
}

# Each library is spoken to in one place, so that it can be replaced in one place.
ONLY_IN = {
    "spacy": "language",
    "onnxruntime": "language",
    "datasketch": "resolution",
    "pyoxigraph": "graph ontology export resolution serve",
    "rdflib": "graph",
    "pyshacl": "graph",
    "networkx": "view export",
    "pyvis": "view",
    "click": "cli",
    "rich": "cli",
    "starlette": "serve",
    "uvicorn": "serve",
    "pyarrow": "export documents",
    "trafilatura": "documents",
    "markdown_it": "documents",
    "warcio": "documents",
    "pyspark": "engines",
}

# Where the name to import is not the name to install.
INSTALLED_AS = {"markdown_it": "markdown-it-py", "text_to_num": "text2num"}

LONGEST_MODULE = 350
LONGEST_FUNCTION = 60
ACCENTED = re.compile(r"[àâäçéèêëîïôöùûüÿœæ]", re.IGNORECASE)


def relative(path: Path) -> str:
    return path.relative_to(KG).as_posix()


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def running(tree: ast.AST) -> Iterator[ast.AST]:
    """The nodes of a tree without what stands under `if TYPE_CHECKING`, which never runs."""
    yield tree
    for child in ast.iter_child_nodes(tree):
        if not (
            isinstance(child, ast.If)
            and isinstance(child.test, ast.Name)
            and child.test.id == "TYPE_CHECKING"
        ):
            yield from running(child)


def imports(path: Path) -> Iterator[str]:
    """Every module the file names in an import."""
    for node in running(tree_of(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, "imports say where from: no relative ones"
            yield node.module or ""


def strings(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """String constants that are not docstrings, with their lines."""
    prose = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in prose:
            yield node.lineno, node.value


def test_imports_point_upstream():
    for path in FILES:
        here = path.relative_to(KG).parts[0].removesuffix(".py")
        for name in imports(path):
            root, _, rest = name.partition(".")
            if root == "kg":
                there = rest.split(".")[0] or "__init__"
                assert there == here or there in MAY_IMPORT[here].split(), f"{relative(path)} imports {name}"
            elif root in ONLY_IN:
                allowed = ONLY_IN[root]
                assert here in allowed.split(), f"{relative(path)} imports {root}; only {allowed} may"


def test_every_part_is_on_the_map():
    parts = {path.relative_to(KG).parts[0].removesuffix(".py") for path in FILES}
    assert parts <= set(MAY_IMPORT)


def test_the_map_has_no_loop():
    seen: set[str] = set()
    for part, others in MAY_IMPORT.items():
        assert set(others.split()) <= seen, part
        seen.add(part)


def test_every_library_is_declared():
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = [
        *project["dependencies"],
        *(line for extra in project["optional-dependencies"].values() for line in extra),
    ]
    declared = {re.split(r"[^\w-]", line)[0].lower() for line in wanted}
    used = {name.partition(".")[0] for path in FILES for name in imports(path)}
    foreign = {
        name for name in used if name not in sys.stdlib_module_names and name not in ("kg", "__future__")
    }
    assert {INSTALLED_AS.get(name, name) for name in foreign} <= declared


def test_every_dependency_is_used():
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text("utf-8"))["project"]
    declared = {re.split(r"[^\w-]", line)[0].lower() for line in project["dependencies"]}
    used = {name.partition(".")[0] for path in FILES for name in imports(path)}
    # What trafilatura needs to import lxml's cleaner, which newer lxml no longer brings.
    companions = {"lxml_html_clean"}
    assert declared - companions <= {INSTALLED_AS.get(name, name) for name in used}


def test_a_module_can_be_read_in_one_sitting():
    for path in FILES:
        assert len(path.read_text("utf-8").splitlines()) < LONGEST_MODULE, relative(path)


def test_a_function_fits_on_a_screen():
    for path in FILES:
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                assert length <= LONGEST_FUNCTION, f"{relative(path)}: {node.name} has {length} lines"


def test_a_module_says_what_it_is():
    for path in FILES:
        assert ast.get_docstring(tree_of(path)) or not path.read_text("utf-8").strip(), relative(path)


def test_words_of_a_language_live_in_the_ontology():
    """An accented letter in a string constant betrays a French word; letters alone, as in a class of them, do not."""
    for path in FILES:
        for line, value in strings(tree_of(path)):
            words = [word for word in re.findall(r"[^\W\d_]+", value) if len(word) > 2]
            # More accents than other letters: a class of letters, no word.
            french = [word for word in words if 0 < len(ACCENTED.findall(word)) <= len(word) / 2]
            assert not french, f"{relative(path)}:{line}: {french}"


def test_nothing_is_swallowed():
    for path in FILES:
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.ExceptHandler):
                line = f"{relative(path)}:{node.lineno}"
                assert node.type is not None, f"{line}: a bare except"
                names = [name.id for name in ast.walk(node.type) if isinstance(name, ast.Name)]
                assert not {"Exception", "BaseException"} & set(names), line


def test_what_passes_between_the_stages_cannot_be_changed() -> None:
    import kg.model

    classes = [getattr(kg.model, name) for name in kg.model.__all__ if name[0].isupper() and name != "Value"]
    assert len(classes) > 10
    for made in classes:
        assert made.__dataclass_params__.frozen, made
