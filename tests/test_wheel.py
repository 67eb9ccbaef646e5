"""The built wheel: installed alone it helps, briefs and proves, with its templates, seeds and language data inside."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ARTICLE = """The bridge at Lower Sennet is closed

By Ottilie Frome
March 3, 2021

The bridge over the Senn at Lower Sennet was closed to all traffic on Wednesday after divers found cracks in two piers.

"Nobody drives over it until I have slept a night without thinking of it," said Barnaby Cole, the county engineer. He
said that repairs would take at least 14 weeks and cost about 3 million pounds.
"""


def run(*command: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(list(map(str, command)), cwd=cwd, env=clean, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built by the back end in this environment: nothing is fetched."""
    folder = tmp_path_factory.mktemp("wheel")
    script = "import sys, hatchling.build as build; print(build.build_wheel(sys.argv[1]))"
    name = run(sys.executable, "-c", script, folder, cwd=ROOT).stdout.split()[-1]
    return folder / name


@pytest.fixture(scope="module")
def home(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh environment with the wheel in it; its dependencies are those of this environment, seen through a path."""
    folder = tmp_path_factory.mktemp("home") / "venv"
    run(sys.executable, "-m", "venv", "--without-pip", folder, cwd=folder.parent)
    site = next(folder.glob("lib/python*/site-packages"))
    install = ("pip", "--python", folder / "bin" / "python", "install", "--quiet", "--no-deps", "--no-index", wheel)
    run(sys.executable, "-m", *install, cwd=folder.parent)
    ours = dict.fromkeys((sysconfig.get_path("purelib"), sysconfig.get_path("platlib")))
    (site / "dependencies.pth").write_text("\n".join(ours) + "\n", "utf-8")
    return folder


def test_the_wheel_carries_what_a_run_needs(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    assert "briefing/py.typed" in names
    for folder in ("templates", "seeds"):
        files = {path.relative_to(ROOT).as_posix() for path in (ROOT / folder).rglob("*") if path.is_file()}
        assert {f"briefing/{name}" for name in files} <= names
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert any("licenses/" in name and "OFL" in name for name in names)
    assert not [name for name in names if "__pycache__" in name or name.startswith("tests/")]


def test_the_wheel_is_what_runs(home: Path, tmp_path: Path) -> None:
    found = run(home / "bin" / "python", "-c", "import briefing; print(briefing.__file__)", cwd=tmp_path).stdout
    assert Path(found.strip()).is_relative_to(home)


def test_the_installed_command_helps(home: Path, tmp_path: Path) -> None:
    assert "Example: briefing build" in run(home / "bin" / "briefing", "--help", cwd=tmp_path).stdout


def test_the_installed_command_makes_a_brief_that_verifies(home: Path, tmp_path: Path) -> None:
    (tmp_path / "bridge.txt").write_text(ARTICLE, "utf-8")
    command = home / "bin" / "briefing"
    run(command, "build", "bridge.txt", "--output", "out", cwd=tmp_path)
    (edition,) = (tmp_path / "out").iterdir()
    assert edition.name == "2021-03-03"
    assert {"brief.json", "brief.md", "brief.html", "brief.pdf"} <= {path.name for path in edition.iterdir()}
    assert (edition / "brief.pdf").read_bytes().startswith(b"%PDF-")
    run(command, "verify", edition / "brief.json", cwd=tmp_path)
