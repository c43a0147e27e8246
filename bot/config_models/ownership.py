"""Settings: who answers for a case (首问负责制), and the departments that may be asked for help (协办)."""

from datetime import timedelta
from typing import Annotated

from pydantic import Field

from bot.config_models.parts import LARGEST_ID, Duration, Part


class Ownership(Part):
    """Times of transfers, closings and assistance, in working time: conventions, the manual names no figures."""

    accept_within: Duration = timedelta(minutes=30)
    alert_at_transfer: int = Field(3, ge=1)
    confirm_closing_within: Duration = timedelta(hours=4)
    assist_choices: Annotated[tuple[Duration, ...], Field(strict=False, min_length=1, max_length=6)] = (
        timedelta(hours=2),
        timedelta(hours=4),
        timedelta(hours=9),
    )
    assist_alert_after: Duration = timedelta(hours=2)


class DepartmentSettings(Part):
    """A department with its chat, or with the person to ask where there is none."""

    code: str = Field(min_length=1, pattern=r"^[a-z][a-z0-9_]*$", max_length=20)
    name: str = Field(min_length=1, max_length=20)
    chat_id: int = Field(0, ge=-LARGEST_ID, le=0)
    contact: str = ""


def _department(code: str, name: str) -> DepartmentSettings:
    return DepartmentSettings(code=code, name=name)


EIGHT_DEPARTMENTS = (
    _department("logistics", "物流"),
    _department("finance", "财务"),
    _department("equipment", "设备"),
    _department("training", "培训"),
    _department("marketing", "市场"),
    _department("legal", "法务"),
    _department("franchising", "招商"),
    _department("product", "产品"),
)
"""The departments that a franchise company usually has; the manual only says 相关部门."""
