"""A wrong file, key, type or value stops the start with one line that names where it stands and what to do."""

from pathlib import Path

import pytest

from bot.config import Settings, SettingsError, load_settings

TOKEN = "123456789:AAfake-token-that-nobody-may-ever-read"


def refusal(path: Path | None, environ: dict[str, str] | None = None) -> str:
    with pytest.raises(SettingsError) as told:
        load_settings(path, environ or {})
    line = str(told.value)
    assert "\n" not in line
    return line


def written(folder: Path, text: str | bytes) -> Path:
    file = folder / "config.toml"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return file


WRONG = {
    # what the file says: (the key that is named, words that tell what to do)
    "[telegram]\ntokne = 'x'": ("telegram.tokne", "是不是 token"),
    "[telegramm]\ntoken = 'x'": ("telegramm", "是不是 telegram"),
    "[desk]\nzzz = 1": ("desk.zzz", "可用的有：name、timezone"),
    "[[regions]]\ncode='a'\nname='甲'\nprovinces=[]\ngroup=1": ("regions.第1项.group", "是不是 group_id"),
    "[[regions]]\ncode='a'\nname='甲'": ("regions.第1项.provinces", "必须填写"),
    "[[regions]]\ncode='A b'\nname='甲'\nprovinces=[]": ("regions.第1项.code", "小写字母"),
    "[[regions]]\ncode='a'\nname=''\nprovinces=[]": ("regions.第1项.name", "不能为空"),
    "[[regions]]\ncode='a'\nname='甲'\nprovinces=['四川省']": ("regions.第1项.provinces", "“四川省”不是省份简称"),
    "[[regions]]\ncode='a'\nname='甲'\nprovinces=['四川']\n[[regions]]\ncode='b'\nname='乙'\nprovinces=['四川']": (
        "regions", "“四川”出现在两个大区里"),
    "[[regions]]\ncode='a'\nname='甲'\nprovinces=[]\n[[regions]]\ncode='a'\nname='乙'\nprovinces=[]": (
        "regions", "“a”出现在两个大区里"),
    "[[regions]]\ncode='a'\nname='甲'\nprovinces=[]\nstand_in=['b']": ("regions", "“b”不是另一个大区的代码"),
    "[[regions]]\ncode='a'\nname='甲'\nprovinces=[]\nstand_in=['a']": ("regions", "“a”不是另一个大区的代码"),
    "regions = []": ("regions", "至少要有 1 项"),
    "regions = 3": ("regions", "须是列表"),
    "[[regions]]\ncode='a'\nname='甲'\nprovinces=[]\ngroup_id='-100'": ("regions.第1项.group_id", "须是整数"),
    "[[regions]]\ncode='a'\nname='甲'\nprovinces=[]\ngroup_id=100": ("regions.第1项.group_id", "不能大于 0"),
    "telegram = 5": ("telegram", "须是一节设置"),
    "[telegram]\ntoken = 5": ("telegram.token", "须是文字"),
    "[telegram]\ntoken = 'abc'": ("telegram.token", "BotFather"),
    "[telegram]\napi_base = 'api.telegram.org'": ("telegram.api_base", "http"),
    "[telegram]\napi_base = 'http://[::1'": ("telegram.api_base", "http"),
    "[telegram]\nproxy = 'socks4://h:1'": ("telegram.proxy", "socks5"),
    "[telegram]\nproxy = 'socks5://h:port'": ("telegram.proxy", "socks5"),
    "[telegram]\nproxy = 'http://u:p@[h'": ("telegram.proxy", "socks5"),
    "[telegram]\nmode = 'pull'": ("telegram.mode", "只能是 'polling' 或 'webhook'"),
    "[telegram]\nmode = 'webhook'": ("telegram", "telegram.webhook.url 与 telegram.webhook.secret 都要填"),
    "[telegram.webhook]\nurl = 'ftp://x.example'": ("telegram.webhook.url", "https://"),
    "[telegram.webhook]\nport = 0": ("telegram.webhook.port", "不能小于 1"),
    "[telegram.webhook]\nport = 65536": ("telegram.webhook.port", "不能大于 65535"),
    "[telegram.webhook]\nport = '8443'": ("telegram.webhook.port", "须是整数"),
    "[telegram.webhook]\nport = true": ("telegram.webhook.port", "须是整数"),
    "[telegram.webhook]\nport = 84.5": ("telegram.webhook.port", "须是整数"),
    "[telegram.webhook]\npath = 'telegram'": ("telegram.webhook.path", "须以 / 开头"),
    "[telegram.webhook]\nsecret = 'with space'": ("telegram.webhook.secret", "字母、数字、_ 和 -"),
    "[telegram.limits]\nin_flight = 65": ("telegram.limits.in_flight", "不能大于 64"),
    "[telegram.limits]\nprivate_per_second = 0": ("telegram.limits.private_per_second", "须大于 0"),
    "[telegram.limits]\nprivate_per_second = 'x'": ("telegram.limits.private_per_second", "须是数字"),
    "[telegram.limits]\nprivate_per_second = nan": ("telegram.limits.private_per_second", "须"),
    "[database]\nurl = 'mysql://u:p@h/d'": ("database.url", "sqlite:///文件 或 postgresql://"),
    "[desk]\nname = ''": ("desk.name", "不能为空"),
    "[desk]\ntimezone = 'Peking'": ("desk.timezone", "Asia/Shanghai"),
    "[desk]\nanswer_within = 10": ("desk.answer_within", "须是时长"),
    "[desk]\nanswer_within = '10 minutes'": ("desk.answer_within", "“10 minutes”不对：须是时长"),
    "[desk]\nanswer_within = '99999999999999999999d'": ("desk.answer_within", "366 天以内"),
    "[desk]\nask_province = 'yes'": ("desk.ask_province", "须是 true 或 false"),
    "[desk]\nask_province = 1": ("desk.ask_province", "须是 true 或 false"),
    "[hours]\nmonday = '09:00-18:00'": ("hours.monday", "须是列表"),
    "[hours]\nmonday = ['9 to 5']": ("hours.monday", "“9 to 5”须形如 09:00-18:00"),
    "[hours]\nmonday = ['09:00-09:00']": ("hours.monday", "须从早到晚"),
    "[hours]\nmonday = ['18:00-09:00', '20:00-21:00']": ("hours.monday", "不重叠"),
    "[hours]\nmonday = ['09:60-18:00']": ("hours.monday", "须从早到晚"),
    "[hours]\nmonday = ['09:00-25:00']": ("hours.monday", "须从早到晚"),
    "[hours]\nmonday = ['13:00-18:00', '09:00-12:00']": ("hours.monday", "不重叠"),
    "[hours]\nmonday=[]\ntuesday=[]\nwednesday=[]\nthursday=[]\nfriday=[]\nsaturday=[]\nsunday=[]": (
        "hours", "至少要有一段工作时间"),
    "[calendar]\ndecree = 'us'": ("calendar.decree", "只能是 'china' 或 'none'"),
    "[calendar]\nholidays = ['过年']": ("calendar.holidays", "日期“过年”须形如 2026-12-31"),
    "[calendar]\nholidays = [2026-12-31]": ("calendar.holidays.第1项", "须是文字"),
    "[calendar]\nworkdays = ['2026-02-30']": ("calendar.workdays", "没有“2026-02-30”这一天"),
    "[calendar]\nworkdays = ['2026-02-15', '2026/2/15 补班']": ("calendar.workdays", "2026-02-15 写了不止一次"),
    "[calendar]\nworkdays = ['2026-02-15']\nholidays = ['2026-02-15']": ("calendar", "既在 holidays 又在 workdays"),
    "[calendar]\nholiday_hours = ['9-12']": ("calendar.holiday_hours", "须形如"),
    "[calendar]\nworkday_like = '周一'": ("calendar.workday_like", "只能是"),
    "[[staff]]\nname = '林'": ("staff.第1项.telegram_id", "必须填写"),
    "[[staff]]\ntelegram_id = 0\nname = '林'": ("staff.第1项.telegram_id", "须大于 0"),
    "[[staff]]\ntelegram_id = 99999999999999999999\nname = '林'": ("staff.第1项.telegram_id", "不能大于"),
    "[[staff]]\ntelegram_id = 1\nname = '林'\nrole = 'boss'": (
        "staff.第1项.role", "'specialist', 'supervisor' 或 'manager'"),
    "[[staff]]\ntelegram_id = 1\nname = '林'\ncapacity = 0": ("staff.第1项.capacity", "不能小于 1"),
    "[[staff]]\ntelegram_id = 1\nname = '林'\n[[staff]]\ntelegram_id = 1\nname = '周'": ("staff", "1 出现了不止一次"),
    "[supervisors]\nchat_id = 'x'": ("supervisors.chat_id", "须是整数"),
    "[log]\nlevel = 'info'": ("log.level", "只能是 'DEBUG'"),
    '[desk]\n"a\\nb" = 1': ("desk.a b", "可用的有"),
    '[desk]\ntimezone = "a\\nb"': ("desk.timezone", "“a b”"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "named", "words"), [(t, k, w) for t, (k, w) in WRONG.items()])
def test_a_wrong_key_type_or_value_is_named_with_its_file(tmp_path: Path, text: str, named: str, words: str) -> None:
    file = written(tmp_path, text)
    line = refusal(file)
    assert line.startswith(f"{file}：")
    assert f"{named} " in line or f"{named}，" in line or f"{named}；" in line, line
    assert words in line


BROKEN = {
    "[telegram\ntoken = ''": "第 1 行",
    "[telegram]\ntoken = 123:abc": "第 2 行",
    "a = 1\nb = 2\nb = 3\n": "第 3 行",
    "a = 1\na = 2": "文件末尾写法有误",
    "a = 'open": "写法有误",
    "x = " + "[" * 5000: "写法有误",
}


@pytest.mark.parametrize(("text", "words"), BROKEN.items(), ids=range(len(BROKEN)))
def test_broken_toml_is_told_with_its_line(tmp_path: Path, text: str, words: str) -> None:
    file = written(tmp_path, text)
    line = refusal(file)
    assert line.startswith(f"{file}：")
    assert words in line


def test_a_file_that_does_not_exist_a_folder_and_a_file_in_another_encoding_are_told(tmp_path: Path) -> None:
    assert "没有这个文件" in refusal(tmp_path / "nowhere.toml")
    assert "文件夹" in refusal(tmp_path)
    assert "UTF-8" in refusal(written(tmp_path, "[desk]\nname = '首问'".encode("gb18030")))
    assert "读不了" in refusal(written(tmp_path, "") / "below.toml")


def test_a_byte_order_mark_as_notepad_writes_it_is_read_over(tmp_path: Path) -> None:
    assert load_settings(written(tmp_path, "[desk]\nname = '甲'".encode("utf-8-sig")), {}).desk.name == "甲"


def test_no_file_at_all_means_the_defaults() -> None:
    assert load_settings(None, {}) == Settings()
