"""区划、机构与驻村包组: the sheets of areas, bodies and stationings."""

from yixian.workbook.schema import choices
from yixian.workbook.schema.columns import (
    choice,
    code,
    day,
    latitude,
    line,
    longitude,
    outline,
    public_phone,
    text,
)
from yixian.workbook.schema.types import Sheet

AREAS = Sheet(
    "areas",
    "区划",
    "Areas",
    ("code",),
    (
        code("code", "区划代码", "Area code", length=14, required=True).explained(
            "国家行政区划代码；组在村代码后加两位",
            "official code; groups add two digits to the village's",
            "530625101201",
        ),
        choice("level", "层级", "Level", choices.LEVELS, required=True).explained(
            "省、县、乡镇、村、组", "province to group", "村"
        ),
        code("parent_code", "上级代码", "Parent code", length=14, refers="areas").explained(
            "省级留空；上级可在本表或已在库中", "empty for the province", "530625101"
        ),
        text("name", "名称", "Name", length=60, required=True).explained("全称", "full name", "沙湾村"),
        text("name_en", "英文名称", "English name").explained("可空", "may be empty", "Shawan Village"),
        longitude("十进制度，最多六位小数", "decimal degrees, at most six decimals", "103.640000"),
        latitude("十进制度，最多六位小数", "decimal degrees, at most six decimals", "28.230000"),
        outline("outline", "轮廓", "Outline").explained(
            "可空；地图上画的边界，Polygon 或 MultiPolygon",
            "may be empty; the boundary that maps draw, a Polygon or MultiPolygon",
            '{"type":"Polygon","coordinates":[[[103.6,28.2],[103.7,28.2],[103.7,28.3],[103.6,28.2]]]}',
        ),
        line("waterline", "河流", "River").explained(
            "可空；流经本区划的河流或水库线，LineString",
            "may be empty; the river or reservoir that maps draw, a LineString",
            '{"type":"LineString","coordinates":[[103.6,28.2],[103.7,28.3]]}',
        ),
    ),
)

ORGANISATIONS = Sheet(
    "organisations",
    "机构",
    "Bodies",
    ("code",),
    (
        code("code", "机构编号", "Body code", length=20, required=True).explained(
            "县内唯一", "unique in the county", "B001"
        ),
        text("name", "名称", "Name", length=80, required=True).explained("全称", "full name", "县水利局"),
        text("name_en", "英文名称", "English name", length=160).explained(
            "可空", "may be empty", "Water Bureau"
        ),
        choice("kind", "机构类型", "Kind", choices.ORGANISATION_KINDS, required=True).explained(
            "从下拉列表选", "choose from the list", "县直部门"
        ),
        code("area_code", "所在区划", "Area code", length=14, refers="areas", required=True).explained(
            "机构所属的区划代码", "the area it belongs to", "530625"
        ),
        code("parent_code", "上级机构", "Parent body", length=20, refers="organisations").explained(
            "可空", "may be empty"
        ),
        day("from_date", "成立日期", "Since", required=True).explained("起算日期", "first day", "2020-01-01"),
        public_phone("phone", "公开电话", "Public telephone").explained(
            "群众可以打的电话，登在公开网页上；不是个人的号码",
            "for everybody, on public pages; nobody's own number",
            "0870-5550100",
        ),
        text("address", "办公地址", "Address").explained(
            "登在公开网页上", "on public pages", "澜渡镇河滨路 8 号"
        ),
        text("hours", "办公时间", "Hours", length=80).explained(
            "登在公开网页上", "on public pages", "周一至周五 8:30–17:30"
        ),
    ),
)

STATIONINGS = Sheet(
    "stationings",
    "驻村包组",
    "Stationings",
    (
        "organisation_code",
        "area_code",
    ),
    (
        code(
            "organisation_code", "机构编号", "Body code", length=20, refers="organisations", required=True
        ).explained("挂乡、驻村或包组的机构", "the body stationed", "B001"),
        code("area_code", "区划代码", "Area code", length=14, refers="areas", required=True).explained(
            "乡镇、村或组的代码", "township, village or group", "530625101201"
        ),
        day("from_date", "起始日期", "From", required=True).explained(
            "从这一天起负责", "responsible from this day", "2024-03-01"
        ),
        text("document", "依据文件", "Document").explained("可空", "may be empty"),
    ),
)
