# ruff: noqa: E501  (Chinese letters count twice)
"""What sounds are called in captions for people who do not hear them, in English and Chinese. Only data."""

from __future__ import annotations

__all__ = ["EFFECTS", "MOODS", "PLACES", "WEATHER", "WORDS"]

_ROWS = """
alarm: alarm blares, 警报响起 | applause: applause, 掌声 | arrow: arrow whistles past, 箭声掠过 | baby cry: baby cries, 婴儿啼哭
bang: bang, 砰的一声 | barefoot step: bare footsteps, 赤脚的脚步声 | beep: beep, 哔的一声 | bell: bell rings, 铃响
bicycle: bicycle passes, 自行车驶过 | bicycle bell: bicycle bell, 自行车铃声 | birdsong: birds sing, 鸟鸣
body fall: body falls, 身体倒地 | boiling water: water boils, 水沸声 | book close: book shuts, 合上书本 | brakes: brakes squeal, 刹车声
breath: heavy breathing, 喘息声 | buzzer: buzzer, 蜂鸣声 | camera: camera clicks, 快门声 | can: can opens, 易拉罐打开
car crash: car crashes, 汽车撞击 | car door: car door shuts, 车门关上 | car horn: car horn, 汽车喇叭 | car pass: car passes, 汽车驶过
car start: car starts, 汽车发动 | cat hiss: cat hisses, 猫嘶叫 | cat meow: cat meows, 猫叫 | cat purr: cat purrs, 猫打呼噜
chain: chain rattles, 铁链声 | chair scrape: chair scrapes, 椅子拖动 | cheer: cheering, 欢呼 | chop: chopping, 切菜声
church bell: church bell tolls, 教堂钟声 | clang: clang, 哐当一声 | clap: clapping, 拍手 | clatter: clatter, 碰撞声 | click: click, 咔嗒
clock tick: clock ticks, 时钟滴答 | cloth: cloth rustles, 衣料窸窣 | coins: coins jingle, 硬币叮当 | cork: cork pops, 瓶塞弹开
cough: coughing, 咳嗽 | cow: cow moos, 牛叫 | crickets: crickets chirp, 蟋蟀鸣叫 | crow: crow caws, 乌鸦叫 | crowd: crowd murmurs, 人群嘈杂
cup down: cup is set down, 放下杯子 | cutlery: cutlery clinks, 餐具碰响 | desk bell: desk bell, 前台铃响 | dial tone: dial tone, 拨号音
dishes: dishes clatter, 碗碟碰响 | dog bark: dog barks, 狗叫 | dog growl: dog growls, 狗低吼 | dog howl: dog howls, 狗嚎
dog whimper: dog whimpers, 狗呜咽 | door chime: door chime, 门铃叮咚 | door close: door closes, 门关上 | door creak: door creaks, 门吱呀作响
door handle: door handle turns, 门把转动 | door open: door opens, 门打开 | door slam: door slams, 门砰地关上 | doorbell: doorbell rings, 门铃响
drawer: drawer slides, 抽屉声 | drink: drinking, 喝水声 | drop: something drops, 东西掉落 | eat: eating, 咀嚼声
electricity: electricity crackles, 电流噼啪 | engine: engine roars, 引擎轰鸣 | engine idle: engine idles, 引擎怠速 | explosion: explosion, 爆炸
fire: fire crackles, 火焰噼啪 | fireworks: fireworks, 烟花 | fly: fly buzzes, 苍蝇嗡嗡 | footsteps: footsteps, 脚步声
footsteps in leaves: footsteps in leaves, 踩落叶的脚步声 | footsteps in snow: footsteps in snow, 踩雪的脚步声
footsteps in water: footsteps in water, 踩水的脚步声 | footsteps on gravel: footsteps on gravel, 踩碎石的脚步声
frog: frog croaks, 蛙鸣 | gasp: gasp, 倒吸一口气 | glass break: glass shatters, 玻璃碎裂 | glass clink: glasses clink, 碰杯
glass down: glass is set down, 放下玻璃杯 | gong: gong, 锣声 | groan: groan, 呻吟 | gull: gulls cry, 海鸥叫 | gun cock: gun cocks, 上膛
gunshot: gunshot, 枪声 | gunshots: gunshots, 连续枪声 | hail: hail, 冰雹 | hammering: hammering, 锤打声 | hang up: phone is hung up, 挂断电话
heartbeat: heartbeat, 心跳 | helicopter: helicopter, 直升机 | hooves: hooves, 马蹄声 | horse gallop: horse gallops, 马奔驰
horse neigh: horse neighs, 马嘶 | ice: ice clinks, 冰块碰响 | kettle: kettle whistles, 水壶鸣响 | keypad: keypad beeps, 按键声
keys: keys jingle, 钥匙叮当 | kiss: kiss, 亲吻 | klaxon: klaxon, 警笛 | knock: knocking, 敲门声 | laugh: laughs, 笑
laughter: laughter, 笑声 | lift: lift hums, 电梯声 | lighter: lighter flicks, 打火机声 | lock: lock clicks, 锁响
machine hum: machine hums, 机器嗡鸣 | match: match strikes, 划火柴 | message: message chimes, 消息提示音 | microwave: microwave, 微波炉
monitor: monitor beeps, 监护仪滴滴 | motorbike: motorbike, 摩托车 | owl: owl hoots, 猫头鹰叫 | page turn: page turns, 翻页
pan: pan clangs, 锅响 | paper: paper rustles, 纸张沙沙 | paper crumple: paper crumples, 揉纸 | paper tear: paper tears, 撕纸
pen: pen scratches, 书写声 | phone buzz: phone buzzes, 手机震动 | phone ring: phone rings, 电话铃响 | pigeon: pigeons coo, 鸽子咕咕
plane: plane overhead, 飞机掠过 | pounding: pounding, 猛敲 | pour: pouring, 倒水声 | printer: printer whirs, 打印机声 | punch: punch, 一拳
put down: something is set down, 放下东西 | radio static: static, 电台杂音 | rain: rain, 雨声 | rain on glass: rain on glass, 雨打玻璃
rain on leaves: rain on leaves, 雨打树叶 | rain on roof: rain on the roof, 雨打屋顶 | referee: referee whistles, 裁判哨声
ringtone: ringtone, 手机铃声 | river: river, 河水声 | rooster: rooster crows, 公鸡打鸣 | run step: running footsteps, 奔跑的脚步声
running: running footsteps, 奔跑的脚步声 | sawing: sawing, 锯木声 | scream: scream, 尖叫 | sea: waves, 海浪 | sheep: sheep bleat, 羊叫
ship horn: ship's horn, 船鸣笛 | shout: shout, 喊叫 | shower: shower runs, 淋浴声 | sigh: sighs, 叹气 | siren: siren wails, 警笛声
sit down: sits down, 坐下 | sizzle: sizzling, 滋滋声 | slap: slap, 耳光声 | sliding door: door slides, 推拉门声 | sneeze: sneeze, 打喷嚏
snore: snoring, 打鼾 | sob: sobbing, 啜泣 | splash: splash, 水花声 | stairs: footsteps on stairs, 楼梯上的脚步声 | step: footstep, 脚步声
step in leaves: footstep in leaves, 踩落叶 | step in sand: footstep in sand, 踩沙 | step in snow: footstep in snow, 踩雪
step on gravel: footstep on gravel, 踩碎石 | stir: stirring, 搅拌声 | switch: switch clicks, 开关声 | sword: swords clash, 刀剑相击
sword draw: sword is drawn, 拔剑 | tap: tapping, 轻敲 | thud: thud, 沉闷一响 | thunder: thunder, 雷声 | thunder far: distant thunder, 远处雷声
train horn: train horn, 火车鸣笛 | train pass: train passes, 火车驶过 | truck pass: truck passes, 卡车驶过 | typewriter: typewriter, 打字机
typing: typing, 打字声 | tyres screech: tyres screech, 轮胎尖叫 | water: water runs, 流水声 | whistle: whistle, 口哨 | whoosh: whoosh, 呼的一声
wind: wind, 风声 | window: window opens, 窗户声 | wings: wings flap, 翅膀扑打 | wood break: wood cracks, 木头断裂 | zip: zip, 拉链声
"""


def _read(rows: str) -> dict[str, tuple[str, str]]:
    out: dict[str, tuple[str, str]] = {}
    for entry in rows.replace("\n", "|").split("|"):
        if entry.strip():
            name, _, told = entry.partition(":")
            english, _, chinese = told.partition(",")
            out[name.strip()] = (english.strip(), chinese.strip())
    return out


EFFECTS = _read(_ROWS)
"""The known sounds of `audio.effects.NAMES`, each in English and Chinese."""

WEATHER = _read(
    "rain in: rain on glass, 雨打玻璃 | rain out: rain falls, 雨声 | storm in: storm outside, 窗外暴风雨 "
    "| storm out: thunder and rain, 雷雨 | wind in: wind outside, 窗外风声 | wind out: wind howls, 风呼啸"
)
"""Weather, heard inside and outside."""

PLACES = _read(
    "street: traffic, 车流声 | beach: waves, 海浪 | forest: birds sing, 鸟鸣 | park: birds sing, 鸟鸣 | bar: people murmur, 人声嘈杂 "
    "| cafe: people murmur, 人声嘈杂 | night: crickets chirp, 虫鸣 | crowd: crowd murmurs, 人群嘈杂"
)
"""What is heard of a place when there is no weather to hear."""

MOODS = _read(
    "quiet: quiet, 安静的 | tense: tense, 紧张的 | warm: warm, 温暖的 | urgent: urgent, 急促的 | sad: sad, 悲伤的 | comic: playful, 诙谐的 "
    "| neutral: , "
)
"""How music sounds."""

WORDS = _read("music: music, 音乐 | stops: music stops, 音乐停止")
