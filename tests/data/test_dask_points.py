"""Dask's points: seen once, in pieces, on any scheduler; the same numbers as in memory."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import sleep
from uuid import uuid4

import dask
import dask.array as da
import dask.dataframe as dd
import numpy as np
import pandas as pd
import pytest
from distributed import Client, LocalCluster

from gd_widget import GDWidget
from gd_widget.data.dask_points import LazyPoints
from gd_widget.data.points import MOST_POINTS, Points
from gd_widget.data.user_data import points_of
from gd_widget.training.trainer import Trainer
from tests.six_numbers import six_numbers
from tests.waiting import SECONDS, until

N = 50_000
RNG = np.random.default_rng(0)
X = RNG.normal(1, 2, N)
Y = 3 * X + RNG.normal(size=N)
IN_MEMORY = Points(X, Y)


def assert_same(points, whole: Points = IN_MEMORY) -> None:
    assert isinstance(points, LazyPoints)
    assert len(points) == len(whole)
    assert six_numbers(points.bowl) == pytest.approx(six_numbers(whole.bowl), rel=1e-12)
    assert points.extent == whole.extent
    ours, theirs = points.density(), whole.density()
    assert (ours.x, ours.y) == (theirs.x, theirs.y)
    np.testing.assert_array_equal(ours.counts, theirs.counts)
    assert 400 <= len(points.sample) <= 500
    known = set(zip(whole.x.tolist(), whole.y.tolist(), strict=True))
    assert known.issuperset(zip(points.sample.x.tolist(), points.sample.y.tolist(), strict=True))


def frame(npartitions: int) -> dd.DataFrame:
    return dd.from_pandas(pd.DataFrame({"x": X, "y": Y}), npartitions=npartitions)


@pytest.mark.parametrize("chunks", [N, N // 2, 9_999, 700])
def test_arrays_in_chunks_of_any_size(chunks):
    assert_same(points_of(da.from_array(X, chunks=chunks), da.from_array(Y, chunks=chunks)))


@pytest.mark.parametrize("model", [{"degree": 3}, {"standardize": True}, {"intercept": False}])
@pytest.mark.parametrize("chunks", [N, 700])
def test_any_model_of_one_feature_is_fitted_in_the_same_pass(model, chunks):
    x, y = (da.from_array(values, chunks=chunks) for values in (X, Y))
    lazy, held = GDWidget(x, y, lr=1e-4, **model), GDWidget(X, Y, lr=1e-4, engine="numpy", **model)
    assert lazy.names == held.names
    np.testing.assert_allclose(lazy.least_squares, held.least_squares, rtol=1e-9)
    for w in (lazy, held):
        w.step(20)
    np.testing.assert_allclose(lazy.params, held.params, rtol=1e-10)
    np.testing.assert_allclose(lazy.coefficients, held.coefficients, rtol=1e-10)
    np.testing.assert_allclose(lazy.predict(X[:5]), held.predict(X[:5]), rtol=1e-10)
    assert len(lazy.to_html()) > 1000


def test_a_degree_that_one_pass_cannot_tell_apart_is_refused():
    x = da.from_array(1e3 + X, chunks=9_999)
    with pytest.raises(ValueError, match="^degree must be so low that one pass can tell .*; got 5"):
        GDWidget(x, Y, degree=5)
    two = da.from_array(np.sign(X), chunks=9_999)
    assert GDWidget(two, Y, degree=3).diagnoses[0].code == "many_fit"


def test_chunks_need_not_match_where_their_sizes_are_known():
    assert_same(points_of(da.from_array(X, chunks=9_999), da.from_array(Y[:, None], chunks=7_000)))


def test_one_of_both_may_be_in_memory():
    assert_same(points_of(da.from_array(X, chunks=9_999), Y))
    assert_same(points_of(list(X), da.from_array(Y, chunks=9_999)))


@pytest.mark.parametrize("npartitions", [1, 2, 9, 30])
def test_series_and_frames(npartitions):
    ddf = frame(npartitions)
    assert_same(points_of(ddf["x"], ddf["y"]))
    assert_same(points_of(ddf[["x"]], ddf["y"]))
    assert_same(points_of(ddf["x"].to_dask_array(), ddf["y"].to_dask_array()))


def test_a_frame_that_was_filtered_has_lengths_nobody_knows_and_parts_without_points():
    ddf = frame(9)
    ddf = ddf[(ddf["x"] > 0) & (ddf.index < 35_000)]
    kept = (X > 0) & (np.arange(N) < 35_000)
    assert_same(points_of(ddf["x"], ddf["y"]), Points(X[kept], Y[kept]))


def test_every_piece_is_made_once():
    made = []

    def piece(i: int) -> pd.DataFrame:
        made.append(i)
        part = slice(i * N // 10, (i + 1) * N // 10)
        return pd.DataFrame({"x": X[part], "y": Y[part]})

    ddf = dd.from_map(piece, range(10), meta=pd.DataFrame({"x": [1.0], "y": [1.0]}))
    assert_same(points_of(ddf["x"], ddf["y"] * 1))
    assert sorted(made) == list(range(10))


def test_few_points_are_ordinary_ones():
    n = MOST_POINTS
    points = points_of(da.from_array(X[:n], chunks=999), da.from_array(Y[:n], chunks=999))
    assert isinstance(points, Points)
    np.testing.assert_array_equal(points.y, Y[:n])


# --------------------------------------------------------------------------------- what is wrong


def test_missing_values_are_counted_in_all_pieces():
    x, y = X.copy(), Y.copy()
    x[[5, 30_000]] = np.nan
    y[[7, 8, 49_999]] = np.inf
    with pytest.raises(
        ValueError, match=f"^x must be finite numbers; got 2 missing or infinite of {N}: "
    ):
        points_of(da.from_array(x, chunks=9_999), da.from_array(y, chunks=9_999))
    with pytest.raises(
        ValueError, match=f"^y must be finite numbers; got 3 missing or infinite of {N}: "
    ):
        points_of(da.from_array(X, chunks=9_999), da.from_array(y, chunks=9_999))


def test_other_lengths_partitions_and_containers_are_refused():
    x = da.from_array(X, chunks=9_999)
    with pytest.raises(
        ValueError, match=f"^x and y must be of one length; got {N} and {N - 1} values"
    ):
        points_of(x, da.from_array(Y[1:], chunks=9_999))
    with pytest.raises(ValueError, match="^x and y must be in the same partitions; got 2 and 3: "):
        points_of(frame(2)["x"], frame(3)["y"])
    with pytest.raises(ValueError, match="^y must be a Series of Dask's where x is; got 'list': "):
        points_of(frame(2)["x"], list(Y))
    ddf = frame(2)
    with pytest.raises(ValueError, match="^x and y must be of one length; got"):
        points_of(ddf["x"], ddf[ddf["x"] > 0]["y"])
    with pytest.raises(
        ValueError, match=r"^x must be of shape \(n,\), n at least 1; got shape \(0,\)"
    ):
        points_of(ddf[ddf["x"] > 1e9]["x"], ddf[ddf["x"] > 1e9]["y"])


def test_what_needs_the_points_themselves_is_refused():
    x, y = da.from_array(X, chunks=9_999), da.from_array(Y, chunks=9_999)
    with pytest.raises(
        ValueError, match="^engine must be 'auto' or 'numpy' for points like these; got 'torch'"
    ):
        GDWidget(x, y, engine="torch")
    with pytest.raises(
        ValueError, match="^batch_size must be None for points that are not in memory; got 10"
    ):
        GDWidget(x, y, batch_size=10)
    w = GDWidget(x, y)
    with pytest.raises(
        ValueError, match="^batch_size must be None for points that are not in memory; got 10"
    ):
        w.batch_size = 10
    assert w.batch_size is None


# ------------------------------------------------------------------------------------- training


def test_training_is_that_of_points_in_memory():
    w = GDWidget(da.from_array(X, chunks=9_999), da.from_array(Y, chunks=9_999), lr=0.05)
    assert w.x.chunks == ((9_999,) * 5 + (5,),), "what was given is there to be read"
    w.step(50)
    inside = Trainer(IN_MEMORY, engine="numpy", lr=0.05)
    inside.step(50)
    assert w.params == pytest.approx(inside.params, rel=1e-12)
    assert w.loss == pytest.approx(inside.loss, rel=1e-12)
    assert (
        repr(w)
        == f"GDWidget(n=50000, lr=0.05, step=50, slope={w.slope:.4g}, intercept={w.intercept:.4g}, loss={w.loss:.4g})"
    )


# ----------------------------------------------------------------------------- on several workers


@pytest.fixture(scope="module")
def cluster() -> Iterator[LocalCluster]:
    settings = {
        "distributed.worker.daemon": False,
        "distributed.scheduler.allowed-failures": 5,
        "distributed.comm.timeouts.connect": SECONDS,
    }
    with (
        dask.config.set(settings),
        LocalCluster(
            n_workers=3, threads_per_worker=1, dashboard_address=None, memory_limit=0
        ) as made,
    ):
        yield made


@pytest.fixture
def client(cluster: LocalCluster) -> Iterator[Client]:
    with Client(cluster) as made:
        yield made


def held_up(values: np.ndarray, folder: str) -> np.ndarray:
    """The values, after leaving a note of who was at it; from the tenth on, when let go."""
    note = Path(folder, f"{os.getpid()}-{uuid4().hex}")
    while len(list(Path(folder).glob("*.done"))) >= 10 and not Path(folder, "go").exists():
        sleep(0.01)
    note.with_suffix(".done").touch()
    return values


@pytest.mark.slow
def test_several_workers(client, capsys):
    assert_same(points_of(da.from_array(X, chunks=2_000), da.from_array(Y, chunks=2_000)))
    assert "Completed" in capsys.readouterr().out, "Dask's own progress bar is shown"


@pytest.mark.slow
def test_a_worker_that_is_killed_on_the_way_changes_nothing(client, cluster, tmp_path):
    x = da.from_array(X, chunks=2_000).map_blocks(held_up, str(tmp_path), dtype=float)
    with ThreadPoolExecutor() as pool:
        points = pool.submit(points_of, x, da.from_array(Y, chunks=2_000))
        try:
            done = until(lambda: notes if len(notes := [*tmp_path.glob("*.done")]) >= 10 else None)
            busy = {int(note.name.partition("-")[0]) for note in done}
            # Dask has tried the function on nothing in this process, too.
            victim = next(nanny.pid for nanny in cluster.workers.values() if nanny.pid in busy)
            os.kill(victim, signal.SIGKILL)
        finally:
            (tmp_path / "go").touch()
        assert_same(points.result())
    assert len([*tmp_path.glob("*.done")]) > 25, "what the worker had done was done again"
