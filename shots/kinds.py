"""What a name stands for: the set that a place is drawn as, the drawing of a prop, the species of a character.

Looks words up in English and Chinese; never fails, and never reads anything but the words it is given.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TypeVar

from shots.spec import PlaceKind, Species, WeatherKind

__all__ = ["INTERIOR_KINDS", "place_kind", "prop_kind", "species_of", "weather_of"]

INTERIOR_KINDS: frozenset[PlaceKind] = frozenset(
    {"living_room", "bedroom", "kitchen", "office", "cafe", "bar", "corridor", "station", "car"}
)
K = TypeVar("K")

_PLACES: dict[PlaceKind, str] = {
    "bedroom": "bedroom bed dormitory dorm nursery hotel_room motel motel_room hospital_room ward bunk cabin_room "
    "卧室 宿舍 病房 客房 房间 酒店房间",
    "kitchen": "kitchen kitchenette galley pantry bakery laundry bathroom washroom restroom toilet "
    "厨房 浴室 洗手间 卫生间 厕所",
    "office": "office boardroom study classroom school laboratory lab newsroom studio police_station precinct "
    "interrogation_room courtroom bank library clinic surgery doctor's_office cubicle workshop control_room "
    "meeting_room conference_room server_room lighthouse_office archive bridge cockpit morgue "
    "办公室 教室 书房 会议室 实验室 图书馆 派出所 警局 银行 法庭 诊所 工作室",
    "cafe": "cafe café coffee_shop coffee_house coffeehouse diner restaurant tea_house teahouse tearoom canteen "
    "cafeteria bistro ice_cream_parlour bookshop bookstore shop store florist supermarket market_hall "
    "咖啡馆 咖啡厅 咖啡店 餐厅 饭店 餐馆 茶馆 食堂 面馆 商店 书店 超市 便利店",
    "bar": "bar pub tavern nightclub club saloon casino jazz_club karaoke theatre theater cinema stage "
    "酒吧 夜店 酒馆 舞厅 剧院 电影院",
    "corridor": "corridor hallway hall passage stairwell stairs staircase lobby foyer elevator lift tunnel vestibule "
    "landing basement cellar prison cell hospital spaceship airlock sewer "
    "走廊 过道 楼道 楼梯 楼梯间 大堂 大厅 电梯 隧道 地下室 医院 监狱",
    "station": "station train_station railway_station subway metro platform airport terminal bus_stop bus_station "
    "bus_shelter depot waiting_room carriage train "
    "车站 火车站 地铁站 地铁 站台 月台 机场 公交站 候车室 车厢 火车",
    "car": "car taxi cab van truck limousine sedan pickup vehicle police_car patrol_car ambulance bus backseat jeep "
    "车 车内 汽车 出租车 卡车 公交车 轿车 警车",
    "living_room": "living_room lounge sitting_room apartment flat house home cottage mansion parlour parlor den attic "
    "cabin suite penthouse drawing_room dining_room room conservatory trailer tent lighthouse hut church chapel temple "
    "museum gallery barn garage warehouse "
    "客厅 公寓 家 屋 住宅 别墅 餐室 阁楼 教堂 寺庙 美术馆 博物馆 仓库 车库",
    "alley": "alley alleyway back_street backstreet lane passageway loading_dock courtyard yard backyard junkyard "
    "小巷 巷子 胡同 后巷 弄堂 院子 后院",
    "park": "park garden playground cemetery graveyard churchyard campus lawn zoo pond fountain orchard "
    "公园 花园 操场 墓地 校园 草坪",
    "forest": "forest woods wood jungle grove swamp woodland mountain trail mountains ravine "
    "森林 树林 丛林 林间 山林 山路 竹林 山",
    "beach": "beach shore seaside coast harbour harbor pier dock lake lakeside river riverbank riverside sea ocean "
    "boat island cliff quay jetty lighthouse_rock canal waterfront "
    "海滩 沙滩 海边 海岸 码头 湖边 河边 河岸 江边 海 船 岛",
    "field": "field meadow farm desert prairie plain plains countryside pasture steppe hill hilltop moor vineyard "
    "wheatfield cornfield wasteland "
    "田野 田 草原 农田 沙漠 麦田 荒野 乡间 山坡",
    "rooftop": "rooftop roof terrace balcony deck fire_escape 屋顶 天台 阳台 楼顶 露台",
    "street": "street road avenue boulevard highway sidewalk pavement crossroads intersection bridge city downtown "
    "square plaza market parking_lot car_park driveway gas_station petrol_station suburb town village porch "
    "front_door gate alley_mouth crossing bus_stop_outside "
    "街 街道 马路 大街 路口 街头 路 广场 市场 停车场 桥 城市 村口 大门 门口",
}
_PROPS: dict[str, str] = {
    "phone": "phone telephone mobile smartphone cellphone receiver 电话 手机 话筒",
    "cup": "cup mug teacup coffee tea espresso 杯子 咖啡 茶杯 茶",
    "glass": "glass tumbler whisky whiskey wine beer martini drink 酒杯 玻璃杯 酒",
    "bottle": "bottle flask vial beer_bottle 瓶子 酒瓶 瓶",
    "book": "book diary notebook journal novel bible ledger album 书 日记 笔记本 本子",
    "letter": "letter envelope note paper postcard telegram document contract file newspaper map photograph photo "
    "picture ticket card 信 信封 纸条 照片 报纸 地图 车票 纸",
    "bag": "bag handbag backpack satchel purse briefcase suitcase luggage 包 手提包 背包 公文包 行李箱 箱子",
    "lamp": "lamp lantern torch flashlight candle lighter match 灯 灯笼 手电 手电筒 蜡烛 打火机",
    "umbrella": "umbrella parasol 伞 雨伞",
    "key": "key keys keyring 钥匙",
    "knife": "knife dagger blade scissors 刀 匕首 剪刀",
    "gun": "gun pistol revolver rifle shotgun 枪 手枪",
    "flowers": "flower flowers bouquet rose roses 花 鲜花 玫瑰",
    "laptop": "laptop computer tablet keyboard 电脑 笔记本电脑",
    "box": "box package parcel gift present crate chest 盒子 礼物 包裹 箱",
    "ball": "ball football 球 足球",
    "chair": "chair stool armchair bench sofa 椅子 凳子 沙发",
    "table": "table desk counter 桌子 书桌",
}
_SPECIES: dict[Species, str] = {
    "dog": "dog puppy hound terrier labrador retriever poodle mutt spaniel collie 狗 小狗 大黄 犬",
    "cat": "cat kitten kitty tomcat 猫 小猫",
}
_WEATHER: dict[WeatherKind, str] = {
    "rain": "rain rains raining rainy rainstorm drizzle downpour thunderstorm storm raindrops rain-soaked 雨 下雨 暴雨",
    "snow": "snow snows snowing snowy blizzard snowfall snowstorm 雪 下雪",
    "fog": "fog foggy mist misty haze 雾 大雾",
    "wind": "windy gale gusts windswept 大风 狂风",
    "overcast": "overcast cloudy 阴天 多云",
}


def place_kind(name: str, interior: bool | None = None) -> PlaceKind:
    """The set for a place of this name; parts after " - " say most. Unknown: a living room or a street."""
    for part in reversed(re.split(r"\s+[-–—/]\s+|\s*/\s*", name)):
        for kind in _matches(part, _PLACE_OF):
            if interior is None or (kind in INTERIOR_KINDS) == interior or kind == "station":
                return kind
    return "street" if interior is False else "living_room"


def prop_kind(name: str) -> str | None:
    """The drawing for a prop of this name, None when the word is not known."""
    return next(iter(_matches(name, _PROP_OF)), None)


def species_of(words: str) -> Species:
    """Whether a name or description is a dog's, a cat's or a person's."""
    return next(iter(_matches(words, _SPECIES_OF)), "person")


def weather_of(words: str) -> WeatherKind | None:
    """The weather that a slugline or an action line tells of, if any."""
    return next(iter(_matches(words, _WEATHER_OF)), None)


def _by_word(kinds: Mapping[K, str]) -> dict[str, K]:
    return {word.replace("_", " "): kind for kind, words in kinds.items() for word in words.split()}


_PLACE_OF = _by_word(_PLACES)
_PROP_OF = _by_word(_PROPS)
_SPECIES_OF = _by_word(_SPECIES)
_WEATHER_OF = _by_word(_WEATHER)


def _matches(text: str, table: Mapping[str, K]) -> list[K]:
    """Kinds named in `text`: longer names first, then the later in the text (the last word is the noun)."""
    folded = text.casefold().replace("’", "'")
    words = re.findall(r"[^\W_][\w'-]*", folded)
    found: list[tuple[int, int, K]] = []
    for length in (3, 2, 1):
        for start in range(len(words) - length + 1):
            if kind := table.get(" ".join(words[start : start + length])):
                found.append((length, start, kind))
    if not folded.isascii():
        for word, kind in table.items():
            if not word.isascii() and (at := folded.rfind(word)) >= 0:
                found.append((len(word), at, kind))
    found.sort(key=lambda match: match[:2], reverse=True)
    return [kind for _, _, kind in found]
