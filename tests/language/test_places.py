"""A text decides the province only when it names exactly one as the place of the store."""

from pathlib import Path

import pytest

from bot.desk.people import PROVINCES, Region
from bot.language.gazetteer import load_gazetteer
from bot.language.places import Places, province_named
from bot.language.segmenter import JiebaSegmenter
from bot.language.surroundings import Limits, Surroundings

NAMED = [
    ("打算把店从宜兴搬到句容,要交什么费", "江苏"),
    ("店已经从临清搬到禹城了,地址更新下", "山东"),
    ("高邮那边的店,冰箱不冷了", "江苏"),
    ("宁乡县医院对面,发票没收到", "湖南"),
    ("林芝路远,货老是碎", "西藏"),
    ("磐石店里的冰柜坏了", "吉林"),
    ("我是四川的加盟商", "四川"),
    ("四川省成都市锦江区春熙路店", "四川"),
    ("内蒙古呼和浩特的店,机器坏了", "内蒙古"),
    ("我们内蒙这边下雪了,货到不了", "内蒙古"),
    ("北京朝阳大悦城店", "北京"),
    ("北京市海淀区的门店", "北京"),
    ("上海河南中路店的货没到", "上海"),
    ("上海市北京西路那家", "上海"),
    ("天津市河北区中山路店", "天津"),
    ("重庆市南岸区,收银机死机", "重庆"),
    ("广西壮族自治区南宁市", "广西"),
    ("新疆维吾尔自治区喀什", "新疆"),
    ("宁夏银川金凤区", "宁夏"),
    ("黑龙江牡丹江西安区的店", "黑龙江"),
    ("青海海南州共和县", "青海"),
    ("吉林吉林市的店", "吉林"),
    ("廣東深圳店,請問發票怎麼開", "广东"),
    ("老家四川,店在陕西西安", "陕西"),
    ("我是重庆人,在广东佛山开店", "广东"),
    ("店在湖南长沙,货从湖北仓发过来", "湖南"),
    ("我们浙江店想派人去上海培训", "浙江"),
    ("总部在北京,我的门店在河北保定", "河北"),
    ("以前在江苏,现在在安徽合肥开店", "安徽"),
    ("不在山东,在河南郑州", "河南"),
    ("湖北武汉的店想加卖重庆小面", "湖北"),
    ("江西南昌,离南昌西站不远", "江西"),
    ("海南省海口市龙华区", "海南"),
    ("河北人民商场店", "河北"),
    ("贵州区域的活动什么时候开始", "贵州"),
    ("山西山西,太原的店", "山西"),
    ("香港特别行政区油麻地店", "香港"),
    ("福建福州仓山万达店", "福建"),
    ("云南昆明,我想问下区域保护", "云南"),
    ("四川成都店想报名培训", "四川"),
    ("青岛江西路店", "山东"),
    ("南京湖南路门店停电", "江苏"),
    ("牡丹江西安区的店", "黑龙江"),
    ("乌海市海南区", "内蒙古"),
    ("珠海南屏店收银机死机", "广东"),
    ("信阳光山,货没到", "河南"),
    ("文昌东郊,货没到", "海南"),
    ("石河子这边断网了", "新疆"),
    ("成都,北京的朋友说有新活动", "四川"),
    ("我哋中山呢边落大雨", "广东"),
    ("扬州那家想换打印机", "江苏"),
    ("四会店的吸管到了", "广东"),  # a county-level city whose name is an everyday word, before 店
    ("石屏店想换门头", "云南"),
    ("江城汉阳店断网了", "湖北"),  # a nickname of several cities leads to a name that decides
    ("奉贤西桥店没有网", "上海"),
    ("常徳的店", "湖南"),  # a form that Japanese keyboards give
    ("去上海培训完了,回到绵阳店还是不会", "四川"),
    ("揭西河婆,货没到", "广东"),
    ("湖北松滋县城的店", "湖北"),
]
NOT_NAMED = [
    "如果去大连开店,保证金一样吗",
    "柳州酸汤那款还有货吗",
    "退货地址是成都吧",
    "我表哥的店在绵阳,我想问他那种活动能不能做",
    "考场在长沙吗",
    "箱上写着“昆明盘龙店”,怎么送我这来了",
    "培训在厦门还是福州",
    "桂平的快递站电话有吗",
    "四会儿再说",
    "永安店断网了",
    "浙江和江西哪个名额多,我都可以去",
    "北京人在纽约这部电视剧你们看过吗",
    "祝各位吉安如意",
    "保定额怎么算,啊打错了,是保底额",
    "货卡在南昌两天了,中通的单子",
    "运单停在合肥没人管",
    "付款给杭州某某食品有限公司就行吧",
    "北京大牌档那种装修能用吗",
    "学学重庆的做法行不行",
    "我表嫂在宁波开的店挺好,我也想开",
    "当初在深圳办的手续,要补一份",
    "培训住的酒店在青岛,早上几点集合",
    "我在招商银行成都分行转的账",
    "上海车展期间还送货吗",
    "您好,请问在吗",
    "河南中路店的货没到",
    "中山东路的店要续约",
    "总部推广东西能不能发我一份",
    "今天津贴发了吗",
    "双重庆祝活动的物料没到",
    "幸福建材城旁边有个铺面",
    "想加卖河南烩面可以吗",
    "重庆小面的浇头缺货",
    "新疆大盘鸡和北京烤鸭都能上吗",
    "顾客说云南米线味道不对",
    "店员叫王江西,要办健康证",
    "联系人张四川,电话见系统",
    "我是四川人",
    "老家在河南,过年要回去",
    "货从山东发过来要几天",
    "河南仓什么时候补货",
    "下周去上海总部培训",
    "我要到北京出差,店关两天",
    "北京时间八点开门",
    "比河南便宜",
    "总部在北京吗",
    "我在四川和重庆都有店",
    "江浙沪的活动我们参加吗",
    "华东区哪位负责",
    "朝阳万达店的冷柜坏了",
    "海南鸡饭的配方",
    "想上台湾卤肉饭",
]


REGIONS = (
    Region("east", "华东", ("上海", "江苏", "浙江", "安徽")),
    Region("southwest", "西南", ("四川", "重庆", "贵州", "云南", "西藏")),
    Region("northeast", "东北", ("辽宁", "吉林", "黑龙江")),
)


@pytest.fixture(scope="module")
def places(segmenter: JiebaSegmenter) -> Places:
    return Places(segmenter, REGIONS)


@pytest.fixture(scope="module")
def rules(segmenter: JiebaSegmenter) -> Places:
    """The rules alone, whatever was learned of a name's surroundings."""
    return Places(segmenter, REGIONS, Surroundings({}, Limits()))


@pytest.mark.parametrize(("text", "province"), NAMED)
def test_one_province_named_as_the_place_of_the_store_decides(rules: Places, text: str, province: str) -> None:
    assert rules.guess(text).province == province


PARTS = (
    ("江阴澄江路那家", "江苏"),
    ("广州天河北路店", "广东"),
    ("上海长宁路店", "上海"),
    ("延安中路那家", None),
    ("我姓江,江西的江,问下加盟费", None),
    ("广西沃柑到货了没", None),
    ("四川的李督导说要整改", None),
    ("北京这个通州,通州梨园地铁边上", "北京"),
    ("从杭州搬到合肥了", "安徽"),
    ("店原先在义乌,年初挪到上饶来了,货还往义乌发", "江西"),
    ("我原来的店在佛山,已经关了", None),
    ("郑洲店缺货", "河南"),
    ("株州店缺货", "湖南"),
    ("手机定位老跳到石家庄", None),
    ("锡盟的店,货没到", "内蒙古"),
)
"""A street beside its city, a province in passing, a move, a place of the past, a slip of the keyboard."""


@pytest.mark.parametrize(("text", "province"), PARTS)
def test_what_stands_beside_a_name_says_whether_it_is_the_stores_place(
    rules: Places, text: str, province: str | None
) -> None:
    assert rules.guess(text).province == province, rules.guess(text).reasons


@pytest.mark.parametrize("text", NOT_NAMED)
def test_roads_dishes_districts_people_and_doubt_decide_nothing(places: Places, text: str) -> None:
    assert places.guess(text).province is None


@pytest.mark.parametrize("name", PROVINCES)
def test_every_province_of_the_desk_is_known_by_its_short_name(places: Places, name: str) -> None:
    assert places.guess(f"店在{name}").province == name


def test_no_name_stands_for_a_province_that_the_desk_does_not_know() -> None:
    names = load_gazetteer().names.values()
    assert {province for name in names for province in name.provinces} == set(PROVINCES)


def test_the_reasons_tell_what_was_seen(places: Places) -> None:
    assert places.guess("店在四川").reasons == ("门店在四川：四川",)
    assert places.guess("河南中路的店").reasons == ("河南（路名、桥名、楼名）不作店址",)
    assert places.guess("四川和重庆").reasons == ("提到几个省：四川、重庆",)
    assert places.guess("朝阳店").reasons == ("朝阳在几个省都有，不能单独作数",)
    assert places.guess("您好").reasons == ("没有提到地名",)


def test_a_single_question_needs_no_object() -> None:
    assert province_named("我在湖南") == "湖南"


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("江浙沪的活动我们参加吗", "east"),
        ("我是西南大区的老店", "southwest"),
        ("我在四川和重庆都有店", "southwest"),
        ("我们四川店", "southwest"),
        ("四川和上海都有店", None),
        ("东北大米涨价", None),
        ("城东北角的店", None),
        ("两广的政策", None),
    ],
)
def test_a_region_may_be_plain_where_the_province_is_not(places: Places, text: str, region: str | None) -> None:
    assert places.guess(text).region == region


DATA = Path(__file__).parents[1] / "data"
LISTED = (DATA / "places_dev.tsv").read_text(encoding="utf-8").splitlines()
BY_MECHANISM = (DATA / "places_dev2.tsv").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("row", LISTED)
def test_what_was_thought_of_while_building_stays_so(rules: Places, row: str) -> None:
    province, text = row.split("\t")
    assert rules.guess(text).province == (None if province == "-" else province), rules.guess(text).reasons


def test_what_was_written_by_mechanism_stays_so(rules: Places) -> None:
    rows = [row.split("\t") for row in BY_MECHANISM]
    misread = [text for province, text in rows if (rules.guess(text).province or "-") != province]
    assert misread == []


def test_the_whole_reads_nearly_all_of_it_so(places: Places) -> None:
    rows = [(text, province) for text, province in (*NAMED, *PARTS, *TOGETHER)]
    rows += [(text, None if province == "-" else province) for province, text in
             (row.split("\t") for row in (*LISTED, *BY_MECHANISM))]  # fmt: skip
    misread = [text for text, province in rows if places.guess(text).province != province]
    assert len(misread) < len(rows) / 100, misread


@pytest.mark.parametrize(("name", "most"), [("places_dev3.tsv", 12), ("places_traps.tsv", 40)])
def test_what_authors_wrote_to_mislead_is_read_as_well_as_it_was(places: Places, name: str, most: int) -> None:
    rows = [row.split("\t") for row in (DATA / name).read_text(encoding="utf-8").splitlines()]
    misread = [text for province, text in rows if (places.guess(text).province or "-") != province]
    assert len(misread) <= most, misread


def test_a_county_in_full_that_exists_once_decides(places: Places) -> None:
    named = [
        name
        for name in load_gazetteer().names.values()
        if name.written.endswith(("县", "自治州", "旗")) and len(name.written) > 2 and len(name.provinces) == 1
    ]
    missed = [name.written for name in named if places.guess(f"我店在{name.written}").province not in name.provinces]
    assert len(named) > 1300
    assert missed == []


TOGETHER = (
    ("临河店 鸡翅多发了一箱", "内蒙古"),  # a blank is a comma
    ("长垣的 炸鸡培训一次几天", "河南"),
    ("货又少了两箱,我都催三回了,枝江", "湖北"),  # signed at the end
    ("谢谢小刘把漏发的锅底补到都昌来了", "江西"),  # towards who speaks
    ("开平的,账单发我", "广东"),  # a city outweighs a district
    ("和平县的,账单发我", "广东"),
    ("和平区的,账单发我", None),
    ("在于都开店半年了", "江西"),  # 在于 is a word
    ("问题在于都没人管", None),
    ("东山县铜陵镇,台风停业", "福建"),  # a town called as a city elsewhere
    ("鹤山沙坪,呢个月嘅单几时出", "广东"),
    ("阿拉金山石化这爿店收银机坏脱了", "上海"),
    ("儲值卡客人要退現金,錢從哪個戶扣,沙田門市", "香港"),
    ("沙田店的卡要退", "香港"),
    ("写的青海店补贴,我不是青海的", None),  # denied once, denied everywhere
    ("我厦门南昌两家店都少货", None),
    ("太原店跟西安店的返利算一起没", None),
    ("厂家说配件在宁波,要等", None),  # a city in the midst of other matters
    ("厂家说配件在宁波,我象山的店等着用", "浙江"),
    ("看到新闻说成都店排队", None),
    ("安康市区想开两家", "陕西"),
    ("北京冬奥那个杯子还有没", None),
    ("chengdu这边的店,机器坏了", "四川"),
    ("扫码枪是“常州造”", None),
    ("四川和重庆", None),
)
"""Both sides of one mechanism each."""


@pytest.mark.parametrize(("text", "province"), TOGETHER)
def test_each_mechanism_has_two_sides(rules: Places, text: str, province: str | None) -> None:
    assert rules.guess(text).province == province, rules.guess(text).reasons
