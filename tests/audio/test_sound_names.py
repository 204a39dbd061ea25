"""Sounds are found by the words of screenplays, English and Chinese, and nothing is heard where nothing sounds."""

from __future__ import annotations

import pytest

from audio import effects
from audio.foley.vocabulary import far, surface_of

# As screenplays write them; the first block stands in the screenplays this repository is tried on.
SAID: tuple[tuple[str, str | None], ...] = (
    ("the sound of MANY DOGS", "dog bark"), ("The cute little dog joins the bark frenzy", "dog bark"),
    ("electric gizmo or radio sounds", "radio static"), ("He taps on the light", "knock"),
    ('"YIP YAP!" barks', "dog bark"),
    ("Bob's phone buzzes", "phone buzz"), ("The other dogs bark in turns", "dog bark"),
    ("He emits an utterly nerdy, self-indulgent laugh", "laugh"), ("a water spout falls into a drain", "water"),
    ("She sighs and rubs her temples", "sigh"), ("The door chimes.", "door chime"), ("Liu snores.", "snore"),
    ("Bo's phone RINGS.", "phone ring"), ("The dog BARKS, once.", "dog bark"), ("Elias puts down the cup.", "cup down"),
    ("The last train is already leaving.", "train pass"), ("Rain on an empty platform.", "rain"),
    ("Bob shouts at the phone", "shout"), ("drinks a beer", "drink"), ("The mayor eats cake.", "eat"),
    # Capitals and verbs.
    ("a phone RINGS", "phone ring"), ("Phone buzzes on the table", "phone buzz"), ("The door SLAMS", "door slam"),
    ("a car door slams shut", "car door"), ("door opens", "door open"), ("SHE CLOSES THE DOOR", "door close"),
    ("three KNOCKS", "knock"), ("he bangs on the door", "pounding"), ("a dog BARKS", "dog bark"),
    ("footsteps", "footsteps"), ("Thunder.", "thunder"), ("distant thunder", "thunder far"),
    ("a window shatters", "glass break"), ("glass_break", "glass break"), ("BANG!", "bang"),
    ("shots ring out", "gunshots"), ("a GUNSHOT", "gunshot"), ("a door creaks", "door creak"), ("keys jingle", "keys"),
    ("typing", "typing"), ("the engine revs", "engine"), ("someone whistles", "whistle"), ("water drips", "water"),
    ("alarm", "alarm"), ("church bells toll", "church bell"), ("doorbell", "doorbell"), ("a kettle whistles", "kettle"),
    ("the clock ticks", "clock tick"), ("a CAR HORN blares", "car horn"), ("TIRES SCREECH", "tyres screech"),
    ("the crowd ROARS", "cheer"), ("a baby cries", "baby cry"), ("a woman SCREAMS", "scream"),
    ("thunderous applause", "applause"), ("she turns the page", "page turn"), ("paper rustles", "paper"),
    ("a chair scrapes back", "chair scrape"), ("glasses clink", "glass clink"), ("he pours a whiskey", "pour"),
    ("the fire crackles", "fire"), ("waves crash on the shore", "sea"), ("crickets", "crickets"),
    ("an owl hoots", "owl"), ("a horse neighs", "horse neigh"), ("hoofbeats", "hooves"), ("swords clash", "sword"),
    ("the helicopter passes overhead", "helicopter"), ("boots crunch in the snow", "footsteps in snow"),
    ("footsteps crunch on gravel", "footsteps on gravel"), ("rain drums on the roof", "rain on roof"),
    ("rain against the window", "rain on glass"), ("a champagne cork pops", "cork"), ("bacon sizzles", "sizzle"),
    ("an explosion rocks the street", "explosion"), ("heartbeat", "heartbeat"), ("a train whistle", "train horn"),
    ("the cat purrs", "cat purr"), ("the dog growls", "dog growl"), ("she gasps", "gasp"), ("laughter", "laughter"),
    ("the elevator dings", "lift"), ("a text message pings", "message"), ("gun cocks", "gun cock"),
    # Chinese.
    ("狗叫", "dog bark"), ("电话响了", "phone ring"), ("敲门声", "knock"), ("远处传来雷声", "thunder far"),
    ("雷声", "thunder"), ("雨声", "rain"), ("雨打在窗上", "rain on glass"), ("砰的一声关上门", "door slam"),
    ("脚步声", "footsteps"), ("玻璃碎了", "glass break"), ("汽车喇叭声", "car horn"), ("警笛声", "siren"),
    ("火车进站", "brakes"), ("婴儿哭", "baby cry"), ("掌声雷动", "applause"), ("枪声", "gunshot"),
    ("海浪声", "sea"), ("风声", "wind"), ("鸟叫", "birdsong"), ("心跳声", "heartbeat"), ("键盘声", "typing"),
    ("手机震动", "phone buzz"), ("尖叫", "scream"), ("钟声", "church bell"), ("滴水声", "water"),
    ("猫叫", "cat meow"), ("人群嘈杂", "crowd"), ("叹气", "sigh"), ("刹车声", "tyres screech"),
    ("开门声", "door open"), ("蟋蟀叫", "crickets"), ("马蹄声", "hooves"), ("鞭炮声", "fireworks"),
    ("水壶响了", "kettle"), ("翻书声", "page turn"),
)  # fmt: skip
SILENT = (
    "", "a xylophone of doom", "she buys a ticket", "night falls", "a yellow jacket", "a bustling neighborhood",
    "he looks at her", "she waves to Bob", "五分钟以后", "坐在长椅上", "她看着他", "风景", "a white room",
    "alarmed, she turns",
)  # fmt: skip


def test_the_share_of_sounds_that_is_recognised() -> None:
    found = [effects.find(said) == kind for said, kind in SAID]
    assert sum(found) / len(found) >= 0.97, [said for said, kind in SAID if effects.find(said) != kind]


@pytest.mark.parametrize("said", SILENT)
def test_nothing_is_heard_where_nothing_sounds(said: str) -> None:
    assert effects.find(said) is None


@pytest.mark.parametrize("name", effects.NAMES)
def test_every_sound_answers_to_its_own_name(name: str) -> None:
    assert effects.find(name) == effects.find(name.upper()) == effects.find(name.replace(" ", "_")) == name


def test_distance_and_surface_are_read_from_a_name() -> None:
    assert far("a distant siren") and far("远处的狗叫") and not far("a siren")
    assert surface_of("footsteps on marble") == "stone" and surface_of("a wooden door") == "wood"
    assert surface_of("脚踩在水泥地上") == "concrete" and surface_of("footsteps") is None
