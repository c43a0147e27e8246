"""`survey start FILE`, `show`, `stop N`, `export N --out FILE`: questionnaires for franchisees, and their results."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from bot.app.desk import Desk
    from bot.desk.report import Workbook
    from bot.usecases.office import Office
    from bot.usecases.ports import Work


def add_options(parser: argparse.ArgumentParser) -> None:
    """What to do."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="动作")
    start = actions.add_parser("start", help="发出一份问卷", description="发出一份问卷：分批，只在工作时间")
    start.add_argument("file", type=Path, metavar="FILE", help="问卷文件（.toml）")
    start.add_argument("--region", default="", metavar="大区", help="只发给一个大区（名称或代码），缺省发给全部")
    actions.add_parser("show", help="各轮问卷的进度", description="各轮问卷的进度")
    stop = actions.add_parser("stop", help="停止一轮问卷", description="停止一轮问卷")
    export = actions.add_parser("export", help="一轮问卷的结果（.xlsx）", description="一轮问卷的结果（.xlsx）")
    for action in (stop, export):
        action.add_argument("survey", type=int, metavar="N", help="问卷号")
    export.add_argument("--out", type=Path, required=True, metavar="FILE", help="写到哪个 .xlsx 文件")


def main(options: argparse.Namespace) -> int:
    """Do it; exit code 1 with the reason when it cannot be done, 2 when the results would go into no workbook."""
    from bot.cli.written import is_named

    if options.action == "export" and not is_named(options.out, ".xlsx"):
        return 2
    from bot.app.database import open_storage
    from bot.app.desk import Desk, SystemClock
    from bot.app.office import make_office
    from bot.cli.settings import read_settings
    from bot.desk.errors import DeskError

    settings = read_settings(options)
    storage = open_storage(settings)
    desk = Desk(storage, make_office(settings), SystemClock())
    try:
        return _ACTIONS[options.action](desk, options)
    except DeskError as refusal:
        return _fail(desk.office.say(refusal.notice, **refusal.values).text)
    finally:
        storage.close()


def _start(desk: "Desk", options: argparse.Namespace) -> int:
    from bot.language.questionnaires import read_file
    from bot.usecases.survey_start import start_survey

    questionnaire = read_file(options.file)
    region = next((r for r in desk.office.regions if options.region in (r.name, r.code)), None)
    if options.region and region is None:
        return _fail(f"没有大区“{options.region}”；可用的有：{'、'.join(r.name for r in desk.office.regions)}")
    started = desk.run_now(start_survey, questionnaire=questionnaire, region=region)
    where = region.name if region else desk.office.after("everybody")
    survey = started.survey
    print(f"{survey.id} 号问卷“{survey.title}”已安排：{where}，{started.people} 人；由运行中的程序分批发出。")
    return 0


def _show(desk: "Desk", options: argparse.Namespace) -> int:
    lines = desk.run_now(_progress)
    print(*(lines or ["还没有发过问卷。"]), sep="\n")
    return 0


def _stop(desk: "Desk", options: argparse.Namespace) -> int:
    is_stopped = desk.run_now(_stopped, survey_id=options.survey)
    if not is_stopped:
        return _fail(f"没有进行中的 {options.survey} 号问卷。")
    print(f"{options.survey} 号问卷已停止。")
    return 0


def _export(desk: "Desk", options: argparse.Namespace) -> int:
    from bot.cli.written import write_out
    from bot.reports.workbook import write_workbook

    book = desk.run_now(_book, survey_id=options.survey)
    if book is None:
        return _fail(f"没有 {options.survey} 号问卷。")
    told = f"已写入 {options.out}：{len(book.sheets[-1].rows)} 人。"
    return write_out(options.out, write_workbook(book), told)


_ACTIONS = {"start": _start, "show": _show, "stop": _stop, "export": _export}


def _progress(work: "Work", office: "Office", now: "datetime") -> list[str]:
    from bot.usecases.survey_command import progress

    return [
        office.say("notice/survey_progress", survey=str(survey.id), **progress(work, office, survey)).text
        for survey in work.surveys.newest()
    ]


def _stopped(work: "Work", office: "Office", now: "datetime", *, survey_id: int) -> bool:
    from bot.desk.survey import SurveyState
    from bot.usecases.survey_send import end_survey

    survey = work.surveys.get(survey_id)
    if survey is None or survey.state is not SurveyState.RUNNING:
        return False
    end_survey(work, office, now, survey=survey, state=SurveyState.STOPPED)
    return True


def _book(work: "Work", office: "Office", now: "datetime", *, survey_id: int) -> "Workbook | None":
    from bot.usecases.survey_result import result_book

    survey = work.surveys.get(survey_id)
    return result_book(work, office, survey) if survey is not None else None


def _fail(words: str) -> int:
    print(words, file=sys.stderr)
    return 1
