"""What was learned is read from files; one that is damaged, or of something else, is refused and not guessed at."""

from collections.abc import Callable
from pathlib import Path

import numpy
import pytest

from bot.language import close_reader, quick_reader
from bot.language.engine_files import QUICK, READER
from bot.language.learned import LearnedError

Load = Callable[[Path], object]
BOTH = pytest.mark.parametrize(("file", "load"), [(QUICK, quick_reader.load), (READER, close_reader.load)])


def changed(file: Path, folder: Path, **tables: numpy.ndarray) -> Path:
    """A copy of a file in which some of its tables are others."""
    with numpy.load(file) as whole:
        assert tables.keys() <= set(whole)
        numpy.savez(folder / file.name, **{**dict(whole.items()), **tables})
    return folder / file.name


@BOTH
def test_a_copy_in_which_nothing_was_changed_is_read(file: Path, load: Load, tmp_path: Path) -> None:
    load(changed(file, tmp_path))


@pytest.mark.parametrize(
    ("file", "load", "table"), [(QUICK, quick_reader.load, "bases"), (READER, close_reader.load, "layers")]
)
def test_a_file_that_carries_objects_is_refused(file: Path, load: Load, table: str, tmp_path: Path) -> None:
    with pytest.raises(LearnedError, match="allow_pickle"):
        load(changed(file, tmp_path, **{table: numpy.array([object()])}))


@pytest.mark.parametrize(
    ("file", "load", "table"), [(QUICK, quick_reader.load, "weights"), (READER, close_reader.load, "head")]
)
def test_a_file_that_says_something_else_than_the_tone_asks_for_is_refused(
    file: Path, load: Load, table: str, tmp_path: Path
) -> None:
    with pytest.raises(LearnedError, match="than the tone asks for"):
        load(changed(file, tmp_path, **{table: numpy.zeros((4, 3), dtype=numpy.int8)}))


@BOTH
@pytest.mark.parametrize("kept", [0, 10, 4000])
def test_a_file_that_was_cut_short_is_refused(file: Path, load: Load, kept: int, tmp_path: Path) -> None:
    (tmp_path / file.name).write_bytes(file.read_bytes()[:kept])
    with pytest.raises(LearnedError):
        load(tmp_path / file.name)
