"""What the sampler's values are called, in plain English and Chinese: colours, clothes, places, acts and light.

A name stands beside the value that it names, so that a caption can say nothing else than what is drawn.
"""

from __future__ import annotations

from typing import NamedTuple

from model.stage import RGB, ActName, Emotion, Hour, PlaceKind, PoseName, WeatherKind

__all__ = [
    "ACTS",
    "ANGLES",
    "BOTTOMS",
    "COLOURS",
    "EMOTIONS",
    "HAIR",
    "HAIR_COLOURS",
    "HATS",
    "HOURS",
    "MOVES",
    "PLACES",
    "POSES",
    "SIZES",
    "SKINS",
    "STYLES",
    "THINGS",
    "TOPS",
    "WEATHERS",
    "Colour",
    "Words",
]


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
PLACES: dict[PlaceKind, Words] = {
    "street": Words("in a street", "在街上"),
    "alley": Words("in an alley", "在小巷里"),
    "park": Words("in a park", "在公园里"),
    "forest": Words("in a forest", "在森林里"),
    "beach": Words("on a beach", "在海滩上"),
    "field": Words("in a field", "在田野里"),
    "rooftop": Words("on a rooftop", "在屋顶上"),
    "living_room": Words("in a living room", "在客厅里"),
    "bedroom": Words("in a bedroom", "在卧室里"),
    "kitchen": Words("in a kitchen", "在厨房里"),
    "office": Words("in an office", "在办公室里"),
    "cafe": Words("in a café", "在咖啡馆里"),
    "bar": Words("in a bar", "在酒吧里"),
    "corridor": Words("in a corridor", "在走廊里"),
    "station": Words("on a station platform", "在站台上"),
    "car": Words("in a car", "在汽车里"),
    "mountain": Words("on a mountain", "在山上"),
    "desert": Words("in a desert", "在沙漠里"),
    "bridge": Words("on a bridge", "在桥上"),
    "harbour": Words("in a harbour", "在港口"),
    "cave": Words("in a cave", "在山洞里"),
    "train": Words("in a train carriage", "在火车车厢里"),
    "spaceship": Words("in a spaceship", "在飞船里"),
    "diner": Words("in a diner", "在小餐馆里"),
    "hospital": Words("in a hospital ward", "在病房里"),
    "classroom": Words("in a classroom", "在教室里"),
    "theatre": Words("in a theatre", "在剧场里"),
    "church": Words("in a church", "在教堂里"),
    "prison_cell": Words("in a prison cell", "在牢房里"),
    "bathroom": Words("in a bathroom", "在浴室里"),
    "shop": Words("in a shop", "在商店里"),
    "warehouse": Words("in a warehouse", "在仓库里"),
}
POSES: dict[PoseName, Words] = {
    "stand": Words("stands", "站着"),
    "walk": Words("walks", "走着"),
    "run": Words("runs", "奔跑"),
    "sit": Words("sits", "坐着"),
    "lie": Words("lies on the ground", "躺在地上"),
    "kneel": Words("kneels", "跪着"),
    "crouch": Words("crouches", "蹲着"),
}
# What is done; {} is the other person or the thing.
ACTS: dict[ActName, Words] = {
    "look": Words("looks at {}", "看着{}"),
    "point": Words("points at {}", "指着{}"),
    "wave": Words("waves", "挥手"),
    "nod": Words("nods", "点头"),
    "shake_head": Words("shakes {their} head", "摇头"),
    "shrug": Words("shrugs", "耸肩"),
    "give": Words("hands {} over", "递出{}"),
    "drink": Words("drinks from {}", "喝{}里的东西"),
    "eat": Words("eats {}", "吃{}"),
    "phone": Words("talks on {}", "用{}通话"),
    "read": Words("reads {}", "看{}"),
    "carry": Words("carries {}", "抱着{}"),
    "throw": Words("throws {}", "扔出{}"),
    "embrace": Words("embraces {}", "拥抱{}"),
    "kiss": Words("kisses {}", "亲吻{}"),
    "shake_hands": Words("shakes hands with {}", "与{}握手"),
    "hit": Words("hits {}", "打{}"),
    "push": Words("pushes {}", "推{}"),
    "shoot": Words("aims {}", "举起{}"),
    "dance": Words("dances", "跳舞"),
    "clap": Words("claps", "鼓掌"),
    "laugh": Words("laughs", "大笑"),
    "cry": Words("cries", "哭泣"),
    "fall": Words("falls", "摔倒"),
    "gesture": Words("gestures", "打着手势"),
    "speak": Words("speaks", "说话"),
}
EMOTIONS: dict[Emotion, Words] = {
    "neutral": Words("calm", "平静"),
    "happy": Words("happy", "高兴"),
    "sad": Words("sad", "悲伤"),
    "angry": Words("angry", "愤怒"),
    "afraid": Words("afraid", "害怕"),
    "surprised": Words("surprised", "惊讶"),
    "disgusted": Words("disgusted", "厌恶"),
    "tender": Words("tender", "温柔"),
}
HOURS: dict[Hour, Words] = {
    "dawn": Words("at dawn", "黎明"),
    "morning": Words("in the morning", "早晨"),
    "day": Words("by day", "白天"),
    "golden_hour": Words("in the golden hour", "日落前"),
    "dusk": Words("at dusk", "黄昏"),
    "night": Words("at night", "夜晚"),
}
WEATHERS: dict[WeatherKind, Words] = {
    "clear": Words("under a clear sky", "晴空"),
    "overcast": Words("under an overcast sky", "阴天"),
    "rain": Words("in the rain", "下雨"),
    "snow": Words("in the snow", "下雪"),
    "fog": Words("in fog", "有雾"),
    "wind": Words("in the wind", "刮风"),
    "storm": Words("in a thunderstorm", "雷雨"),
}
SIZES: dict[str, Words] = {
    "EWS": Words("extreme wide shot", "大远景"),
    "WS": Words("wide shot", "远景"),
    "FS": Words("full shot", "全景"),
    "MLS": Words("medium long shot", "中全景"),
    "MS": Words("medium shot", "中景"),
    "MCU": Words("medium close-up", "中近景"),
    "CU": Words("close-up", "近景"),
    "ECU": Words("extreme close-up", "特写"),
}
ANGLES: dict[str, Words] = {
    "eye_level": Words("at eye level", "平视"),
    "low": Words("from below", "仰拍"),
    "high": Words("from above", "俯拍"),
    "overhead": Words("from overhead", "顶拍"),
    "dutch": Words("tilted", "倾斜构图"),
}
MOVES: dict[str, Words] = {
    "static": Words("the camera is still", "镜头静止"),
    "push_in": Words("the camera pushes in", "镜头推近"),
    "pull_out": Words("the camera pulls out", "镜头拉远"),
    "truck": Words("the camera trucks sideways", "镜头横移"),
    "pan": Words("the camera pans", "镜头摇移"),
    "handheld": Words("the camera is handheld", "手持镜头"),
}
STYLES: dict[str, Words] = {
    "flat": Words("flat colour animation", "平涂动画"),
    "ink_noir": Words("black ink comic", "黑白墨线漫画"),
    "watercolour": Words("watercolour", "水彩"),
    "pencil": Words("pencil drawing", "铅笔画"),
    "risograph": Words("risograph print", "孔版印刷"),
}
# Things that are in a hand for an act.
THINGS: dict[str, Words] = {
    "cup": Words("a cup", "杯子"),
    "glass": Words("a glass", "玻璃杯"),
    "bottle": Words("a bottle", "瓶子"),
    "apple": Words("an apple", "苹果"),
    "sandwich": Words("a sandwich", "三明治"),
    "phone": Words("a phone", "手机"),
    "book": Words("a book", "书"),
    "letter": Words("a letter", "信"),
    "newspaper": Words("a newspaper", "报纸"),
    "box": Words("a box", "箱子"),
    "ball": Words("a ball", "球"),
    "flowers": Words("flowers", "花"),
    "gun": Words("a gun", "手枪"),
    "umbrella": Words("an umbrella", "雨伞"),
    "suitcase": Words("a suitcase", "手提箱"),
    "lantern": Words("a lantern", "灯笼"),
}
