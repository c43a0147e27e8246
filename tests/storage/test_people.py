"""People and shops on both engines: what is put twice changes nothing, and what nobody meant to change stays."""

from dataclasses import replace

import pytest
from sqlalchemy.exc import IntegrityError

from bot.desk.people import Contact, Franchisee, Role, Staff, Store
from bot.usecases.ports import Changes, Work
from storage.desk_thread import Storage
from tests.storage.made import HUGE, NOON, later

LIN = Staff(0, HUGE, "林晓", Role.SPECIALIST, regions=("southwest",), provinces=("四川",), capacity=9)
WANG = Staff(0, 5004, "王芳", Role.SUPERVISOR)
SHOP = Store("Cd001", "春熙路店", "四川", "成都", code="chunxi-code-01")
CHEN = Franchisee(0, HUGE, "<b>小陈</b>", None, "19000030001", None, None, is_reachable=True, created_at=NOON)


def test_what_is_put_twice_changes_nothing(storage: Storage) -> None:
    people, shops, contacts = [LIN, WANG], [SHOP], [Contact("19000030002", "刘建国", "CD001")]

    def put(work: Work) -> tuple[Changes, Changes, Changes]:
        return work.staff.put_all(people), work.stores.put_all(shops), work.contacts.put_all(contacts)

    assert storage.run_now(put) == (Changes(2, 0, 0), Changes(1, 0, 0), Changes(1, 0, 0))
    assert storage.run_now(put) == (Changes(0, 0, 2), Changes(0, 0, 1), Changes(0, 0, 1))
    people[0], shops[0] = replace(LIN, capacity=3), replace(SHOP, name="春熙路旗舰店")
    assert storage.run_now(put)[:2] == (Changes(0, 1, 1), Changes(0, 1, 0))


def test_an_import_leaves_duty_and_turn_alone(storage: Storage) -> None:
    def told(work: Work) -> None:
        work.staff.put_all([LIN])
        (kept,) = work.staff.all()
        on = replace(kept, is_on_duty=True, duty_changed_at=NOON, last_assigned_at=later(5))
        work.staff.save(on)
        work.staff.put_all([replace(LIN, name="林小晓")])
        assert work.staff.by_telegram(HUGE) == replace(on, name="林小晓") == work.staff.get(on.id)

    storage.run_now(told)


def test_a_shop_is_found_by_number_in_any_case_and_keeps_its_code(storage: Storage) -> None:
    def told(work: Work) -> None:
        work.stores.put_all([SHOP])
        work.stores.put_all([replace(SHOP, number="CD001", code="")])
        found = work.stores.get(" cd001 ")
        assert found is not None
        assert (found.number, found.code) == ("CD001", "chunxi-code-01")
        assert work.stores.by_code("chunxi-code-01") == found
        assert work.stores.by_code("") is None

    storage.run_now(told)


def test_two_shops_cannot_share_a_code(storage: Storage) -> None:
    with pytest.raises(IntegrityError):
        storage.run_now(lambda work: work.stores.put_all([SHOP, replace(SHOP, number="CD002")]))
    assert storage.run_now(lambda work: work.stores.all()) == [], "all or nothing"


def test_a_franchisee_comes_back_as_they_were_stored(storage: Storage) -> None:
    kept = storage.run_now(lambda work: work.franchisees.add(CHEN))
    assert kept == replace(CHEN, id=kept.id)
    moved = replace(kept, store_number="CD001", province="四川", is_reachable=False, username="chen")
    storage.run_now(lambda work: work.franchisees.save(moved))
    assert storage.run_now(lambda work: work.franchisees.by_telegram(HUGE)) == moved
    with pytest.raises(LookupError):
        storage.run_now(lambda work: work.franchisees.save(replace(CHEN, id=99)))


def test_a_turn_has_one_holder(storage: Storage) -> None:
    def told(work: Work) -> None:
        assert work.leases.take("speak", "a", NOON, until=later(12))
        assert work.leases.take("speak", "a", later(5), until=later(17))
        assert not work.leases.take("speak", "b", later(17), until=later(29))
        assert work.leases.take("tick", "b", NOON, until=later(12)), "another thing is another turn"
        assert work.leases.take("speak", "b", later(18), until=later(30))
        assert (work.leases.holds("speak", "a"), work.leases.holds("speak", "b")) == (False, True)
        assert not work.leases.take("speak", "a", later(19), until=later(31))
        assert work.leases.take("speak", "c", later(19), until=later(31), over="b")
        work.leases.free("speak", "b")
        assert work.leases.holder("speak") == "c"
        work.leases.free("speak", "c")
        assert work.leases.holder("speak") == ""

    storage.run_now(told)
