"""移民户与家庭成员: the sheets of households and persons."""

from yixian.workbook.schema import choices
from yixian.workbook.schema.columns import (
    account,
    choice,
    code,
    day,
    id_number,
    latitude,
    longitude,
    name,
    phone,
    text,
    whole,
    yes_no,
)
from yixian.workbook.schema.types import Sheet

HOUSEHOLDS = Sheet(
    "households",
    "移民户",
    "Households",
    ("household_no",),
    (
        code("household_no", "户号", "Household no.", length=24, required=True).explained(
            "县内唯一", "unique in the county", "53062510120101-0001"
        ),
        code("group_code", "组代码", "Group code", length=14, refers="areas", required=True)
        .explained("所在村民组的区划代码", "area code of its group", "53062510120101")
        .deciding_money(),
        choice("zone", "补偿区类", "Price zone", choices.ZONES, required=True)
        .explained("农村或集镇", "rural or town", "农村")
        .deciding_money(),
        text("address", "住址", "Address").explained("可空", "may be empty", "沙湾村一组 12 号"),
        longitude("可空", "may be empty"),
        latitude("可空", "may be empty"),
        choice("language", "常用语言", "Language", choices.LANGUAGES, required=True).explained(
            "与该户谈话所用语言", "the language spoken with them", "汉语"
        ),
        choice("requested_gender", "希望帮扶人性别", "Requested gender", choices.GENDER).explained(
            "本户提出的才填", "only if the household asked"
        ),
        whole("difficulty", "帮扶难度", "Difficulty", low="1", high="3", required=True).explained(
            "1 一般，2 较难，3 很难（老弱病残、远居等）",
            "1 ordinary, 2 harder, 3 hardest (age, illness, distance)",
            "1",
        ),
        phone("phone", "联系电话", "Phone").explained("可空；加密保存", "may be empty; stored sealed"),
        text("bank_name", "开户行", "Bank", length=60).explained("可空", "may be empty").deciding_money(),
        account("bank_account", "一卡通账号", "Bank account")
        .explained("户主本人账户；加密保存", "the head's own; stored sealed")
        .deciding_money(),
        day("from_date", "建户日期", "Since", required=True)
        .explained("登记起始日期", "first day in the register", "2024-03-01")
        .deciding_money(),
        code("host_village_code", "安置村代码", "Host village code", length=14, refers="areas").explained(
            "已定安置村的才填；该村党员也可与其结对",
            "only once it is settled; party members there may stand beside it too",
            "530625102201",
        ),
    ),
)

PERSONS = Sheet(
    "persons",
    "家庭成员",
    "Persons",
    ("person_no",),
    (
        code("person_no", "人员编号", "Person no.", length=32, required=True).explained(
            "县内唯一", "unique in the county", "53062510120101-0001-1"
        ),
        code("household_no", "户号", "Household no.", length=24, refers="households", required=True)
        .explained("所属移民户", "the household", "53062510120101-0001")
        .deciding_money(),
        name("name", "姓名", "Name", length=60, required=True).explained(
            "生僻字、间隔号照录", "kept exactly as written", "阿木·尔布"
        ),
        choice("relation", "与户主关系", "Relation to head", choices.RELATIONS, required=True)
        .explained("每户恰有一名户主", "exactly one head a household", "户主")
        .deciding_money(),
        choice("gender", "性别", "Gender", choices.GENDER, required=True).explained(
            "男、女", "male or female", "男"
        ),
        day("birth_date", "出生日期", "Birth date", required=True).explained(
            "须与身份证一致", "must agree with the ID number", "1962-08-15"
        ),
        text("ethnicity", "民族", "Ethnicity", length=20).explained("可空", "may be empty", "汉族"),
        id_number("id_number", "身份证号", "ID number")
        .explained("18 位；新生儿可空", "18 characters; may be empty for the newborn")
        .deciding_money(),
        choice("register_type", "户口性质", "Register type", choices.REGISTER, required=True)
        .explained("农业或非农业", "agricultural or not", "农业")
        .deciding_money(),
        yes_no("present_at_cutoff", "停建令时在册", "Present at cut-off", required=True)
        .explained("是、否", "yes or no", "是")
        .deciding_money(),
        choice("eligibility", "人口界定", "Eligibility", choices.ELIGIBILITY, required=True)
        .explained("界定结论", "as determined", "移民人口")
        .deciding_money(),
        text("eligibility_note", "界定依据", "Ground").explained("可空", "may be empty"),
        phone("phone", "联系电话", "Phone").explained("可空；加密保存", "may be empty; stored sealed"),
        day("from_date", "入户日期", "Since", required=True)
        .explained("成为该户成员的日期", "member of the household since", "2024-03-01")
        .deciding_money(),
    ),
)
