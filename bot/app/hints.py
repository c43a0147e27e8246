"""The language layer for the handlers: jieba is loaded in a thread of its own and never stops the loop."""

import asyncio
import functools
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from bot.desk.people import Region
from bot.desk.script import ScriptBook
from bot.language.alarms import Alarms
from bot.language.named import NamedProvinces, may_answer
from bot.language.segmenter import JiebaSegmenter
from bot.language.suggest import Suggester
from bot.language.topic_words import TopicWords
from bot.language.triage import Triage
from bot.usecases.receive import Hint
from bot.usecases.relay import Offer

OFFERED = 3
FOUND = 6


class LanguageHints:
    """Reads texts in one thread: the dictionary is loaded there at start, while the desk opens already."""

    def __init__(self, scripts: ScriptBook, regions: Sequence[Region] = ()) -> None:
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="language")
        self._segmenter = JiebaSegmenter()
        self._suggester = _suggester(scripts)
        self._triage = Triage(self._segmenter, regions)
        self._alarms = Alarms()
        self._named = NamedProvinces(self._segmenter)
        self._topics = TopicWords(self._segmenter)

    def warm(self) -> None:
        """Begin to load the dictionary; nobody waits for it but the first text."""
        self._thread.submit(self._segmenter.warm)
        self._thread.submit(self._triage.warm)

    async def of(self, text: str) -> Hint:
        """Where the store is, the kind of matter, and the ready answers that fit."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._read, text)

    async def search(self, query: str) -> Sequence[Offer]:
        """Ready answers for `/a`."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._best, query, FOUND)

    def close(self) -> None:
        """End the thread."""
        self._thread.shutdown(wait=False, cancel_futures=True)

    def _read(self, text: str) -> Hint:
        if not text.strip():
            return Hint()
        said = self._triage.read(text)
        offers = self._best(text, OFFERED)
        return Hint(said.province, offers, region=said.region, kind=said.kind, reasons=said.reasons,
                    alarm=self._alarms.read(text), matter=said.matter, words=self._topics.of(text),
            named=self._named.of(text), may_answer=may_answer(text),)  # fmt: skip

    def _best(self, text: str, count: int) -> tuple[Offer, ...]:
        return tuple(Offer(s.script_id, s.title) for s in self._suggester.best(text, count))


@functools.lru_cache(maxsize=2)
def _suggester(scripts: ScriptBook) -> Suggester:
    """One for a book of scripts, whoever asks: to weigh every answer takes 0.3 s."""
    return Suggester(scripts.ready(), JiebaSegmenter())
