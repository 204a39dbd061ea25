"""Who is in a film: everyone who speaks, is introduced in capitals, or acts, with the names they go by.

`find_cast` reads the whole script once; the `Cast` it returns resolves cues ("BOB (V.O.)", "MARA & TOM") and
finds people in action lines ("Bob", "the cute little dog"). It makes up nobody and judges no story.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from director.rules.acts import VERBS
from director.rules.introductions import introductions
from director.rules.looks import read_age, read_gender, read_look
from director.rules.names import ANIMALS, CROWDS, FEMALE_NAMES, MALE_NAMES, PERSON_NOUNS
from director.rules.text import is_cjk, plain, word_set
from director.script import Script
from shots.ids import id_of, id_trouble
from shots.spec import Character, Species, Voice

__all__ = ["Cast", "Mention", "cue_name", "find_cast"]

_BRACKETS = re.compile(r"\s*[(（].*?[)）]\s*")
_SEPARATE = re.compile(r"\s*(?:&|/|\+|、|和|与)\s*|\s*,\s*(?:AND\s+)?|\s+(?:AND|UND|ET)\s+")
_DISTINCT = frozenset(
    {"YOUNG", "OLD", "OLDER", "YOUNGER", "LITTLE", "ANOTHER", "SECOND", "FIRST", "OTHER", "FAKE", "FUTURE"}
)
_TITLES = frozenset(
    {"MR", "MRS", "MS", "MISS", "DR", "PROF", "SGT", "LT", "CAPT", "OFFICER", "DETECTIVE", "AGENT", "CYBER"}
)
_VOICES = re.compile(
    r"\b(?:VOICE|RADIO|TV|TELEVISION|PHONE|SPEAKER|LOUDSPEAKER|INTERCOM|MACHINE|COMPUTER|GPS|P\.?A\.?|TANNOY|"
    r"ANNOUNCEMENT|"
    r"NARRATOR|VOICEMAIL|NAVIGATION|DISPATCH|RECORDING)\b|旁白|广播|电话|画外音|收音机|声音"
)
_VOICE_OF = re.compile(r"^(?:VOICE OF )?(?P<who>.+?)(?:['’]S)?(?P<tail> VOICE(?: \w+)?)?$")
_BODILESS = re.compile(
    r"\b(?:cloud|voice|a\.i\.|artificial intelligence|computer|hologram|spaceship|loudspeaker|disembodied)\b", re.I
)
_KIND = re.compile(r",\s*(?:an?|the|his|her|their)\s+(?P<kind>(?:(?!(?:with|who|in|and|of|on)\b)[\w-]+\s*)+)", re.I)
_EVERYBODY = word_set("all everyone everybody both together 众人 大家 所有人 两人 二人")


@dataclass(frozen=True)
class Mention:
    """A character named in a text from `start` to `end`; `possessive` for "Mara's"."""

    id: str
    start: int
    end: int
    possessive: bool


@dataclass(frozen=True)
class Cast:
    """The characters in order of appearance, and every form of name that leads to one of them."""

    characters: tuple[Character, ...]
    forms: Mapping[str, str]  # a name in capitals → id
    bodiless: frozenset[str] = frozenset()  # voices and clouds: heard, never framed
    language: str = "en"
    _heads: Mapping[str, str] = field(default_factory=dict)  # a common noun ("dog") → id, where only one has it

    def __getitem__(self, character: str) -> Character:
        return self._by_id[character]

    @cached_property
    def _by_id(self) -> dict[str, Character]:
        return {character.id: character for character in self.characters}

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        alternatives: list[str] = []
        for form in sorted(self.forms, key=lambda form: (-len(form), form)):
            if form.casefold() in CROWDS:
                continue
            if is_cjk(form):
                alternatives.append(re.escape(form))
            elif _is_common(form):
                alternatives.append(rf"\b(?i:{re.escape(form)})(?!\w)")
            else:
                alternatives.append(
                    rf"\b(?:{re.escape(form)}|{re.escape(form.title())}|{re.escape(_title(form))})(?!\w)"
                )
        for head in sorted(self._heads):
            alternatives.append(
                rf"(?<=\b)(?i:the|his|her|their|that|this|a|an)\s(?:[\w-]+,?\s){{0,3}}?(?i:{head})(?!\w)"
            )
        return re.compile("|".join(alternatives) or r"(?!)")

    def mentions(self, text: str) -> list[Mention]:
        """Everyone named in an action line, in order."""
        found: list[Mention] = []
        for match in self._pattern.finditer(text):
            words = match.group()
            form = words.upper()
            who = self.forms.get(form) or self._heads.get(words.split()[-1].casefold())
            if who is not None:
                owner = re.match(r"['’]s?\b(?! (?:here|not|in\b))|的(?!时候)", text[match.end() :]) is not None
                found.append(Mention(who, match.start(), match.end(), owner))
        return found

    def speakers(self, cue: str, present: tuple[str, ...]) -> tuple[str, ...]:
        """Who speaks under a cue: one, several ("MARA & TOM"), or all who are `present` ("ALL")."""
        name = cue_name(cue)
        if name.casefold() in _EVERYBODY and len(present) > 1:
            return present
        if name in self.forms:
            return (self.forms[name],)
        parts = [part for part in _SEPARATE.split(name) if part]
        return tuple(dict.fromkeys(self.forms[part] for part in parts if part in self.forms))


def cue_name(cue: str) -> str:
    """A cue's name in capitals without extensions, dual marks and colons."""
    return _BRACKETS.sub(" ", plain(cue)).strip(" @^:：").upper().replace("’", "'")


def find_cast(script: Script, language: str) -> Cast:
    """Reads everyone from the script's cues and action lines."""
    cues = _cue_counts(script)
    actions = [plain(element.text).replace("’", "'") for element in script.elements if element.kind == "action"]
    intros = introductions(actions, cues)
    order = list(dict.fromkeys([*_in_order(script, cues, intros)]))
    groups = _merge(order, _speak_together(script))
    head_count: Counter[str] = Counter()
    characters: list[Character] = []
    forms: dict[str, str] = {}
    bodiless: set[str] = set()
    for names in groups:
        canonical = max(names, key=lambda name: (name in cues, len(name.split()), cues[name], -order.index(name)))
        description = " ".join(text for name in names if (text := intros.get(name, ("", ""))[0]))
        following = next((intros[name][1] for name in names if name in intros), "")
        character = _character(canonical, names, description, following, language)
        known = _free_id(canonical, [other.id for other in characters])
        if (
            canonical.casefold() in CROWDS
            or _VOICES.search(canonical)
            or (_BODILESS.search(character.description) and character.species == "person")
        ):
            bodiless.add(known)
        characters.append(replace(character, id=known))
        forms.update(dict.fromkeys(names, known))
        if _is_common(canonical):
            head_count[canonical.split()[-1].casefold()] += 1
    for horse in _horses(actions, forms):
        characters.append(_character(horse, [horse], "", "", language))
        forms[horse] = horse
        head_count["horse"] += 1
    for character in characters:
        for word in character.id.split():
            taken = sum(word in other.id.split() for other in characters)
            if (
                taken == 1
                and word not in _TITLES
                and word not in forms
                and word.casefold() in FEMALE_NAMES | MALE_NAMES
            ):
                forms[word] = character.id
    heads = {
        character.id.split()[-1].casefold(): character.id
        for character in characters
        if _is_common(character.id) and head_count[character.id.split()[-1].casefold()] == 1
    }
    return Cast(tuple(characters), forms, frozenset(bodiless), language, heads)


def _free_id(name: str, taken: Sequence[str]) -> str:
    """A cue's name as an id that nobody has: a cue may hold anything, "A/B" or a path."""
    base = wish = id_of(name) or "SOMEBODY"
    number = 1
    while wish in taken:
        number += 1
        wish = f"{base} {number}"
    return wish


_RIDDEN = re.compile(
    r"\b(?:rid(?:es?|ing)|gallop\w*|mounts?|astride|on) (?:\w+ ){0,2}?(?P<noun>horses?|horseback)\b|骑马", re.I
)


def _horses(actions: list[str], forms: Mapping[str, str]) -> list[str]:
    """Horses that are ridden without having been introduced; two when riders ride horses."""
    found = [match for text in actions for match in _RIDDEN.finditer(text)]
    if not found or any("HORSE" in form.split() for form in forms):
        return []
    return ["HORSE", "HORSE 2"] if any((m["noun"] or "").casefold() == "horses" for m in found) else ["HORSE"]


def _cue_counts(script: Script) -> Counter[str]:
    counts: Counter[str] = Counter()
    names = [cue_name(element.text) for element in script.elements if element.kind == "character"]
    whole = Counter(name for name in names if name)
    for name, times in whole.items():
        voice = _VOICE_OF.match(name)
        if voice and (voice["tail"] or name.startswith("VOICE OF ")) and voice["who"] in whole:
            counts[voice["who"]] += times
        elif (
            (parts := [part for part in _SEPARATE.split(name) if part])
            and len(parts) > 1
            and any(p in whole for p in parts)
        ):
            for part in parts:
                counts[part] += times
        else:
            counts[name] += times
    return counts


def _in_order(script: Script, cues: Mapping[str, int], intros: Mapping[str, object]) -> list[str]:
    """All names in the order of their first appearance."""
    firsts: list[tuple[int, int, str]] = []
    missing = {
        name: re.compile(re.escape(name) if is_cjk(name) else rf"(?<!\w){re.escape(name)}(?!\w)", re.I)
        for name in dict.fromkeys([*cues, *intros])
    }
    for number, element in enumerate(script.elements):
        if element.kind == "character":
            cue = cue_name(element.text)
            voice = _VOICE_OF.match(cue)
            spoken = {cue, *_SEPARATE.split(cue), voice["who"] if voice else cue}
            found = [(0, name) for name in missing if name in spoken]
        elif element.kind == "action" and missing:
            text = plain(element.text).replace("’", "'")
            found = [(match.start(), name) for name, pattern in missing.items() if (match := pattern.search(text))]
        else:
            continue
        for at, name in found:
            del missing[name]
            firsts.append((number, at, name))
    return [name for _, _, name in sorted(firsts)] + list(missing)


def _merge(names: list[str], together: set[frozenset[str]]) -> list[list[str]]:
    """Groups the names that mean one character: "BOB" with "CYBER BOB", where only one longer name has it.

    Two common nouns that both speak in one scene ("MAN" and "OLD MAN") are two people.
    """
    parent = {name: name for name in names}
    words = {name: frozenset(name.replace(".", "").split()) for name in names}
    for name in sorted(names, key=lambda name: (len(words[name]), name)):
        longer = [other for other in names if words[name] < words[other] and _same_person(words[name], words[other])]
        longer = [other for other in longer if not any(words[third] < words[other] for third in longer)] or longer
        if len(longer) == 1 and not (_is_common(name) and frozenset((name, longer[0])) in together):
            parent[name] = longer[0]

    def root(name: str) -> str:
        return name if parent[name] == name else root(parent[name])

    groups: dict[str, list[str]] = {}
    for name in names:
        groups.setdefault(root(name), []).append(name)
    return list(groups.values())


def _speak_together(script: Script) -> set[frozenset[str]]:
    pairs: set[frozenset[str]] = set()
    for scene in script.scenes():
        cues = sorted({cue_name(element.text) for element in scene.elements if element.kind == "character"})
        pairs.update(frozenset((one, other)) for one in cues for other in cues if one < other)
    return pairs


def _same_person(short: frozenset[str], long: frozenset[str]) -> bool:
    extra = long - short
    if short <= _TITLES or any(word.isdigit() or word.startswith("#") for word in extra):
        return False
    return not extra & _DISTINCT or bool(short & _DISTINCT)


def _character(canonical: str, names: list[str], description: str, following: str, language: str) -> Character:
    species: Species = "person"
    for word in canonical.casefold().replace("-", " ").split():
        species = ANIMALS.get(word, species)
    if species == "person" and (match := _KIND.match(description)):
        kinds = [ANIMALS[word] for word in match["kind"].casefold().split() if word in ANIMALS]
        species = "dog" if "dog" in kinds else kinds[0] if kinds else "person"
    whole = f"{canonical.lower()}{description}" if description else canonical.lower()
    speaks = "zh" if is_cjk(canonical) or language == "zh" else None
    return Character(
        id=canonical,
        name=_title(canonical),
        aliases=tuple(name for name in names if name != canonical and not id_trouble(name)),
        species=species,
        gender=read_gender(canonical, description, following if species == "person" else ""),
        age_years=read_age(whole),
        description=_tidy(description),
        look=read_look(whole),
        voice=Voice(language=speaks),
    )


_DOES = re.compile(r"(?:gets|goes|puts|does|has|makes) |and [A-Z]\w+ \w+")
"""What somebody does, or somebody else: no part of a description."""


def _tidy(description: str) -> str:
    """What a description says of the looks, without the age and without what the one described goes on to do."""
    told: list[str] = []
    for part in re.split(r"[,，;；]|\.(?:\s|$)", description.strip(" ,()（）。.")):
        piece = part.strip(" ()（）.。")
        first = piece.split(" ", 1)[0].casefold()
        if not piece or re.fullmatch(
            r"(?:aged? )?\d+'?s?(?: \(.*)?|(?:early|mid|late)[ -]\d0'?s|.{0,6}岁|[男女]", piece
        ):
            continue
        doing = (first.endswith("s") and first in VERBS) or _DOES.match(piece) is not None
        if doing or first == "who" or re.match(r"坐|站|走|跑|手里|正|推|看|打开|打着|在[^色]*[煮做看]", piece):
            if told:
                break
            continue
        told.append(re.split(r"\s+(?:who|which|sits|stands|walks|runs)\s", piece)[0])
    text = ("，" if is_cjk(description) else ", ").join(told)
    return re.sub(r"[\s,]+and$", "", text)[:160]


def _is_common(name: str) -> bool:
    """Whether a name is a common noun ("OLD MAN", "DOG"), which may stand in small letters too."""
    last = re.sub(r"\s*#?\d+$", "", name).split()[-1:] or [""]
    return name.startswith("THE ") or last[0].casefold() in PERSON_NOUNS or last[0].casefold() in ANIMALS


def _title(name: str) -> str:
    return " ".join(word if word.isdigit() else word[:1].upper() + word[1:].lower() for word in name.split())
