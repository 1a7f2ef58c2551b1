#!/bin/sh
# xarray's polyfit leaves missing points out of the line, but counts them in the line's errors.
#
# Versions: xarray 2026.9.0, numpy 2.4.6, Python 3.11.
# Guess before: polyfit(cov=True) of 200 points of which 180 are NaN answers as numpy.polyfit does of the
#   20 that are there: it skips the others, as its page says.
# Seen: the line is that of the 20. Its errors, from the covariance, are not: the slope's is 0.0003, where
#   numpy has 0.0028, and xarray itself has once dropna() was called. With nothing missing all agree.
# Why: both the x of the missing points and their number count as if they were there.
# Who feels it: trends of records with gaps. The fewer points there are, the surer the slope looks; and
#   where series with different gaps are fitted at once, no dropna() helps but fitting each alone.
# Output (the slope's standard error):
#   missing                          0     100     180
#   xarray, as it is            0.0009  0.0006  0.0003
#   xarray, after dropna()      0.0009  0.0012  0.0028
#   numpy, of those there are   0.0009  0.0012  0.0028
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet xarray==2026.9.0 numpy==2.4.6
"$folder/venv/bin/python" - > "$folder/seen" <<'PROGRAM'
import numpy as np
import xarray as xr

N = 200
x = np.arange(N)
MISSING = (0, 100, 180)


def record(n_missing):
    """A rising line with an error on every point, of which so many are missing, evenly."""
    y = 3.0 * x + np.sin(12.9898 * x**2)
    y[x % (N // (N - n_missing)) > 0] = np.nan
    return xr.DataArray(y, dims="x", coords={"x": x})


def by_xarray(y):
    return y.polyfit("x", 1, cov=True).polyfit_covariance.values


def by_numpy(y):
    there = y.notnull().values
    return np.polyfit(x[there], y.values[there], 1, cov=True)[1]


def line(name, covariances):
    errors = (f"{np.sqrt(covariance[0, 0]):.4f}" for covariance in covariances)
    print(f"{name:<27}", "  ".join(errors))


print(f"{'missing':<27}", "  ".join(f"{n:6d}" for n in MISSING))
line("xarray, as it is", [by_xarray(record(n)) for n in MISSING])
line("xarray, after dropna()", [by_xarray(record(n).dropna("x")) for n in MISSING])
line("numpy, of those there are", [by_numpy(record(n)) for n in MISSING])
PROGRAM
cat "$folder/seen"
cat > "$folder/expected" <<'EXPECTED'
missing                          0     100     180
xarray, as it is            0.0009  0.0006  0.0003
xarray, after dropna()      0.0009  0.0012  0.0028
numpy, of those there are   0.0009  0.0012  0.0028
EXPECTED
diff "$folder/expected" "$folder/seen"
