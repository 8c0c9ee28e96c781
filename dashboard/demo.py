"""What does Mingcha do with a made-up county, from its files to a served dashboard?"""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Final
from uuid import uuid4

import detectors
import metrics
from casework.errors import CaseworkError, WrongUsageError
from casework.intake.road import import_source
from casework.regions import Regions
from casework.review.refuted import refuted
from casework.review.register import Registered, enrol, registered
from casework.review.scope import Role, Scope
from casework.run import run
from casework.text import Text
from casework.workspace import Workspace
from dashboard.queries import followed
from dashboard.worlds import synthesize
from metrics import rollup
from synthetic.world import TRUTH, Scale

SCALE: Final[Scale] = "county"
PERSONS: Final[int | None] = None  # as many as the scale has
SEED: Final = 1
PEOPLE: Final[tuple[tuple[str, Role], ...]] = (  # in sight made up; the second works in one township
    ("演示督查员甲", "inspector"),
    ("演示督查员乙", "inspector"),
    ("演示负责人", "supervisor"),
    ("演示民政领导", "leader"),
    ("演示研究员", "researcher"),
    ("演示数据管理员", "steward"),
    ("演示审计员", "auditor"),
)
IN_A_TOWNSHIP: Final = "演示督查员乙"
Say = Callable[[Text], None]


def source(path: Path) -> Path:
    """Where the made-up county of a demo workspace lies; its truth beside it."""
    return path.parent / f"{path.name}-source" / SCALE


def prepare(path: Path, who: str, say: Say) -> Workspace:
    """Make up a county, import, detect and measure it; the same bytes a second time are not imported again."""
    begun = time.perf_counter()
    folder = source(path)
    if path.exists() and not folder.exists() and Workspace(path).current is not None:
        raise WrongUsageError(
            Text(
                f"{path} 里已有别的数据,示例县不予覆盖;请换一个文件夹",
                f"{path} holds other data, which the demo does not replace; name another folder",
            )
        )
    world = synthesize(
        folder, scale=SCALE, persons=PERSONS, seed=SEED, regime="capture", form="csv", told=lambda _stage: None
    )
    begun = _told(
        say,
        begun,
        Text(f"合成 {world.rows['person']} 人的一个县", f"made up a county of {world.rows['person']} people"),
    )
    workspace = Workspace(path, create=True)
    outcome = import_source(folder, workspace, who=who)
    if not outcome.ok:
        raise CaseworkError(
            Text(
                f"合成数据未能导入,见 {path / 'faults.csv'}", f"the county was not imported: see {path / 'faults.csv'}"
            )
        )
    rows = sum(count.taken for count in outcome.counts)
    new = Text(f"导入 {rows} 行", f"imported {rows} rows")
    same = Text(f"{rows} 行已在库中,未重新导入", f"{rows} rows are there already, not imported again")
    begun = _told(say, begun, same if outcome.ending == "unchanged" else new)
    data, policy = workspace.tables(), workspace.policy()
    found = run(detectors, data, policy, refuted=refuted(workspace.review))
    workspace.keep_run(found.leads, found.evidence, found.runs, who=who, why="demo")
    begun = _told(
        say, begun, Text(f"查出 {found.leads.height} 条待核实线索", f"found {found.leads.height} leads to verify")
    )
    measured = rollup.measure(metrics, followed.as_kept(workspace, data, policy), policy)
    begun = _told(say, begun, Text(f"统计 {measured.height} 个指标值", f"measured {measured.height} figures"))
    if not registered(workspace.review):
        _let_in(workspace, who)
        _told(say, begun, Text(f"登记 {len(PEOPLE)} 名演示人员", f"registered {len(PEOPLE)} made-up people"))
    return workspace


def _let_in(workspace: Workspace, who: str) -> None:
    """Register the made-up people, so that two can be tried at once."""
    regions, raised = Regions.of(workspace.tables()), workspace.leads()["region_code"].drop_nulls()
    townships = [code for code in regions.codes if regions[code].tier == "township"]
    # where there is most to do
    township = max(townships, key=lambda code: raised.str.starts_with(Scope.of(code).prefix).sum(), default="")
    for name, role in PEOPLE:
        code = township if name == IN_A_TOWNSHIP else ""
        enrol(workspace.review, who, Registered(name, role, code, None), key=uuid4().hex)


def next_steps(path: Path) -> list[Text]:
    """What to do after a look at the demo."""
    return [
        Text(
            f"导出线索:mingcha export {path} --all --format csv",
            f"list the leads: mingcha export {path} --all --format csv",
        ),
        Text(
            f"对照真值:mingcha evaluate {path} --truth {source(path).parent / TRUTH}",
            f"compare with the truth: mingcha evaluate {path} --truth {source(path).parent / TRUTH}",
        ),
        Text(f"核验日志:mingcha verify {path}", f"verify the journal: mingcha verify {path}"),
        Text("用自己的数据:mingcha template 文件夹", "with your own data: mingcha template DIR"),
    ]


def _told(say: Say, begun: float, what: Text) -> float:
    now = time.perf_counter()
    say(Text(f"{what.zh},用时 {now - begun:.1f} 秒", f"{what.en} in {now - begun:.1f} s"))
    return now
