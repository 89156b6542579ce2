"""Writes table.json: what TA-Lib says of a seeded synthetic series.

Where `pip install TA-Lib numpy` works:  python tests/talib/compare.py
The test beside it holds the kernels against the stored table, so that it needs neither Python nor TA-Lib.
"""

import json
import pathlib
import sys

import numpy as np
import talib

SEED = 20_240_607
ROWS = 400


def make_series():
    """A random walk with gaps, a flat stretch, quiet and wild phases; whole hundredths, so that no rounding differs."""
    state = SEED

    def chance():
        nonlocal state
        state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (state >> 33) / 2**31

    bars = {"open": [], "high": [], "low": [], "close": []}
    close = 250_000
    for i in range(ROWS):
        flat = 180 <= i < 192
        wild = 900 if i % 90 < 30 else 250
        open_ = close + (round((chance() - 0.5) * 1200) if i % 17 == 0 and not flat else 0)
        close = open_ if flat else open_ + round((chance() - 0.48) * wild)
        bars["open"].append(open_)
        bars["high"].append(max(open_, close) + (0 if flat else round(chance() * wild * 0.4)))
        bars["low"].append(min(open_, close) - (0 if flat else round(chance() * wild * 0.4)))
        bars["close"].append(close)
    return bars


here = pathlib.Path(__file__).parent
series = make_series()
o, h, l, c = (np.array(series[name], dtype=float) / 100 for name in ("open", "high", "low", "close"))
n = len(c)


def rows_of(*columns, first=None):
    """Row numbers worth checking: the first known ones, around the flat stretch, and the end."""
    known = np.where(~np.isnan(np.vstack(columns)).any(axis=0))[0]
    start = int(known[0]) if first is None else max(first, int(known[0]))
    places = [start, start + 1, start + 2, start + 7, 150, 181, 186, 191, 193, 200, 260, 291, 307, 333, 350, 377, n - 2, n - 1]
    return sorted({i for i in places if start <= i < n})


def case(kind, params, outputs, first=None):
    names = list(outputs)
    columns = [outputs[name] for name in names]
    places = rows_of(*columns, first=first)
    return {
        "type": kind,
        "params": params,
        "firstKnown": {name: int(np.where(~np.isnan(outputs[name]))[0][0]) for name in names},
        "rows": places,
        "values": {name: [float(outputs[name][i]) for i in places] for name in names},
    }


def macd_case(fast, slow, signal):
    line, smooth, histogram = talib.MACD(c, fast, slow, signal)
    # TA-Lib seeds both averages at one bar; they agree once the seeds have faded (10 x slow).
    made = case("macd", {"fast": fast, "slow": slow, "signal": signal},
                {"macd": line, "signal": smooth, "histogram": histogram}, first=10 * slow)
    made["from"] = 10 * slow
    del made["firstKnown"]
    return made


def adx_case(length):
    return [
        case("adx", {"length": length}, {"adx": talib.ADX(h, l, c, length)}),
        case("adx", {"length": length}, {"adxr": talib.ADXR(h, l, c, length)}),
        case("adx", {"length": length}, {"dmp": talib.PLUS_DI(h, l, c, length), "dmn": talib.MINUS_DI(h, l, c, length)}),
    ]


def bbands_case(length, std):
    upper, middle, lower = talib.BBANDS(c, length, std, std, matype=0)
    return case("bbands", {"length": length, "std": std}, {"lower": lower, "middle": middle, "upper": upper})


cases = [
    *[case("sma", {"length": k}, {"value": talib.SMA(c, k)}) for k in (2, 20, 137)],
    *[case("ema", {"length": k}, {"value": talib.EMA(c, k)}) for k in (2, 21, 100)],
    *[case("rsi", {"length": k}, {"value": talib.RSI(c, k)}) for k in (2, 14, 40)],
    *[case("atr", {"length": k}, {"value": talib.ATR(h, l, c, k)}) for k in (1, 14, 50)],
    *[bbands_case(k, s) for k, s in ((20, 2.0), (5, 1.5), (120, 3.0))],
    macd_case(12, 26, 9),
    macd_case(5, 13, 4),
    *[one for k in (2, 14, 30) for one in adx_case(k)],
    *[case("highest", {"over": k}, {"value": talib.MAX(c, k)}) for k in (2, 20, 150)],
    *[case("lowest", {"over": k}, {"value": talib.MIN(c, k)}) for k in (2, 20, 150)],
    *[case("change", {"over": k, "as": "rate"}, {"value": talib.ROCP(c, k)}) for k in (1, 10)],
    *[case("change", {"over": k, "as": "difference"}, {"value": talib.MOM(c, k)}) for k in (1, 10)],
]

# The known deviation: TA-Lib calls the RSI of a series that never moves 0, the product 50.
flat = talib.RSI(np.full(60, 2500.0), 14)
assert set(flat[14:]) == {0.0}, flat

table = {
    "from": {
        "library": f"TA-Lib {talib.__version__} (core {talib.__ta_version__.decode().split(' ')[0]}), unstable period 0",
        "script": "tests/talib/compare.py",
        "series": "a synthetic walk in hundredths",
        "seed": SEED,
        "rows": ROWS,
    },
    "series": series,
    "rsiOfFlat": float(flat[-1]),
    "cases": cases,
}
(here / "table.json").write_text(json.dumps(table) + "\n")
print(table["from"]["library"], len(cases), "cases", sum(len(x["rows"]) * len(x["values"]) for x in cases), "values",
      file=sys.stderr)
