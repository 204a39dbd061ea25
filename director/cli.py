"""The `workprint` command. Parses arguments, calls `director.produce`, prints; every other import is lazy.

A mistake of the user's is one line on stderr and exit code 2; Ctrl-C is exit code 130 and says how to go on.
"""

from __future__ import annotations

import errno
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer
import typer.core

from director.pictures import DRAWING, PICTURE

if TYPE_CHECKING:
    from director.directing import Direction
    from director.llm.config import DirectorConfig
    from director.opening import Opened
    from director.progress import Progress

__all__ = ["app", "main"]


class _Sentences(typer.core.TyperGroup):
    """Turns what a user can mend into one line on stderr and exit code 2, and Ctrl-C into exit code 130."""

    def invoke(self, ctx: Any) -> Any:
        from audio.errors import SoundError
        from model.errors import PictureError
        from shots.errors import WorkprintError

        try:
            return super().invoke(ctx)
        except (WorkprintError, PictureError, SoundError) as error:
            return _fail(str(error))
        except OSError as error:
            if error.errno == errno.ENOSPC:
                return _fail("the disk is full. Fix: free some space and run the same command to go on.")
            where = f"{error.filename}: " if error.filename else ""
            return _fail(f"{where}{error.strerror or error}. Fix: check the path and its permissions.")
        except KeyboardInterrupt:
            print("Stopped. What is finished is kept; run the same command to go on.", file=sys.stderr)
            raise typer.Exit(130) from None


def _fail(sentence: str) -> NoReturn:
    print(f"workprint: {sentence}", file=sys.stderr)
    raise typer.Exit(2)


app = typer.Typer(
    cls=_Sentences,
    help="Turns a screenplay into a first cut, on your own machine.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

Source = Annotated[Path, typer.Argument(help="A screenplay (.fountain .fdx .txt .pdf) or a storyboard (.yaml).")]
Script = Annotated[Path, typer.Argument(help="A screenplay (.fountain .fdx .txt .pdf).")]
Out = Annotated[
    Path | None, typer.Option("--out", "-o", help="The film's folder.", show_default="out/<title>", metavar="DIR")
]
Size = Annotated[str | None, typer.Option(help="Picture size, such as 1280x720.", metavar="WIDTHxHEIGHT")]
Aspect = Annotated[str | None, typer.Option(help="Picture shape: 16:9, 9:16, 1:1, 2.39:1 ...", metavar="W:H")]
Look = Annotated[
    str | None, typer.Option("--style", help="flat, ink_noir, watercolour, pencil or risograph.", metavar="STYLE")
]
Seed = Annotated[int, typer.Option(help="Another seed, other faces and small choices.", min=0)]
Picture = Annotated[
    str,
    typer.Option(help="What pictures the shots: dit (the video model) or previz (drawn at once).", metavar="BACKEND"),
]
Watching = Annotated[
    str | None,
    typer.Option(
        "--critic",
        help="Who watches the takes: off, measured, or a model that sees, such as openai:MODEL.",
        show_default="measured; off where shots are drawn",
        metavar="CRITIC",
    ),
]
Workers = Annotated[int, typer.Option(help="Processes that picture shots at once; 0 chooses.", min=0)]
DirectedBy = Annotated[
    str | None,
    typer.Option(
        "--director",
        help="Who directs a screenplay: rules, or a language model such as openai:MODEL.",
        show_default="who did before, else rules",
        metavar="rules|PROVIDER:MODEL",
    ),
]
BaseUrl = Annotated[str | None, typer.Option(help="A server that speaks OpenAI's protocol.", metavar="URL")]
Budget = Annotated[str | None, typer.Option(help="The most to spend, such as 2.50 or 200000tok.", metavar="AMOUNT")]
ReplayOnly = Annotated[bool, typer.Option("--replay-only", help="Fail rather than ask what was not asked before.")]


@app.command()
def make(
    source: Source,
    out: Out = None,
    size: Size = None,
    aspect: Aspect = None,
    style: Look = None,
    seed: Seed = 0,
    director: DirectedBy = None,
    base_url: BaseUrl = None,
    budget: Budget = None,
    replay_only: ReplayOnly = False,
    picture: Picture = PICTURE,
    critic: Watching = None,
    workers: Workers = 0,
) -> None:
    """Make a film: picture, voices, captions, boards.

    Exits with code 1 when some shots could not be pictured; their drawings stand in the film.
    """
    from director.critic.hire import read_critic
    from director.produce import make_film
    from director.progress import Bars

    with Bars() as bars:
        watching = read_critic(critic, base_url, budget, replay_only=replay_only)
        direction = _direction(director, base_url, budget, replay_only, bars, server_is_for=watching.model)
        opened = _open(source, out, seed, size, aspect, style, direction)
        for notice in opened.notices:
            bars.say(notice)
        made = make_film(opened, picture=picture, workers=workers, progress=bars, critic=watching)
    print(f"{made.film}: {_clock(made.duration_s)} long, made in {_clock(made.elapsed_s)}")
    retakes = f" and {made.retakes} retake{'s' * (made.retakes > 1)}" if made.retakes else ""
    print(f"  {made.shots} shots{retakes} ({made.shots_rendered} made now), pictured by {made.picture}")
    print(f"  sound at {made.loudness_lufs:.1f} LUFS")
    print(f"  storyboard {opened.file}, report {opened.folder.report}")
    print(f"  board {opened.folder.board_pdf}, captions {opened.folder.captions}, timeline {opened.folder.timeline}")
    if made.trouble is not None:
        print(f"workprint: {made.trouble}", file=sys.stderr)
        raise typer.Exit(1)


@app.command()
def parse(
    script: Script, as_json: Annotated[bool, typer.Option("--json", help="Print every element as JSON.")] = False
) -> None:
    """Read a screenplay and say what is in it."""
    from director.parse import as_json as to_json
    from director.parse import read

    parsed = read(script)
    if as_json:
        print(json.dumps(to_json(parsed), ensure_ascii=False, indent=1))
        return
    print(f"{parsed.title}: {len(parsed.scenes())} scenes, {len(parsed.elements)} elements")
    for scene in parsed.scenes():
        if scene.heading is not None:
            print(f"  {parsed.file}:{scene.heading.line}: {scene.heading.text}")


@app.command()
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


@app.command()
def write(
    source: Annotated[
        str, typer.Argument(help="An idea in quotes, or a story (.txt .md .docx .epub).", metavar="IDEA|STORY")
    ],
    out: Annotated[Path, typer.Option("--out", "-o", help="The screenplay to write.", metavar="FILE")] = Path(
        "draft.fountain"
    ),
    pages: Annotated[
        int | None, typer.Option(help="About how long.", show_default="by the story; 5 for an idea", min=1, max=180)
    ] = None,
    language: Annotated[
        str | None, typer.Option(help="What to write in.", show_default="as the idea or story", metavar="LANGUAGE")
    ] = None,
    title: Annotated[str, typer.Option(help="The title, if you have one.")] = "",
    author: Annotated[str, typer.Option(help="Who stands on the title page.")] = "",
    date: Annotated[str, typer.Option(help="The draft's date on the title page.")] = "",
    director: Annotated[
        str | None, typer.Option(help="The language model that writes, such as openai:MODEL.", metavar="PROVIDER:MODEL")
    ] = None,
    base_url: Annotated[str | None, typer.Option(help="A server that speaks OpenAI's protocol.", metavar="URL")] = None,
    budget: Annotated[
        str | None, typer.Option(help="The most to spend, such as 2.50 or 200000tok.", metavar="AMOUNT")
    ] = None,
    replay_only: Annotated[
        bool, typer.Option("--replay-only", help="Fail rather than ask what was not asked before.")
    ] = False,
) -> None:
    """Write a screenplay from an idea or a story, by a language model, for a writer to edit.

    No file is written over. What the model answered is kept beside the draft, and a second run asks only the rest.
    """
    from director.llm.config import read_config
    from director.progress import Bars
    from director.write.command import Commission, write_screenplay

    config = read_config(director, base_url, budget)
    commission = Commission(source=source, pages=pages, language=language, title=title, author=author, date=date)
    with Bars() as bars:
        written = write_screenplay(commission, out, config, bars, replay_only=replay_only)
    for line in written.table:
        print(line)
    for notice in written.notices:
        print(f"workprint: {notice}", file=sys.stderr)
    pages_told = f"{written.eighths // 8} {written.eighths % 8}/8 pages"
    print(f"{written.script}: {written.scenes} scenes, {pages_told}; {written.used[-1]}")
    if written.map is not None:
        print(f"map from paragraphs to scenes: {written.map}")
    print(f"Next: edit it, then `workprint make {written.script}`")


@app.command()
def note(
    storyboard: Annotated[Path, typer.Argument(help="A storyboard (.yaml).", metavar="STORYBOARD")],
    words: Annotated[str, typer.Argument(help="What to change.", metavar="NOTE")],
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Change the file without asking.")] = False,
    director: Annotated[
        str | None, typer.Option(help="The language model for any other words.", metavar="PROVIDER:MODEL")
    ] = None,
    base_url: Annotated[str | None, typer.Option(help="A server that speaks OpenAI's protocol.", metavar="URL")] = None,
    budget: Annotated[
        str | None, typer.Option(help="The most to spend, such as 2.50 or 200000tok.", metavar="AMOUNT")
    ] = None,
    replay_only: Annotated[
        bool, typer.Option("--replay-only", help="Fail rather than ask what was not asked before.")
    ] = False,
) -> None:
    """Change a storyboard by a note: shown as a diff, done on yes, all else in the file left as it is.

    These are understood without a model, several parted by semicolons:

    \b
    longer S2.3 1.5; shorter S2.3 0.5; hold S2.3 4
    tighter S2.3; wider S2.3 2; size S2.3 CU; lens S2.3 85; focus S2.3 MARA
    static S2.3; push in S2.3; pan left S2.3 (every move); low angle S2.3
    brighter S2.3; darker scene 2; warmer scene 2; cooler S2.3
    key S2.3 left; ratio scene 2 4; kelvin scene 2 3200
    dissolve S2.3 1; cut S2.3 (every transition)
    emotion S2.3 MARA sad; look S2.3 MARA at TOM
    swap S2.3 S2.4; move S2.4 after S2.2; delete S2.4; delete S2.4 into S2.3
    insert after S2.3 of LIGHTER; insert after S2.3 reaction of MARA
    insert after S2.3 rain on the window; note S2.3 any text

    The file as it was is kept in a folder of drafts beside it. Exits with code 1 when something of the note is not
    done: after a no, without --yes where nobody can be asked, or where the model says that it cannot be.
    """
    from director.llm.config import read_config
    from director.notes.desk import give

    config = read_config(director, base_url, budget)
    if not give(storyboard, words, config, yes=yes, replay_only=replay_only):
        raise typer.Exit(1)


@app.command()
def check(
    source: Source,
    stats: Annotated[bool, typer.Option("--stats", help="Print the statistics of the shots as well.")] = False,
) -> None:
    """Check a screenplay's or storyboard's continuity: the axis, eyelines, wardrobe, props, light ...

    Exits with code 1 when something is wrong, 0 when there are at most warnings.
    """
    from director.opening import read_storyboard
    from director.staging import inspect

    storyboard = read_storyboard(source)
    inspected = inspect(storyboard)
    if stats:
        from shots.stats import statistics

        for name, value in statistics(storyboard, inspected.timings).rows():
            print(f"{name:<32} {value}")
    for problem in inspected.problems:
        print(f"{problem.severity}: {problem}")
    errors = sum(problem.severity == "error" for problem in inspected.problems)
    print(f"{errors} errors, {len(inspected.problems) - errors} warnings in {len(storyboard.shots())} shots")
    raise typer.Exit(1 if errors else 0)


@app.command()
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
        print(f"{len(jobs)} shots to make, {len(kept)} kept")
    else:
        made = len(production.shooting.made)
        print(f"{len(takes)} takes in {opened.folder.takes}, {made} made now by {production.picture}")


@app.command()
def cut(
    source: Source,
    out: Out = None,
    size: Size = None,
    aspect: Aspect = None,
    seed: Seed = 0,
    picture: Picture = PICTURE,
    critic: Watching = None,
    workers: Workers = 0,
) -> None:
    """Assemble the film from the takes there are, with its sound."""
    from director.critic.hire import read_critic
    from director.produce import Production
    from director.progress import Bars
    from shots.errors import CutError

    opened = _open(source, out, seed, size, aspect)
    with Bars() as bars:
        production = Production(
            opened, picture=picture, workers=workers, progress=bars, critic=read_critic(critic), retakes=False
        )
        missing = [job.shot for job in production.render_plan.jobs]
        if missing:
            raise CutError(f"{_some(missing)} no take yet. Fix: run `workprint render {source}` first.")
        film = production.cut()
    print(f"{film.path}: {_clock(film.duration_s)} long")
    print(f"  {film.segments_encoded} segments encoded, {film.segments_reused} kept")


@app.command()
def board(source: Source, out: Out = None, seed: Seed = 0, picture: Picture = DRAWING) -> None:
    """Draw the storyboard as a PDF and a PNG contact sheet, and the shot graph as an SVG."""
    from director.produce import Production
    from director.progress import Bars

    opened = _open(source, out, seed)
    with Bars() as bars:
        Production(opened, picture=picture, workers=0, progress=bars).board()
    for path in (opened.folder.board_pdf, opened.folder.board_png, opened.folder.graph_svg):
        print(path)


@app.command()
def supervise(source: Source, out: Out = None, seed: Seed = 0) -> None:
    """Write the continuity report: story days, wardrobe, props in hands, matches to watch, shot lists."""
    from director.staging import inspect
    from director.supervisor.files import write_continuity

    opened = _open(source, out, seed)
    inspected = inspect(opened.storyboard)
    write_continuity(opened.storyboard, inspected.timings, inspected.geometry, inspected.problems, opened.folder)
    for path in (opened.folder.continuity_md, opened.folder.continuity_pdf):
        print(path)


@app.command("eval")
def evaluate(
    scale: Annotated[str, typer.Option("--set", help="How much is measured: small or full.", metavar="SET")] = "full",
    out: Annotated[Path, typer.Option(help="The figures' file.", metavar="FILE")] = Path("bench/eval.json"),
    sheets: Annotated[Path, typer.Option(help="The folder for the picture sheets.", metavar="DIR")] = Path(
        "docs/images/sheets"
    ),
) -> None:
    """Measure the picture model on held-out stages, where the truth is known: a table and two picture sheets."""
    from director.progress import Bars
    from model.evaluation.report import report

    with Bars() as bars:

        def tell(what: str, done: int, of: int) -> None:
            bars.step(what, of)
            bars.done(what, done)

        figures = report(scale, out, sheets, tell)
    for name, value in figures.items():
        print(f"{name:<56} {value}")
    print(f"figures {out}, sheets {sheets / 'model.jpg'} and {sheets / 'model-tasks.jpg'}")


@app.command()
def train(
    config: Annotated[Path, typer.Argument(help="A config of yours (.yaml), or a shipped one such as lora.yaml.")],
    resume: Annotated[bool, typer.Option("--resume", help="Go on with the run that the folder holds.")] = False,
) -> None:
    """Train the picture models, or fine-tune them on your own footage.

    Ctrl-C ends after the step it is in, saved.
    """
    from model.training.config import read, train

    trained = train(read(config), resume=resume)
    print(f"{trained.folder}: step {trained.step} of {trained.steps}")
    if trained.step < trained.steps:
        print(f"Stopped and saved. To go on: workprint train {config} --resume", file=sys.stderr)
        raise typer.Exit(130)


@app.command()
def doctor() -> None:
    """Say what this machine has, and what each missing part would give."""
    from director.doctor import examine

    for finding in examine(Path("out")):
        print(f"{'ok     ' if finding.present else 'missing'} {finding.part:<20} {finding.what}")
        print(f"{'':<28} gives: {finding.gives}")


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


def _clock(seconds: float) -> str:
    """`83.4` → `1 min 23 s`."""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes else f"{seconds:.1f} s"


def main() -> None:
    """Runs the command."""
    app()
