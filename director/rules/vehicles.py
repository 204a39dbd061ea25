"""Vehicles in action lines: which one comes, goes or passes, who gets in, out, and rides.

`Traffic` keeps a scene's vehicles from beat to beat. The way they roll is blocking's.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from director.rules.cast import Cast
from director.rules.props import PropBook
from director.rules.reading import Happening
from shots.spec import PlacedProp

__all__ = ["Ride", "Traffic", "vehicles_in"]

_WORDS: tuple[tuple[str, str], ...] = (
    ("police_car", "police cars?|patrol cars?|squad cars?|警车"),
    ("car", "cars?|sedan|limousine|limo|jeep|convertible|suv|hatchback|汽车|轿车|小车"),
    ("taxi", "taxis?|cabs?|出租车|的士"),
    ("ambulance", "ambulances?|救护车"),
    ("van", "vans?|minivan|面包车|货车"),
    ("truck", "trucks?|lorry|lorries|pickup|semi|卡车"),
    ("bus", "bus|buses|coach|公交车|大巴|巴士|公共汽车|末班车"),
    ("train", "trains?|locomotive|subway train|火车|列车|地铁列车"),
    ("tram", "trams?|streetcar|trolley ?car|电车"),
    ("bicycle", "bicycles?|bikes?|自行车|单车"),
    ("motorcycle", "motorcycles?|motorbikes?|scooters?|moped|摩托车?|电动车"),
    ("boat", "boats?|rowboat|sailboat|canoe|dinghy|motorboat|lifeboat|小船|渔船|木船"),
    ("ship", "ships?|ferry|ferries|yacht|freighter|cruise liner|轮船|大船|货轮"),
    ("plane", "planes?|airplanes?|aeroplanes?|jets?|飞机"),
    ("helicopter", "helicopters?|choppers?|直升机"),
    ("horse_cart", "carts?|wagon|horse-drawn carriage|马车"),
    ("ufo", "ufos?|flying saucers?|saucer|飞碟"),
)
_NOT = (
    r"(?!['’]s|[\w-]|\s+(?:stop|station|park|seats?|windows?|drivers?|engines?|horns?|tickets?|radio|wheel|keys?|lines?|"
    r"tracks?|whistle|doors?|alarm|boot|hood|bonnet|lights?|headlights?|platform|depot|shelter|wash|terminal|pass|"
    r"house|yard|rental|crash))"
)
_NOUN = re.compile(
    "|".join(
        rf"(?P<{kind}>"
        + "|".join(word if not word.isascii() else rf"(?<![\w'’-]){word}{_NOT}" for word in words.split("|"))
        + ")"
        for kind, words in _WORDS
    ),
    re.I,
)
_COMES = re.compile(
    r"\b(?:pulls? (?:up|in|over)|draws? up|rolls? (?:up|in|to a stop)|arrives?|comes? (?:to a (?:stop|halt)|in|up|"
    r"round|around|into view)|stops?|brakes|parks|approaches|skids? to|screech(?:es)? to|lands?|docks|appears?|"
    r"drifts? in)\b|停下|停在|驶来|开来|开过来|进站|靠岸|降落",
    re.I,
)
_GOES = re.compile(
    r"\b(?:(?:drives?|speeds?|pulls?|roars?|races?|sails?|flies|rolls?|peels?|screech(?:es)?|rumbles?|moves?|glides?|"
    r"disappears?|chugs?|steams?|rides?|heads?) (?:off|away|out|into the (?:distance|night|dark\w*|fog|rain))|"
    r"takes? off|departs?|leaves?|lifts? off|vanish(?:es)?|disappears?|sets? sail)\b|开走|驶离|离开|远去|起飞|"
    r"出站|开动",
    re.I,
)
_PASSES = re.compile(
    r"\b(?:pass(?:es)?(?: by)?|(?:drives?|speeds?|rushes|whizz?es|roars?|races?|rattles?|rumbles?|thunders?|sails?|"
    r"flies|glides?|rolls?|zooms?|hurtles?|cruises?) (?:past|by|over(?:head)?|along|through|across)|crosses|"
    r"splashes)\b|驶过|开过|飞过|经过|呼啸而过",
    re.I,
)
_BOARDS = re.compile(
    r"\b(?:gets? (?:on|in(?!\s+(?:the|a|his|her) (?:way|mood))|into|onto|aboard)|boards?|mounts?|"
    r"climbs? (?:in|into|on|onto|aboard)|(?:hops?|jumps?) (?:on|in|into|onto)|steps? (?:on|into|onto|aboard)|"
    r"slides? (?:into|behind))\b|上了?车|坐进|登上|跳上|骑上",
    re.I,
)
_ALIGHTS = re.compile(
    r"\b(?:gets? (?:off|out)|(?:steps?|climbs?|jumps?|hops?) (?:off|out|down)|dismounts?|disembarks?)\b|下了?车|走下|"
    r"跳下",
    re.I,
)
_RIDES = re.compile(
    r"\b(?:rid(?:es?|ing)|pedals?|cycles?|gallops?|drives?|steers?|rows?|on (?:a|his|her))\b|骑|驾", re.I
)
_HORSE = re.compile(r"\b(?:horse(?:s|back)?|pony|ponies|mare|stallion|camel)\b|骑马|马背|骏马|白马|黑马", re.I)


_OPEN = frozenset({"bicycle", "motorcycle", "boat", "horse_cart"})


@dataclass(frozen=True)
class Ride:
    """A vehicle named in a sentence, by the word that names it, and what it does there itself."""

    kind: str
    word: str
    comes: bool = False
    goes: bool = False


def vehicles_in(text: str) -> tuple[Ride, ...]:
    """The vehicles of a sentence that stand or move there, each kind once."""
    rides: dict[str, Ride] = {}
    found = list(_NOUN.finditer(text))
    for number, match in enumerate(found):
        kind = match.lastgroup or "car"
        until = found[number + 1].start() if number + 1 < len(found) else len(text)
        after = text[match.end() : until]
        own = re.split(r"[.;:!?。；]", after)[0]
        passes = _PASSES.search(own) is not None
        ride = Ride(kind, match.group(), passes or bool(_COMES.search(own)), passes or bool(_GOES.search(own)))
        rides.setdefault(kind, ride)
    return tuple(rides.values())


class Traffic:
    """The vehicles of one scene while it is played: which stand there, and who is aboard what."""

    def __init__(self, props: PropBook, cast: Cast, outdoors: bool, rails: bool = False) -> None:
        self.aboard: dict[str, str] = {}
        self._props = props
        self._cast = cast
        self._outdoors = outdoors
        self._rails = rails
        self._standing: dict[str, None] = {}
        self._leaving: set[str] = set()
        self._boarding: dict[str, str] = {}

    def play(self, beat: Happening, present: Collection[str]) -> tuple[PlacedProp, ...]:
        """What rolls or stands in a beat; updates who is aboard."""
        self._leaving.clear()
        self._boarding.clear()
        if not self._outdoors:
            return ()
        text = beat.text.replace("’", "'")
        told = [deed.who for deed in beat.deeds] or list(beat.named[:1])
        doers = [who for who in told if who in present and self._cast[who].species == "person"]
        placed: dict[str, PlacedProp] = {}
        rides = {self._props.vehicle(self._kind(ride), ride.word): ride for ride in vehicles_in(text)}
        if _ALIGHTS.search(text):
            for who in doers:
                self.aboard.pop(who, None)
        elif doers and _BOARDS.search(text):
            vehicle = next(iter(rides), None) or next(reversed(self._standing), None)
            self._boarding = dict.fromkeys(doers, vehicle) if vehicle is not None else {}
        elif doers and _RIDES.search(text):
            self._mount(text, doers, rides)
        for prop, ride in rides.items():
            if self._props.kind(prop) in _OPEN and prop in self.aboard.values():
                continue
            carries = prop in self.aboard.values() and bool(_GOES.search(text))
            goes = ride.goes or carries
            placed[prop] = PlacedProp(prop=prop, enters="left" if ride.comes else None, exits="right" if goes else None)
            self._standing[prop] = None
            if goes:
                self._leaving.add(prop)
        for prop in self._standing:
            placed.setdefault(prop, PlacedProp(prop=prop))
        return tuple(placed.values())

    def _kind(self, ride: Ride) -> str:
        """What a vehicle is: the last ride of the night from a platform is a train."""
        return "train" if self._rails and ride.word.endswith("班车") else ride.kind

    def _mount(self, text: str, doers: Sequence[str], rides: Mapping[str, Ride]) -> None:
        horses = [character.id for character in self._cast.characters if character.species == "horse"]
        for who in dict.fromkeys(doers):
            if _HORSE.search(text):
                free = [horse for horse in horses if horse not in self.aboard.values()]
                if who not in self.aboard and free:
                    self.aboard[who] = free[0]
            elif rides:
                self.aboard[who] = next(iter(rides))

    def inside(self) -> frozenset[str]:
        """Who gets into a closed vehicle in this beat, and is seen no more."""
        return frozenset(who for who, prop in self._boarding.items() if self._props.kind(prop) not in _OPEN)

    def after(self) -> frozenset[str]:
        """The beat is over: who boarded is aboard, what went is gone; returns whom it took along."""
        self.aboard.update(self._boarding)
        for prop in self._leaving:
            self._standing.pop(prop, None)
        carried = frozenset(who for who, prop in self.aboard.items() if prop in self._leaving)
        for who in carried:
            del self.aboard[who]
        return carried
