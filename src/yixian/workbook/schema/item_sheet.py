"""实物指标: the sheet of inventory items."""

from yixian.workbook.schema.columns import code, day, number, text
from yixian.workbook.schema.types import Sheet

ITEMS = Sheet(
    "items",
    "实物指标",
    "Inventory items",
    ("line_no",),
    (
        code("line_no", "指标编号", "Line no.", length=32, required=True).explained(
            "县内唯一", "unique in the county", "53062510120101-0001-001"
        ),
        code("household_no", "户号", "Household no.", length=24, refers="households", required=True)
        .explained("权属户", "the owner household", "53062510120101-0001")
        .deciding_money(),
        code("item_code", "指标代码", "Item code", length=64, refers="pack", required=True)
        .explained(
            "政策包中的代码，见“指标代码”表",
            "a code of the policy pack, see the list",
            "house.main.brick_concrete",
        )
        .deciding_money(),
        number("quantity", "数量", "Quantity", low="0", high="99999999", scale=4, required=True)
        .explained(
            "按指标代码的单位，不得为负，最多四位小数",
            "in the code's unit, not negative, at most four decimals",
            "86.40",
        )
        .counted_by_item()
        .deciding_money(),
        text("place", "位置", "Place", length=80).explained("可空", "may be empty", "老屋基"),
        day("surveyed_on", "调查日期", "Surveyed on", required=True).explained(
            "年-月-日", "YYYY-MM-DD", "2024-06-10"
        ),
        text("surveyor", "调查人", "Surveyor", length=60).explained("可空", "may be empty"),
    ),
)
