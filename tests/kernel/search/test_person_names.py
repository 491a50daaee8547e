"""人名检索: the readings a name can be found by."""

from __future__ import annotations

import pytest

from yixian.kernel.search import tokens_for_person_names


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("单小芳", "单 小 芳 shanxiaofang sxf"),
        ("仇英", "仇 英 qiuying qy"),
        ("解珍", "解 珍 xiezhen xz"),
        ("曾国", "曾 国 zengguo zg"),
        ("查良", "查 良 zhaliang zl"),
        ("朴正", "朴 正 piaozheng pz"),
        ("区明", "区 明 ouming om"),
        ("任华", "任 华 renhua rh"),
        ("华佗", "华 佗 huatuo ht"),
        ("缪明", "缪 明 miaoming mm"),
        ("冼星", "冼 星 xianxing xx"),
        ("尉迟恭", "尉 迟 恭 yuchigong ycg weichigong wcg"),
        ("长孙明", "长 孙 明 zhangsunming zsm"),
        ("欧阳修", "欧 阳 修 ouyangxiu oyx"),
        ("单于", "单 于 shanyu sy"),
        ("单于芳", "单 于 芳 chanyufang cyf shanyufang syf"),
        ("乐明", "乐 明 yueming ym leming lm"),
        ("盖明", "盖 明 geming gm gaiming"),
        ("吕绿", "吕 绿 lvlv lulu lyulyu ll"),
        ("吉克·阿依", "吉 克 阿 依 jikeayi jkay"),
        ("单·阿依", "单 阿 依 danayi day"),
        ("𠮷明", "𠮷 明 ming m"),
        ("〇", "〇 ling l"),
        ("\U000323af", "\U000323af 0"),
        ("Nguyễn Văn An", "nguyen van an"),
    ],
)
def test_what_a_name_is_found_by(name: str, body: str) -> None:
    assert tokens_for_person_names([name]) == body


def test_names_follow_one_another_apart() -> None:
    assert tokens_for_person_names(["张三", "李四"]) == "张 三 zhangsan zs 李 四 lisi ls"
    assert tokens_for_person_names([]) == ""
