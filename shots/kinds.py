"""What a name stands for: the set that a place is drawn as, the drawing of a prop, the species of a character.

Looks words up in English and Chinese; never fails, and never reads anything but the words it is given.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TypeVar

from shots.spec import PlaceKind, Species, WeatherKind

__all__ = ["INTERIOR_KINDS", "PROP_KINDS", "place_kind", "prop_kind", "species_of", "weather_of"]

INTERIOR_KINDS: frozenset[PlaceKind] = frozenset(
    {
        "living_room",
        "bedroom",
        "kitchen",
        "office",
        "cafe",
        "bar",
        "corridor",
        "station",
        "car",
        "cave",
        "train",
        "spaceship",
        "diner",
        "hospital",
        "classroom",
        "theatre",
        "church",
        "prison_cell",
        "bathroom",
        "shop",
        "warehouse",
    }
)
K = TypeVar("K")

_PLACES: dict[PlaceKind, str] = {  # a word may stand in two: what it is inside, and what it is seen from outside
    "bedroom": "bedroom bed dormitory dorm nursery hotel_room motel motel_room bunk cabin_room "
    "卧室 宿舍 客房 房间 酒店房间",
    "bathroom": "bathroom washroom restroom toilet shower lavatory shower_room locker_room sauna "
    "浴室 洗手间 卫生间 厕所 澡堂",
    "kitchen": "kitchen kitchenette galley pantry bakery scullery 厨房 后厨",
    "classroom": "classroom school lecture_hall schoolroom lecture_theatre kindergarten homeroom 教室 学校 课堂 幼儿园",
    "hospital": "hospital hospital_room ward clinic surgery operating_room operating_theatre emergency_room er icu "
    "infirmary doctor's_office recovery_room morgue 医院 病房 诊所 急诊室 手术室 医务室",
    "office": "office boardroom study laboratory lab newsroom studio police_station precinct "
    "interrogation_room courtroom bank library cubicle workshop control_room "
    "meeting_room conference_room server_room lighthouse_office archive "
    "办公室 书房 会议室 实验室 图书馆 派出所 警局 银行 法庭 工作室",
    "shop": "shop store bookshop bookstore florist supermarket market_hall grocery grocery_store boutique pharmacy "
    "pawnshop barbershop toy_store record_store convenience_store mall laundromat hairdresser tailor_shop "
    "商店 书店 超市 便利店 花店 药店 商场 小卖部 理发店",
    "diner": "diner burger_joint fast_food truck_stop pizzeria noodle_shop noodle_bar ramen_bar food_court "
    "面馆 快餐店 大排档 小吃店",
    "cafe": "cafe café coffee_shop coffee_house coffeehouse restaurant tea_house teahouse tearoom canteen "
    "cafeteria bistro ice_cream_parlour "
    "咖啡馆 咖啡厅 咖啡店 餐厅 饭店 餐馆 茶馆 食堂",
    "bar": "bar pub tavern nightclub club saloon casino jazz_club karaoke 酒吧 夜店 酒馆 舞厅",
    "theatre": "theatre theater cinema stage auditorium opera opera_house concert_hall playhouse movie_theater "
    "movie_theatre circus circus_tent 剧院 电影院 影院 舞台 礼堂 音乐厅 戏院",
    "church": "church chapel cathedral temple monastery abbey shrine mosque synagogue convent crypt "
    "教堂 寺庙 寺院 庙 教会",
    "prison_cell": "prison prison_cell cell jail jail_cell holding_cell dungeon cell_block death_row "
    "监狱 牢房 看守所 囚室 地牢",
    "warehouse": "warehouse garage factory barn hangar depot storage stockroom mill boathouse loading_bay "
    "仓库 车库 工厂 厂房 库房",
    "cave": "cave cavern grotto mine mine_shaft catacombs lair 山洞 洞穴 岩洞 矿井",
    "spaceship": "spaceship spacecraft starship space_station spacestation space_shuttle shuttle airlock cockpit "
    "escape_pod lunar_module bridge 飞船 太空船 宇宙飞船 空间站 太空舱",
    "train": "train carriage train_carriage train_compartment compartment subway_car train_car dining_car "
    "sleeping_car subway_train tram 车厢 火车 地铁车厢 列车 高铁 卧铺",
    "corridor": "corridor hallway hall passage stairwell stairs staircase lobby foyer elevator lift tunnel vestibule "
    "landing basement cellar sewer "
    "走廊 过道 楼道 楼梯 楼梯间 大堂 大厅 电梯 隧道 地下室",
    "station": "station train_station railway_station subway metro platform airport terminal bus_stop bus_station "
    "bus_shelter waiting_room train tram "
    "车站 火车站 地铁站 地铁 站台 月台 机场 公交站 候车室 火车",
    "car": "car taxi cab van truck limousine sedan pickup vehicle police_car patrol_car ambulance bus backseat jeep "
    "车 车内 汽车 出租车 卡车 公交车 轿车 警车",
    "living_room": "living_room lounge sitting_room apartment flat house home cottage mansion parlour parlor den attic "
    "cabin suite penthouse drawing_room dining_room room conservatory trailer tent lighthouse hut "
    "museum gallery "
    "客厅 公寓 家 屋 住宅 别墅 餐室 阁楼 美术馆 博物馆",
    "alley": "alley alleyway back_street backstreet lane passageway loading_dock courtyard yard backyard junkyard "
    "prison warehouse factory garage "
    "小巷 巷子 胡同 后巷 弄堂 院子 后院 监狱 仓库 工厂",
    "park": "park garden playground cemetery graveyard churchyard campus lawn zoo pond fountain orchard school "
    "hospital 公园 花园 操场 墓地 校园 草坪 学校 医院",
    "forest": "forest woods wood jungle grove swamp woodland trail 森林 树林 丛林 林间 山林 竹林",
    "mountain": "mountain mountains mountaintop mountainside summit peak ridge cliff cliffs ravine gorge glacier pass "
    "mountain_pass alps cave mine 山 山顶 山路 雪山 悬崖 山谷 峡谷 山洞",
    "desert": "desert dunes dune badlands canyon wasteland oasis mesa salt_flats planet moon spaceship spacecraft "
    "沙漠 戈壁 沙丘 荒漠 火星 月球",
    "harbour": "harbour harbor dock docks wharf marina quay jetty pier port shipyard fishing_port waterfront ferry "
    "码头 港口 港湾 渔港 渡口 船坞",
    "bridge": "bridge footbridge suspension_bridge overpass viaduct railway_bridge 桥 大桥 天桥 石桥 桥上",
    "beach": "beach shore seaside coast lake lakeside river riverbank riverside sea ocean "
    "boat ship yacht island lighthouse lighthouse_rock canal "
    "海滩 沙滩 海边 海岸 湖边 河边 河岸 江边 海 船 岛",
    "field": "field meadow farm prairie plain plains countryside pasture steppe hill hilltop moor vineyard "
    "wheatfield cornfield barn "
    "田野 田 草原 农田 麦田 荒野 乡间 山坡",
    "rooftop": "rooftop roof terrace balcony deck fire_escape 屋顶 天台 阳台 楼顶 露台",
    "street": "street road avenue boulevard highway sidewalk pavement crossroads intersection city downtown "
    "square plaza market parking_lot car_park driveway gas_station petrol_station suburb town village porch "
    "front_door gate alley_mouth crossing bus_stop_outside "
    "街 街道 马路 大街 路口 街头 路 广场 市场 停车场 城市 村口 大门 门口",
}
_PROPS: dict[str, str] = {
    "phone": "phone mobile smartphone cellphone cell mobile_phone cell_phone 手机",
    "telephone": "telephone landline receiver payphone desk_phone handset 电话 话筒 座机 听筒",
    "cup": "cup teacup coffee tea espresso cappuccino latte cocoa coffee_cup 杯子 咖啡 茶杯 茶 纸杯",
    "mug": "mug thermos beaker 马克杯 保温杯",
    "glass": "glass tumbler whisky whiskey beer pint drink cocktail water 玻璃杯 啤酒 威士忌",
    "wine": "wine wine_glass wineglass champagne goblet glass_of_wine 红酒 葡萄酒 香槟 酒杯 酒",
    "bottle": "bottle flask vial beer_bottle wine_bottle water_bottle bottle_of_wine 瓶子 酒瓶 水瓶 瓶",
    "teapot": "teapot kettle coffee_pot coffeepot 茶壶 水壶",
    "pot": "pot saucepan cauldron stockpot casserole 锅 砂锅",
    "pan": "pan frying_pan skillet wok 平底锅 炒锅",
    "plate": "plate dish saucer tray platter 盘子 碟子 盘",
    "bowl": "bowl soup noodles rice porridge ramen 碗 面条 汤 米饭 粥",
    "food": "food sandwich burger hamburger toast taco hotdog meal lunch breakfast dinner snack biscuit cookie "
    "dumpling dumplings doughnut donut bun 汉堡 三明治 饺子 包子 饼干 食物 早餐 午餐 晚餐",
    "cake": "cake birthday_cake cupcake pie tart muffin pastry gateau 蛋糕 生日蛋糕 月饼",
    "pizza": "pizza 披萨 比萨",
    "bread": "bread loaf baguette bread_roll 面包",
    "apple": "apple fruit peach pear tomato orange 苹果 水果 桃子 橘子 橙子",
    "book": "book diary notebook journal novel bible ledger album textbook sketchbook passport scrapbook "
    "书 日记 笔记本 本子 日记本 护照 相册",
    "letter": "letter postcard telegram love_letter invitation 信 情书 明信片 请柬",
    "envelope": "envelope mail post 信封",
    "paper": "paper note document contract file page receipt list manuscript script card leaflet will paperwork "
    "drawing sketch certificate business_card folder dossier prescription "
    "纸条 纸 合同 文件 名片 收据 剧本 便条 作业 试卷 简历",
    "ticket": "ticket tickets boarding_pass train_ticket 车票 票 门票 电影票 火车票",
    "newspaper": "newspaper magazine 报纸 杂志",
    "photo": "photograph photo polaroid snapshot picture portrait_photo 照片 相片 合影",
    "map": "map blueprint chart atlas 地图 图纸",
    "money": "money cash banknote banknotes bill bills dollars wad 钱 现金 钞票 红包",
    "coin": "coin coins penny medal token medallion 硬币 奖牌 勋章",
    "wallet": "wallet billfold 钱包",
    "bag": "bag handbag backpack satchel briefcase rucksack tote duffel shopping_bag sack purse "
    "包 手提包 背包 公文包 书包 袋子",
    "suitcase": "suitcase luggage trunk valise guitar_case 行李箱 皮箱 箱子 行李",
    "box": "box package parcel crate chest carton toolbox 盒子 包裹 纸箱 箱 快递",
    "gift": "gift present giftbox gift_box 礼物 礼盒",
    "lamp": "lamp table_lamp desk_lamp bedside_lamp reading_lamp 台灯 灯",
    "lantern": "lantern oil_lamp hurricane_lamp 灯笼 油灯 提灯",
    "torch": "torch flashlight 手电 手电筒 火把",
    "candle": "candle candlestick candles 蜡烛",
    "match": "match matchstick matches lighter 火柴 打火机",
    "cigarette": "cigarette cigar pipe 烟 香烟 烟斗",
    "umbrella": "umbrella parasol 伞 雨伞",
    "key": "key keys keyring keycard house_key car_key 钥匙 房卡",
    "knife": "knife dagger blade scissors razor scalpel 刀 匕首 剪刀 菜刀",
    "gun": "gun pistol revolver rifle shotgun weapon 枪 手枪",
    "axe": "axe hatchet 斧头 斧子",
    "hammer": "hammer mallet wrench screwdriver crowbar 锤子 扳手",
    "broom": "broom mop rake shovel spade 扫帚 拖把 铲子",
    "ladder": "ladder stepladder 梯子",
    "bucket": "bucket pail 水桶 桶",
    "rope": "rope cord noose 绳子 绳索 绳",
    "cane": "cane walking_stick stick crutch 拐杖 手杖 棍子",
    "handcuffs": "handcuffs cuffs shackles 手铐",
    "badge": "badge police_badge sheriff_badge 警徽 徽章 警官证",
    "leash": "leash lead 狗绳 牵引绳",
    "tag": "tag dog_tag nametag name_tag collar 狗牌 名牌 项圈 吊牌",
    "flower": "flower flowers bouquet rose roses tulip tulips lily daisies vase 花 鲜花 玫瑰 花束 花瓶",
    "laptop": "laptop computer keyboard 电脑 笔记本电脑",
    "tablet": "tablet ipad e-reader 平板 平板电脑",
    "screen": "screen television tv monitor telly 屏幕 电视 电视机 显示器",
    "remote": "remote remote_control 遥控器",
    "radio": "radio boombox walkie-talkie wireless transistor 收音机 对讲机",
    "record_player": "record_player turntable gramophone phonograph record vinyl 唱片机 唱片 留声机",
    "typewriter": "typewriter 打字机",
    "camera": "camera binoculars camcorder 相机 照相机 摄像机 望远镜",
    "microphone": "microphone mic 麦克风 话筒架",
    "guitar": "guitar ukulele banjo 吉他",
    "violin": "violin fiddle cello viola 小提琴 大提琴 二胡",
    "clock": "clock alarm_clock wall_clock stopwatch timer 钟 闹钟 时钟 挂钟",
    "watch": "watch wristwatch pocket_watch pocketwatch 手表 怀表",
    "calendar": "calendar 日历 挂历",
    "mirror": "mirror looking_glass 镜子 镜",
    "painting": "painting portrait canvas framed_picture oil_painting 画 油画 画像",
    "poster": "poster playbill 海报",
    "sign": "sign signpost billboard notice placard 招牌 牌子 路牌 标语",
    "banner": "banner 横幅",
    "blackboard": "blackboard chalkboard whiteboard 黑板 白板",
    "nameplate": "nameplate desk_plate 铭牌 桌牌",
    "flag": "flag pennant 旗 旗子 国旗 红旗",
    "ring": "ring wedding_ring engagement_ring earring 戒指 婚戒 耳环",
    "necklace": "necklace locket pendant bracelet pearls chain 项链 手链 吊坠 珍珠",
    "trophy": "trophy award 奖杯",
    "hat": "hat cap fedora bowler 帽子 帽",
    "helmet": "helmet motorcycle_helmet hard_hat 头盔 安全帽",
    "pen": "pen pencil brush paintbrush marker crayon chopsticks wand 笔 铅笔 钢笔 毛笔 筷子",
    "ball": "ball tennis_ball basketball baseball marble 球 篮球 网球",
    "football": "football soccer_ball 足球",
    "toy": "toy teddy teddy_bear bear stuffed_animal stuffed_bear plush 玩具 玩具熊 布偶熊",
    "doll": "doll puppet marionette figurine 娃娃 洋娃娃 木偶 布娃娃",
    "balloon": "balloon balloons red_balloon 气球",
    "bicycle": "bicycle bike scooter 自行车 单车",
    "stethoscope": "stethoscope 听诊器",
    "syringe": "syringe needle hypodermic injection 注射器 针筒 针",
    "pills": "pills pill_bottle pill medicine tablets drugs 药 药瓶 药片",
    "door": "door 门",
    "chair": "chair 椅子",
    "stool": "stool 凳子",
    "armchair": "armchair wing_chair rocking_chair 扶手椅",
    "bench": "bench pew 长椅",
    "sofa": "sofa couch settee 沙发",
    "bed": "bed cot 床",
    "table": "table 桌子",
    "desk": "desk 书桌 办公桌",
    "counter": "counter 柜台 吧台",
}
_PROPS |= {
    "campfire": "campfire fire_pit 篝火",
    "bonfire": "bonfire",
    "fire": "fire blaze flames",
    "fountain": "fountain 喷泉",
    "smoke": "smoke",
    "car": "car sedan limousine limo jeep convertible 汽车 轿车",
    "taxi": "taxi cab 出租车",
    "police_car": "police_car patrol_car squad_car 警车",
    "ambulance": "ambulance 救护车",
    "van": "van minivan 面包车",
    "truck": "truck lorry pickup 卡车",
    "bus": "bus coach 公交车 大巴 巴士",
    "train": "train locomotive 火车 列车",
    "tram": "tram streetcar 电车",
    "motorcycle": "motorcycle motorbike moped 摩托车",
    "boat": "boat rowboat sailboat canoe dinghy 小船 渔船",
    "ship": "ship ferry yacht freighter 轮船",
    "plane": "plane airplane aeroplane jet 飞机",
    "helicopter": "helicopter chopper 直升机",
    "horse_cart": "cart wagon horse_cart 马车",
    "ufo": "ufo flying_saucer 飞碟",
}
_SPECIES: dict[Species, str] = {
    "dog": "dog puppy hound terrier labrador retriever poodle mutt spaniel collie 狗 小狗 大黄 犬",
    "cat": "cat kitten kitty tomcat 猫 小猫",
    "horse": "horse pony stallion mare foal colt racehorse 马匹 骏马 白马 黑马 战马 小马驹",
    "bird": "bird pigeon gull seagull crow sparrow parrot owl eagle dove canary 小鸟 鸽子 乌鸦 海鸥 麻雀 鹦鹉",
    "fish": "fish goldfish trout carp salmon 金鱼 鲤鱼",
}
_WEATHER: dict[WeatherKind, str] = {
    "storm": "storm stormy thunderstorm lightning thunder tempest hurricane typhoon 暴风雨 雷雨 闪电 雷暴 台风 打雷",
    "rain": "rain rains raining rainy rainstorm drizzle downpour raindrops rain-soaked 雨 下雨 暴雨",
    "snow": "snow snows snowing snowy blizzard snowfall snowstorm 雪 下雪",
    "fog": "fog foggy mist misty haze 雾 大雾",
    "wind": "windy gale gusts windswept 大风 狂风",
    "overcast": "overcast cloudy 阴天 多云",
}


PROP_KINDS: frozenset[str] = frozenset(_PROPS)
"""Every kind that `prop_kind` can answer; all have a drawing in the theatre."""


def place_kind(name: str, interior: bool | None = None) -> PlaceKind:
    """The set for a place of this name; parts after " - " say most. Unknown: a living room or a street.

    A name that stands for an inside and an outside ("spaceship") is the inside when `interior` is not said.
    """
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


def _by_word(kinds: Mapping[K, str]) -> dict[str, tuple[K, ...]]:
    table: dict[str, tuple[K, ...]] = {}
    for kind, words in kinds.items():
        for word in words.split():
            spoken = word.replace("_", " ")
            table[spoken] = (*table.get(spoken, ()), kind)
    return table


_PLACE_OF = _by_word(_PLACES)
_PROP_OF = _by_word(_PROPS)
_SPECIES_OF = _by_word(_SPECIES)
_WEATHER_OF = _by_word(_WEATHER)


def _matches(text: str, table: Mapping[str, tuple[K, ...]]) -> list[K]:
    """Kinds named in `text`: longer names first, then the later in the text (the last word is the noun)."""
    folded = text.casefold().replace("’", "'")
    words = re.findall(r"[^\W_][\w'-]*", folded)
    found: list[tuple[int, int, tuple[K, ...]]] = []
    for length in (3, 2, 1):
        for start in range(len(words) - length + 1):
            if kinds := table.get(" ".join(words[start : start + length])):
                found.append((length, start, kinds))
    if not folded.isascii():
        for word, kinds in table.items():
            if not word.isascii() and (at := folded.rfind(word)) >= 0:
                found.append((len(word), at, kinds))
    found.sort(key=lambda match: match[:2], reverse=True)
    return [kind for _, _, kinds in found for kind in kinds]
