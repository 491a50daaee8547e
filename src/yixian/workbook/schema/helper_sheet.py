"""帮扶人员: the sheet of cadres and rural party members."""

from yixian.workbook.schema import choices
from yixian.workbook.schema.columns import (
    choice,
    code,
    day,
    id_number,
    languages,
    latitude,
    longitude,
    name,
    phone,
    text,
    whole,
)
from yixian.workbook.schema.types import Sheet

PEOPLE = Sheet(
    "people",
    "帮扶人员",
    "People",
    ("helper_no",),
    (
        code("helper_no", "人员编号", "Helper no.", length=20, required=True).explained(
            "县内唯一", "unique in the county", "G00001"
        ),
        name("name", "姓名", "Name", length=60, required=True).explained(
            "生僻字、间隔号照录", "kept exactly as written", "李明"
        ),
        choice("gender", "性别", "Gender", choices.GENDER, required=True).explained(
            "男、女", "male or female", "男"
        ),
        day("birth_date", "出生日期", "Birth date", required=True).explained(
            "年-月-日", "YYYY-MM-DD", "1980-05-12"
        ),
        id_number("id_number", "身份证号", "ID number")
        .explained(
            "18 位；与“家庭成员”中同号者视为同一人",
            "18 characters; the same number in Persons is the same person",
        )
        .deciding_money(),
        choice("kind", "类别", "Kind", choices.HELPER_KINDS, required=True).explained(
            "干部或农村党员", "cadre or rural party member", "干部"
        ),
        code(
            "organisation_code", "所属机构", "Body code", length=20, refers="organisations", required=True
        ).explained("干部填单位；党员填村委会", "department, or village committee for members", "B001"),
        text("post", "职务", "Post", length=60).explained("可空", "may be empty", "科员"),
        code("home_area_code", "居住或驻地区划", "Home area", length=14, refers="areas").explained(
            "党员必填本村代码", "members: their village", "530625101201"
        ),
        phone("work_phone", "工作电话", "Work phone").explained("移民户可见", "shown to the households"),
        languages("languages", "语言", "Languages", choices.LANGUAGES, required=True).explained(
            "可多个，用逗号分开", "several, separated by commas", "汉语,彝语"
        ),
        whole("places", "可包户数", "Places", low="0", high="200", required=True).explained(
            "最多能负责的户数，0 为不包户", "most households they can take; 0 for none", "5"
        ),
        longitude("出发地点，可空", "where they set out from; may be empty"),
        latitude("出发地点，可空", "where they set out from; may be empty"),
        day("from_date", "起始日期", "From", required=True).explained(
            "从这一天起可包户", "available from this day", "2024-03-01"
        ),
        day("until_date", "离任日期", "Until").explained(
            "不含当天；在任留空", "first day no longer available"
        ),
    ),
)
