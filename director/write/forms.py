"""What the model answers with when it writes: the forms of its replies, checked as they come in.

Only this edge knows pydantic. Every list and text is bounded; a scene is typed elements, and code makes Fountain of
them (`director.write.fountain_out`), so that no reply can be a heading or a cue where it should be words.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

__all__ = ["Beat", "BeatSheet", "Concept", "Element", "LeftOut", "Part", "Person", "Scene"]

Name = Annotated[str, Field(min_length=1, max_length=40)]
Brief = Annotated[str, Field(max_length=300)]
Told = Annotated[str, Field(min_length=1, max_length=800)]
Id = Annotated[str, Field(max_length=16)]
Inside = Literal["INT", "EXT", "INT/EXT"]
Transition = Literal[
    "", "CUT TO:", "SMASH CUT TO:", "MATCH CUT TO:", "DISSOLVE TO:", "INTERCUT WITH:", "FADE OUT.", "FADE TO BLACK."
]  # fmt: skip


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Person(_Form):
    """Somebody who speaks or matters."""

    name: Name
    also: list[Name] = Field(default=[], max_length=6)  # other names that the prose has for them
    who: Brief  # age, look and bearing, as a first appearance shows them
    wants: Brief = ""
    voice: Brief  # how they talk, so that no two sound alike


class Concept(_Form):
    """The idea worked up, before any scene is written."""

    title: Annotated[str, Field(min_length=1, max_length=80)]
    story: Told  # what happens, end and all
    world: Brief  # where, when, and the tone
    people: list[Person] = Field(min_length=1, max_length=40)


class Beat(_Form):
    """One scene to write: where it is, who is in it, what happens, and what is different at its end."""

    inside: Inside
    place: Annotated[str, Field(min_length=1, max_length=60)]
    time: Annotated[str, Field(min_length=1, max_length=30)]
    people: list[Name] = Field(max_length=20)
    happens: Told
    turns: Brief  # what has changed when it ends
    eighths: int = Field(ge=1, le=80)  # of a page
    first: Id = ""  # the source paragraphs that it plays, for an adaptation
    last: Id = ""


class BeatSheet(_Form):
    """The scenes of a story, in order."""

    beats: list[Beat] = Field(min_length=1, max_length=200)


class LeftOut(_Form):
    """Source paragraphs that are not played, and why."""

    first: Id
    last: Id
    why: Brief


class Part(_Form):
    """A part of a longer prose: what happens in it, who is in it, and the scenes it makes."""

    digest: Told
    people: list[Person] = Field(max_length=20)
    beats: list[Beat] = Field(max_length=40)
    left_out: list[LeftOut] = Field(default=[], max_length=40)


class Element(_Form):
    """A paragraph of action, or a speech: `who`, `how` and `heard` belong to a speech alone."""

    kind: Literal["action", "speech"]
    text: Annotated[str, Field(min_length=1, max_length=3000)]
    who: Annotated[str, Field(max_length=40)] = ""
    how: Annotated[str, Field(max_length=80)] = ""
    heard: Literal["here", "V.O.", "O.S."] = "here"
    quotes: Id = ""  # the source paragraph that the words of a speech are taken from, word for word


class Scene(_Form):
    """A scene as it is played."""

    inside: Inside
    place: Annotated[str, Field(min_length=1, max_length=60)]
    time: Annotated[str, Field(min_length=1, max_length=30)]
    elements: list[Element] = Field(min_length=1, max_length=200)
    transition: Transition = ""
    digest: Brief  # what a later scene must know
