"""Settings: regions, staff, the supervisors' chat."""

from typing import Literal

from pydantic import Field, field_validator

from bot.config_models.parts import LARGEST_ID, Part, Texts
from bot.desk.people import MOST_CAPACITY, PROVINCES


class RegionSettings(Part):
    """A region with its provinces and its agent group."""

    code: str = Field(min_length=1, pattern=r"^[a-z][a-z0-9_]*$")
    name: str = Field(min_length=1)
    provinces: Texts
    group_id: int = Field(0, ge=-LARGEST_ID, le=0)
    stand_in: Texts = ()

    @field_validator("provinces")
    @classmethod
    def _short_names(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for name in value:
            if name not in PROVINCES:
                raise ValueError(f"“{name}”不是省份简称，例如 四川、内蒙古、北京")
        return value


def _region(code: str, name: str, provinces: str) -> RegionSettings:
    return RegionSettings(code=code, name=name, provinces=tuple(provinces.split()))


SEVEN_REGIONS = (
    _region("east", "华东", "江苏 浙江 安徽 福建 江西 山东 上海"),
    _region("south", "华南", "广东 广西 海南 香港 澳门"),
    _region("southwest", "西南", "重庆 四川 贵州 云南 西藏"),
    _region("central", "华中", "河南 湖北 湖南"),
    _region("northeast", "东北", "辽宁 吉林 黑龙江"),
    _region("northwest", "西北", "陕西 甘肃 青海 宁夏 新疆"),
    _region("north", "华北", "北京 天津 河北 山西 内蒙古"),
)
"""The manual names the seven regions; which province belongs where is the trade's convention."""


class StaffSettings(Part):
    """A member of staff; more conveniently imported from a table."""

    telegram_id: int = Field(gt=0, le=LARGEST_ID)
    name: str = Field(min_length=1)
    role: Literal["specialist", "supervisor", "manager"] = "specialist"
    regions: Texts = ()
    provinces: Texts = ()
    capacity: int = Field(12, ge=1, le=MOST_CAPACITY)


class Supervisors(Part):
    """The supervisors' chat."""

    chat_id: int = Field(0, ge=-LARGEST_ID, le=LARGEST_ID)
