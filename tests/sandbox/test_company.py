"""The made-up company: complete enough for the manual's rules, and nobody real."""

import re
from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from bot.config import Settings
from bot.desk.roster_file import read_roster
from bot.desk.roster_table import Table
from bot.sandbox import company
from bot.sandbox.clock import Clock
from bot.sandbox.company import Company
from bot.sandbox.world import World


@pytest.fixture(scope="module")
def made() -> Company:
    return company.load()


@pytest.fixture
def world(made: Company) -> World:
    world = World(Clock())
    world.add_bot("1:sandbox", username="sandbox_bot", first_name="首问")
    made.settle(world)
    return world


def test_there_are_seven_regions_and_no_province_belongs_to_two(made: Company) -> None:
    assert [r.name for r in made.regions] == ["华东", "华南", "西南", "华中", "东北", "西北", "华北"]
    provinces = Counter(p for r in made.regions for p in r.provinces)
    assert set(provinces.values()) == {1}
    assert len(provinces) == 33


def test_the_department_keeps_to_the_manual(made: Company) -> None:
    roles = Counter(s.role for s in made.staff)
    assert roles["manager"] == 1
    assert roles["supervisor"] == 2
    assert 7 <= roles["specialist"] <= 14
    per_region = Counter(s.region for s in made.staff if s.role == "specialist")
    assert set(per_region) == {r.code for r in made.regions}
    assert max(per_region.values()) <= 3


def test_a_provincial_specialist_serves_a_province_of_their_region(made: Company) -> None:
    provinces = {r.code: r.provinces for r in made.regions}
    provincial = [s for s in made.staff if s.province]
    assert provincial
    assert all(s.province in provinces[s.region] for s in provincial)


def test_every_region_has_stores_and_all_numbers_and_codes_differ(made: Company) -> None:
    region = {p: r.code for r in made.regions for p in r.provinces}
    assert len(made.stores) == 40
    assert {region[s.province] for s in made.stores} == set(region.values())
    assert len({s.number for s in made.stores}) == len({s.code for s in made.stores}) == 40
    assert all(re.fullmatch(r"[A-Z]{2}\d{3}", s.number) for s in made.stores)
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{12}", s.code) for s in made.stores), "must fit a deep link"


def test_people_on_file_belong_to_a_store_and_strangers_to_none(made: Company) -> None:
    numbers = {s.number for s in made.stores}
    on_file = [f for f in made.franchisees if f.phone_on_file]
    strangers = [f for f in made.franchisees if not f.phone_on_file]
    assert len(made.franchisees) == 60
    assert {f.store_number for f in on_file} == numbers
    assert {(f.store_number, f.name_on_file) for f in strangers} == {("", "")}
    assert len(strangers) == 10


def test_some_people_changed_their_number_since(made: Company) -> None:
    changed = [f for f in made.franchisees if f.phone_on_file and not f.is_on_file]
    assert 0 < len(changed) < 10


def test_several_people_may_belong_to_one_store(made: Company) -> None:
    assert max(Counter(f.store_number for f in made.franchisees if f.store_number).values()) > 1


def test_every_telephone_number_is_well_formed_and_obviously_fictitious(made: Company) -> None:
    phones = [s.phone for s in made.stores] + [s.phone for s in made.staff] + [f.phone for f in made.franchisees]
    assert all(re.fullmatch(r"190000\d{5}", phone) for phone in phones)
    assert len(set(phones)) == len(phones)


def test_telegram_ids_are_nobody_elses(made: Company) -> None:
    ids = [p.telegram_id for p in (*made.staff, *made.guests, *made.franchisees)]
    assert len(set(ids)) == len(ids)


def test_some_names_are_hard_to_show(made: Company) -> None:
    names = " ".join(f.first_name for f in made.franchisees)
    for hard in ("<b>", "*", "_", "\N{ZERO WIDTH SPACE}", "🍀"):
        assert hard in names
    assert max(len(f.first_name) for f in made.franchisees) > 30


def test_the_configuration_names_regions_staff_and_the_supervisors_chat(made: Company) -> None:
    config = made.as_config()
    assert set(config) == {"regions", "staff", "supervisors", "departments"}
    assert set(config["regions"][0]) == {"code", "name", "provinces", "group_id"}
    assert set(config["staff"][0]) == {"telegram_id", "name", "role", "regions", "provinces", "capacity"}
    assert config["supervisors"] == {"chat_id": made.supervisors_chat}


def test_import_rows_carry_the_headers_of_an_operators_file(made: Company) -> None:
    assert list(made.store_rows[0]) == ["门店编号", "门店名称", "省份", "城市", "地址", "电话", "邀请码"]
    assert list(made.contact_rows[0]) == ["姓名", "手机", "门店编号"]
    assert len(made.contact_rows) == 50
    assert len({row["手机"] for row in made.contact_rows}) == 50


def test_settling_puts_everybody_and_every_group_into_the_world(made: Company, world: World) -> None:
    assert len(world.users()) == len(made.staff) + len(made.guests) + len(made.franchisees)
    groups = {c["id"]: c for c in world.chats() if c["type"] == "supergroup"}
    agents, departments = {r.group_id for r in made.regions}, {d.chat_id for d in made.with_chat}
    assert set(groups) == agents | departments | {made.supervisors_chat}
    assert [r.name for r in made.regions if not groups[r.group_id].get("is_forum")] == ["西北"]


def test_the_bot_is_an_administrator_and_leaders_are_in_every_group_of_the_desk(made: Company, world: World) -> None:
    manager = next(s for s in made.staff if s.role == "manager")
    departments = {d.chat_id for d in made.with_chat}
    for group in (c for c in world.chats() if c["type"] == "supergroup"):
        assert group["_members"][1] == "administrator"
        assert group["_members"].get(manager.telegram_id) == (None if group["id"] in departments else "creator")


def test_specialists_and_guests_are_only_in_their_regions_group(made: Company, world: World) -> None:
    groups = {c["id"]: c["_members"] for c in world.chats() if c["type"] == "supergroup"}
    for region in made.regions:
        there = {s.telegram_id for s in made.staff if s.role == "specialist"} & set(groups[region.group_id])
        assert there == {s.telegram_id for s in made.staff if s.region == region.code}
    assert {g.telegram_id for g in made.guests} & set(groups[made.supervisors_chat]) == set()


def test_sharing_a_contact_gives_the_number_that_is_on_file(made: Company, world: World) -> None:
    person = next(f for f in made.franchisees if f.is_on_file)
    user = next(u for u in world.users() if u["id"] == person.telegram_id)
    assert user["_phone"] == f"+86{person.phone_on_file}"


def test_everybody_on_the_roster_is_of_the_department_and_every_region_has_somebody_most_days(made: Company) -> None:
    settings = Settings.model_validate(made.as_config())
    staff = [replace(person, id=n) for n, person in enumerate(settings.staff_list(), start=1)]
    table = Table("", tuple(enumerate(made.roster, start=1)))
    read = read_roster([table], staff=staff, regions=settings.region_list(), shifts={}, today=date(2026, 11, 23))
    assert read.problems == ()
    assert {w.region for w in read.weekly} == {"", *(r.code for r in made.regions)}
    served = {(w.region, w.weekday) for w in read.weekly if w.region}
    assert len(served) == 7 * len(made.regions) - 1, "and one hole to see"
