"""What several rooms' tests share: the repository's folders, outside data, golden files."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"
BENCHMARKS = ROOT / "tests" / "bench"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="Write golden files and output/ anew; read the diff.")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Benchmarks time things, which a busy machine disturbs: they run only when named, `pytest tests/bench`."""
    folder = config.invocation_params.dir
    paths = [(folder / argument.split("::")[0]).resolve() for argument in config.invocation_params.args]
    named = any(path.is_relative_to(BENCHMARKS) for path in paths)
    return True if collection_path == BENCHMARKS and not named else None


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository's folder."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of data that is too large, or not ours to publish, beside the repository; skipped where absent."""
    if not SHARED.is_dir():
        pytest.skip(f"the data folder {SHARED} is absent: it is not part of the repository")
    return SHARED


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    """Whether golden files are to be written rather than compared."""
    return bool(request.config.getoption("--update-golden"))
