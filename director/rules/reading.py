"""An action sentence read as a happening: who does what to whom with which thing, and what is heard and felt.

`Reader` carries what a reader carries from sentence to sentence: whom "she" means. It stages nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from director.rules.acts import PHRASES, VERBS, ZH_VERBS, Kind, Verb, looked_to
from director.rules.cast import Cast, Mention
from director.rules.emotions import Feeling, read_feeling
from director.rules.names import CROWDS, PERSON_NOUNS
from director.rules.props import Noun, PropBook, nouns_in, read_lettering, read_state
from director.rules.sounds import read_sounds
from director.rules.text import is_cjk, word_set
from shots.attire import garment_of
from shots.source import SourceSpan

__all__ = ["Deed", "Happening", "Reader", "Thing"]


@dataclass(frozen=True)
class Deed:
    """One verb with who does it; `target` is the character or prop it is done to."""

    who: str
    verb: Verb
    word: str
    target: str | None = None


@dataclass(frozen=True)
class Thing:
    """A prop in a sentence: in whose hand it comes to be or stays, or that it leaves one."""

    prop: str
    holder: str | None
    state: str
    loud: bool
    subject: bool  # the sentence is about it ("The phone RINGS")


@dataclass(frozen=True)
class Happening:
    """What one sentence of action tells."""

    text: str
    span: SourceSpan
    deeds: tuple[Deed, ...] = ()
    named: tuple[str, ...] = ()  # everyone mentioned as being there
    whose: tuple[str, ...] = ()  # those of whom something is told ("crumbs on his tie")
    things: tuple[Thing, ...] = ()
    sounds: tuple[str, ...] = ()
    feelings: tuple[tuple[str, Feeling], ...] = ()
    everyone: bool = False  # "They all stop"

    @property
    def kind(self) -> Kind | None:
        """The weightiest kind of deed in it."""
        kinds = {deed.verb.kind for deed in self.deeds}
        return next((kind for kind in _WEIGHT if kind in kinds), None)


_WEIGHT: tuple[Kind, ...] = (
    "danger",
    "arrive",
    "leave",
    "touch",
    "handle",
    "move",
    "look",
    "feel",
    "settle",
    "speak",
    "still",
)
_PHRASES = tuple((re.compile(rf"\b(?:{pattern})", re.I), verb) for pattern, verb in PHRASES)
_ZH = tuple((re.compile(pattern), verb) for pattern, verb in ZH_VERBS)
_WORD = re.compile(r"[A-Za-zÀ-ÿ]+(?:['’-][A-Za-zÀ-ÿ]+)*")
_SUBJECT_PRONOUN = {"he": "male", "she": "female", "they": "all", "both": "all"}
_COUNTS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "several": 6, "all": 6}
_OBJECT_PRONOUN = {"him": "male", "her": "female", "them": "all"}
_CLAUSE = re.compile(
    r"(?:^|[.,;:!?—–…]|--|\b(?:and|while|as|then|but|when|where|who|until|before|after|so|because))\s*"
    r"(?:(?:an?|the|his|her|their|another|suddenly|slowly|finally|now|only|still)\s+(?:[\w-]+\s+){0,3})?$",
    re.I,
)
_NOUNISH = word_set("a an the his her their its this that of my your no some every in on for with")
_BEFORE_BARE = word_set("they all both who and")
_JOIN = re.compile(r"\s*(?:,|and|&|,\s*and|和|与|、)\s*(?:the\s+|an?\s+)?", re.I)
_APPOSITION = re.compile(r"\s*(?:\([^)]*\)\s*)?(?:,[^,.;:]*)*,?\s*(?:and|&)\s+(?:the\s+|an?\s+)?", re.I)
_ARTICLED = re.compile(r"\s*(?:(?:an?|the|his|her|their|one)\s+)?(?:[\w-]+,?\s+){0,3}", re.I)
_WHO = re.compile(r"\s*(?:,[^,]*)?,?\s*who\b")
_ZH_OBJECT = re.compile(r"[把被对向给和跟着]$|(?:看|望|盯|抱|递给|走向)[了着]?$")
_POSSESSIVE = re.compile(r"\b(?:(?P<he>his)|her)\b|(?P<he2>他)的|她的", re.I)
_TO = re.compile(
    r"\b(?:to|at|toward|towards|with|for|against|past|beside|behind|over|into)\s+(?:the\s+|a\s+|his\s+|her\s+)?$", re.I
)
_AT_PEOPLE = frozenset({"give", "throw", "point", "shoot", "hit"})
_IN_PAIRS = frozenset({"embrace", "kiss", "shake_hands"})
_EVERYONE = re.compile(
    r"(?:^|[.;]\s)(?:\w+ly,? |then )?(?:they all|everyone|everybody|all of them|the others|they both|both of "
    r"them|nobody|"
    r"no one|all the \w+|the two of them|(?:two|three|four|five|six|several) hands)\b|大家|众人|两人|所有人",
    re.I,
)
_TO_SOMEBODY = re.compile(r"\bto (?:the\s+)?$|给$", re.I)
_ABSENT = re.compile(
    r"\b(?:photo(?:graph)?|picture|portrait|drawing|thought|thinks?|thinking|memory|memories|dreams?|name|news|"
    r"waits?|letter|call|word)\b"
    r"[^.]{0,12}\b(?:of|about|for|from)\s+(?:\w+\s+)?$|\b(?:without|no sign of|for)\s+$",
    re.I,
)
_BOUNDARY = re.compile(
    r"[.,;:!?—–…()]|--|\b(?:and|while|as|then|but|when|where|until|before|after|so|because|who|which|that|if)\b", re.I
)
_LIGHT_WORDS = re.compile(
    r"\b(?:\w+ly|again|now|just|still|also|both|all|is|are|almost|never|always|once|only|even|to|not|does|do|can|could|"
    r"can't|doesn't|don't|visibly|immediately|next|too|back)\b",
    re.I,
)
_WORN_BAGS = frozenset({"backpack", "shoulder"})
_OPENED_IN_HAND = frozenset({"umbrella", "letter", "book", "newspaper", "bottle", "map", "paper"})
_LOOKED_AT_IN_HAND = _OPENED_IN_HAND | {"phone", "photo"}
_DRESSING = frozenset({"lamp", "sign", "billboard", "banner", "poster", "灯", "招牌", "海报"})
_ELSEWHERE = re.compile(r"\b(?:somewhere|in the distance|far (?:off|away)|next door|off-?screen)\b|远处", re.I)
_BESIDE = re.compile(
    r"\b(?:in|on|into|onto|from|to|at|under|behind|beside|near|off|against|across|for|toward)\s+(?:[\w'’-]+\s+){0,3}$",
    re.I,
)
_HOLDING = re.compile(r"\b(?:with|carrying|holding|clutching|under|gripping|in hand|wielding|cradling)\b", re.I)


class Reader:
    """Reads sentences in order. `present` tells whom "they" can mean."""

    def __init__(self, cast: Cast, props: PropBook) -> None:
        self._cast = cast
        self._props = props
        self._recent: list[str] = []
        self._last_thing: str | None = None

    def forget(self) -> None:
        """A new scene: nobody has been spoken of yet."""
        self._recent.clear()

    def note(self, *characters: str) -> None:
        """These were just spoken of (a cue does that, too)."""
        for character in characters:
            if character in self._recent:
                self._recent.remove(character)
            self._recent.insert(0, character)

    def letter(self, text: str) -> None:
        """`text` is legible on the thing that was named last."""
        if self._last_thing is not None:
            self._props.letter(self._last_thing, text)

    def read(self, text: str, span: SourceSpan, present: Sequence[str]) -> Happening:
        """What `text` tells, given who is `present`."""
        raw, text = text, text.replace("’", "'")
        mentions = [m for m in self._cast.mentions(text) if not _ABSENT.search(text[: m.start])]
        subjects = self._subjects(text, mentions, present)
        deeds, feelings = self._deeds(text, subjects, mentions)
        meant = [who for _, group in subjects for who in group]
        named = tuple(dict.fromkeys([*(m.id for m in mentions if not m.possessive), *meant]))
        owners = [m.id for m in mentions if m.possessive]
        things = self._things(text, deeds, mentions)
        lettering = read_lettering(text)
        if things:
            self._last_thing = things[-1].prop
        if lettering:
            self.letter(lettering)
        deeds = tuple(self._aimed(text, deed, mentions, things) for deed in deeds)
        spoken_of = dict.fromkeys([*(deed.who for deed in deeds), *named, *owners])
        self.note(*reversed(list(spoken_of)[:3]))
        return Happening(
            text=raw,
            span=span,
            deeds=deeds,
            named=tuple(dict.fromkeys([*named, *(deed.who for deed in deeds)])),
            whose=tuple(dict.fromkeys([*owners, *self._owners_meant(text)])),
            things=things,
            sounds=read_sounds(text),
            feelings=feelings,
            everyone=_EVERYONE.search(text) is not None,
        )

    def _deeds(
        self, text: str, subjects: list[tuple[int, tuple[str, ...]]], mentions: list[Mention]
    ) -> tuple[tuple[Deed, ...], tuple[tuple[str, Feeling], ...]]:
        hits = _chinese_verbs(text) if is_cjk(text) else _english_verbs(text, subjects, mentions)
        deeds: list[Deed] = []
        for at, word, verb in hits:
            doing = next((who for start, who in reversed(subjects) if start <= at), ())
            after = _inverted(text, at + len(word), verb, mentions) if not is_cjk(text) and not doing else None
            if after is not None:
                doing = (after,)
            elif not is_cjk(text) and _other_subject(text, at, subjects, mentions):
                continue
            if verb.act in _IN_PAIRS and len(doing) > 2:
                near = tuple(who for who in self._recent if who in doing)[:2]
                doing = near if len(near) == 2 else doing
            for who in doing[:6]:
                if not any(deed.who == who and deed.verb == verb for deed in deeds):
                    deeds.append(Deed(who, verb, word))
        feeling = read_feeling(text)
        feelers: tuple[str, ...] = ()
        if feeling is not None and subjects:
            feelers = next((who for _, who in reversed(subjects) if who), ())
        return tuple(deeds), tuple((who, feeling) for who in feelers if feeling is not None)

    def _subjects(
        self, text: str, mentions: list[Mention], present: Sequence[str]
    ) -> list[tuple[int, tuple[str, ...]]]:
        """Who is being told of from which character of the text on."""
        marks: list[tuple[int, tuple[str, ...]]] = []
        ends: list[int] = []
        for mention in mentions:
            if mention.possessive:
                continue
            before = text[: mention.start]
            joined = bool(marks) and _joined(text[ends[-1] : mention.start])
            if joined:
                marks[-1] = (marks[-1][0], (*marks[-1][1], mention.id))
                ends[-1] = mention.end
                continue
            if is_cjk(text):
                leads = _ZH_OBJECT.search(before) is None
            else:
                leads = not marks or bool(_CLAUSE.search(before) or _WHO.match(text[mention.end :]))
                leads = leads and not (marks and _TO.search(before))
            if leads:
                marks.append((mention.start, (mention.id,)))
                ends.append(mention.end)
        for match in _WORD.finditer(text):
            word = match.group().casefold()
            if word == "it" and match.start() == 0 and self._recent and self._is_animal(self._recent[0]):
                marks.append((0, (self._recent[0],)))
            elif word in _SUBJECT_PRONOUN:
                marks.append((match.start(), self._meant(_SUBJECT_PRONOUN[word], present)))
            elif word in _COUNTS and match.start() == 0 and re.match(r"\s+hands\b", text[match.end() :]):
                marks.append((0, tuple(present[: _COUNTS[word]])))
            elif word in ("everyone", "everybody", "all") and word in CROWDS and match.start() < 12:
                marks.append((match.start(), tuple(present)))
        for match in re.finditer(r"[他她]们?", text):
            gender = "all" if match.group().endswith("们") else "female" if match.group() == "她" else "male"
            if not text[match.end() :].startswith("的"):
                marks.append((match.start(), self._meant(gender, present)))
        marks.sort(key=lambda mark: mark[0])
        first_verb_alone = (
            not marks and self._recent and re.match(r"(?:Then |Slowly |Suddenly )?[A-Z][a-z]+(?:s|es)\b", text)
        )
        if first_verb_alone and text.split()[0].casefold() in VERBS:
            marks.append((0, (self._recent[0],)))
        if not marks and is_cjk(text) and self._recent and _chinese_verbs(text):
            marks.append((0, (self._recent[0],)))
        return [mark for mark in marks if mark[1]]

    def _is_animal(self, who: str) -> bool:
        return self._cast[who].species != "person"

    def _meant(self, gender: str, present: Sequence[str]) -> tuple[str, ...]:
        if gender == "all":
            near = [who for who in self._recent if who in present]
            return tuple(near[:2]) if len(near) > 1 and len(present) <= 2 else tuple(present[:6])
        opposite = "male" if gender == "female" else "female"
        near = [who for who in [*self._recent, *present] if who not in self._cast.bodiless]
        near.sort(key=lambda who: (self._cast[who].species != "person", self._cast[who].gender != gender))
        return next(((who,) for who in near if self._cast[who].gender != opposite), ())

    def _things(self, text: str, deeds: tuple[Deed, ...], mentions: list[Mention]) -> tuple[Thing, ...]:
        things: dict[str, Thing] = {}
        handling = [deed for deed in deeds if deed.verb.holds]
        far = _ELSEWHERE.search(text) is not None
        for noun in nouns_in(text):
            if far or (noun.noun in _DRESSING and not deeds and not noun.loud and not read_lettering(text)):
                continue
            if garment_of(noun.noun) in _WORN_BAGS and self._wears(noun, mentions):
                continue
            owner = self._owner(noun, deeds, mentions)
            prop = self._props.find(noun, owner, self._cast[owner].id if owner else "")
            holder: str | None = None
            if handling and not _BESIDE.search(text[: noun.start]):
                holder = self._hand(text, handling[-1], prop, mentions)
            elif deeds and _HOLDING.search(text[max(0, noun.start - 24) : noun.start]):
                holder = deeds[0].who
            elif deeds and owner == deeds[0].who and self._props.kind(prop) in _LOOKED_AT_IN_HAND:
                holder = owner
            subject = not any(m.start < noun.start and not m.possessive for m in mentions) and not deeds
            subject = subject and not _people_before(text[: noun.start])
            things[prop] = Thing(prop, holder, read_state(text), noun.loud, subject)
        return tuple(things.values())

    def _wears(self, noun: Noun, mentions: list[Mention]) -> bool:
        """Whether a bag is on the back or shoulder of whoever it is told of: what an introduction names is worn."""
        told = next((m.id for m in reversed(mentions) if m.end <= noun.start), None)
        return told is not None and noun.noun in self._cast[told].description.casefold()

    def _hand(self, text: str, deed: Deed, prop: str, mentions: list[Mention]) -> str | None:
        """Whose hand a thing is in after `deed`; None when in none or still in the same."""
        if deed.verb.act == "throw":  # to somebody: they catch it; at somebody: it falls
            caught = (m.id for m in mentions if m.id != deed.who and _TO_SOMEBODY.search(text[: m.start]))
            return next(caught, None)
        if deed.verb.holds in ("takes", "keeps"):
            return deed.who
        if deed.verb.holds == "opens" and self._props.kind(prop) in _OPENED_IN_HAND:
            return deed.who
        if deed.verb.holds == "gives":
            others = [m.id for m in mentions if m.id != deed.who and not m.possessive]
            return next(iter([*others, *(who for who in self._recent if who != deed.who)]), None)
        return None

    def _owners_meant(self, text: str) -> tuple[str, ...]:
        match = _POSSESSIVE.search(text)
        return self._meant("male" if match["he"] or match["he2"] else "female", ()) if match else ()

    def _owner(self, noun: Noun, deeds: tuple[Deed, ...], mentions: list[Mention]) -> str | None:
        word = noun.owner.casefold()
        if word in ("his", "her", "their"):
            return deeds[0].who if deeds else next(iter(self._meant("female" if word == "her" else "male", ())), None)
        if word.endswith(("'s", "’s")):
            return next((m.id for m in mentions if m.possessive and m.end <= noun.start), None)
        return None

    def _aimed(self, text: str, deed: Deed, mentions: list[Mention], things: tuple[Thing, ...]) -> Deed:
        """The deed with what it is done to: the first other person or thing after its verb."""
        at = max(0, text.find(deed.word))
        touches = deed.verb.kind == "touch"  # "She takes Jonas's hand"
        others = [m for m in mentions if m.id != deed.who and m.start > at and (touches or not m.possessive)]
        targets = [(m.start, m.id) for m in others]
        for match in _WORD.finditer(text, at):
            word = match.group().casefold()
            if word in _OBJECT_PRONOUN and not re.match(r"\s+[a-z]", text[match.end() :]):
                meant = [who for who in self._meant(_OBJECT_PRONOUN[word], tuple(self._recent)) if who != deed.who]
                targets.extend((match.start(), who) for who in meant[:1])
        for thing in things:
            base = thing.prop.split("'S ")[-1].casefold()
            found = text.casefold().find(base, at)
            if found >= 0:
                targets.append((found, thing.prop))
        if targets and deed.verb.act in _AT_PEOPLE:  # what is handed, thrown or aimed goes to somebody
            people = [target for target in targets if target[1] not in {thing.prop for thing in things}]
            targets = people or targets
        if targets:
            return Deed(deed.who, deed.verb, deed.word, min(targets)[1])
        if deed.verb.act == "look" and (where := looked_to(text[at:])):
            return Deed(deed.who, deed.verb, deed.word, where)
        return deed


def _inverted(text: str, at: int, verb: Verb, mentions: list[Mention]) -> str | None:
    """Who does what is told first: "At her feet sits a wet DOG"."""
    if verb.kind not in ("still", "settle", "arrive"):
        return None
    named = next((m for m in mentions if m.start >= at and not m.possessive), None)
    return named.id if named is not None and _ARTICLED.fullmatch(text[at : named.start]) else None


def _people_before(text: str) -> bool:
    """Whether unnamed people are what a sentence is about, before anything else in it is named."""
    return any(word.casefold() in CROWDS or word.casefold() in PERSON_NOUNS for word in _WORD.findall(text))


def _joined(between: str) -> bool:
    """Whether two names are one subject: "Mara and Tom", "MARA, 30, a nurse, and TOM"."""
    if _JOIN.fullmatch(between):
        return True
    return _APPOSITION.fullmatch(between) is not None and not any(
        word.casefold() in VERBS and word.casefold().endswith(("s", "ing")) for word in _WORD.findall(between)
    )


def _other_subject(text: str, at: int, subjects: list[tuple[int, tuple[str, ...]]], mentions: list[Mention]) -> bool:
    """Whether the clause of the verb at `at` is about something that is not in the cast ("the light turns green")."""
    start = 0
    relative = False
    for match in _BOUNDARY.finditer(text, 0, at):
        if any(m.start <= match.start() < m.end for m in mentions):
            continue  # "Mr. Holt" ends no sentence
        start = match.end()
        relative = match.group().casefold() in ("which", "that")
    if relative:
        return True
    told = [*(where for where, _ in subjects), *(m.start for m in mentions if not m.possessive)]
    if any(start <= where < at for where in told):
        return False
    return bool(_LIGHT_WORDS.sub("", text[start:at]).strip(" '\"“”"))


def _english_verbs(
    text: str, subjects: list[tuple[int, tuple[str, ...]]], mentions: list[Mention]
) -> list[tuple[int, str, Verb]]:
    hits: list[tuple[int, str, Verb]] = []
    taken: list[tuple[int, int]] = [(m.start, m.end) for m in mentions]
    for pattern, verb in _PHRASES:
        for match in pattern.finditer(text):
            if not any(start < match.end() and match.start() < end for start, end in taken):
                hits.append((match.start(), match.group(), verb))
                taken.append((match.start(), match.end()))
    before = ""
    for match in _WORD.finditer(text):
        word = match.group().casefold()
        found = VERBS.get(word)
        bare = not word.endswith(("s", "ing"))
        if (
            found is not None
            and before not in _NOUNISH
            and not any(start <= match.start() < end for start, end in taken)
        ):
            plural = any(len(who) > 1 and start <= match.start() for start, who in subjects)
            if not bare or plural or before in _BEFORE_BARE:
                hits.append((match.start(), match.group(), found))
        before = word
    return sorted(hits, key=lambda hit: hit[0])


def _chinese_verbs(text: str) -> list[tuple[int, str, Verb]]:
    hits: list[tuple[int, str, Verb]] = []
    taken: set[int] = set()
    for pattern, verb in _ZH:
        for match in pattern.finditer(text):
            if match.start() not in taken:
                hits.append((match.start(), match.group(), verb))
                taken.update(range(match.start(), match.end()))
    return sorted(hits, key=lambda hit: hit[0])
