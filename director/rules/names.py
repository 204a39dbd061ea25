"""Vocabulary of people: first names, words that name a person or an animal, words that name a crowd."""

from __future__ import annotations

from director.rules.text import word_set
from shots.spec import Species

__all__ = ["ANIMALS", "CROWDS", "FEMALE_NAMES", "MALE_NAMES", "PERSON_NOUNS", "ZH_PERSON_NOUNS"]

FEMALE_NAMES = word_set(
    """ada agnes alice alma amanda amelia amy ana andrea angela anita ann anna anne annie ava barbara beatrice bella
    beth betty bianca bridget camila carla carmen caroline catherine celia charlotte chloe claire clara daisy dana
    daphne deborah diana diane donna dora dorothy edith eleanor elena eliza elizabeth ella ellen eloise élodie emily
    emma erin esther eva eve evelyn fatima faye fiona flora frances freya gabriela georgia gina gloria grace greta
    gwen hannah harriet hazel heather heidi helen helena holly ida ines ingrid irene iris isabel isabella ivy jane
    janet jasmine jean jennifer jenny jessica jill joan joanna josephine joy joyce judith judy julia julie juliet june
    karen kate katherine kathy katie kim laura lauren lea leah leila lena lily linda lisa liz lola louise lucia lucy
    luna lydia maggie mara margaret maria marie marina marion marlene martha mary matilda maya megan mei melissa mia
    michelle mila mina miriam molly monica nadia nancy naomi natalie nina nora norma olga olive olivia paula pearl
    penny petra phoebe polly priya rachel rebecca rita robin rosa rose rosie ruby ruth sabine sally samantha sandra
    sara sarah selma shirley sofia sonia sophia sophie stella susan suzanne sylvia tamara tanya teresa tess tina ursula
    valerie vera veronica victoria viola violet wanda wendy yara yasmin yuki zoe"""
)
MALE_NAMES = word_set(
    """aaron abe abel adam adrian ahmed al alan albert alex alexander alfred ali amir andre andrew andy anton antonio
    arthur barry ben benjamin bernard bill billy bob bobby boris brad brian bruno carl carlos cedric charles charlie
    chris christopher clark cliff colin conrad craig curtis dale dan daniel danny dario dave david dean dennis derek
    diego dmitri don donald doug douglas duncan earl ed eddie edgar edmund eduardo edward eli elias elliot emil eric
    ernest ethan eugene felix fernando finn francis frank franz fred frederick gary gavin gene george gerald gilbert
    giovanni glenn gordon graham greg gus hal hans harold harry harvey hassan hector henry herbert hiro howard hugh
    hugo ian igor isaac ivan jack jacob jake jakob james jamie jason jay jeff jeremy jerry jim jimmy joe joel john
    johnny jon jonah jonas jonathan jorge jose joseph josh juan jules julian karl keith ken kenji kenneth kevin klaus
    kurt kyle lars larry leo leon leonard lewis liam lloyd louis luca lucas luis luke malcolm marco marcus mario mark
    martin marty marvin mateo matt matthew max michael miguel mike miles milo mohammed morris nathan neil nick nicolas
    noah norman oliver omar oscar otto owen pablo patrick paul pedro pete peter phil philip pierre rafael ralph ray
    raymond ricardo richard rick robert roger roland roman ron rory ross roy rudy rupert russell ryan sam samir samuel
    scott sean sergei seth simon stan stanley stefan stephen steve steven stuart ted theo theodore thomas tim timothy
    tobias toby todd tom tommy tony travis tyler victor viktor vincent walter warren wayne will william yusuf"""
)
PERSON_NOUNS = word_set(
    """man woman boy girl guy lady gentleman kid child baby teenager stranger waiter waitress bartender barista barman
    barmaid driver cabbie officer cop policeman policewoman detective guard soldier nurse doctor surgeon paramedic
    teacher student professor clerk cashier shopkeeper vendor owner manager boss secretary receptionist assistant
    librarian janitor cleaner maid butler cook chef baker neighbor neighbour landlord landlady courier postman mailman
    delivery messenger pilot captain sailor conductor inspector porter usher judge lawyer priest nun monk thief burglar
    robber gunman killer assassin mother father mom mum dad grandmother grandfather grandma grandpa sister brother
    daughter son wife husband widow aunt uncle cousin bride groom friend customer passenger commuter pedestrian jogger
    cyclist fisherman farmer mechanic plumber painter musician singer dancer violinist pianist busker beggar figure
    silhouette host hostess announcer reporter journalist photographer coach player king queen prince princess robot
    android ghost witch wizard monster alien operator dispatcher agent suspect hostage patient visitor guest bouncer
    pawn mayor actor actress neighbour courier skater biker bellboy groom"""
)
ANIMALS: dict[str, Species] = {
    "dog": "dog", "puppy": "dog", "hound": "dog", "doggy": "dog", "doggie": "dog", "mutt": "dog", "terrier": "dog",
    "chihuahua": "dog", "poodle": "dog", "labrador": "dog", "retriever": "dog", "collie": "dog", "beagle": "dog",
    "greyhound": "dog", "dachshund": "dog", "spaniel": "dog", "mongrel": "dog", "stray": "dog",
    "cat": "cat", "kitten": "cat", "tomcat": "cat", "tabby": "cat", "狗": "dog", "小狗": "dog", "黄狗": "dog",
    "猫": "cat", "小猫": "cat",
    "horse": "horse", "pony": "horse", "mare": "horse", "stallion": "horse", "foal": "horse", "白马": "horse",
    "bird": "bird", "parrot": "bird", "pigeon": "bird", "seagull": "bird", "crow": "bird", "owl": "bird",
    "goldfish": "fish", "鸽子": "bird", "金鱼": "fish",
}  # fmt: skip
CROWDS = word_set(
    """all everyone everybody both together crowd people audience others group voices men women children kids students
    guards soldiers cops officers guests passengers customers commuters fans pedestrians dogs cats chihuahuas workers
    众人 大家 所有人 两人 二人 人群 群众"""
)
ZH_PERSON_NOUNS = tuple(
    """服务员 老板 老板娘 司机 警察 医生 护士 老师 学生 店员 保安 邻居 快递员 老人 女孩 男孩
    小女孩 小男孩 男人 女人 妈妈 爸爸 母亲 父亲 奶奶 爷爷""".split()  # noqa: SIM905
)
