"""Code that makes numbers of times: days since the first, seconds of a span, hours of a day."""

from __future__ import annotations

import numpy as np

from gd_widget.data.said import Said

DAY, SECOND = "np.timedelta64(1, 'D')", "np.timedelta64(1, 's')"


def in_days(dates: Said) -> list[str]:
    """The lines that count the days since the first of some dates."""
    code = dates.code
    match dates.library:
        case "polars":
            since = f"({code} - {code}.min()).dt.total_microseconds()"
            return [dates.put(f"{since} / 86_400e6")]
        case "pandas" | "dask":
            lines = [] if _is_plain(dates) else from_text(dates)
            return [*lines, dates.put(f"({code} - {code}.min()) / {DAY}")]
    if _have_zones(dates):
        times = f"t = np.array([time.timestamp() for time in {dates.items}])"
        return [times, dates.put("(t - t.min()) / 86_400")]
    return [f"t = np.array({code}, 'M8[us]')", dates.put(f"(t - np.nanmin(t)) / {DAY}")]


def from_text(texts: Said) -> list[str]:
    """The line that makes dates of texts such as 2026-01-31."""
    match texts.library:
        case "pandas":
            return [texts.put(f"pd.to_datetime({texts.code})")]
        case "dask":
            return [texts.put(f"dd.to_datetime({texts.code})")]
        case "polars":
            return [texts.put(f"{texts.code}.cast(str).str.to_datetime()")]
    return [texts.put(f"np.array({texts.items}, 'M8[us]')")]


def in_days_from_periods(periods: Said) -> list[str]:
    """The same for periods of pandas, such as the months of a year."""
    series = ".dt" if hasattr(periods.values, "dt") else ""
    code = periods.code
    return [
        periods.put(f"{code}{series}.to_timestamp()"),
        periods.put(f"({code} - {code}.min()) / {DAY}"),
    ]


def in_seconds(spans: Said) -> list[str]:
    """The line that gives the length of spans in seconds."""
    code = spans.code
    match spans.library:
        case "polars":
            return [spans.put(f"{code}.dt.total_microseconds() / 1e6")]
        case "pandas":
            in_pandas = code if _is_plain(spans) else f"pd.to_timedelta({code})"
            return [spans.put(f"{in_pandas} / {SECOND}")]
        case "dask":
            return [spans.put(f"{code} / {SECOND}")]
    return [spans.put(f"np.array({code}, 'm8[us]') / {SECOND}")]


def in_hours(times: Said) -> list[str]:
    """The line that counts the hours since midnight."""
    if times.library == "polars":
        return [times.put(f"{times.code}.cast(int) / 3_600e9")]
    hours = "time.hour + time.minute / 60 + time.second / 3_600"
    return [times.put(f"[{hours} for time in {times.items}]")]


def _is_plain(column: Said) -> bool:
    """Whether pandas has dates, or spans, for what they are, and not as some objects."""
    return getattr(column.values.dtype, "kind", "O") in "Mm"


def _have_zones(dates: Said) -> bool:
    """Whether they are Python's, with a time zone, which NumPy does not know."""
    first = np.ravel(np.asarray(dates.values, object))[0]
    return getattr(first, "tzinfo", None) is not None
