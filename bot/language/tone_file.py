"""The scales of tone in their file, `learned/tone.toml`, beside what the quick reader has learned."""

import json
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from bot.desk.manners.ports import Reader
from bot.desk.manners.tone import MODELS, Scale, Tone


def read_tone(text: str, quick: Reader) -> Tone:
    """The scales as `written` wrote them, each a table: its limit, what counts for how much, the rules by name.
    Raises ValueError or KeyError when one is missing.
    """
    said = tomllib.loads(text)
    return Tone(_scales(said["first"]), quick, said["doubt"], _scales(said.get("again", {})))


def _scales(said: Mapping[str, Mapping[str, Any]]) -> tuple[Scale, ...]:
    if said and tuple(said) != MODELS:
        raise ValueError("the scales are not one for each way of being unkind")
    return tuple(Scale(name, one["limit"], one["rule"], one["mix"], one["rules"]) for name, one in said.items())


def written(tone: Tone, remarks: Iterable[str]) -> Iterator[str]:
    """The lines that `read_tone` reads."""
    yield from (f"# {remark}" for remark in remarks)
    yield f"doubt = {tone.doubt:.4f}"
    yield from _written("first", tone.scales)
    yield from _written("again", tone.again)


def _written(when: str, scales: Sequence[Scale]) -> Iterator[str]:
    for scale in scales:
        yield from ("", f"[{when}.{scale.name}]", f"limit = {scale.limit:.4f}", f"rule = {scale.rule:.4f}")
        yield f"mix = [{', '.join(f'{weight:.4f}' for weight in scale.mix)}]"
        yield f"[{when}.{scale.name}.rules]"
        yield from (f"{json.dumps(rule, ensure_ascii=False)} = {w:.4f}" for rule, w in sorted(scale.rules.items()))
