"""机构名称: what the county's bodies are called, and the posts in them."""

from __future__ import annotations

LEADERSHIPS = (
    ("中共澜渡县委领导班子", "County Party Committee Leadership"),
    ("澜渡县人大常委会领导班子", "Leadership of the County People's Congress"),
    ("澜渡县人民政府领导班子", "County Government Leadership"),
    ("澜渡县政协领导班子", "Leadership of the County Consultative Conference"),
)
"""County leaders, who stand with townships."""

OFFICES = {
    "resettlement_bureau": ("澜渡县移民局", "Resettlement Bureau"),
    "petition_office": ("澜渡县信访局", "Petition Office"),
    "finance_office": ("澜渡县财政局", "Finance Bureau"),
    "audit_office": ("澜渡县审计局", "Audit Bureau"),
}
"""Offices of which each county has one; they take no households, so that nobody checks their own work."""

MONITOR = ("云岭移民监督评估中心", "Yunling Centre for Resettlement Monitoring")
"""The independent monitor, who is nobody's colleague here."""

_DEPARTMENTS = (
    ("教育体育", "Education and Sports"), ("卫生健康", "Health"), ("农业农村", "Agriculture"), ("水务", "Water"),
    ("林业和草原", "Forestry and Grassland"), ("交通运输", "Transport"), ("自然资源", "Natural Resources"),
    ("住房和城乡建设", "Housing and Construction"), ("民政", "Civil Affairs"), ("人力资源和社会保障", "Human Resources"),
    ("发展和改革", "Development and Reform"), ("工业和信息化", "Industry"), ("商务", "Commerce"), ("公安", "Public Security"),
    ("司法", "Justice"), ("统计", "Statistics"), ("应急管理", "Emergency Management"), ("市场监督管理", "Market Supervision"),
    ("生态环境", "Environment"), ("文化和旅游", "Culture and Tourism"), ("退役军人事务", "Veterans' Affairs"),
    ("医疗保障", "Medical Insurance"), ("乡村振兴", "Rural Revitalisation"), ("民族宗教事务", "Ethnic and Religious Affairs"),
    ("广播电视", "Broadcasting"), ("机关事务", "Government Offices"), ("政务服务管理", "Government Services"),
    ("城市管理", "City Management"), ("搬迁安置服务", "Relocation Services"), ("畜牧兽医", "Livestock"),
    ("农机推广", "Farm Machinery"), ("茶桑花椒产业", "Tea, Mulberry and Pepper"), ("供销合作", "Supply and Marketing"),
    ("粮食和物资储备", "Grain Reserves"), ("地震防灾", "Earthquake Preparedness"), ("气象服务", "Weather Service"),
    ("地方公路管理", "Local Roads"), ("水文监测", "Hydrology"), ("税务服务", "Tax Service"), ("烟草产业", "Tobacco"),
    ("不动产登记", "Land Registration"), ("档案", "Archives"), ("地方志编纂", "Local History"),
    ("招商引资", "Investment"), ("园区建设", "Industrial Park"), ("科学技术", "Science"),
)  # fmt: skip
_ASSOCIATIONS = (
    ("总工会", "Trade Union"), ("共青团", "Youth League"), ("妇女联合会", "Women's Federation"),
    ("科学技术协会", "Science Association"), ("工商业联合会", "Federation of Commerce"),
    ("残疾人联合会", "Disabled Persons' Federation"), ("文学艺术联合会", "Federation of the Arts"),
    ("红十字会", "Red Cross"), ("计划生育协会", "Family Planning Association"), ("老年协会", "Association of the Aged"),
)  # fmt: skip
_SCHOOLS_AND_HOSPITALS = (
    ("第一中学", "First Secondary School"), ("第二中学", "Second Secondary School"),
    ("民族中学", "Secondary School for Nationalities"), ("职业技术学校", "Vocational School"),
    ("人民医院", "People's Hospital"), ("中医医院", "Hospital of Chinese Medicine"),
    ("妇幼保健院", "Maternal and Child Hospital"), ("疾病预防控制中心", "Centre for Disease Control"),
    ("党校", "Party School"), ("融媒体中心", "Media Centre"), ("图书馆", "Library"), ("文化馆", "Cultural Centre"),
    ("公共就业中心", "Employment Centre"), ("林场", "Forest Farm"), ("种子站", "Seed Station"),
    ("水电站管理处", "Hydropower Office"),
    ("供电服务中心", "Power Supply"), ("自来水厂", "Waterworks"), ("公路养护段", "Road Maintenance"),
    ("客运中心", "Bus Station"), ("环卫所", "Sanitation"),
)  # fmt: skip

DEPARTMENTS = (
    *((f"澜渡县{zh}局", f"{en} Bureau") for zh, en in _DEPARTMENTS),
    *((f"澜渡县{zh}", en) for zh, en in (*_ASSOCIATIONS, *_SCHOOLS_AND_HOSPITALS)),
)
"""Departments that are stationed in villages."""

POSTS = {
    "county_leadership": ("主要领导", "副职领导", "联络员"),
    "resettlement_bureau": ("局长", "副局长", "科员"),
    "petition_office": ("局长", "副局长", "科员"),
    "finance_office": ("局长", "副局长", "会计"),
    "audit_office": ("局长", "副局长", "审计员"),
    "township_leadership": ("乡镇党委书记", "乡镇长", "副乡镇长", "移民专干", "工作人员"),
    "department": ("主要负责人", "副职", "股长", "股长", "工作人员"),
}
"""Posts by kind of body, from the first down; the last is everybody else's."""
