"""Write imported sales down: all of the table, as new versions where something else stood before."""

from collections.abc import Sequence
from datetime import datetime

from bot.desk.sales_rows import SaleRow, day_by_day
from bot.usecases.office import Office
from bot.usecases.ports import Changes, Work


def import_sales(
    work: Work, office: Office, now: datetime, *, rows: Sequence[SaleRow], told_by: str, file: str
) -> Changes:
    """Counts stores' days; the same table twice changes nothing."""
    return work.sales.put_all(day_by_day(rows), at=now, told_by=told_by, file=file)
