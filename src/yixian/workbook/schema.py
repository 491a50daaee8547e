"""工作簿格式: the sheets and columns of the one workbook, in the order in which they are read.

The template, the check, the error report and the export are all made from this table; nothing else knows a column.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """What a cell holds."""

    CODE = "code"  # digits or Latin letters, kept as text
    TEXT = "text"
    NAME = "name"  # a person's name (see yixian.domain.names)
    DATE = "date"  # YYYY-MM-DD or a spreadsheet date
    WHOLE = "whole"
    DECIMAL = "decimal"
    YES_NO = "yes_no"
    CHOICE = "choice"
    ID_NUMBER = "id_number"  # GB 11643, 18 characters
    PHONE = "phone"
    ACCOUNT = "account"  # bank account or card number
    LANGUAGES = "languages"  # choices separated by commas


@dataclass(frozen=True, slots=True)
class Column:
    """One column. ``choices`` maps stored codes to (Chinese, English); either may be typed in a cell.

    ``low``/``high`` bound numbers (inclusive, as text so that nothing is a float); ``scale`` is the decimals allowed.
    ``refers`` names the sheet whose key column the value must be found in (in this file or in the register).
    """

    key: str
    zh: str
    en: str
    kind: Kind
    help_zh: str
    help_en: str
    required: bool = False
    choices: dict[str, tuple[str, str]] = field(default_factory=dict)
    low: str = ""
    high: str = ""
    scale: int = 0
    length: int = 120
    refers: str = ""
    example: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet. ``keys`` are the columns that together name a row."""

    key: str
    zh: str
    en: str
    keys: tuple[str, ...]
    columns: tuple[Column, ...]

    def column(self, key: str) -> Column:
        """The column with a key. Raises KeyError."""
        for column in self.columns:
            if column.key == key:
                return column
        raise KeyError(key)


_GENDER = {"male": ("男", "male"), "female": ("女", "female")}


def _longitude(help_zh: str, help_en: str, example: str = "") -> Column:
    return Column(
        "lon",
        "经度",
        "Longitude",
        Kind.DECIMAL,
        help_zh,
        help_en,
        scale=6,
        low="73",
        high="136",
        example=example,
    )


def _latitude(help_zh: str, help_en: str, example: str = "") -> Column:
    return Column(
        "lat",
        "纬度",
        "Latitude",
        Kind.DECIMAL,
        help_zh,
        help_en,
        scale=6,
        low="3",
        high="54",
        example=example,
    )


_LANGUAGES = {"cmn": ("汉语", "Mandarin"), "iii": ("彝语", "Yi"), "hmd": ("苗语", "Miao")}

_LEVELS = {
    "province": ("省", "province"),
    "county": ("县", "county"),
    "township": ("乡镇", "township"),
    "village": ("村", "village"),
    "group": ("组", "group"),
}
_BODY_KINDS = {
    "county_leadership": ("县领导", "county leadership"),
    "township_leadership": ("乡镇领导班子", "township leadership"),
    "village_committee": ("村委会", "village committee"),
    "department": ("县直部门", "county department"),
    "resettlement_bureau": ("移民局", "resettlement bureau"),
    "petition_office": ("信访局", "petition office"),
    "finance_office": ("财政局", "finance office"),
    "audit_office": ("审计局", "audit office"),
    "monitor": ("监督评估单位", "independent monitor"),
}
_HELPER_KINDS = {"cadre": ("干部", "cadre"), "member": ("农村党员", "rural party member")}
_RELATIONS = {
    "head": ("户主", "head"),
    "spouse": ("配偶", "spouse"),
    "child": ("子女", "child"),
    "child_in_law": ("儿媳或女婿", "child-in-law"),
    "grandchild": ("孙子女", "grandchild"),
    "parent": ("父母", "parent"),
    "grandparent": ("祖父母", "grandparent"),
    "sibling": ("兄弟姐妹", "sibling"),
    "other": ("其他亲属", "other relative"),
    "non_relative": ("非亲属", "not related"),
}
_REGISTER = {
    "agricultural": ("农业", "agricultural"),
    "non_agricultural": ("非农业", "non-agricultural"),
}
_ELIGIBILITY = {
    "eligible": ("移民人口", "resettled person"),
    "accompanying": ("随迁人口", "accompanying person"),
    "not_eligible": ("不符合", "not eligible"),
    "undetermined": ("待界定", "not yet determined"),
}
_ZONES = {"rural": ("农村", "rural"), "town": ("集镇", "town")}

AREAS = Sheet(
    "areas",
    "区划",
    "Areas",
    ("code",),
    (
        Column(
            "code",
            "区划代码",
            "Area code",
            Kind.CODE,
            "国家行政区划代码；组在村代码后加两位",
            "official code; groups add two digits to the village's",
            required=True,
            length=14,
            example="530625101201",
        ),
        Column(
            "level",
            "层级",
            "Level",
            Kind.CHOICE,
            "省、县、乡镇、村、组",
            "province to group",
            required=True,
            choices=_LEVELS,
            example="村",
        ),
        Column(
            "parent_code",
            "上级代码",
            "Parent code",
            Kind.CODE,
            "省级留空；上级可在本表或已在库中",
            "empty for the province",
            length=14,
            refers="areas",
            example="530625101",
        ),
        Column(
            "name", "名称", "Name", Kind.TEXT, "全称", "full name", required=True, length=60, example="沙湾村"
        ),
        Column(
            "name_en", "英文名称", "English name", Kind.TEXT, "可空", "may be empty", example="Shawan Village"
        ),
        _longitude("十进制度，最多六位小数", "decimal degrees, at most six decimals", "103.640000"),
        _latitude("十进制度，最多六位小数", "decimal degrees, at most six decimals", "28.230000"),
    ),
)

BODIES = Sheet(
    "bodies",
    "机构",
    "Bodies",
    ("code",),
    (
        Column(
            "code",
            "机构编号",
            "Body code",
            Kind.CODE,
            "县内唯一",
            "unique in the county",
            required=True,
            length=20,
            example="B001",
        ),
        Column(
            "name",
            "名称",
            "Name",
            Kind.TEXT,
            "全称",
            "full name",
            required=True,
            length=80,
            example="县水利局",
        ),
        Column(
            "name_en",
            "英文名称",
            "English name",
            Kind.TEXT,
            "可空",
            "may be empty",
            length=160,
            example="Water Bureau",
        ),
        Column(
            "kind",
            "机构类型",
            "Kind",
            Kind.CHOICE,
            "从下拉列表选",
            "choose from the list",
            required=True,
            choices=_BODY_KINDS,
            example="县直部门",
        ),
        Column(
            "area_code",
            "所在区划",
            "Area code",
            Kind.CODE,
            "机构所属的区划代码",
            "the area it belongs to",
            required=True,
            length=14,
            refers="areas",
            example="530625",
        ),
        Column(
            "parent_code",
            "上级机构",
            "Parent body",
            Kind.CODE,
            "可空",
            "may be empty",
            length=20,
            refers="bodies",
            example="",
        ),
        Column(
            "from_date",
            "成立日期",
            "Since",
            Kind.DATE,
            "起算日期",
            "first day",
            required=True,
            example="2020-01-01",
        ),
    ),
)

STATIONINGS = Sheet(
    "stationings",
    "驻村包组",
    "Stationings",
    ("body_code", "area_code"),
    (
        Column(
            "body_code",
            "机构编号",
            "Body code",
            Kind.CODE,
            "挂乡、驻村或包组的机构",
            "the body stationed",
            required=True,
            length=20,
            refers="bodies",
            example="B001",
        ),
        Column(
            "area_code",
            "区划代码",
            "Area code",
            Kind.CODE,
            "乡镇、村或组的代码",
            "township, village or group",
            required=True,
            length=14,
            refers="areas",
            example="530625101201",
        ),
        Column(
            "from_date",
            "起始日期",
            "From",
            Kind.DATE,
            "从这一天起负责",
            "responsible from this day",
            required=True,
            example="2024-03-01",
        ),
        Column("document", "依据文件", "Document", Kind.TEXT, "可空", "may be empty", example=""),
    ),
)

PEOPLE = Sheet(
    "people",
    "帮扶人员",
    "People",
    ("helper_no",),
    (
        Column(
            "helper_no",
            "人员编号",
            "Helper no.",
            Kind.CODE,
            "县内唯一",
            "unique in the county",
            required=True,
            length=20,
            example="G00001",
        ),
        Column(
            "name",
            "姓名",
            "Name",
            Kind.NAME,
            "生僻字、间隔号照录",
            "kept exactly as written",
            required=True,
            length=60,
            example="李明",
        ),
        Column(
            "gender",
            "性别",
            "Gender",
            Kind.CHOICE,
            "男、女",
            "male or female",
            required=True,
            choices=_GENDER,
            example="男",
        ),
        Column(
            "birth_date",
            "出生日期",
            "Birth date",
            Kind.DATE,
            "年-月-日",
            "YYYY-MM-DD",
            required=True,
            example="1980-05-12",
        ),
        Column(
            "id_number",
            "身份证号",
            "ID number",
            Kind.ID_NUMBER,
            "18 位；与“家庭成员”中同号者视为同一人",
            "18 characters; the same number in Persons is the same person",
            example="",
        ),
        Column(
            "kind",
            "类别",
            "Kind",
            Kind.CHOICE,
            "干部或农村党员",
            "cadre or rural party member",
            required=True,
            choices=_HELPER_KINDS,
            example="干部",
        ),
        Column(
            "body_code",
            "所属机构",
            "Body code",
            Kind.CODE,
            "干部填单位；党员填村委会",
            "department, or village committee for members",
            required=True,
            length=20,
            refers="bodies",
            example="B001",
        ),
        Column("post", "职务", "Post", Kind.TEXT, "可空", "may be empty", length=60, example="科员"),
        Column(
            "home_area_code",
            "居住或驻地区划",
            "Home area",
            Kind.CODE,
            "党员必填本村代码",
            "members: their village",
            length=14,
            refers="areas",
            example="530625101201",
        ),
        Column(
            "work_phone",
            "工作电话",
            "Work phone",
            Kind.PHONE,
            "移民户可见",
            "shown to the households",
            example="",
        ),
        Column(
            "languages",
            "语言",
            "Languages",
            Kind.LANGUAGES,
            "可多个，用逗号分开",
            "several, separated by commas",
            required=True,
            choices=_LANGUAGES,
            example="汉语,彝语",
        ),
        Column(
            "places",
            "可包户数",
            "Places",
            Kind.WHOLE,
            "最多能负责的户数，0 为不包户",
            "most households they can take; 0 for none",
            required=True,
            low="0",
            high="200",
            example="5",
        ),
        _longitude("出发地点，可空", "where they set out from; may be empty"),
        _latitude("出发地点，可空", "where they set out from; may be empty"),
        Column(
            "from_date",
            "起始日期",
            "From",
            Kind.DATE,
            "从这一天起可包户",
            "available from this day",
            required=True,
            example="2024-03-01",
        ),
        Column(
            "until_date",
            "离任日期",
            "Until",
            Kind.DATE,
            "不含当天；在任留空",
            "first day no longer available",
            example="",
        ),
    ),
)

HOUSEHOLDS = Sheet(
    "households",
    "移民户",
    "Households",
    ("household_no",),
    (
        Column(
            "household_no",
            "户号",
            "Household no.",
            Kind.CODE,
            "县内唯一",
            "unique in the county",
            required=True,
            length=24,
            example="53062510120101-0001",
        ),
        Column(
            "group_code",
            "组代码",
            "Group code",
            Kind.CODE,
            "所在村民组的区划代码",
            "area code of its group",
            required=True,
            length=14,
            refers="areas",
            example="53062510120101",
        ),
        Column(
            "zone",
            "补偿区类",
            "Price zone",
            Kind.CHOICE,
            "农村或集镇",
            "rural or town",
            required=True,
            choices=_ZONES,
            example="农村",
        ),
        Column("address", "住址", "Address", Kind.TEXT, "可空", "may be empty", example="沙湾村一组 12 号"),
        _longitude("可空", "may be empty"),
        _latitude("可空", "may be empty"),
        Column(
            "language",
            "常用语言",
            "Language",
            Kind.CHOICE,
            "与该户谈话所用语言",
            "the language spoken with them",
            required=True,
            choices=_LANGUAGES,
            example="汉语",
        ),
        Column(
            "requested_gender",
            "希望帮扶人性别",
            "Requested gender",
            Kind.CHOICE,
            "本户提出的才填",
            "only if the household asked",
            choices=_GENDER,
            example="",
        ),
        Column(
            "difficulty",
            "帮扶难度",
            "Difficulty",
            Kind.WHOLE,
            "1 一般，2 较难，3 很难（老弱病残、远居等）",
            "1 ordinary, 2 harder, 3 hardest (age, illness, distance)",
            required=True,
            low="1",
            high="3",
            example="1",
        ),
        Column(
            "phone",
            "联系电话",
            "Phone",
            Kind.PHONE,
            "可空；加密保存",
            "may be empty; stored sealed",
            example="",
        ),
        Column("bank_name", "开户行", "Bank", Kind.TEXT, "可空", "may be empty", length=60, example=""),
        Column(
            "bank_account",
            "一卡通账号",
            "Bank account",
            Kind.ACCOUNT,
            "户主本人账户；加密保存",
            "the head's own; stored sealed",
            example="",
        ),
        Column(
            "from_date",
            "建户日期",
            "Since",
            Kind.DATE,
            "登记起始日期",
            "first day in the register",
            required=True,
            example="2024-03-01",
        ),
    ),
)

PERSONS = Sheet(
    "persons",
    "家庭成员",
    "Persons",
    ("person_no",),
    (
        Column(
            "person_no",
            "人员编号",
            "Person no.",
            Kind.CODE,
            "县内唯一",
            "unique in the county",
            required=True,
            length=32,
            example="53062510120101-0001-1",
        ),
        Column(
            "household_no",
            "户号",
            "Household no.",
            Kind.CODE,
            "所属移民户",
            "the household",
            required=True,
            length=24,
            refers="households",
            example="53062510120101-0001",
        ),
        Column(
            "name",
            "姓名",
            "Name",
            Kind.NAME,
            "生僻字、间隔号照录",
            "kept exactly as written",
            required=True,
            length=60,
            example="阿木·尔布",
        ),
        Column(
            "relation",
            "与户主关系",
            "Relation to head",
            Kind.CHOICE,
            "每户恰有一名户主",
            "exactly one head a household",
            required=True,
            choices=_RELATIONS,
            example="户主",
        ),
        Column(
            "gender",
            "性别",
            "Gender",
            Kind.CHOICE,
            "男、女",
            "male or female",
            required=True,
            choices=_GENDER,
            example="男",
        ),
        Column(
            "birth_date",
            "出生日期",
            "Birth date",
            Kind.DATE,
            "须与身份证一致",
            "must agree with the ID number",
            required=True,
            example="1962-08-15",
        ),
        Column(
            "ethnicity", "民族", "Ethnicity", Kind.TEXT, "可空", "may be empty", length=20, example="汉族"
        ),
        Column(
            "id_number",
            "身份证号",
            "ID number",
            Kind.ID_NUMBER,
            "18 位；新生儿可空",
            "18 characters; may be empty for the newborn",
            example="",
        ),
        Column(
            "register_type",
            "户口性质",
            "Register type",
            Kind.CHOICE,
            "农业或非农业",
            "agricultural or not",
            required=True,
            choices=_REGISTER,
            example="农业",
        ),
        Column(
            "present_at_cutoff",
            "停建令时在册",
            "Present at cut-off",
            Kind.YES_NO,
            "是、否",
            "yes or no",
            required=True,
            choices={"yes": ("是", "yes"), "no": ("否", "no")},
            example="是",
        ),
        Column(
            "eligibility",
            "人口界定",
            "Eligibility",
            Kind.CHOICE,
            "界定结论",
            "as determined",
            required=True,
            choices=_ELIGIBILITY,
            example="移民人口",
        ),
        Column("eligibility_note", "界定依据", "Ground", Kind.TEXT, "可空", "may be empty", example=""),
        Column(
            "phone",
            "联系电话",
            "Phone",
            Kind.PHONE,
            "可空；加密保存",
            "may be empty; stored sealed",
            example="",
        ),
        Column(
            "from_date",
            "入户日期",
            "Since",
            Kind.DATE,
            "成为该户成员的日期",
            "member of the household since",
            required=True,
            example="2024-03-01",
        ),
    ),
)

ITEMS = Sheet(
    "items",
    "实物指标",
    "Inventory items",
    ("line_no",),
    (
        Column(
            "line_no",
            "指标编号",
            "Line no.",
            Kind.CODE,
            "县内唯一",
            "unique in the county",
            required=True,
            length=32,
            example="53062510120101-0001-001",
        ),
        Column(
            "household_no",
            "户号",
            "Household no.",
            Kind.CODE,
            "权属户",
            "the owner household",
            required=True,
            length=24,
            refers="households",
            example="53062510120101-0001",
        ),
        Column(
            "item_code",
            "指标代码",
            "Item code",
            Kind.CODE,
            "政策包中的代码，见“指标代码”表",
            "a code of the policy pack, see the list",
            required=True,
            length=64,
            refers="pack",
            example="house.main.brick_concrete",
        ),
        Column(
            "quantity",
            "数量",
            "Quantity",
            Kind.DECIMAL,
            "按指标代码的单位，不得为负，最多四位小数",
            "in the code's unit, not negative, at most four decimals",
            required=True,
            low="0",
            high="99999999",
            scale=4,
            example="86.40",
        ),
        Column("place", "位置", "Place", Kind.TEXT, "可空", "may be empty", length=80, example="老屋基"),
        Column(
            "surveyed_on",
            "调查日期",
            "Surveyed on",
            Kind.DATE,
            "年-月-日",
            "YYYY-MM-DD",
            required=True,
            example="2024-06-10",
        ),
        Column("surveyor", "调查人", "Surveyor", Kind.TEXT, "可空", "may be empty", length=60, example=""),
    ),
)

SHEETS: tuple[Sheet, ...] = (AREAS, BODIES, STATIONINGS, PEOPLE, HOUSEHOLDS, PERSONS, ITEMS)
"""All sheets, in the order in which they are read and written."""


def sheet(key: str) -> Sheet:
    """The sheet with a key. Raises KeyError."""
    for candidate in SHEETS:
        if candidate.key == key:
            return candidate
    raise KeyError(key)
