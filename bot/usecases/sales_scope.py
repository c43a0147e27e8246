"""Whose sales: all, a region's, a province's, a store's; and who may see which."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.desk.errors import DeskError, NotAllowed
from bot.desk.people import Role, Staff, Store, normalise_province
from bot.usecases.office import Office
from bot.usecases.ports import Work


class Level(StrEnum):
    """How much of the company."""

    ALL = "all"
    REGION = "region"
    PROVINCE = "province"
    STORE = "store"

    @property
    def all_below(self) -> "tuple[Level, ...]":
        """The levels that it can be taken apart into."""
        return tuple(Level)[tuple(Level).index(self) + 1 :]

    @property
    def below(self) -> "Level":
        """The next of them (a store is its own)."""
        return self.all_below[0] if self.all_below else self


@dataclass(frozen=True)
class Scope:
    """The stores of which something is asked; `word` finds the same scope again (empty: all that may be seen)."""

    level: Level
    name: str
    word: str
    stores: tuple[Store, ...]


def scope_of(work: Work, office: Office, who: Staff | None, word: str = "") -> Scope:
    """What a word names, for somebody (None: the command line, which sees all).

    DeskError when it names nothing, NotAllowed when it names what a specialist does not serve.
    """
    stores = list(work.stores.all())
    allowed = [s for s in stores if may_see(office, who, s)]
    if not word:
        sees_all = who is None or who.role is not Role.SPECIALIST
        name = office.sales("whole" if sees_all else "own_regions")
        return Scope(Level.ALL, name, "", tuple(allowed))
    found = _named(office, stores, word)
    if found is None:
        raise DeskError("notice/how_sales", word=word)
    if found.stores and not set(found.stores) & set(allowed):
        raise NotAllowed("notice/sales_own")
    return Scope(found.level, found.name, found.word, tuple(s for s in found.stores if s in set(allowed)))


def may_see(office: Office, who: Staff | None, store: Store) -> bool:
    """Those who lead see every store, specialists those of their regions and provinces."""
    if who is None or who.role is not Role.SPECIALIST:
        return True
    region = office.region_of(store.province)
    return store.province in who.provinces or (region is not None and region.code in who.regions)


def find_store(stores: Sequence[Store], word: str) -> Store | None:
    """By number, or by a name that only one has."""
    folded = word.strip().casefold()
    numbered = next((s for s in stores if s.number.casefold() == folded), None)
    named = [s for s in stores if s.name.casefold() == folded]
    return numbered or (named[0] if len(named) == 1 else None)


def _named(office: Office, stores: Sequence[Store], word: str) -> Scope | None:
    region = next((r for r in office.regions if word in (r.code, r.name, f"{r.name}区", f"{r.name}大区")), None)
    if region is not None:
        inside = tuple(s for s in stores if office.region_of(s.province) == region)
        return Scope(Level.REGION, region.name, region.code, inside)
    store = find_store(stores, word)
    if store is not None:
        return Scope(Level.STORE, f"{store.number} {store.name}", store.number, (store,))
    province = normalise_province(word)
    if province is None:
        return None
    return Scope(Level.PROVINCE, province, province, tuple(s for s in stores if s.province == province))
