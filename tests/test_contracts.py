"""The house rules that a tool can check: who imports whom, who may touch what, style, types, public names."""

from __future__ import annotations

import ast
import importlib
import subprocess
import sys
from functools import cache
from pathlib import Path

import grimp
import pytest

import briefing

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "briefing"
THINKING = ("pipeline", "compose", "analyze", "group", "clean")
LONGEST_FUNCTION = 50  # lines; what a reader takes in at once
LONGEST_FILE = 400  # lines
# A third party and the one room that knows it.
ROOMS = {
    "babel": ("briefing.language", "briefing.render"),
    "click": ("briefing.__main__", "briefing.cli", "briefing.progress"),
    "jinja2": ("briefing.render",),
    "spacy": ("briefing.language", "briefing.analyze.speech.trees"),
    "sumy": ("briefing.analyze.lexrank", "briefing.analyze.summary"),
    "thinc": ("briefing.language",),
    "trafilatura": ("briefing.clean",),
}
LIGHT = {"briefing", "click"}  # what `--help` may load of what is not the standard library's


def run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def report(done: subprocess.CompletedProcess[str]) -> str:
    return done.stdout + done.stderr


@cache
def imports() -> grimp.ImportGraph:
    return grimp.build_graph(
        "briefing", include_external_packages=True, exclude_type_checking_imports=True, cache_dir=None
    )


@cache
def trees() -> dict[Path, ast.Module]:
    return {path: ast.parse(path.read_text("utf-8")) for path in sorted(PACKAGE.rglob("*.py"))}


def belongs(module: str, room: str) -> bool:
    return module == room or module.startswith(f"{room}.")


def calls(tree: ast.Module) -> list[tuple[int, str]]:
    """Line and last name of every call; the package's own data may be read by whoever needs it."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and not ast.unparse(node.func).startswith("resources.files("):
            name = getattr(node.func, "attr", None) or getattr(node.func, "id", "")
            found.append((node.lineno, str(name)))
    return found


@pytest.mark.parametrize(
    "command",
    [
        ("importlinter.cli", "lint_imports_command"),
        ("ruff", "check"),
        ("ruff", "format", "--check"),
        ("mypy",),
    ],
    ids=["import contracts", "ruff check", "ruff format", "mypy --strict"],
)
def test_the_tool_has_nothing_to_say(command: tuple[str, ...]) -> None:
    if command[0] == "importlinter.cli":
        done = run(sys.executable, "-c", "from importlinter.cli import lint_imports_command as main; main()")
    else:
        done = run(sys.executable, "-m", *command)
    assert done.returncode == 0, report(done)


@pytest.mark.parametrize("name", sorted(ROOMS))
def test_a_third_party_has_one_room(name: str) -> None:
    assert name in imports().modules, f"nobody imports {name} any more"
    strangers = {
        module
        for module in imports().find_modules_that_directly_import(name)
        if not any(belongs(module, room) for room in (*ROOMS[name], "briefing.language.train"))
    }
    assert not strangers


@pytest.mark.parametrize("room", THINKING)
def test_a_thinking_room_reads_and_writes_no_file(room: str) -> None:
    doors = {
        "open",
        "print",
        "read_text",
        "read_bytes",
        "write_text",
        "write_bytes",
        "mkdir",
        "unlink",
        "glob",
        "rglob",
    }
    found = [
        f"{path.relative_to(ROOT)}:{line} {name}"
        for path, tree in trees().items()
        if path.relative_to(PACKAGE).with_suffix("").parts[0] == room and path.stem != "train"
        for line, name in calls(tree)
        if name in doors
    ]
    assert not found


def test_every_module_has_its_door_plate() -> None:
    assert [str(path) for path, tree in trees().items() if not ast.get_docstring(tree)] == []


def test_files_are_one_screenful_of_ideas() -> None:
    lengths = {path: len(path.read_text("utf-8").splitlines()) for path in trees()}
    assert {str(path): length for path, length in lengths.items() if length > LONGEST_FILE} == {}


def test_functions_are_short() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}: {node.end_lineno - node.lineno + 1} lines"
        for path, tree in trees().items()
        for node in ast.walk(tree)
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
        and node.end_lineno is not None
        and node.end_lineno - node.lineno + 1 > LONGEST_FUNCTION
    ]
    assert found == []


@pytest.mark.parametrize("words", [["--help"], ["build", "--help"], ["verify", "--help"], ["--version"]])
def test_help_loads_nothing_heavy(words: list[str]) -> None:
    """A user who asks for help waits for no model: what is loaded is pinned rather than timed."""
    script = f"""
import sys
before = set(sys.modules)
from briefing.__main__ import main
sys.argv = ["briefing", *{words!r}]
try:
    main()
except SystemExit as done:
    assert not done.code, done.code
loaded = {{name.partition(".")[0] for name in set(sys.modules) - before}}
print("loaded", *sorted(loaded - set(sys.stdlib_module_names)))
print("rooms", *sorted(name for name in sys.modules if name.startswith("briefing.")))
"""
    done = run(sys.executable, "-c", script)
    assert done.returncode == 0, report(done)
    lines = done.stdout.splitlines()
    loaded = set(next(line for line in lines if line.startswith("loaded")).split()[1:])
    assert {name for name in loaded if not name.startswith("__")} <= LIGHT
    rooms = {name.split(".")[1] for name in next(line for line in lines if line.startswith("rooms")).split()[1:]}
    assert rooms <= {"__main__", "cli", "errors", "model", "progress", "registry"}


def test_every_command_shows_an_example() -> None:
    from briefing.cli import main

    assert main.help is not None
    helps = {"briefing": main.help, **{name: command.help or "" for name, command in main.commands.items()}}
    assert [name for name, text in helps.items() if "Example: briefing " not in text] == []


def test_public_names_are_sorted_and_there() -> None:
    assert list(briefing.__all__) == sorted(briefing.__all__)
    missing = [name for name in briefing.__all__ if not hasattr(briefing, name)]
    assert not missing


def test_every_room_names_what_it_gives() -> None:
    for room in ("collect", "clean", "group", "render"):
        module = importlib.import_module(f"briefing.{room}")
        assert room in module.__all__
        assert [name for name in module.__all__ if not hasattr(module, name)] == []
