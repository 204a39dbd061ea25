"""The commands that work in a film's folder: the whole film, its steps one by one, and its papers."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from director.cli.options import (
    Aspect,
    BaseUrl,
    Budget,
    DirectedBy,
    Out,
    Picture,
    ReplayOnly,
    Script,
    Seed,
    Size,
    Source,
    Watching,
    Workers,
)
from director.cli.sound_options import (
    BurnIn,
    Described,
    EngineSound,
    Profile,
    Recordings,
    Score,
    SoundFont,
    Sounds,
    Translate,
    Voices,
)
from director.english import clock
from director.pictures import DRAWING, PICTURE

if TYPE_CHECKING:
    from director.directing import Direction
    from director.llm.config import DirectorConfig
    from director.opening import Opened
    from director.progress import Progress

__all__ = ["board", "cut", "make", "plan", "render", "sound", "supervise"]


def make(
    source: Source,
    out: Out = None,
    size: Size = None,
    aspect: Aspect = None,
    style: Annotated[
        str | None, typer.Option(help="flat, ink_noir, watercolour, pencil or risograph.", metavar="STYLE")
    ] = None,
    seed: Seed = 0,
    director: DirectedBy = None,
    base_url: BaseUrl = None,
    budget: Budget = None,
    replay_only: ReplayOnly = False,
    picture: Picture = PICTURE,
    critic: Watching = None,
    voices: Voices = None,
    recordings: Recordings = None,
    score: Score = None,
    soundfont: SoundFont = None,
    sounds: Sounds = None,
    profile: Profile = None,
    described: Described = False,
    burn_in: BurnIn = False,
    translate: Translate = None,
    engine_sound: EngineSound = False,
    workers: Workers = 0,
) -> None:
    """Make a film: picture, voices, score, sound, captions, boards.

    Exits with code 1 when some shots could not be pictured; their drawings stand in the film.
    """
    from director.critic.hire import read_critic
    from director.produce import make_film
    from director.progress import Bars
    from director.sound.config import read_sound

    with Bars() as bars:
        watching = read_critic(critic, base_url, budget, replay_only=replay_only)
        direction = _direction(director, base_url, budget, replay_only, bars, server_is_for=watching.model)
        sound = read_sound(
            voices=voices, recordings=recordings, score=score, soundfont=soundfont, sounds=sounds, profile=profile,
            described=described, burn_in=burn_in, translate=translate, by=direction.config, replay_only=replay_only,
            engine_sound=engine_sound,
        )  # fmt: skip
        opened = _open(source, out, seed, size, aspect, style, direction)
        for notice in opened.notices:
            bars.say(notice)
        made = make_film(opened, picture=picture, workers=workers, progress=bars, critic=watching, sound=sound)
    print(f"{made.film}: {clock(made.duration_s)} long, made in {clock(made.elapsed_s)}")
    retakes = f" and {made.retakes} retake{'s' * (made.retakes > 1)}" if made.retakes else ""
    print(f"  {made.shots} shots{retakes} ({made.shots_rendered} made now), pictured by {made.picture}")
    print(f"  sound at {made.loudness_lufs:.1f} LUFS, stems {opened.folder.stems}, spotting {opened.folder.spotting}")
    print(f"  storyboard {opened.file}, report {opened.folder.report}")
    print(f"  board {opened.folder.board_pdf}, captions {opened.folder.captions}, timeline {opened.folder.timeline}")
    if made.trouble is not None:
        print(f"workprint: {made.trouble}", file=sys.stderr)
        raise typer.Exit(1)


def plan(
    script: Script,
    out: Out = None,
    seed: Seed = 0,
    director: DirectedBy = None,
    base_url: BaseUrl = None,
    budget: Budget = None,
    replay_only: ReplayOnly = False,
    prompts: Annotated[
        str | None,
        typer.Option(
            help="Write prompts.md too: each shot's words for dit, wan, ltx, hunyuan or cogvideox.",
            metavar="ENGINE",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Direct a screenplay into storyboard.yaml, to read and edit before anything is drawn."""
    from director.progress import Bars
    from director.wording.engines import engine_named
    from shots.stats import statistics
    from shots.timing import time_shots

    engine = engine_named(prompts) if prompts is not None else None
    with Bars() as bars:
        direction = _direction(director, base_url, budget, replay_only, bars)
        opened = _open(script, out, seed, direction=direction)
    for notice in opened.notices:
        print(notice, file=sys.stderr)
    timings = time_shots(opened.storyboard, {})
    for name, value in statistics(opened.storyboard, timings).rows():
        print(f"{name:<32} {value}")
    print(f"storyboard: {opened.file}")
    if engine is not None:
        from director.opening import write_atomically
        from director.staging import stages_of
        from director.wording.sheet import prompt_sheet

        stages = stages_of(opened.storyboard, timings, {})
        ask = opened.connection.ask if opened.connection else None
        write_atomically(opened.folder.prompts, prompt_sheet(opened.storyboard, stages, engine, ask))
        print(f"prompts: {opened.folder.prompts}")


def render(
    source: Source,
    out: Out = None,
    size: Size = None,
    aspect: Aspect = None,
    seed: Seed = 0,
    picture: Picture = PICTURE,
    critic: Watching = None,
    workers: Workers = 0,
    explain: Annotated[
        bool, typer.Option("--explain", help="Say which shots would be made and why; make nothing.")
    ] = False,
) -> None:
    """Picture the shots that have no take yet, each kept for good."""
    from director.critic.hire import read_critic
    from director.produce import Production
    from director.progress import Bars

    opened = _open(source, out, seed, size, aspect)
    with Bars() as bars:
        production = Production(opened, picture=picture, workers=workers, progress=bars, critic=read_critic(critic))
        jobs, kept = production.render_plan.jobs, production.render_plan.kept
        takes = {} if explain else production.takes
    if explain:
        for job in jobs:
            print(f"{job.shot}: {'; '.join(job.reasons)}")
            for sentence in production.told(job):
                print(f"    {sentence}")
        if lacking := production.lacking:
            print(f"pictures to make first, for the shots to hold to: {', '.join(lacking)}")
        print(f"{len(jobs)} shots to make, {len(kept)} kept")
    else:
        made = len(production.shooting.made)
        print(f"takes of {len(takes)} shots in {opened.folder.takes}, {made} made now by {production.picture}")


def cut(
    source: Source,
    out: Out = None,
    size: Size = None,
    aspect: Aspect = None,
    seed: Seed = 0,
    picture: Picture = PICTURE,
    critic: Watching = None,
    voices: Voices = None,
    recordings: Recordings = None,
    score: Score = None,
    soundfont: SoundFont = None,
    sounds: Sounds = None,
    profile: Profile = None,
    described: Described = False,
    burn_in: BurnIn = False,
    translate: Translate = None,
    engine_sound: EngineSound = False,
    director: DirectedBy = None,
    base_url: BaseUrl = None,
    budget: Budget = None,
    replay_only: ReplayOnly = False,
    workers: Workers = 0,
) -> None:
    """Assemble the film from the takes there are, with its sound."""
    from director.critic.hire import read_critic
    from director.llm.config import read_config
    from director.produce import Production
    from director.progress import Bars
    from director.sound.config import read_sound
    from shots.errors import CutError

    sound = read_sound(
        voices=voices, recordings=recordings, score=score, soundfont=soundfont, sounds=sounds, profile=profile,
        described=described, burn_in=burn_in, translate=translate, by=read_config(director, base_url, budget),
        replay_only=replay_only, engine_sound=engine_sound,
    )  # fmt: skip
    opened = _open(source, out, seed, size, aspect)
    with Bars() as bars:
        production = Production(
            opened,
            picture=picture,
            workers=workers,
            progress=bars,
            critic=read_critic(critic),
            sound=sound,
            retakes=False,
        )
        missing = [job.shot for job in production.render_plan.jobs]
        if missing:
            raise CutError(f"{_some(missing)} no take yet. Fix: run `workprint render {source}` first.")
        film = production.cut()
    print(f"{film.path}: {clock(film.duration_s)} long")
    print(f"  {film.segments_encoded} segments encoded, {film.segments_reused} kept")


def sound(
    source: Source,
    out: Out = None,
    size: Size = None,
    aspect: Aspect = None,
    seed: Seed = 0,
    picture: Picture = PICTURE,
    voices: Voices = None,
    recordings: Recordings = None,
    score: Score = None,
    soundfont: SoundFont = None,
    sounds: Sounds = None,
    profile: Profile = None,
    described: Described = False,
    burn_in: BurnIn = False,
    translate: Translate = None,
    engine_sound: EngineSound = False,
    director: DirectedBy = None,
    base_url: BaseUrl = None,
    budget: Budget = None,
    replay_only: ReplayOnly = False,
    workers: Workers = 0,
) -> None:
    """Make the sound alone, anew: voices, score, mix, stems, captions.

    A film whose takes are all there gets the new sound, its picture as it is. Without them, or where other voices
    speak longer or shorter than the takes were made for, mix and stems lie beside it, and the film is left as it is.
    """
    from director.critic.hire import OFF, CriticConfig
    from director.llm.config import read_config
    from director.produce import Production
    from director.progress import Bars
    from director.reporting import write_report
    from director.sound.config import read_sound

    wanted = read_sound(
        voices=voices, recordings=recordings, score=score, soundfont=soundfont, sounds=sounds, profile=profile,
        described=described, burn_in=burn_in, translate=translate, by=read_config(director, base_url, budget),
        replay_only=replay_only, engine_sound=engine_sound,
    )  # fmt: skip
    opened = _open(source, out, seed, size, aspect)
    with Bars() as bars:
        production = Production(
            opened,
            picture=picture,
            workers=workers,
            progress=bars,
            critic=CriticConfig(name=OFF),
            sound=wanted,
            retakes=False,
        )
        missing = [job.shot for job in production.render_plan.jobs]
        film = None if missing else production.cut()
        if film is None:
            production.deliver_sound()
        else:
            write_report(production, film.duration_s)
    mixed = production.mix
    print(f"{mixed.path}: {clock(mixed.duration_s)} long, {mixed.integrated_lufs:.1f} LUFS")
    print(f"  stems {opened.folder.stems}, spotting {opened.folder.spotting}, captions {opened.folder.captions}")
    if film is not None:
        print(f"  {film.path}: {film.segments_encoded} segments encoded, {film.segments_reused} kept")
    else:
        print(f"  no film was cut: {_some(missing)} no take. To see it with this sound: workprint make {source}")


def board(source: Source, out: Out = None, seed: Seed = 0, picture: Picture = DRAWING) -> None:
    """Draw the storyboard as a PDF and a PNG contact sheet, and the shot graph as an SVG."""
    from director.produce import Production
    from director.progress import Bars

    opened = _open(source, out, seed)
    with Bars() as bars:
        Production(opened, picture=picture, workers=0, progress=bars).board()
    for path in (opened.folder.board_pdf, opened.folder.board_png, opened.folder.graph_svg):
        print(path)


def supervise(source: Source, out: Out = None, seed: Seed = 0) -> None:
    """Write the continuity report: story days, wardrobe, props in hands, matches to watch, shot lists."""
    from director.staging import inspect
    from director.supervisor.files import write_continuity

    opened = _open(source, out, seed)
    inspected = inspect(opened.storyboard, opened.folder)
    put_right = opened.put_right
    write_continuity(
        opened.storyboard, inspected.timings, inspected.geometry, inspected.problems, opened.folder, put_right
    )
    for path in (opened.folder.continuity_md, opened.folder.continuity_pdf):
        print(path)


def _open(
    source: Path,
    out: Path | None,
    seed: int,
    size: str | None = None,
    aspect: str | None = None,
    style: str | None = None,
    direction: Direction | None = None,
) -> Opened:
    from director.opening import open_film, picture_size

    direction = direction or _direction()
    return open_film(source, out, seed=seed, size=picture_size(aspect, size), style=style, direction=direction)


def _direction(
    director: str | None = None,
    base_url: str | None = None,
    budget: str | None = None,
    replay_only: bool = False,
    progress: Progress | None = None,
    server_is_for: DirectorConfig | None = None,
) -> Direction:
    from director.directing import Direction
    from director.llm.config import read_config
    from director.progress import Silent

    if server_is_for is not None and read_config(director).offline:
        base_url = None  # the critic's
    config = read_config(director, base_url, budget)
    return Direction(
        config=config,
        said=director is not None or not config.offline,
        replay_only=replay_only,
        agree=typer.confirm if sys.stdin.isatty() else None,
        progress=progress or Silent(),
    )


def _some(shots: list[str]) -> str:
    return (
        f"shot {shots[0]} has" if len(shots) == 1 else f"shots {', '.join(shots[:3])}{' ...' * (len(shots) > 3)} have"
    )
