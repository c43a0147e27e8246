"""Full-width and traditional characters in one form, each as one: positions in a text stay what they were."""

from typing import Final

_TRADITIONAL: Final = (
    "點週鐘後內兩號禮個時間開關門節長過還幾數國慶勞復營業並晝裡陰剛給覆會們請處發單貨聯繫電話說補達問題訂師維設備財務經專員總這沒無嗎"
    "為與對帶讓應該須將確認辦準結論報見謝麻煩調換裝訓講證實際進趕緊陸續隨資訊簽約倉庫廠商顧規個別預計應當願當從雙輛誠園際條責賠償額導"
    "爭極盡稍機種馬聽親樣歡適該價據誤擔異動變軟體檢測滿寫學習觀眾買賣質產"
)
_SIMPLE: Final = (
    "点周钟后内两号礼个时间开关门节长过还几数国庆劳复营业并昼里阴刚给复会们请处发单货联系电话说补达问题订师维设备财务经专员总这没无吗"
    "为与对带让应该须将确认办准结论报见谢麻烦调换装训讲证实际进赶紧陆续随资讯签约仓库厂商顾规个别预计应当愿当从双辆诚园际条责赔偿额导"
    "争极尽稍机种马听亲样欢适该价据误担异动变软体检测满写学习观众买卖质产"
)
_TABLE: Final[dict[int, int | str]] = {
    **{code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)},
    **{code: code + 32 for code in range(ord("A"), ord("Z") + 1)},
    **{code: code - 0xFEE0 + 32 for code in range(0xFF21, 0xFF3B)},
    **str.maketrans(_TRADITIONAL, _SIMPLE),
    0x3000: " ",
    0xA0: " ",
    0xFF5E: "~",
    0xFF61: "。",
}  # fmt: skip


def one_form(text: str) -> str:
    """The text half-width, simplified as far as time and promises need it, and in lower case; as long as before."""
    return text.translate(_TABLE)
