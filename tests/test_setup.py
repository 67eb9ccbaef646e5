"""What README.md promises a first-time user: its commands, its tables, and the way out where a library is absent."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from briefing import errors
from briefing.cli import main

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
LIBRARIES = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0")  # Debian's names of what the PDF needs
ABSENT = """
import cffi

def absent(self, name, flags=0):
    raise OSError(f"cannot load library {name!r}: no such file")

cffi.FFI.dlopen = absent
"""


def blocks(heading: str) -> list[str]:
    """The shell commands below a heading."""
    section = README.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    return re.findall(r"^```sh\n(.*?)^```$", section, flags=re.MULTILINE | re.DOTALL)


def commands() -> list[str]:
    """Every command line of README.md that runs `briefing`."""
    lines = [
        line for block in re.findall(r"^```sh\n(.*?)^```$", README, flags=re.M | re.S) for line in block.split("\n")
    ]
    parts = [part.strip() for line in lines for part in re.split(r"&&|\||;", line)]
    return [re.sub(r"^\.venv/bin/", "", part) for part in parts if re.match(r"(\.venv/bin/)?briefing ", part)]


def test_the_two_commands_are_one_line_each() -> None:
    for heading in ("Make a brief", "Run the tests"):
        (first, *_) = blocks(heading)
        assert first.count("\n") == 1
        assert first.startswith("python3 -m venv --upgrade-deps .venv && .venv/bin/pip install -c .ci/lock.txt ")


@pytest.mark.parametrize("line", commands())
def test_a_shown_command_is_one_that_exists(line: str) -> None:
    """Its name, options and arguments are accepted; nothing is run."""
    name, *rest = (str(ROOT / "templates") if word == "mine" else word for word in line.split()[1:])
    assert name in main.commands
    main.commands[name].make_context(name, rest)


@pytest.mark.parametrize("chapter", ["Commands", "Every day"])
def test_the_shown_commands_run_one_after_the_other(chapter: str, tmp_path: Path) -> None:
    """The first block of the chapter, as it stands, in a folder that holds the sample corpus."""
    (block, *_) = blocks(chapter)
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    surroundings = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", block],
        cwd=tmp_path,
        env=surroundings,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_command_is_in_the_table() -> None:
    rows = [line.split("|")[1] for line in README.splitlines() if line.startswith("| `briefing ")]
    shown = {name for row in rows for name in re.findall(r"`briefing (\w+)", row)}
    assert shown == set(main.commands)


def test_every_exit_status_is_in_the_table() -> None:
    shown = {int(number) for number in re.findall(r"^\| (\d+) \|", README, flags=re.MULTILINE)}
    classes = [kind for kind in vars(errors).values() if isinstance(kind, type)]
    assert shown == {0, 130, *(kind.exit_status for kind in classes)}


def test_the_lock_holds_every_dependency() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    needed = [
        *project["dependencies"],
        *(name for extra in project["optional-dependencies"].values() for name in extra),
    ]
    names = {re.split(r"[^\w.-]", requirement)[0].lower() for requirement in needed}
    lock = (ROOT / ".ci" / "lock.txt").read_text("utf-8")
    assert names <= {line.partition("==")[0] for line in lock.splitlines() if "==" in line}


def test_links_lead_somewhere() -> None:
    targets = [target for target in re.findall(r"\]\(([^)#]+)", README) if "://" not in target]
    assert targets
    assert [target for target in targets if not (ROOT / target).exists()] == []


def test_without_the_libraries_all_but_the_pdf_is_made(tmp_path: Path) -> None:
    """As on a bare system: no library of WeasyPrint's can be loaded. README's line says what to install."""
    (tmp_path / "sitecustomize.py").write_text(ABSENT, "utf-8")
    text = "Bakery opens\n\nBy Ann Ormerod\nMarch 3, 2021\n\nA bakery opened in Sennet on Wednesday, the mayor said."
    (tmp_path / "bakery.txt").write_text(text, "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "briefing", "build", "bakery.txt", "--output", "out"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == errors.MissingDependency.exit_status, done.stderr
    made = {path.name for path in (tmp_path / "out").glob("*/brief.*")}
    assert made == {"brief.json", "brief.md", "brief.html"}
    (line,) = [line.strip() for line in done.stderr.splitlines() if "apt-get install" in line]
    assert "Traceback" not in done.stderr
    (shown,) = blocks("On a bare system")
    for library in LIBRARIES:
        assert library in line
        assert library in shown
