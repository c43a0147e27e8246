"""While a case waits for its province: answers that name one in passing count, and silence is no answer to the rest."""

from collections.abc import Iterator, Sequence
from typing import Any

import pytest

from bot.desk.message import Content, ContentKind, Incoming, MessageRef
from bot.desk.outgoing import SayText
from bot.desk.people import Store
from bot.language.named import NamedProvinces, may_answer
from bot.language.segmenter import JiebaSegmenter
from bot.usecases import bind, place, receive
from bot.usecases.relay import Offer
from tests.usecases.aftercare import Aftercare, sender
from tests.usecases.department import EAST, LIN, SUPERVISORS, WANG

CHEN = 3001
AGAIN = "只是没看出门店在哪个省"


class Asked(Aftercare):
    """Somebody whose store nobody knows has written, and was asked for the province."""

    def hears(self, text: str, number: int, **hint: Any) -> int:
        message = Incoming(MessageRef(CHEN, number), self.now, Content(ContentKind.TEXT, text))
        found: int = self.do(receive.receive, sender=sender(CHEN), message=message, hint=receive.Hint(**hint))
        return found

    def offered(self, chat_id: int) -> Sequence[str]:
        return [b.label for act, _ in self.rows(chat_id) for row in getattr(act, "buttons", ()) for b in row]


@pytest.fixture
def desk() -> Iterator[Asked]:
    opened = Asked()
    for who in (LIN, WANG):
        opened.signs(who, is_on=True)
    yield opened
    opened.close()


def test_one_province_that_is_named_at_all_answers_and_several_are_asked_about_once(desk: Asked) -> None:
    case_id = desk.hears("货没到", 1)
    desk.hears("江苏和浙江都有店", 2, named=frozenset({"江苏", "浙江"}), may_answer=True)
    assert desk.case(case_id).province is None
    desk.hears("老地方", 3, may_answer=True)
    assert sum(AGAIN in text for text in desk.said(CHEN)) == 1, "once, and not each time"
    desk.hears("半亩禾江苏麦垄街店", 4, named=frozenset({"江苏"}), may_answer=True)
    assert desk.case(case_id).province == "江苏"
    told = desk.said(CHEN)[-1]
    assert "登记省份：江苏" in told and "您的门店在" not in told, "whether there is a store nobody knows"


def test_what_tells_more_of_the_matter_is_not_taken_for_an_answer(desk: Asked) -> None:
    desk.hears("货没到", 1)
    desk.hears("四川花椒少了两箱", 2)
    assert not [text for text in desk.said(CHEN) if AGAIN in text]


NAMED = {
    "半亩禾上海麦垄街店": "上海",
    "杭州和苏州都有店": "江苏浙江",
    "重庆解放碑那家": "重庆",
    "我们是四川的": "四川",
    "广西沃柑少发了两箱": "",
    "四川花椒没到": "",
    "买了成都的豆瓣": "",
    "机器不制冷": "",
    "四川的货几时到": "",
}


def test_what_a_short_answer_names() -> None:
    named = NamedProvinces(JiebaSegmenter())
    assert {text: "".join(sorted(named.of(text))) for text in NAMED} == NAMED
    said = ("麦垄街店", "老地方", "在万达广场", "机器不制冷", "好的", "您好", "稍等", "在哪里啊？")
    assert [text for text in said if may_answer(text)] == ["麦垄街店", "老地方", "在万达广场"]


def test_ready_answers_go_along_when_the_case_moves_to_its_region(desk: Asked) -> None:
    ready = desk.office.scripts.ready()[0]
    case_id = desk.hears("货没到", 1, offers=(Offer(ready.id, ready.title),))
    label = desk.office.label("offer").format(title=ready.title)
    assert label in desk.offered(SUPERVISORS) and label not in desk.offered(EAST)
    desk.do(place.choose_province, sender=sender(CHEN), case_id=case_id, province="江苏")
    assert label in desk.offered(EAST)


def test_the_keyboard_for_the_telephone_goes_when_the_store_is_known(desk: Asked) -> None:
    desk.do(lambda work, office, now: work.stores.put_all([Store("NJ001", "麦垄街店", "江苏")]))
    desk.do(bind.start, sender=sender(CHEN), code="")
    assert desk.rows(CHEN)[-1][0].asks_contact
    desk.hears("NJ001", 1)
    bound = [a for a, text in desk.rows(CHEN) if isinstance(a, SayText) and "已为您绑定门店" in text]
    assert [act.drops_keyboard for act in bound] == [True]
