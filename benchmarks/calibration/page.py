"""How do the figures of a calibration read?"""

from collections.abc import Mapping
from typing import Any, Final

import polars as pl

from benchmarks.calibration.counting import METHODS, OURS

LIMIT: Final = 0.1  # the false discovery share that is not to be passed
_HEAD: Final = """# 会不会冤枉人:统计类规则的校准 / Do the statistical questions accuse by chance?

## kin_excess

由 `python -m benchmarks.calibration` 生成({seconds:.0f} 秒)。小县 15 村、15 名干部、1800 户,每县都走规则本身;
没有照顾的县里,任何点名都是错的。

Written by `python -m benchmarks.calibration` ({seconds:.0f} s). Small counties of 15 villages, 15 officials and 1,800
households, each through the question itself; where nobody favours, whoever is named is named falsely.

**{worlds} 个没有照顾的县:{whole} 有人被点名(要求不超过 {limit:.0%})。Counties without favour in which anybody was
named: {whole} of {worlds} (not to pass {limit:.0%}).**
"""
_NULL: Final = """
## 没有照顾 / Nobody favours

点名了任何干部的县所占比例(95% Wilson 区间)。needier:亲属更困难(0.8 个标准差);clan:半村同族都更多申请;one_surname:
几乎全村都是近亲属。clan_ahead 不计入四类:同等困难的申请中该族确实更多获批,登记数据分不清这是懂得申请还是照顾。

Share of counties in which anybody was named (95 %, Wilson). needier: kin are poorer by 0.8 standard deviations; clan:
half of each village applies more; one_surname: nearly all are near kin. clan_ahead is not among the four: of its
applicants in equal need more do come on aid, and no register tells know-how from favour.
"""
_EVEN: Final = """
## p 是否均匀 / Are the p uniform?

离散的 p 不可能严格均匀;KS(Kolmogorov–Smirnov)检验用随机化 p(在“更多”与“同样或更多”的概率之间均匀抽取),无效应时严格
均匀。

No discrete p is uniform. The Kolmogorov–Smirnov test is of the randomised p, drawn evenly between the chance of more
and that of as many or more: exactly uniform under chance alone.
"""
_POWER: Final = """
## 找得到多少 / What is found

每格 {worlds:.0f} 个县,各有 3 名干部照顾亲属(优势比 1 即没有照顾);错:被点名的人中没有照顾的。

{worlds:.0f} counties a cell, 3 officials of each favouring (an odds ratio of 1 is none); falsely: of the named, who did
not favour.
"""
_OTHERS: Final = """
## 其他统计类规则 / The other statistical questions

按各自的判断部分在抽取的计数上检验:没有效应时为有误报的县所占比例,有效应时为被点名者中的误报。

Judged on drawn counts: without an effect the share of counties with a false name, with one the false among the named.
"""


def page(table: pl.DataFrame, others: pl.DataFrame, seconds: float) -> str:
    """The whole page, in both languages."""
    null, power, even = (table.filter(pl.col("part") == part) for part in ("no favour", "favour", "uniform"))
    ours = null.filter((pl.col("method") == OURS) & (pl.col("kind") == "all four")).row(0, named=True)
    return "".join(
        [
            _HEAD.format(seconds=seconds, worlds=ours["worlds"], whole=_percent(ours), limit=LIMIT),
            _NULL,
            _rows(("县 / counties", "个 / number", *METHODS), _alarms(null)),
            _EVEN,
            _rows(("县 / counties", "检验 / tests", "mid-p ≤ 0.05", "mid-p ≤ 0.01", "KS D", "KS p"), _tests(even)),
            _POWER.format(worlds=power["worlds"][0]),
            _rows(
                ("县 / counties", "近亲属 / kin", "优势比 / odds", "方法 / method", "找到 / found", "错 / falsely"),
                _found(power),
            ),
            _OTHERS,
            _rows(
                (
                    *("规则 / question", "县 / counties", "规模 / size", "效应 / effect", "县数 / number"),
                    *("检验 / tests", "p ≤ 0.05", "误报 / false", "找到 / found"),
                ),
                _other(others),
            ),
        ]
    )


def _rows(names: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    lines = [names, ("---",) * len(names), *rows]
    return "\n" + "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _alarms(null: pl.DataFrame) -> list[tuple[str, ...]]:
    found = []
    for kind in null["kind"].unique(maintain_order=True):
        own = null.filter(pl.col("kind") == kind)
        found.append((str(kind), f"{own['worlds'][0]}", *(_percent(row) for row in own.to_dicts())))
    return found


def _tests(even: pl.DataFrame) -> list[tuple[str, ...]]:
    return [
        (row["kind"], f"{row['tests']:.0f}", *(f"{row[name]:.3f}" for name in ("mid_p_05", "mid_p_01", "ks", "ks_p")))
        for row in even.to_dicts()
    ]


def _found(power: pl.DataFrame) -> list[tuple[str, ...]]:
    return [
        (row["kind"], f"{row['kin']:.0f}", f"{row['odds']:.0f}", row["method"], _percent(row), _wrong(row))
        for row in power.to_dicts()
    ]


def _other(others: pl.DataFrame) -> list[tuple[str, ...]]:
    shares = ("p_below_05", "false_share", "power")
    return [
        (
            *(str(row[name]) for name in ("scheme", "kind")),
            *("—" if row[name] is None else f"{row[name]:g}" for name in ("size", "effect", "worlds", "tests")),
            *("—" if row[name] is None else f"{row[name]:.1%}" for name in shares),
        )
        for row in others.to_dicts()
    ]


def _percent(row: Mapping[str, Any]) -> str:
    return f"{row['share']:.1%} ({row['low']:.1%}–{row['high']:.1%})"


def _wrong(row: Mapping[str, Any]) -> str:
    if not row["named"]:
        return "—"
    return f"{row['false_share']:.1%} ({row['named_falsely']:.0f}/{row['named']:.0f})"
