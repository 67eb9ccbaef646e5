"""The same brief wherever it is made."""

from __future__ import annotations

import os

import pytest

from briefing.engine import PARALLEL, engine
from briefing.errors import InputError
from briefing.language import Annotator
from briefing.pipeline import make_brief
from tests.test_pipeline import NOW, PAGES


def double(number: int) -> int:
    return 2 * number


def process(number: int) -> int:
    return os.getpid()


def test_few_items_stay_in_this_process_and_many_do_not() -> None:
    with engine() as chosen:
        assert set(chosen(process, range(PARALLEL))) == {os.getpid()}
        many = set(chosen(process, range(2 * PARALLEL)))
    assert (os.getpid() in many) == (os.cpu_count() == 1)


def test_a_pool_keeps_the_order() -> None:
    with engine(jobs=2) as pooled:
        assert list(pooled(double, tuple(range(100)))) == list(range(0, 200, 2))


def test_an_unknown_engine_is_named() -> None:
    with pytest.raises(InputError, match="no engine named 'spark'; known: dask"), engine("spark"):
        pass


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")  # the cluster's own threads and sockets warn as they end
def test_a_cluster_of_two_workers_gives_the_same_brief() -> None:
    pytest.importorskip("distributed", reason="the extra briefing[dask] is not installed")
    alone = make_brief(PAGES, annotate=Annotator(), now=NOW)
    with engine("dask", jobs=2) as spread:
        assert make_brief(PAGES, annotate=Annotator(), now=NOW, map=spread) == alone
