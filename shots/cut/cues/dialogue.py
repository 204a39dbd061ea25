"""What is said in a cut, where it is heard from, and which voice comes before its picture.

A line keeps its time within its shot, wherever the cut puts the shot. The one exception: a voice nobody is seen to
speak with (V.O., O.S., telephone, radio) that opens a scene may begin under the end of the scene before. What an
animal "says" is no speech: `animal_sound` names the sound that it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from audio.cues import DialogueCue
from audio.speech import SpokenLine, WordTime
from shots.cut.cues.placed import Placed, scenes_of, seen_at
from shots.spec import Character, Line

__all__ = ["animal_sound", "dialogue_cues"]

_PRELAP_S = 0.7  # how far a voice may come before its picture
_CLEAR_S = 0.5  # that the scene before keeps after its own last word
_PRELAP_LEAST_S = 0.25  # less is no J-cut, only a late cut
_EAR_M, _SET_M = 0.5, 1.5  # how far off a telephone's voice is, and a radio's at least

_CALLS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "dog": (
        ("dog whimper", r"wh(?:i|y)?(?:mp|n|ee|in)\w*|yelp\w*|yi+p\w*|呜\w*"),
        ("dog growl", r"gr+[aeow]*l?\w*|snarl\w*"),
        ("dog howl", r"a*r*o+w?o{2,}\w*|howl\w*|嗷\w*"),
        ("dog bark", r"w[uo]+f+\w*|a?r+[uo]+f+\w*|bow|wow|b?ar+k\w*|ya+p\w*|arf|汪+"),
    ),
    "cat": (
        ("cat purr", r"pu?r+r*\w*"),
        ("cat hiss", r"hiss+\w*|f{3,}\w*|s{3,}\w*"),
        ("cat meow", r"m[eiyr]*a*[ou]+w*\w*|mew\w*|喵+"),
    ),
    "horse": (("horse neigh", r"ne+i+gh+\w*|whinn\w*|snort\w*|h+r+m+\w*"),),
    "bird": (
        ("crow", r"ca+w+\w*|cr?o+a+k\w*"),
        ("birdsong", r"twee+t\w*|chirp\w*|peep\w*|cheep\w*|squawk\w*|trill\w*|coo+\w*|叽+|喳+|啾+"),
    ),
}
_OWN_CALL = {"dog": "dog bark", "cat": "cat meow", "horse": "horse neigh", "bird": "birdsong"}
_WORDS = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")


def animal_sound(character: Character | None, line: Line) -> str | None:
    """The sound that a line of an animal is, such as "dog whimper"; None for speech, a talking animal's too."""
    calls = _CALLS.get(character.species) if character is not None else None
    if character is None or calls is None:
        return None
    words = _WORDS.findall(line.text.casefold())
    told = [name for name, pattern in calls if re.search(rf"\b(?:{pattern})", line.delivery.casefold())]
    heard = [next((name for name, pattern in calls if re.fullmatch(pattern, word)), None) for word in words]
    if any(name is None for name in heard):
        return None
    return next(iter(told or [name for name in heard if name]), _OWN_CALL[character.species])


def dialogue_cues(
    placed: Sequence[Placed], spoken: Mapping[tuple[str, int], SpokenLine], cast: Mapping[str, Character], language: str
) -> tuple[DialogueCue, ...]:
    """The spoken lines of a cut, by the voices that `spoken` has for (shot id, line index)."""
    cues = [cue for shot in placed for cue in _cues(shot, spoken, cast, language)]
    return tuple(_prelapped(cues, placed))


def _cues(
    placed: Placed, spoken: Mapping[tuple[str, int], SpokenLine], cast: Mapping[str, Character], language: str
) -> list[DialogueCue]:
    cues = []
    for timed, line in placed.said:
        voice = spoken.get((placed.id, timed.index))
        character = cast.get(line.character)
        if voice is None or animal_sound(character, line) is not None:
            continue
        pan, distance_m = _heard_at(placed, line, timed.start_s + timed.duration_s / 2)
        whole_s = next(one.duration_s for one in placed.whole.lines if one.index == timed.index)
        heard_s = voice.duration_s - (whole_s - timed.duration_s)  # all of it, but for what is trimmed
        cues.append(
            DialogueCue(
                speaker=(character.name if character and character.name else line.character.title()),
                text=line.text,
                path=voice.path,
                start_s=placed.start_s + timed.start_s,
                duration_s=heard_s,
                from_s=timed.from_s,
                words=_words(voice, timed.from_s, heard_s),
                heard=line.heard,
                pan=pan,
                distance_m=distance_m,
                language=(character.voice.language if character and character.voice.language else language),
                room=placed.room,
                shot=placed.id,
                line=timed.index,
            )
        )
    return cues


def _words(voice: SpokenLine, from_s: float, heard_s: float) -> tuple[WordTime, ...]:
    """The words that are heard of a voice, timed from where it is first heard."""
    return tuple(
        WordTime(word.text, max(0.0, word.start_s - from_s), min(heard_s, word.end_s - from_s))
        for word in voice.words
        if word.end_s > from_s and word.start_s < from_s + heard_s
    )


def _heard_at(placed: Placed, line: Line, time_s: float) -> tuple[float, float]:
    """Pan and distance of a voice: at the ear that listens, out of the set that stands there, or from the mouth."""
    if line.heard == "voice_over":
        return 0.0, 1.0
    if line.heard not in ("phone", "radio"):
        return seen_at(line.character, placed, time_s)
    device = "phone" if line.heard == "phone" else "radio"
    near = [
        p.character
        for p in placed.scene.floor(placed.shot)
        if p.act == "phone" or device in " ".join(p.holds).casefold()
    ]
    pan, distance_m = seen_at(near[0], placed, time_s) if near else (0.0, _SET_M)
    return pan / 2, _EAR_M if line.heard == "phone" else max(_SET_M, distance_m)


def _prelapped(cues: list[DialogueCue], placed: Sequence[Placed]) -> list[DialogueCue]:
    """The cues with unseen voices that open a scene begun under the end of the scene before, where it has room."""
    scenes = scenes_of(placed)
    for before, scene in pairwise(scenes):
        first = scene[0]
        at = next((number for number, cue in enumerate(cues) if cue.shot == first.id), None)
        if at is None or first.item.entered_by not in ("cut", "dissolve") or cues[at].heard == "on_screen":
            continue
        if at + 1 < len(cues) and cues[at + 1].start_s < cues[at].start_s + cues[at].duration_s:
            continue  # two speak at once and stay together
        silent_from_s = max((end_s for shot in before for _, end_s in shot.spoken), default=before[0].start_s)
        earliest_s = max(silent_from_s + _CLEAR_S, first.start_s - _PRELAP_S)
        if earliest_s <= first.start_s - _PRELAP_LEAST_S and earliest_s < cues[at].start_s:
            cues[at] = replace(cues[at], start_s=earliest_s)
    return cues
