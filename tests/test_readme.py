"""Every command and every line of Python in README.md runs, and gives what is printed there.

`python tests/test_readme.py --accept` writes the results of today into README.md; read the difference before you commit.
"""

from __future__ import annotations

import contextlib
import doctest
import io
import os
import re
import shutil
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[1]
README = REPOSITORY / "README.md"
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(kind: str, text: str) -> list[str]:
    return [match[2] for match in BLOCK.finditer(text) if match[1] == kind]


def rerun(text: str, place: Path) -> str:
    """README.md with the results that its blocks give now, run one after the other in one folder."""
    shutil.copytree(REPOSITORY / "seeds", place / "seeds")
    environment = shell_environment(place)
    names: dict[str, object] = {}

    def again(match: re.Match[str]) -> str:
        if match[1] == "console":
            return f"```console\n{console(match[2], place, environment)}```"
        if match[1] == "pycon":
            with contextlib.chdir(place):
                return f"```pycon\n{python(match[2], names)}```"
        return match[0]

    return BLOCK.sub(again, text)


def shell_environment(place: Path) -> dict[str, str]:
    """Where `kg` is this checkout's, whether installed or not."""
    programs = place / ".bin"
    programs.mkdir()
    script = programs / "kg"
    script.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m kg "$@"\n', encoding="utf-8")
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    path = f"{programs}{os.pathsep}{os.environ['PATH']}"
    kept = {name: value for name, value in os.environ.items() if not name.startswith("KG_")}
    return {**kept, "PATH": path, "PYTHONPATH": str(REPOSITORY), "NO_COLOR": "1"}


def console(block: str, place: Path, environment: dict[str, str]) -> str:
    """The commands of a block ("$ ", continued by "> "), each with what it prints."""
    shown = []
    for command in commands(block):
        done = subprocess.run(
            ["bash", "-c", command],
            cwd=place,
            env=environment,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == 0, f"{command}\n{done.stderr}"
        shown.append("$ " + command.replace("\n", "\n> ") + "\n" + done.stdout)
    return "".join(shown)


def commands(block: str) -> Iterator[str]:
    lines: list[str] = []
    for line in block.splitlines():
        if line.startswith("$ "):
            if lines:
                yield "\n".join(lines)
            lines = [line[2:]]
        elif line.startswith("> ") and lines:
            lines.append(line[2:])
    if lines:
        yield "\n".join(lines)


def python(block: str, names: dict[str, object]) -> str:
    """The examples of a block, each with what it prints; names are kept from block to block."""
    shown = []
    for example in doctest.DocTestParser().get_examples(block):
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(compile(example.source, "README.md", "single"), names)
        first, *rest = example.source.rstrip("\n").split("\n")
        source = "\n".join([f">>> {first}", *(f"... {line}".rstrip() for line in rest)])
        shown.append(f"{source}\n{printed.getvalue()}")
    return "".join(shown)


def test_every_command_and_every_line_of_python_gives_what_is_printed(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(str(REPOSITORY))
    text = README.read_text("utf-8")
    assert rerun(text, tmp_path) == text


def test_the_two_commands_are_those_that_the_checks_run():
    install, tests = (block.strip() for block in blocks("sh", README.read_text("utf-8")))
    script = (REPOSITORY / ".ci" / "run").read_text("utf-8")
    assert tests in script
    assert "pip install -e '.[test]'" in install
    assert install.endswith("kg build seeds")


def test_links_and_pictures_are_there():
    targets = re.findall(r"\]\(([^)#]+)\)", README.read_text("utf-8"))
    missing = [target for target in targets if "://" not in target and not (REPOSITORY / target).exists()]
    assert not missing


@pytest.mark.parametrize("word", ["TODO", "FIXME", "<!--"])
def test_nothing_is_left_open(word):
    assert word not in README.read_text("utf-8")


if __name__ == "__main__" and sys.argv[1:] == ["--accept"]:
    sys.path.insert(0, str(REPOSITORY))
    with tempfile.TemporaryDirectory() as folder:
        README.write_text(rerun(README.read_text("utf-8"), Path(folder)), encoding="utf-8", newline="\n")
