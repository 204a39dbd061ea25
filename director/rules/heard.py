"""How a speech reaches us, as its cue's extension, its parentheticals and its speaker's name say it.

`(V.O.)`, `(O.S.)`, `(ON PHONE)`, `(FILTERED)`, `(ON RADIO)`, `(ON TV)`: who talks *into* a telephone or a radio is on
screen and heard as they are; who is heard *over* one is not. What the script leaves open is on screen.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from shots.spec import Heard

__all__ = ["how_heard", "talks_into_phone"]

_TELEPHONE = r"(?:tele|cell|speaker)?[- ]?phones?|cell|mobile|receiver|handset|the line|voice ?mail|answering machine"
_RADIO_SET = (
    r"radio|walkie(?:[- ]?talkie)?|intercom|p\.?\s?a\.?(?: system)?|comms?|com link|headset|c\.?b\.?|tannoy|"
    r"loud ?speakers?|megaphone|bullhorn|t\.?v\.?|television|monitor|news ?reel"
)
_PHONE = re.compile(rf"\b(?:{_TELEPHONE}|filter(?:ed)?|on (?:the )?speaker)\b|电话|听筒", re.I)
_RADIO = re.compile(rf"(?<!\w)(?:{_RADIO_SET})(?!\w)|收音机|电台|对讲机|广播|电视|喇叭", re.I)
_INTO = re.compile(
    rf"\binto\b.{{0,12}}?\b(?:{_TELEPHONE}|{_RADIO_SET}|call|mic(?:rophone)?)(?!\w)|^answering|对着|接电话", re.I
)
_INTO_PHONE = re.compile(
    r"\b(?:into|on|answering)\b.{0,12}\b(?:phone|cell|receiver|call)\b|^answering|对着?电话|接电话", re.I
)
_OVER = re.compile(
    rf"\b(?:over|through|via|from|filtered)\b.{{0,12}}?(?:{_TELEPHONE}|{_RADIO_SET}|static)?(?!\w)|电话里|电话那头",
    re.I,
)
_STATIC = re.compile(r"\bstatic\b|crackl", re.I)
_VOICE_OVER = re.compile(r"\bV\.?\s?/?O\.?(?!\w)|voice[- ]?over|旁白|画外", re.I)
_OFF = re.compile(r"\bO\.?\s?/?[SC]\.?(?!\w)|off[- ]?(?:screen|camera|stage)", re.I)
_ONLY_VOICE_OVER = re.compile(r"^(?:V\.?\s?/?O\.?|voice[- ]?over|旁白|画外音?)$", re.I)
_ONLY_OFF = re.compile(r"^(?:O\.?\s?/?[SC]\.?|off[- ]?(?:screen|camera|stage))$", re.I)
_NAMED_PHONE = re.compile(r"PHONE|VOICE ?MAIL|ANSWERING MACHINE|电话", re.I)
_NAMED_RADIO = re.compile(
    r"\b(?:RADIO|DISPATCH\w*|INTERCOM|TANNOY|LOUDSPEAKER|TV|TELEVISION|P\.?A\.?)(?!\w)|广播|电台|收音机|对讲机|电视",
    re.I,
)


def talks_into_phone(extension: str, deliveries: Sequence[str]) -> bool:
    """Whether who speaks holds a telephone to do so."""
    return any(_INTO_PHONE.search(text) for text in (extension.strip("() "), *deliveries))


def how_heard(
    extension: str, cue: str, deliveries: Sequence[str], speakers: Sequence[str], *, bodiless: bool, here: bool
) -> Heard:
    """How a speech is heard.

    `extension` is what stands in brackets behind the name, `cue` the name as written, `deliveries` the
    parentheticals. `bodiless` says that nobody ever sees the speakers, `here` that they have turned up in the scene.
    """
    into = any(_INTO.search(text) for text in (extension, *deliveries))
    if not into and not (here and _on_set(extension)):
        if _RADIO.search(extension):
            return "radio"
        if _PHONE.search(extension):
            return "radio" if any(_RADIO.search(text) or _STATIC.search(text) for text in deliveries) else "phone"
    if bodiless and _NAMED_RADIO.search(speakers[0]):
        return "radio"
    if _VOICE_OVER.search(f"{extension} {cue}") or any(_ONLY_VOICE_OVER.match(text) for text in deliveries):
        return "voice_over"
    if not into:
        for text in deliveries:
            away = _OVER.search(text) is not None or not here
            if away and (_RADIO.search(text) or _STATIC.search(text)):
                return "radio"
            if _OVER.search(text) and _PHONE.search(text):
                return "phone"
    if _OFF.search(f"{extension} {cue}") or any(_ONLY_OFF.match(text) for text in deliveries):
        return "off_screen"
    if bodiless:
        if "NARRATOR" in speakers[0] or "旁白" in speakers[0]:
            return "voice_over"
        return "phone" if _NAMED_PHONE.search(speakers[0]) else "off_screen"
    return "on_screen"


def _on_set(extension: str) -> bool:
    """Whether an extension says that somebody is *on* a telephone or radio, which may be one that they hold."""
    return re.search(r"\bon (?!tv|television|t\.v|monitor|p\.?a|speaker|screen)", extension, re.I) is not None
