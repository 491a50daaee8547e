"""下拉选项: stored code → (Chinese, English), the same codes as the register's own lists."""

GENDER = {"male": ("男", "male"), "female": ("女", "female")}
LANGUAGES = {"cmn": ("汉语", "Mandarin"), "iii": ("彝语", "Yi"), "hmd": ("苗语", "Miao")}
LEVELS = {
    "province": ("省", "province"),
    "county": ("县", "county"),
    "township": ("乡镇", "township"),
    "village": ("村", "village"),
    "group": ("组", "group"),
}
ORGANISATION_KINDS = {
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
HELPER_KINDS = {"cadre": ("干部", "cadre"), "member": ("农村党员", "rural party member")}
LEADERS = {
    "county_leader": ("挂乡县领导", "county leader"),
    "township_lead": ("乡镇负责人", "township lead"),
}
RELATIONS = {
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
REGISTER = {
    "agricultural": ("农业", "agricultural"),
    "non_agricultural": ("非农业", "non-agricultural"),
}
ELIGIBILITY = {
    "eligible": ("移民人口", "resettled person"),
    "accompanying": ("随迁人口", "accompanying person"),
    "not_eligible": ("不符合", "not eligible"),
    "undetermined": ("待界定", "not yet determined"),
}
ZONES = {"rural": ("农村", "rural"), "town": ("集镇", "town")}
YES_NO = {"yes": ("是", "yes"), "no": ("否", "no")}
