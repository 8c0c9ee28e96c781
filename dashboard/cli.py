"""What can be asked of Mingcha at the command line? Contract §8; how a command speaks and ends: `terminal`."""

import getpass
import hashlib
import socket
import sys
from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Any, Final, Literal

import polars as pl
import typer

import detectors
import metrics
from casework.backup.restore import restore as restored
from casework.backup.write import back_up
from casework.engine import EngineName
from casework.errors import CaseworkError, WrongUsageError
from casework.intake.outcome import Outcome
from casework.intake.road import import_source
from casework.review.journal import Head
from casework.review.refuted import refuted
from casework.review.scope import Role
from casework.run import run
from casework.text import Language, Text
from casework.workspace import Workspace
from dashboard import demo as demonstration
from dashboard import evaluation as evaluated
from dashboard import template as workbook
from dashboard import users, worlds
from dashboard.exports import csv as csv_list
from dashboard.exports import json as json_list
from dashboard.exports.rows import rows
from dashboard.kept import file_of_now, tell_audit, tell_backup
from dashboard.queries import followed
from dashboard.terminal import ended, files, give, give_file, line, say, working
from metrics import rollup
from metrics.whatif.scenario_file import read
from synthetic.world import Form, Regime, Scale

FAULTS_SHOWN: Final = 20
EACH_SHOWN: Final = 5  # of one code
HOST: Final = "127.0.0.1"
PORT: Final = 8501
Tier = Literal["province", "city", "county", "township", "village"]
Format = Literal["csv", "json", "xlsx", "docx"]
Layer = Literal["rule_book", "delivered"]
ReportFormat = Literal["docx", "xlsx", "pdf"]
_RANK: Final = ("refused", "rejected", "warned", "ignored")

app = typer.Typer(
    name="mingcha",
    help="明察:社会救助数据核查,给出待核实的线索 / Watches over social assistance: leads to verify, counts to read.",
    add_completion=False,
    context_settings={"max_content_width": 110},
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

WorkspaceFolder = Annotated[Path, typer.Argument(metavar="WORKSPACE", help="工作区文件夹 / folder of the workspace")]
Out = Annotated[
    Path | None,
    typer.Option("--out", metavar="FILE", help="写入文件,缺省为标准输出 / write here instead of to the screen"),
]


@app.command(help="生成导入模板工作簿 / Write a workbook to fill in: a sheet a table, Chinese headers, drop-downs.")
def template(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="存放模板的文件夹 / folder to write into")],
) -> None:
    """Write the template and say what to do with it."""
    path = workbook.write(folder)
    typer.echo(path)
    say(
        Text(
            f"填好后运行:mingcha import {path} 工作区 --dry-run", f"then run: mingcha import {path} WORKSPACE --dry-run"
        )
    )


@app.command(help="生成合成数据及真值 / Make up a world with known answers: a source folder, and the truth beside it.")
def synthesize(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="数据源文件夹,真值写在其旁 / folder to write into")],
    scale: Annotated[Scale, typer.Option("--scale", help="规模 / how large a place")] = "county",
    persons: Annotated[int | None, typer.Option("--persons", min=1, help="人数 / how many people live there")] = None,
    seed: Annotated[int, typer.Option("--seed", help="随机种子 / the same seed gives the same bytes")] = 1,
    regime: Annotated[Regime, typer.Option("--regime", help="情景 / which kind of world")] = "capture",
    form: Annotated[Form, typer.Option("--format", help="文件格式 / form of the files")] = "csv",
) -> None:
    """Write the world; say what it holds and how near it comes to the figures it is calibrated to."""
    with working() as hear:
        world = worlds.synthesize(folder, scale=scale, persons=persons, seed=seed, regime=regime, form=form, told=hear)
    typer.echo(worlds.summary(world), nl=False)
    say(worlds.where(folder, world))


@app.command(help="生成合成县并查看 / Make up a county, import, detect, measure and serve it.")
def demo(
    workspace: Annotated[
        Path, typer.Argument(metavar="[WORKSPACE]", help="工作区文件夹 / folder of the workspace")
    ] = Path("workspace/demo"),
    serve: Annotated[
        bool, typer.Option("--serve/--no-serve", help="是否打开界面服务 / serve the dashboard afterwards")
    ] = True,
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="端口 / port")] = PORT,
) -> None:
    """The whole road in seconds, on a county that is invented."""
    with working():
        demonstration.prepare(workspace, _who(), say)
    for step in demonstration.next_steps(workspace):
        say(step)
    if serve:
        _serve(workspace, port)


@app.command("import", help="导入数据,全部通过才入库 / Import a folder, file or workbook: all of it or nothing.")
def import_(
    source: Annotated[Path, typer.Argument(metavar="SOURCE", help="文件夹、文件或工作簿 / folder, file or workbook")],
    workspace: WorkspaceFolder,
    mapping: Annotated[
        Path | None, typer.Option("--mapping", metavar="FILE", help="列名映射 (TOML) / mapping of other layouts")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只检查,不入库 / check only, store nothing")] = False,
    keep_valid: Annotated[
        bool,
        typer.Option("--keep-valid", help="有行被拒时仍存入其余行 / store the good rows though others are rejected"),
    ] = False,
    add: Annotated[
        bool, typer.Option("--add", help="并入现有数据,而非替换 / join the data there instead of replacing them")
    ] = False,
) -> None:
    """Say every fault, the day the data speak for, and where each table's rows went."""
    with working() as hear:
        outcome = import_source(
            source,
            Workspace(workspace, create=True),
            mapping=mapping,
            dry_run=dry_run,
            keep_valid=keep_valid,
            add=add,
            progress=hear,
            who=_who(),
        )
    _tell_faults(outcome.faults.to_dicts(), workspace)
    if any(count.rejected for count in outcome.counts):
        say(Text(f"被拒的行:{workspace / 'rejects.csv'}", f"rejected rows: {workspace / 'rejects.csv'}"))
    if outcome.as_of is not None:
        say(Text(f"数据截至 {outcome.as_of}", f"data as of {outcome.as_of}"))
    say(_ENDINGS[outcome.ending])
    if outcome.counts:
        say(_taken(outcome))
    for count in outcome.lines:
        typer.echo(count)
    if not outcome.ok:
        raise typer.Exit(1)


def _taken(outcome: Outcome) -> Text:
    """What the lines of the tables come to, in words."""
    read = sum(one.read for one in outcome.counts)
    taken = sum(one.taken for one in outcome.counts)
    rejected = sum(one.rejected for one in outcome.counts)
    return Text(
        f"共 {len(outcome.counts)} 张表:读入 {read} 行,可用 {taken} 行,退回 {rejected} 行;"
        "各表如下(读入、可用、退回、忽略、空行)",
        f"{len(outcome.counts)} tables: read {read}, taken {taken}, rejected {rejected}; each table below",
    )


_ENDINGS: Final = {
    "stored": Text("已入库", "stored"),
    "unchanged": Text("内容与现有数据相同,未改动", "nothing new: the same data are already there"),
    "dry_run": Text("仅检查,未入库", "checked only, nothing stored"),
    "rejected": Text(
        "有行被拒,未存入任何内容;改正后重新导入,或用 --keep-valid 只存其余行",
        "rows were rejected, nothing stored; mend them, or store the others with --keep-valid",
    ),
    "refused": Text("有文件被拒,未存入任何内容", "a file was refused, nothing stored"),
}


@app.command(
    help="查找待核实线索,替换上一次的结果 / Ask every question of the data; replaces the leads of the last run."
)
def detect(
    workspace: WorkspaceFolder,
    only: Annotated[
        list[str] | None, typer.Option("--only", metavar="SCHEME...", help="只查这些规则 / only these questions")
    ] = None,
    policy: Annotated[
        Path | None,
        typer.Option(
            "--policy", metavar="DIR", exists=True, file_okay=False, help="另加的本地规则 / further local rules"
        ),
    ] = None,
    engine: Annotated[EngineName, typer.Option("--engine", help="计算引擎 / where it is computed")] = "polars",
) -> None:
    """One line a question: status, leads, undecidable rows, seconds."""
    opened = Workspace(workspace)
    with working() as hear:
        data = opened.tables(engine)
        rules = opened.policy(*([policy] if policy else []))
        found = run(
            detectors,
            data,
            rules,
            only=only,
            refuted=refuted(opened.review),
            progress=lambda scheme, _place, _all: hear(scheme),
        )
        wished = " ".join(["detect", *(only or ()), *([f"--policy {policy.name}"] if policy else []), engine])
        opened.keep_run(found.leads, found.evidence, found.runs, who=_who(), why=wished)
    unrun = found.runs.filter(pl.col("status") == "not_run").height
    say(
        Text(
            f"运行 {found.runs.height - unrun} 类规则,未运行 {unrun} 类,线索 {found.leads.height} 条待核实;"
            "各类如下(状态、线索、无法判断、秒)",
            f"{found.runs.height - unrun} rules ran, {unrun} did not; {found.leads.height} leads to verify; each below",
        )
    )
    for said in found.runs.rows(named=True):
        reason = f", {said['reason']}" if said["reason"] else ""
        typer.echo(
            f"{said['scheme']}: {said['status']}, leads {said['leads']}, undecidable {said['undecidable']},"
            f" seconds {said['seconds']:.3f}{reason}"
        )


@app.command(help="统计指标,输出 CSV / Counts and rates of every region and month, as CSV.")
def measure(
    workspace: WorkspaceFolder,
    tier: Annotated[Tier | None, typer.Option("--tier", help="只要这一层级 / only this tier")] = None,
    metric: Annotated[
        list[str] | None, typer.Option("--metric", metavar="ID...", help="只要这些指标 / only these metrics")
    ] = None,
    out: Out = None,
) -> None:
    """Contract §6, small counts hidden."""
    opened = Workspace(workspace)
    with working():
        policy = opened.policy()
        data = followed.as_kept(opened, opened.tables(), policy)
        table = rollup.measure(metrics, data, policy, only=metric, tier=tier)
    for name, lacking in rollup.unavailable(metrics, data).items():
        if metric is None or name in metric:
            needs = ", ".join(lacking)
            say(Text(f"{name}:未统计,缺 {needs}", f"{name}: not measured, needs {needs}"))
    give(csv_list.table_text(table), out)


@app.command(
    help="情景测算:换一种标准或规则会怎样,不改动任何案件 / What would follow if rules were others; changes no case."
)
def whatif(
    workspace: WorkspaceFolder,
    scenario: Annotated[
        list[str],
        typer.Option(
            "--scenario",
            metavar="FILE...",
            help="方案文件 (TOML);其后几个文件依次叠加,再写一次 --scenario 即另一方案"
            " / scenario; files after it stack in order, a further --scenario is another one",
        ),
    ],
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="DIR", help="结果写入此文件夹 / write tables, leads and a manifest here"),
    ] = None,
    months: Annotated[int, typer.Option("--months", min=1, max=120, help="测算月数 / months ahead")] = 12,
    layer: Annotated[
        Layer, typer.Option("--layer", help="按规定应得,或按目前落实情况 / by the rules, or as delivered today")
    ] = "rule_book",
    sample: Annotated[
        bool,
        typer.Option(
            "--sample",
            help="数据是样本,不是全部:另写抽样区间 sampling.csv"
            " / the data are a sample, not a register: writes its intervals too",
        ),
    ] = False,
    seed: Annotated[int, typer.Option("--seed", min=0, help="抽样区间的随机种子 / seed of the sample's intervals")] = 1,
    budget: Annotated[
        int | None,
        typer.Option(
            "--budget",
            metavar="YUAN",
            min=1,
            help="每月预算(元):另写可达的最高标准与最优用法 / a month's budget: writes what standard it allows",
        ),
    ] = None,
) -> None:
    """Say what changes and what it comes to; the detectors run under both rules only where leads are written."""
    from dashboard import whatif as house  # noqa: PLC0415 - it loads what no other command needs
    from dashboard.exports.whatif import refuse, save  # noqa: PLC0415 - the same
    from dashboard.headline import apart, headline  # noqa: PLC0415 - the same
    from dashboard.studied import Wished  # noqa: PLC0415 - the same

    if out is not None:
        refuse(workspace, out)  # said before the long work
    with working() as hear:
        county = house.County.opened(workspace, sample=sample, hear=hear)
        scenarios = [read(*files(stack), policy=county.policy) for stack in scenario]
        result = house.reckoned(county, scenarios, months=months, layer=layer, hear=hear)
        told, written = headline(result), []
        if out is not None:
            written = save(result, out, Wished(detectors, budget, seed), hear)
            told += apart(result.leads(detectors))
    for words in told:
        typer.echo(f"{words.zh} / {words.en}")
    for path in written:
        typer.echo(path)


@app.command(help="以已知答案检验线索 / Recall, precision and twins raised by the last run, against a known truth.")
def evaluate(
    workspace: WorkspaceFolder,
    truth: Annotated[
        Path,
        typer.Option(
            "--truth", metavar="FILE", exists=True, readable=False, help="真值文件 / truth.parquet of a world"
        ),
    ],
    visits: Annotated[
        int | None, typer.Option("--visits", min=1, help="每月可入户数,即 k / visits a month, the k of precision@k")
    ] = None,
    variants: Annotated[bool, typer.Option("--variants", help="屏幕上列出各变体 / show the variants too")] = False,
    out: Out = None,
) -> None:
    """A line a scheme on the screen; every column and variant as CSV into a file."""
    with working():
        table = evaluated.evaluation(Workspace(workspace), truth, visits=visits)
    give(evaluated.as_table(table, variants=variants) if out is None else evaluated.as_csv(table), out)
    if out is None:
        say(evaluated.MORE)


@app.command(
    help="导出线索:清单 (csv, json, xlsx) 或移交单 (docx),默认遮盖 / Leads as a list or as sheets; persons are masked."
)
def export(
    workspace: WorkspaceFolder,
    form: Annotated[Format, typer.Option("--format", help="格式 / csv, json, xlsx or docx")],
    lead: Annotated[list[str] | None, typer.Option("--lead", metavar="ID...", help="这些线索 / these leads")] = None,
    everything: Annotated[bool, typer.Option("--all", help="全部线索 / every lead")] = False,
    out: Out = None,
    reveal: Annotated[
        bool, typer.Option("--reveal", help="写出原始号码,并记入日志 / write source numbers; goes into the journal")
    ] = False,
    language: Annotated[Language, typer.Option("--lang", help="xlsx、docx 的语言 / language of xlsx and docx")] = "zh",
) -> None:
    """A revealing export, and every xlsx and docx, is journalled before the first byte leaves."""
    if bool(lead) == everything:
        raise WrongUsageError(Text("请用 --lead 指明线索,或用 --all", "name leads with --lead, or ask for --all"))
    opened = Workspace(workspace)
    ids = None if everything else lead
    if form in {"xlsx", "docx"}:
        from dashboard.exports.steward import taken  # noqa: PLC0415 - it loads what no other command needs

        give_file(lambda: taken(opened, ids, form, who=_who(), language=language, reveal=reveal), out)
        return
    text = (
        csv_list.text_of(rows(opened, ids, reveal=reveal))
        if form == "csv"
        else json_list.text_of(opened, ids, reveal=reveal)
    )
    if reveal:
        which = "--all" if everything else " ".join(lead or ())
        digest = hashlib.sha256(text.encode()).hexdigest()
        with opened.journal.entry(_who(), "reveal", why=f"export {form} {which}", subject="export", new=digest):
            pass
    give(text, out)


@app.command(
    help="生成月报 (docx, xlsx;有 LibreOffice 时可用 pdf),小数不显示 / The monthly report, small counts hidden."
)
def report(
    workspace: WorkspaceFolder,
    region: Annotated[
        str,
        typer.Option("--region", metavar="R", help="地区代码或名称,全部范围写 all / code or name, or all"),
    ],
    month: Annotated[str, typer.Option("--month", metavar="M", help="月份,如 2024-03 / month, as 2024-03")],
    form: Annotated[ReportFormat, typer.Option("--format", help="格式 / docx, xlsx, or pdf with LibreOffice")],
    out: Out = None,
    language: Annotated[Language, typer.Option("--lang", help="语言 / language")] = "zh",
) -> None:
    """Journalled before the first byte leaves; the numbers are those of the pages."""
    from dashboard.exports.report.file import taken  # noqa: PLC0415 - it loads what no other command needs

    opened = Workspace(workspace)
    give_file(lambda: taken(opened, region, month, form, who=_who(), language=language), out)


@app.command(help="核验日志与数据是否被改动 / Has the journal or a snapshot been changed?")
def verify(
    workspace: WorkspaceFolder,
    head: Annotated[
        str | None,
        typer.Option("--head", metavar="HEAD", help="另处留存的链首 / a head printed earlier and kept elsewhere"),
    ] = None,
) -> None:
    """Name everything that does not agree; print the head to keep elsewhere."""
    kept = Head.read(head) if head else None
    tell_audit(Workspace(workspace), kept=kept)


@app.command(help="备份整个工作区为一个文件,并读回核验 / The whole workspace in one file, read back; others may go on.")
def backup(
    workspace: WorkspaceFolder,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="FILE", help="备份文件,缺省在当前文件夹 / default: in the current folder"),
    ] = None,
) -> None:
    """Say where it is, and the digest that proves later that it is this one."""
    opened = Workspace(workspace)
    with working():
        made = back_up(opened, out or file_of_now(workspace), who=_who())
    tell_backup(made)


@app.command(help="由备份恢复到新的文件夹,并核验 / Make a workspace of a backup, in a new folder, and audit it.")
def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="备份文件 / the backup")],
    workspace: WorkspaceFolder,
    database: Annotated[
        str | None,
        typer.Option("--database", metavar="URL", help="改存入 PostgreSQL / keep it in this PostgreSQL instead"),
    ] = None,
) -> None:
    """Absent or whole; what the audit finds is said as by verify."""
    with working():
        made = restored(file, workspace, who=_who(), database=database)
    say(Text(f"已恢复到 {workspace}", f"restored to {workspace}"))
    tell_audit(made)


user = typer.Typer(help="登记可以进入的人员 / Who may come in: register, list, retire.")
app.add_typer(user, name="user")
PersonName = Annotated[str, typer.Argument(metavar="NAME", help="姓名或工号 / name or staff number")]


@user.command("add", help="登记人员,或更改其登记 / Register someone, or change how they are registered.")
def add_user(
    workspace: WorkspaceFolder,
    name: PersonName,
    role: Annotated[Role, typer.Option("--role", help="以何种身份工作 / what they work as")],
    region: Annotated[
        str,
        typer.Option("--region", metavar="CODE", help="地区代码,全部范围写 all / region code, or all for everywhere"),
    ],
    id_no: Annotated[
        str | None,
        typer.Option(
            "--id-no",
            metavar="N",
            help="身份证号,仅供回避;- 为从标准输入读取,none 为删去 / citizen number, for recusal only;"
            " - reads it from standard input, none removes it",
        ),
    ] = None,
) -> None:
    """Say what is registered or what changed; the number is never printed."""
    for said in users.add(Workspace(workspace), _who(), name, role, region, _number(id_no)):
        say(said)


def _number(given: str | None) -> str | None:
    """The number as given, or asked for where no list of commands keeps it."""
    if given != "-":
        return given
    return getpass.getpass("") if sys.stdin.isatty() else sys.stdin.readline().strip()


@user.command("list", help="列出登记的人员 / Everybody registered, a line each.")
def list_users(workspace: WorkspaceFolder) -> None:
    """Active and retired ones, by name."""
    for told in users.listed(Workspace(workspace)):
        typer.echo(told)


@user.command("retire", help="停用人员,其下次点击即不能进入 / Let someone in no more, from their next click on.")
def retire_user(workspace: WorkspaceFolder, name: PersonName) -> None:
    """Nothing of what they did is lost; `user add` lets them in again."""
    for said in users.retire(Workspace(workspace), _who(), name):
        say(said)


@app.command(help="打开界面,仅限本机 / Serve the dashboard, on this machine only.")
def serve(
    workspace: WorkspaceFolder,
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="端口 / port")] = PORT,
) -> None:
    """Serve until Ctrl-C."""
    _serve(workspace, port)


def _serve(workspace: Path, port: int) -> None:
    Workspace(workspace)  # a missing or damaged one is said here, not in the browser
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise CaseworkError(
                Text(
                    f"端口 {port} 不可用;请换一个:mingcha serve {workspace} --port {port + 1}",
                    f"port {port} cannot be used; try mingcha serve {workspace} --port {port + 1}",
                )
            ) from error
    say(Text(f"请在浏览器打开 http://{HOST}:{port},按 Ctrl-C 停止", f"open http://{HOST}:{port}; Ctrl-C stops it"))
    from dashboard.app import serve as serve_pages  # noqa: PLC0415 - streamlit takes a second that no other command needs

    with suppress(KeyboardInterrupt):
        serve_pages(workspace, port)
    say(Text("已停止", "stopped"))


def _tell_faults(faults: list[dict[str, Any]], workspace: Path) -> None:
    """A few of each code, the worst first, what only follows from others last; all of them lie in faults.csv."""
    seen: Counter[str] = Counter()
    shown = 0
    for fault in sorted(faults, key=lambda fault: (_RANK.index(fault["kind"]), fault["code"] == "E_ORPHAN")):
        seen[fault["code"]] += 1
        if seen[fault["code"]] <= EACH_SHOWN and shown < FAULTS_SHOWN:
            shown += 1
            row = "" if fault["row"] is None else f":{fault['row']}"
            line(" ".join(filter(None, (f"{fault['file'] or ''}{row}", fault["code"], fault["message"]))))
    if (more := len(faults) - shown) > 0:
        path, counts = workspace / "faults.csv", ", ".join(f"{code} {number}" for code, number in seen.items())
        say(Text(f"另有 {more} 条,全部({counts})见 {path}", f"{more} more; all of them ({counts}) in {path}"))


def _who() -> str:
    """The steward of a local workspace, by the name the machine knows."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # a container without a table of users
        return "steward"


def main() -> None:
    """Run one command; whatever goes wrong is one line and an exit code."""
    sys.exit(ended(app, sys.argv[1:]))


if __name__ == "__main__":
    main()
