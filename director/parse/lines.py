"""What one line of a screenplay can be by its own looks: a cue, a transition, a Chinese inline cue.

Every test is anchored, bounded in length and free of backtracking traps; what stands around a line is for the
parsers to weigh.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["Cue", "as_cue", "as_inline_cue", "as_play_cue", "is_han_name", "is_transition", "plain", "split_cue"]

_LONGEST_CUE = 60
_LONGEST_TRANSITION = 60


@dataclass(frozen=True, slots=True)
class Cue:
    """Who speaks, with the cue's bracketed extensions, and what stands behind the colon of an inline cue."""

    name: str
    extension: str | None
    dual: bool = False
    said: str = ""


_TRANSITION = re.compile(
    r"(?:(?:SMASH|MATCH|JUMP|HARD|QUICK|SLOW|TIME|FLASH|INVISIBLE)\s+)?"
    r"(?:CUTS?|SMASH|DISSOLVES?|FADES?|WIPES?|IRIS|BLACK\s?OUT|WHITE\s?OUT|CROSS[- ]?FADES?|LAP DISSOLVE)"
    r"(?:\s+(?:IN|OUT|UP|DOWN|TO|FROM|THROUGH|BACK|BLACK|WHITE|CREDITS|TITLES?|CARD|ON|INTO))*\s*[:.…]*"
)
_TRANSITION_ZH = re.compile(
    r"(?:淡入|淡出|[渐漸][显顯]|[渐漸][隐隱]|化入|化出|[叠疊]化|切[换換]|切入|切|硬切|跳切|[闪閃]切|匹配剪[辑輯]|[划劃][变變]|黑[场場]|淡入淡出|[转轉][场場])(?:至|到|[为為])?[^，。！？]{0,8}[:：。.]?"
)
# Capitals that open a paragraph in a shooting style, and are never someone who speaks.
_NOT_A_NAME = re.compile(
    r"(?:CLOSE(?:R|[- ]UP)?(?: ON)?|ANGLE ON|ANOTHER ANGLE|BACK TO|INSERT|INTERCUT|MONTAGE|SERIES OF SHOTS|"
    r"SUPER(?:IMPOSE)?|TITLE(?: CARD)?|FLASHBACK|FLASH FORWARD|END (?:OF )?(?:FLASHBACK|MONTAGE|CREDITS|TITLES)|"
    r"THE END|LATER|MOMENTS LATER|CONTINUED|CONTINUOUS|WIDE(?: SHOT| ON)?|P\.?O\.?V\.?|FADE IN|FADE OUT|CUT TO)\b",
)
_LABEL = re.compile(
    r"NOTES?|SOUNDS?|MUSIC|SONG|CAMERA|SFX|VFX|FX|CHYRON|CAPTION|TEXT|SIGN|CARD|ON[- ]SCREEN|SCENE|SETTING|TIME"
)
_AGED = re.compile(r",\s*\d|\s-$")  # "MARA, 40" is introduced, not heard
_MC = re.compile(r"\bMa?c(?=[A-Z])|(?<=[A-Z0-9])s\b")  # McCLANE, the 1920s
_EXTENSIONS = re.compile(r"(?P<name>[^()（）]*)(?P<ext>(?:[(（][^()（）]*[)）]\s*)*)")
_HAN_NAME = r"[\u3400-\u9fffA-Za-z0-9·]{1,12}(?:\s?[、和与及&]\s?[\u3400-\u9fffA-Za-z0-9·]{1,12}){0,3}"
_INLINE = re.compile(
    rf"(?P<name>{_HAN_NAME})\s*(?P<ext>(?:[(（][^()（）]{{1,30}}[)）]\s*){{0,3}})(?P<colon>[：:])\s*(?P<said>.*)", re.S
)
_HAN = re.compile(r"[\u3400-\u9fff]")
_HAN_ONLY = re.compile(r"(?P<name>[\u3400-\u9fff·]{1,6})\s*(?P<ext>(?:[(（][^()（）]{1,30}[)）]\s*){0,2})")
_NOT_A_NAME_ZH = re.compile(
    r"字幕|片名|片[头頭]|片尾|[时時][间間]|地点|人物|出[场場]人物|[场場]景|道具|服[装裝]|音[乐樂]|音效|[声聲]音|特写|近景|中景|远景|全景|大全景|[镜鏡][头頭]|[画畫]面|空[镜鏡]|注|[备備]注|提示|[标標][题題]|背景|"
    r"例如|比如|注意|[剧劇]情|[简簡]介|梗概|[闪閃]回|[内內]景|外景|切至|切[换換]|[叠疊]化|淡入|淡出"
)
_SAYS_ZH = re.compile(r"(?:[说說]|道|[问問]|答|喊|叫|[写寫][着著]|[显顯]示|如下|[他她它我你]|这是|只见|听到|看到)$")


def plain(text: str) -> str:
    """The text without emphasis marks and outer spaces."""
    return text.replace("*", "").replace("_", "").strip()


def split_cue(text: str) -> Cue:
    """Takes a cue apart without asking whether it is one: `MOM (O.S.) (CONT'D) ^`."""
    line = plain(text)
    dual = line.endswith("^")
    line = line.removesuffix("^").rstrip()
    parts = _EXTENSIONS.fullmatch(line) if len(line) <= 500 else None
    if parts is None:
        return Cue(line, None, dual)
    extension = " ".join(parts["ext"].split())
    return Cue(" ".join(parts["name"].split()), extension or None, dual)


def as_cue(text: str) -> Cue | None:
    """The cue if the line looks like one: capitals with at least one letter, no sentence, no shot direction."""
    if len(text) > 2 * _LONGEST_CUE and len(text.strip()) > 2 * _LONGEST_CUE:
        return None
    cue = split_cue(text)
    name = cue.name
    if not name or len(name) > _LONGEST_CUE or len(name.split()) > 8 or not _MC.sub("", name).isupper():
        return None
    if name.endswith(("!", "?", "...", "…", "--", "—", "–", ":", ",", ";")) or name[0] in '"“-–—>':
        return None
    if _NOT_A_NAME.match(name) or is_transition(name) or _AGED.search(name):
        return None
    return cue


def as_inline_cue(text: str) -> Cue | None:
    """The cue of a line such as `张三（画外音）：台词`, with what is said; None for labels such as `字幕：`."""
    head = text[:120].lstrip("　 \t")
    found = _INLINE.match(head)
    if found is None:
        return None
    name = found["name"].strip()
    if found["colon"] == ":" and not _HAN.search(name):
        return None
    if _NOT_A_NAME_ZH.fullmatch(name) or _SAYS_ZH.search(name):
        return None
    said = text.lstrip("　 \t")[found.start("said") :].strip()
    return Cue(name, "".join(found["ext"].split()) or None, said=said)


def as_play_cue(text: str) -> Cue | None:
    """The cue of a line such as `MARA (low): You are late.`, as plays and chat-typed scripts write it."""
    head = plain(text[:120])
    name, colon, said = head.partition(":")
    cue = as_cue(name) if colon and said.strip() and not _LABEL.fullmatch(name.strip()) else None
    return Cue(cue.name, cue.extension, said=plain(text).partition(":")[2].strip()) if cue else None


def is_han_name(text: str) -> Cue | None:
    """A line of one to six Chinese characters, perhaps with an extension: a name if it keeps coming back."""
    line = text.strip()
    found = _HAN_ONLY.fullmatch(line) if len(line) <= 80 else None
    if found is None or _NOT_A_NAME_ZH.fullmatch(found["name"]) or is_transition(line):
        return None
    return Cue(found["name"], "".join(found["ext"].split()) or None)


def is_transition(text: str) -> bool:
    """Whether a line in capitals is a transition: one of the known ones, or anything ending in TO:."""
    line = plain(text[: 2 * _LONGEST_TRANSITION])
    if len(line) > _LONGEST_TRANSITION or not line:
        return False
    if _HAN.match(line):
        return _TRANSITION_ZH.fullmatch(line) is not None
    if line.upper() != line:
        return False
    return line.endswith(" TO:") or _TRANSITION.fullmatch(line) is not None
