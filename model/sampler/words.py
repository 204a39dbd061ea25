"""What people look like, in plain English and Chinese: colours, skin, hair and clothes.

A name stands beside the value that it names, so that a caption can say nothing else than what is drawn.
"""

from __future__ import annotations

from typing import NamedTuple

from model.stage import RGB

__all__ = ["BOTTOMS", "COLOURS", "HAIR", "HAIR_COLOURS", "HATS", "SKINS", "TOPS", "Colour", "Words"]


class Words(NamedTuple):
    """The same in two languages."""

    en: str
    zh: str


class Colour(NamedTuple):
    """A named colour under neutral light."""

    rgb: RGB
    words: Words


COLOURS: tuple[Colour, ...] = (
    Colour(RGB(178, 38, 46), Words("red", "红色")),
    Colour(RGB(116, 28, 44), Words("burgundy", "酒红色")),
    Colour(RGB(226, 118, 52), Words("orange", "橙色")),
    Colour(RGB(222, 172, 58), Words("mustard", "芥末黄")),
    Colour(RGB(238, 214, 96), Words("yellow", "黄色")),
    Colour(RGB(112, 122, 58), Words("olive", "橄榄绿")),
    Colour(RGB(52, 118, 74), Words("green", "绿色")),
    Colour(RGB(38, 132, 132), Words("teal", "青色")),
    Colour(RGB(62, 106, 178), Words("blue", "蓝色")),
    Colour(RGB(36, 48, 92), Words("navy", "深蓝色")),
    Colour(RGB(118, 70, 134), Words("purple", "紫色")),
    Colour(RGB(214, 128, 152), Words("pink", "粉色")),
    Colour(RGB(124, 84, 58), Words("brown", "棕色")),
    Colour(RGB(204, 182, 146), Words("beige", "米色")),
    Colour(RGB(232, 226, 214), Words("white", "白色")),
    Colour(RGB(134, 138, 144), Words("grey", "灰色")),
    Colour(RGB(46, 46, 52), Words("black", "黑色")),
)
SKINS: tuple[Colour, ...] = (
    Colour(RGB(244, 214, 192), Words("pale", "白皙")),
    Colour(RGB(232, 190, 158), Words("fair", "浅肤色")),
    Colour(RGB(204, 154, 116), Words("tanned", "小麦色")),
    Colour(RGB(152, 104, 72), Words("brown-skinned", "棕肤色")),
    Colour(RGB(98, 64, 46), Words("dark-skinned", "深肤色")),
)
HAIR_COLOURS: tuple[Colour, ...] = (
    Colour(RGB(38, 32, 34), Words("black", "黑色")),
    Colour(RGB(88, 58, 40), Words("brown", "棕色")),
    Colour(RGB(150, 74, 42), Words("red", "红色")),
    Colour(RGB(214, 178, 112), Words("blonde", "金色")),
    Colour(RGB(152, 150, 150), Words("grey", "灰色")),
    Colour(RGB(226, 224, 220), Words("white", "白色")),
)
HAIR: dict[str, Words] = {
    "bald": Words("a bald head", "光头"),
    "short": Words("short {} hair", "{}短发"),
    "long": Words("long {} hair", "{}长发"),
    "bob": Words("a {} bob", "{}波波头"),
    "bun": Words("a {} bun", "{}发髻"),
    "ponytail": Words("a {} ponytail", "{}马尾"),
    "curly": Words("curly {} hair", "{}卷发"),
    "afro": Words("a {} afro", "{}爆炸头"),
    "wavy": Words("wavy {} hair", "{}波浪发"),
    "braids": Words("{} braids", "{}辫子"),
    "locs": Words("{} locs", "{}脏辫"),
    "buzz": Words("a {} buzz cut", "{}寸头"),
    "quiff": Words("a {} quiff", "{}飞机头"),
    "mohawk": Words("a {} mohawk", "{}莫西干头"),
}
TOPS: dict[str, Words] = {
    "shirt": Words("shirt", "衬衫"),
    "t_shirt": Words("T-shirt", "T恤"),
    "sweater": Words("sweater", "毛衣"),
    "jacket": Words("jacket", "夹克"),
    "coat": Words("coat", "大衣"),
    "suit": Words("suit", "西装"),
    "dress": Words("dress", "连衣裙"),
    "uniform": Words("uniform", "制服"),
    "hoodie": Words("hoodie", "连帽衫"),
    "waistcoat": Words("waistcoat", "马甲"),
    "robe": Words("robe", "长袍"),
    "overalls": Words("overalls", "背带工装"),
    "apron": Words("apron", "围裙"),
    "scrubs": Words("scrubs", "手术服"),
    "raincoat": Words("raincoat", "雨衣"),
    "hi_vis": Words("hi-vis vest", "反光背心"),
}
BOTTOMS: dict[str, Words] = {
    "trousers": Words("trousers", "长裤"),
    "jeans": Words("jeans", "牛仔裤"),
    "skirt": Words("skirt", "半身裙"),
    "shorts": Words("shorts", "短裤"),
}
HATS: dict[str, Words] = {
    "cap": Words("cap", "鸭舌帽"),
    "brimmed": Words("brimmed hat", "宽边帽"),
    "beanie": Words("beanie", "毛线帽"),
    "hijab": Words("hijab", "头巾"),
    "turban": Words("turban", "缠头巾"),
    "peaked": Words("peaked cap", "大檐帽"),
    "helmet": Words("helmet", "头盔"),
    "hood": Words("hood", "兜帽"),
}
