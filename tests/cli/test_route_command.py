"""`route --explain`: the same as `/why`, for who sits at the machine."""

from bot.app.office import make_office
from bot.config import load_settings
from bot.usecases.enrol import enrol_staff
from tests.cli.rig import Desk
from tests.storage.made import NOON
from tests.usecases.department import settings


def test_a_case_is_explained_and_one_that_is_none_is_told(desk: Desk) -> None:
    from bot.desk.message import Content, ContentKind, Incoming, MessageRef
    from bot.usecases.people import Sender
    from bot.usecases.receive import Hint, receive

    office = make_office(load_settings(desk.config, {}))
    said = Incoming(MessageRef(4001, 1), NOON, Content(ContentKind.TEXT, "货少了"))
    desk.work(lambda work: enrol_staff(work, office, NOON, people=settings().staff_list()))
    desk.work(lambda work: receive(work, office, NOON, sender=Sender(4001, "小陈"), message=said, hint=Hint("浙江")))
    told = desk.run("route", "--explain", "1")
    assert told.code == 0
    assert told.out.splitlines()[1] == "11月23日 12:00 派给王芳：无人在岗，由主管兜底"
    assert "  林晓（专员，未结 0/2）未在岗" in told.out.splitlines()
    missing = desk.run("route", "--explain", "9")
    assert (missing.code, missing.out) == (1, "")
    assert "#9" in missing.err
