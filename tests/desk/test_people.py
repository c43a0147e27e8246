"""The manual's limits on the department, told in words that name who is too many."""

import pytest

from bot.desk.people import (
    PROVINCES,
    Region,
    Role,
    Staff,
    department_problems,
    department_warnings,
    normalise_phone,
    normalise_province,
    region_of,
)

EAST = Region("east", "华东", ("上海", "江苏"))
SOUTHWEST = Region("southwest", "西南", ("四川", "重庆"))
REGIONS = (EAST, SOUTHWEST)
S, V, M = Role.SPECIALIST, Role.SUPERVISOR, Role.MANAGER


def person(number: int, role: Role = S, *, regions: str = "", provinces: str = "") -> Staff:
    name = f"{'甲乙丙丁戊己庚辛'[number % 8]}{number}"
    return Staff(0, number, name, role, tuple(regions.split()), tuple(provinces.split()))


def problems(*staff: Staff, counting: bool = False) -> list[str]:
    return [str(p) for p in department_problems(staff, REGIONS, provincial_count=counting)]


def east(*numbers: int) -> list[Staff]:
    return [person(n, regions="east") for n in numbers]


def sichuan(*numbers: int) -> list[Staff]:
    return [person(n, provinces="四川") for n in numbers]


def test_a_department_as_large_as_the_manual_allows_has_no_problem() -> None:
    leaders = [person(1, M), person(2, V), person(3, V)]
    southwest = [person(n, regions="southwest") for n in (20, 21, 22)]
    assert problems(*leaders, *east(10, 11, 12), *southwest, *sichuan(30, 31, 32)) == []


BROKEN = {
    "经理只能有 1 人，现有 乙1、丙2：请先让前任卸任": [person(1, M), person(2, M)],
    "主管最多 2 人，现有 乙1、丙2、丁3": [person(1, V), person(2, V), person(3, V)],
    "华东已有 3 名专员（手册上限 3 人）：无法再加入 戊4、己5": east(1, 2, 3, 4, 5),
    "四川的省级专员最多 3 人，现有 乙1、丙2、丁3、戊4": sichuan(1, 2, 3, 4),
    "Telegram 编号 1 登记了不止一次": [person(1, V), person(1, V)],
    "乙1 的大区 moon 不在设置里；可用的有：east、southwest": [person(1, regions="moon")],
    "乙1 的省份“广东”不属于任何大区": [person(1, provinces="广东")],
    "乙1 是专员，请写明所属大区或省份": [person(1)],
}


@pytest.mark.parametrize(("told", "staff"), BROKEN.items())
def test_what_breaks_a_limit_is_told_with_names(told: str, staff: list[Staff]) -> None:
    assert problems(*staff) == [told]


@pytest.mark.parametrize(("counting", "told"), [(False, 0), (True, 1)])
def test_whether_provincial_specialists_count_towards_the_three_is_a_setting(counting: bool, told: int) -> None:
    team = [person(n, regions="southwest") for n in (1, 2, 3)]
    assert len(problems(*team, *sichuan(4), counting=counting)) == told


def test_a_provincial_specialist_counts_in_the_region_of_the_province_only() -> None:
    assert problems(*east(1, 2, 3), *sichuan(4), counting=True) == []


def test_leaders_need_no_region_and_count_in_none() -> None:
    assert problems(person(1, M, regions="east"), person(2, V, regions="east"), *east(3, 4, 5)) == []


def test_everything_that_is_wrong_is_told_at_once() -> None:
    assert len(problems(person(1, M), person(2, M), person(3), *east(4, 5, 6, 7))) == 3


def test_what_works_but_should_be_known_is_a_warning() -> None:
    assert department_warnings(east(1), REGIONS) == [
        "没有主管：无人在岗时由经理兜底",
        "专员共 1 人，手册编制为 7-21 人",
        "暂无专员的大区：西南，来信由主管兜底",
    ]


def test_a_full_department_has_no_warning_and_needs_two_who_lead() -> None:
    team = [*east(2, 3, 4), *(person(n, regions="southwest") for n in (5, 6, 7)), *sichuan(8)]
    assert department_warnings([person(1, V), person(9, M), *team], REGIONS) == []
    assert department_warnings([person(1, V), *team], REGIONS) == [
        "主管和经理合计只有 1 人：没有别人能复核质检申诉、放行其本人的答复、受理对其本人的投诉"
    ]


def test_a_region_is_found_by_its_province() -> None:
    assert region_of("重庆", REGIONS) is SOUTHWEST
    assert region_of("广东", REGIONS) is None


@pytest.mark.parametrize("name", PROVINCES)
def test_every_province_is_known_by_its_short_name(name: str) -> None:
    assert normalise_province(f" {name}\u3000") == name


@pytest.mark.parametrize("text", ["", "省", "四川成都", "Sichuan", "南北京"])
def test_what_is_no_province_is_none(text: str) -> None:
    assert normalise_province(text) is None


@pytest.mark.parametrize("text", ["", "12345", "12000030002", "+1 202 555 0100", "1900003000２２", "0", "138+00138000"])
def test_what_is_no_mainland_number_is_none(text: str) -> None:
    assert normalise_phone(text) is None
