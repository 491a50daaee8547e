"""挂乡领导与乡镇负责人: the sheet of leaders."""

from yixian.workbook.schema import choices
from yixian.workbook.schema.columns import choice, code, day, text
from yixian.workbook.schema.types import Sheet

LEADERS = Sheet(
    "leaders",
    "挂乡与乡镇负责人",
    "Leaders",
    ("township_code", "helper_no", "kind", "from_date"),
    (
        code(
            "township_code", "乡镇代码", "Township code", length=14, refers="areas", required=True
        ).explained("挂联或主责的乡镇", "the township they stand with", "530625101"),
        code("helper_no", "人员编号", "Helper no.", length=20, refers="people", required=True).explained(
            "在“人员”表中或已在库", "in the sheet of people or in the register", "G00001"
        ),
        choice("kind", "身份", "Kind", choices.LEADERS, required=True).explained(
            "挂乡县领导，或乡镇负责人", "a county leader, or the lead of the township", "乡镇负责人"
        ),
        day("from_date", "起始日期", "From", required=True).explained(
            "从这一天起负责", "responsible from this day", "2024-03-01"
        ),
        day("until_date", "截止日期", "Until").explained(
            "到这一天为止；可空", "until this day; may be empty"
        ),
        text("document", "依据文件", "Document").explained("可空", "may be empty"),
    ),
)
