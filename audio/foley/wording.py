"""What screenplays call sounds, in English and Chinese: (the known sound, a pattern of what is said).

The first that matches counts, so the particular stands before the general. A word that is more often no sound
than one ("shot", "cup", "wave") stands only beside one that sounds. Matched against lower case without marks.
"""

from __future__ import annotations

__all__ = ["WORDS"]

_BREAK = r"(br[eo]ak|smash|shatter|crash)"
_DOWN = r"(set|put|place|slam|lower|bang|plac)\w*"
_WALKS = r"(foot ?steps?|\bsteps?\b|foot ?falls?|footfall|walk(s|ing)?\b|boots|heels)"

WORDS: tuple[tuple[str, str], ...] = (
    # Weapons and blows.
    (
        "gunshots",
        r"gun ?shots\b|gun ?fire|\bshots (ring|fire|echo|are)|^(two|three|several|more) shots"
        r"|machine ?gun|shoot ?out|连续枪声|枪声大作|枪战",
    ),
    (
        "gun cock",
        r"\bcock(s|ed|ing)?\b.*\b(gun|pistol|rifle|revolver|hammer|weapon)"
        r"|(gun|pistol|rifle|shotgun|weapon).*\b(cock|load|rack)|上膛|拉枪栓",
    ),
    (
        "gunshot",
        r"gun ?shot|\bshots? (ring|fire|echo)|^(a |the )?(single )?shots?$"
        r"|(gun|pistol|rifle|revolver)s? (fire|goes off|go off)|枪",
    ),
    ("explosion", r"explo(sion|de)|\bboom\b|detonat|\bblast\b|爆炸|轰"),
    ("fireworks", r"firework|firecracker|烟花|鞭炮|爆竹"),
    (
        "sword draw",
        r"(sword|blade|knife|dagger).*(draw|drawn|unsheath|slid)"
        r"|(draw|unsheath)\w* .*(sword|blade|knife|dagger)|拔刀|拔剑|出鞘",
    ),
    ("sword", r"sword|\bblades?\b.*(clash|clang|meet|ring)|steel on steel|刀剑|剑"),
    ("arrow", r"\barrows?\b|bow ?string|箭"),
    ("slap", r"\bslap|耳光|巴掌声"),
    ("punch", r"\bpunch|\bthwack|\bfists?\b.*(land|hit|connect)|拳"),
    (
        "body fall",
        r"\bbod(y|ies)\b.*(fall|hit|drop|thud|collaps|slump)|\bcollaps\w*"
        r"|(falls|crumples|slumps|drops) to the (floor|ground)|倒地|摔倒|倒下",
    ),
    ("whoosh", r"who+sh|\bswish|\bswoosh|呼啸而过|嗖"),
    # Doors.
    (
        "car door",
        r"(car|taxi|cab|van|truck|vehicle|vehicles|trunk|boot|hood) ?'?s? doors?"
        r"|door of the (car|taxi|van|truck)|车门|后备箱",
    ),
    (
        "sliding door",
        r"(slid|automatic|train|lift|elevator|subway|metro|shutter)\w* ?doors?\b"
        r"|doors? .*\bslid\w*|推拉门|卷帘门|移门",
    ),
    (
        "door slam",
        r"\b(door|gate|hatch|lid).*\b(slam|bang)|slam.*\b(door|gate|hatch|lid)|\bslams?\b"
        r"|\bslamming\b|摔门|门.*砰|砰.*门|甩门",
    ),
    ("doorbell", r"door ?bell|门铃"),
    ("buzzer", r"\bbuzzer|intercom|蜂鸣"),
    ("pounding", r"\b(pound|bang|hammer|beat)(s|ing|ed)? (on|at|against)|砸门|捶门|拍门"),
    ("knock", r"\bknock|\brap(s|ping)? (on|at)|\btap(s|ping)? (on|at)|敲"),
    (
        "door chime",
        r"(door|shop|entry|entrance).*(chime|tinkl|jingl|bell)|bell.*(jingl|tinkl)"
        r"|\bwind ?chimes?|风铃",
    ),
    ("door creak", r"creak|吱"),
    ("lock", r"\b(un)?lock(s|ed|ing)?\b|key.*(turn|lock)|\bbolts?\b|\blatch|锁"),
    ("door handle", r"(handle|knob).*(rattl|turn|jiggl|shak)|(rattl|jiggl)\w*.*(handle|knob|door)|门把"),
    (
        "door close",
        r"(door|gate|hatch).*\b(clos|shut)|(clos|shut)\w* .*\b(door|gate|hatch)|关上?了?门"
        r"|门.{0,3}关",
    ),
    (
        "door open",
        r"(door|gate|hatch).*\bopen|open\w* .*\b(door|gate|hatch)|\bdoors?\b|推开?门|开门"
        r"|门.{0,2}开|门.{0,2}[声响]",
    ),
    ("drawer", r"\bdrawer|抽屉"),
    (
        "window",
        r"window.*\b(open|clos|shut|slid|up|down)|(open|clos|shut|slid)\w* .*\bwindow"
        r"|(开|关).{0,2}窗|窗.{0,2}(开|关)",
    ),
    # Phones and machines.
    ("hang up", r"hang(s|ing)? up|hung up|receiver|phone.*(down|cradle)|挂断|挂上?了?电话|挂机"),
    (
        "phone buzz",
        r"(phone|mobile|cell|pager).*(buzz|vibrat)|(buzz|vibrat)\w*.*(phone|mobile|cell)"
        r"|\bvibrat|震动|振动",
    ),
    ("keypad", r"\bkey ?pad|\bdial(s|l?ing|led)?\b(?! tone)|punch\w* .*(code|number)|拨号|按键"),
    ("dial tone", r"dial tone|dead line|line (is|goes) dead|忙音"),
    (
        "message",
        r"\b(text|message|notification|e ?mail|inbox)\b.*(ping|ding|chim|beep|arriv|alert|sound)"
        r"|\bding\b|notification|(短信|消息|微信).*(声|响|提示)|提示音",
    ),
    ("ringtone", r"ring ?tone|(cell|mobile|smart) ?(phone)?.*\bring|铃声|手机.*响|手机"),
    (
        "phone ring",
        r"(phone|telephone).*\br[iau]ng|\bring\w*.*phone|^(a |the |his |her )?(tele)?phone$|\brings?\b"
        r"|\bringing\b|电话",
    ),
    (
        "monitor",
        r"(heart|hospital|ekg|ecg|vital)\w* ?.*(monitor|beep)|monitor.*beep|flat ?line|监护仪"
        r"|心电",
    ),
    ("microwave", r"microwave|微波炉"),
    (
        "klaxon",
        r"klaxon|(fire|security|red|emergency|air.?raid) .*(alarm|alert)"
        r"|alarms? (blare|wail|sound|blaring|wailing)|警报",
    ),
    ("alarm", r"\balarms?\b|闹钟|报警"),
    ("typewriter", r"typewriter|打字机"),
    ("typing", r"\btyp(e|es|ing)\b|key ?board|打字|键盘|敲键"),
    (
        "camera",
        r"\bcamera.*(click|snap|flash|shutter)|\bshutter|snap(s|ping)? a (photo|picture)|快门"
        r"|拍照",
    ),
    ("printer", r"\bprint(er|s|ing)\b|\bfax\b|copier|打印机|传真"),
    (
        "radio static",
        r"\bstatic\b|radio|walkie|\bcrackl\w* .*(voice|speaker|intercom)|white noise|收音机"
        r"|电台|杂音|电流声",
    ),
    (
        "electricity",
        r"electric(al|ity)?.*(buzz|hum|arc|crackl|spark|zap)|\bspark(s|ing)\b|short.?circuit"
        r"|\bzap|电火花|短路|滋滋",
    ),
    ("lift", r"(elevator|lift)\b.*(ding|arriv|bell|ping|door)|电梯"),
    (
        "tap",
        r"(tap|faucet|sink).*(run|on\b|gush|turn|flow)|(run|turn)\w* .*(tap|faucet)"
        r"|running water|水龙头|自来水",
    ),
    (
        "machine hum",
        r"\b(hum|whir+|drone)s?\b|\b(hum+ing|whirring|droning)\b|generator|\bfridge"
        r"|refrigerator|air ?con|\bfan\b|嗡|风扇|空调",
    ),
    ("click", r"(mouse|button|pen).*click|clicks? .*(mouse|button)|鼠标"),
    # Vehicles.
    ("train horn", r"train.*(horn|whistl)|locomotive.*whistl|汽笛"),
    ("ship horn", r"(ship|fog|boat|ferry|tug)\w*'?s? ?.*horn|foghorn|船笛|轮船"),
    ("bicycle bell", r"(bicycle|bike|cycle).*bell|车铃"),
    ("car horn", r"\bhorns?\b|\bhonk|\bbeep(s|ing)? (at|the horn)|喇叭|鸣笛"),
    (
        "car crash",
        r"(car|cars|vehicle|truck|bus|van).*\b(crash|collid|smash|slam into)|collision|撞车"
        r"|车祸|相撞",
    ),
    ("siren", r"siren|ambulance|police car|警笛|救护车|消防车|警车"),
    (
        "brakes",
        r"(train|subway|bus|metro).*(brak|stop|halt|screech|squeal|pulls in)"
        r"|\bbrakes?\b.*(hiss|air)|进站",
    ),
    ("tyres screech", r"screech|squeal|skid|\bbrakes?\b|\bbrakes? hard|刹车"),
    ("helicopter", r"helicopter|\bchopper\b|直升机"),
    ("plane", r"\b(air)?planes?\b|aircraft|\bjets?\b|飞机"),
    ("motorbike", r"motor ?(bike|cycle)|scooter|moped|摩托"),
    ("bicycle", r"bicycl|\bbikes?\b|自行车|单车"),
    ("truck pass", r"\b(trucks?|lorry|lorries|bus|buses)\b|卡车|货车|公交|大巴"),
    ("train pass", r"\btrains?\b|subway|\btram\b|\bmetro\b|\bel\b train|火车|地铁|列车|电车|高铁"),
    (
        "car start",
        r"(engine|car|motor|truck|ignition)\b.*(start|turns? over|roars? to life|catch|cough)"
        r"|start\w* .*(engine|car|motor)|ignition|发动(?!机)|点火",
    ),
    ("engine idle", r"(engine|car|motor).*\bidl|idling|怠速"),
    ("engine", r"\bengine|\bmotor\b|\brev(s|ving)?\b|引擎|发动机|马达"),
    (
        "car pass",
        r"\b(cars?|taxis?|cab|van|tyres?|tires?|vehicles?)\b|traffic|汽车|车声|车流|车辆|驶过"
        r"|轿车",
    ),
    # Weather, water, fire.
    (
        "thunder far",
        r"(distant|far|low|faraway|remote)\w* .*thunder|thunder.*(distan|far|away|rumbl)"
        r"|(远|闷|隐隐).*雷",
    ),
    ("thunder", r"thunder(?!ous)|lightning|雷(?!动)|闪电"),
    ("hail", r"\bhail\b|冰雹"),
    ("rain on glass", r"rain.*(glass|window|wind(shield|screen)|pane)|雨.*(窗|玻璃)|窗.*雨"),
    ("rain on roof", r"rain.*(roof|tin|awning|metal|umbrella|car)|雨.*(顶|屋|棚|伞|檐)"),
    ("rain on leaves", r"rain.*(lea|tree|forest|jungle|foliage)|雨.*(叶|树|林)"),
    ("rain", r"\brain|downpour|drizzl|雨"),
    ("footsteps in snow", rf"{_WALKS}.*(snow|ice\b)|snow.*(crunch|step|boots)|踏雪|雪.*脚步|踩.*雪"),
    ("footsteps on gravel", rf"{_WALKS}.*(gravel|pebbl|shingle|cinder|rubble)|gravel.*(crunch|step)|砾石|碎石|石子"),
    ("footsteps in leaves", rf"{_WALKS}.*(leaves|undergrowth|twigs)|leaves.*(crunch|step)|踩.*(落叶|树叶)|落叶.*脚步"),
    ("footsteps in water", rf"{_WALKS}.*(water|puddle|mud|rain)|\bwad(es|ing)\b|蹚水|踩水|踩.*水"),
    (
        "stairs",
        r"(stairs|staircase|stairwell|steps)\b.*(run|foot|climb|up|down|boots)"
        r"|(up|down|climb\w*|on) the (stairs|staircase)|楼梯",
    ),
    ("wings", r"\bwings?\b|flap|flutter|翅膀|振翅|扑腾"),
    (
        "sea",
        r"\bwaves?\b(?! (at|to|him|her|them|goodbye|hello|his|[a-z]+ (to|over))\b)"
        r"|\bsurf\b|\bsea\b|ocean|breakers|海(?!报|关|带|鲜|鸥)|浪(?!漫|费)",
    ),
    ("river", r"\briver|\bstream\b|brook|creek|waterfall|babbling water|河水|溪|瀑布|流水"),
    ("shower", r"\bshower|淋浴|花洒"),
    ("boiling water", r"\bboil|\bbubbl|沸|煮开|咕嘟"),
    ("pour", r"\bpour|(fill|refill)\w* .*(glass|cup|mug|bowl)|倒水|倒酒|倒茶|斟"),
    ("splash", r"splash|\bplop|dives? (in|into)|水花|扑通|溅|落水"),
    ("ice", r"\bice\b.*(clink|cube|rattl|glass|tinkl)|(clink|tinkl|rattl)\w* .*\bice\b|冰块"),
    ("kettle", r"kettle|水壶|烧水|茶壶"),
    (
        "fire",
        r"\b(fire(place)?|flames?|bonfire|campfire|embers|hearth)\b.*(crackl|roar|pop|burn|hiss)"
        r"|crackl\w*.*(fire|flame|log|hearth|wood)|\bcrackl|camp ?fire|bonfire|fireplace|篝火"
        r"|炉火|火焰|柴火|噼啪",
    ),
    (
        "match",
        r"\bmatch(es|stick)?\b.*(str|flar|light|lit|scrap)"
        r"|(str[iu]ck?|light)\w* (a |the )?match|划.{0,2}火柴|火柴",
    ),
    ("lighter", r"\blighter\b|zippo|打火机"),
    ("wind", r"\bwinds?\b(?! up)|\bgusts?\b|\bbreeze|\bgale\b|draft howls|风(?!景|格|度|扇|铃|衣)"),
    # Glass, table, kitchen.
    (
        "glass break",
        rf"(glass|window|bottle|mirror|plate|vase|cup|dish|pane|windshield|mug|lamp|light ?bulb)\w*.*\b{_BREAK}"
        rf"|{_BREAK}\w*.*(glass|window|bottle|mirror|plate|vase|cup|dish|pane|mug|lamp|bulb)|shatter"
        r"|(玻璃|杯|瓶|碗|镜|盘|灯).{0,4}(碎|破|裂)|碎裂|打碎|摔碎|玻璃",
    ),
    ("glass clink", r"\bclink|(glasses|toast|cheers)\b.*(touch|meet|chink|ting)|\bchink\b|碰杯|干杯"),
    (
        "cork",
        r"\bcork|\bchampagne|bottle.*(pop|open|uncork)|(pop|open|uncork)\w* .*bottle|开瓶|瓶塞"
        r"|软木塞|开.{0,3}酒",
    ),
    ("can", r"\bcan\b.*(open|pop|hiss|crack)|(open|pop|crack)\w* .*\b(can|beer|soda)\b|易拉罐"),
    (
        "cup down",
        r"(cup|mug|saucer|teacup)s?\b.*\b(down|on the|onto|rattl|clatter)"
        rf"|{_DOWN} .*\b(cup|mug|saucer)|放下.{{0,3}}杯",
    ),
    (
        "glass down",
        r"(glass|tumbler|bottle)\b.*\b(down|on the (table|bar|counter))"
        rf"|{_DOWN} .*\b(glass|tumbler|bottle)",
    ),
    ("stir", r"\bstir(s|ring|red)?\b|spoon.*(cup|mug|clink|tinkl)|搅拌|搅动|勺"),
    ("cutlery", r"cutlery|silverware|\bforks?\b|\bknives\b|chopsticks|刀叉|餐具|筷"),
    ("dishes", r"\bdish(es|ware)?\b|\bplates?\b|crockery|\bpots? and pans|碗碟|碗筷|盘子|洗碗|锅碗"),
    ("pan", r"\b(pan|pot|skillet|wok)s?\b.*(clang|bang|clatter|drop|hit|fall)|锅"),
    ("chop", r"\bchop(s|ping)?\b|cutting board|切菜|剁"),
    ("sizzle", r"sizzl|\bfr(y|ies|ying)\b|bacon|煎|炒菜|滋啦"),
    ("drink", r"\b(sip|gulp|slurp|swallow|swig|guzzl|drink)(s|e|es|ing|ling|ping)?\b|喝|咽"),
    ("eat", r"\b(chew|munch|crunch|bit(e|es|ing)|eat)(s|es|ing)?\b|嚼|吃"),
    # Animals.
    ("dog whimper", r"whimper|\bwhin(e|es|ing)\b.*(dog|puppy|hound)?|呜咽的狗|狗.*呜|小狗.*叫"),
    ("dog growl", r"\bgrowl|\bsnarl|低吼"),
    ("dog howl", r"\b(wolf|wolves|coyote|dog|hound)s?\b.*howl|\bhowl(s|ing)?\b|狼|嚎"),
    ("dog bark", r"\bbark|^(a |the |distant )*dogs?$|(sound|noise)s? of .*\bdogs?\b|\bwoof|\byaps?\b|\byelp|狗|犬|汪"),
    ("cat purr", r"\bpurr|呼噜.*猫|猫.*呼噜"),
    ("cat hiss", r"\bcat\b.*hiss|hiss\w* .*\bcat\b"),
    ("cat meow", r"\bm[ei]a?ow|\bmew|\bcats?\b|kitten|猫|喵"),
    ("horse gallop", r"gallop|\b(horse|hoof|hooves|hoofbeat)s?\b.*(thunder|pound|race)|马.{0,3}(奔|跑)|奔马"),
    ("hooves", r"\bhoo(f|ves)|\bclip ?clop|\btrot|马蹄"),
    ("horse neigh", r"\bneigh(s|ing|ed)?\b|whinn|\bhorses?\b|嘶鸣|马嘶|马叫"),
    ("cow", r"\bmoo|\bcows?\b|cattle|牛叫|哞"),
    ("sheep", r"\bbaa|\bsheep|\bbleat|\bgoats?\b|羊|咩"),
    ("rooster", r"rooster|cock ?crow|cockerel|cock a doodle|鸡叫|鸡鸣|公鸡"),
    ("owl", r"\bowls?\b|\bhoot|猫头鹰"),
    ("crow", r"\bcrows?\b|\braven|\bcaw|乌鸦"),
    ("gull", r"\b(sea)?gulls?\b|海鸥"),
    ("pigeon", r"pigeon|\bdoves?\b|\bcoo(s|ing)?\b|鸽"),
    ("crickets", r"cricket|cicada|insects?\b|katydid|蟋蟀|虫|蝉|蛐蛐"),
    ("frog", r"\bfrogs?\b|\btoads?\b|croak|\bribbit|青蛙|蛙"),
    (
        "fly",
        r"\b(fly|flies|bee|bees|mosquito\w*|wasp|hornet)\b.*(buzz|hum|drone)"
        r"|buzz\w* .*\b(fly|flies|bee|insect|mosquito)|苍蝇|蜜蜂|蚊",
    ),
    ("birdsong", r"\bbirds?\b|bird ?song|chirp|tweet|twitter|\bsparrow|nightingale|鸟"),
    # People.
    ("baby cry", r"\b(baby|infant|newborn|babies)\b|婴儿|宝宝"),
    (
        "referee",
        r"(referee|coach|police|guard|conductor)\w*.*whistl|whistle (blows|blown)"
        r"|blow\w* .*whistle|哨",
    ),
    ("whistle", r"whistl|口哨|吹哨"),
    (
        "laughter",
        r"(crowd|audience|group|everyone|room|people|canned|children|kids).*laugh|laughter"
        r"|laugh track|哄笑|大家.*笑|笑声",
    ),
    ("laugh", r"\blaugh|\bchuckl|\bgiggl|\bcackl|\bguffaw|笑"),
    ("applause", r"applau|\bclapping|ovation|\bhands clap|鼓掌|掌声"),
    ("clap", r"\bclaps?\b|拍手"),
    ("cheer", r"\bcheer(s|ing)?\b|crowd.*(roar|cheer|erupt)|\bhurra|\bhooray|欢呼|喝彩"),
    (
        "crowd",
        r"\bcrowds?\b|chatter|\bmurmur|hubbub|babble|\bwalla\b|conversations?|人群|人声|嘈杂"
        r"|喧哗|议论|交谈声",
    ),
    ("scream", r"\bscream|\bshriek|尖叫|惨叫"),
    ("shout", r"\bshout|\byell(s|ed|ing)?\b|\bholler|喊|吼"),
    ("sob", r"\bsob(s|bing)?\b|\bweep|\bcry(ing)?\b|\bcries\b|\bwail|哭|抽泣|啜泣"),
    ("sigh", r"\bsigh|叹"),
    ("gasp", r"\bgasp|倒吸|惊呼"),
    ("breath", r"\bbreath|\bpant(s|ing)\b|inhal|exhal|呼吸|喘"),
    ("cough", r"\bcough|clears? (his|her|their) throat|咳"),
    ("sneeze", r"\bsneez|\bachoo|喷嚏"),
    ("snore", r"\bsnor|鼾|打呼"),
    ("groan", r"\bgroan|\bmoan|\bgrunt|呻吟|闷哼"),
    ("kiss", r"\bkiss|亲吻|吻"),
    ("heartbeat", r"heart ?beat|\bheart\b.*(beat|pound|thump)|心跳"),
    # Hands and things.
    ("clock tick", r"\btick(s|ing)?\b|\btick ?tock|\bclock\b|\bwatch\b.*tick|滴答|时钟|钟表|挂钟"),
    ("church bell", r"church.*bell|\bbells? .*toll|\btoll(s|ing)?\b|cathedral|steeple|教堂.*钟|钟声|敲钟"),
    ("desk bell", r"(desk|reception|counter|service|concierge|hotel) bell|召唤铃"),
    ("gong", r"\bgong|锣"),
    ("bell", r"\bbells?\b|chime|铃|(?<!分)(?<!秒)钟(?!头|情)"),
    ("coins", r"\bcoins?\b|loose change|硬币|零钱"),
    ("keys", r"\bkeys\b|\bjingl|\bjangl|钥匙"),
    ("chain", r"\bchains?\b|shackle|铁链|锁链|链"),
    (
        "paper tear",
        r"\b(tear|rip)(s|ping|ing)?\b.*(paper|letter|envelope|page|open|photo|ticket)"
        r"|paper.*(tear|rip)|撕",
    ),
    ("paper crumple", r"crumpl|crinkl|scrunch|揉.{0,2}纸|纸团"),
    ("page turn", r"\bpages?\b.*(turn|flip|leaf)|(turn|flip|leaf)\w* .*\bpages?|翻.{0,3}(页|书)|翻页"),
    ("book close", r"\bbook\b.*(clos|shut|slam|snap|thump)|(clos|shut)\w* .*\bbook|合上.{0,3}书"),
    (
        "pen",
        r"\b(pen|pencil|chalk|quill)\b.*(scratch|writ|scribbl|move)|scribbl|writing|写字"
        r"|沙沙.*笔|笔.{0,2}(声|响|划)",
    ),
    (
        "cloth",
        r"cloth|fabric|silk|\bcoat\b.*rustl"
        r"|(rustl|swish)\w* of (a )?(dress|skirt|coat|sheet|silk)"
        r"|(dress|skirt|jacket|sheets?|curtain)s?\b.*rustl|衣服|衣料|布料|窸窣|脱下|披上",
    ),
    ("paper", r"paper|\bpages?\b|rustl|\bletter\b|envelope|newspaper|\bmap\b.*unfold|纸|信封|报纸"),
    ("zip", r"\bzip|拉链"),
    (
        "chair scrape",
        r"(chair|stool|table|bench)s?\b.*(scrap|drag|push|pull|slid)"
        r"|(scrap|drag|push|pull)\w* .*(chair|stool|table)|\bscrap(e|es|ing)\b|(拖|挪|拉|推|搬).{0,3}(椅|凳|桌)"
        r"|(椅|凳|桌).{0,3}(声|响|吱|刮)",
    ),
    ("sit down", r"\bsits? (down|heavily|back)|\bsofa\b|坐下"),
    (
        "switch",
        r"\bswitch|light.*\b(click|flick|snap)|(flick|click|snap)\w* .*\b(light|lamp)"
        r"|\bclicks?\b|\bclick(ing)?\b|\bflicks?\b|开关|开灯|关灯|咔|咔哒",
    ),
    ("hammering", r"\bhammer|construction|\bnails?\b|敲钉|锤|施工"),
    ("sawing", r"\bsaw(s|ing)? (wood|through)|锯"),
    (
        "wood break",
        r"(wood|board|branch|twig|stick|beam|tree|bone|plank|crate)s?\b.*(snap|crack|splinter|break)"
        r"|(snap|crack|splinter)\w* .*(wood|branch|twig|stick|board|bone)|树枝|折断|木.*断",
    ),
    ("sword", r"\bclash"),
    (
        "clang",
        r"\bclang|\bclank|metal.*(hit|fall|strik|impact|ring)|\bpipe\b.*(hit|fall|drop)|金属"
        r"|哐|咣|铛",
    ),
    ("clatter", r"clatter|\brattl|tumbl|crash(es|ing)? (to|down|on|over|of)|稀里哗啦|散落|哗啦"),
    ("beep", r"\bbeep|\bpings?\b|\bblip|嘀|哔|滴滴"),
    ("referee", r"\bpea whistle"),
    ("bang", r"\bbangs?\b|\bbanging\b|\bpop(s|ping)?\b|巨响|砰|嘭"),
    (
        "drop",
        r"\bdrops?\b .*(floor|ground|table|desk)"
        r"|(fall|drop)s? (on|onto|to) the (floor|table|desk)|掉在|掉到|掉落|落地",
    ),
    ("put down", rf"{_DOWN} .*(down|on the (table|desk|counter|floor|bar))|放下|搁下"),
    ("thud", r"\bthud|\bthump|\bcrash|\bbumps?\b|\bwhump|\bclunk|\bslumps?\b|咚|闷响|扑倒"),
    (
        "running",
        r"\b(run(s|ning)?|sprint\w*)\b.*(foot|step|feet|boots)"
        r"|(foot|step|feet|boots).*\b(run|sprint|race|hurr)|^running$|奔跑|跑步|跑.{0,3}脚步"
        r"|急促.{0,3}脚步",
    ),
    (
        "footsteps",
        r"foot ?steps?|\bsteps\b|foot ?falls?|\bheels (click|clack|tap)"
        r"|(boots|heels|feet)\b.*(click|clack|tap|stomp|pound|shuffl|approach)|\bshuffl"
        r"|\bstomp|\bpacing\b|脚步|足音|高跟鞋",
    ),
    ("step", r"\bsteps?\b"),
    ("water", r"\bdrip|\bwater\b|\bleak|滴水|水滴|漏水|水声"),
)
