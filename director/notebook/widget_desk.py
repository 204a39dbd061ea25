"""What the widget does with a message from its page: every one is a call of the film's own Python surface.

Nothing here waits in the thread that receives: a message is checked and put into one of two lines, the desk's (drawing,
looking, writing: short) and the set's (making takes and the film: long, can be stopped). Answers go out through `send`,
in whatever order they come about; each says which shot it is of, so that a page takes only what it still shows.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from director.notebook import widget_messages as page
from director.notebook.widget_line import Line
from director.notebook.widget_mask import mask_of
from director.notebook.widget_told import board_of, film_of, jpeg, shot_of, small_jpeg, states_of, steps_of, trial_of
from director.progress import Stoppable, Stopped
from shots.errors import WorkprintError
from shots.spec import Light, Storyboard

if TYPE_CHECKING:
    from director.reshoot.film import Film
    from director.reshoot.shot import Shot
    from director.reshoot.take import Take

__all__ = ["Desk", "Send"]

Send = Callable[[dict[str, Any], Sequence[bytes]], None]

_PROGRESS_S = 0.1
MOST_FILM_BYTES = 60_000_000
_SHOTS_AT_ONCE = 12
_STILLS_AT_ONCE = 6
"""So many stills go out in one message: few enough that a drawing asked for meanwhile is not kept waiting."""


class Desk:
    """One film on the desk. `receive` takes whatever the page sends and returns at once; `send` may be called from
    other threads.
    """

    def __init__(self, film: Film, send: Send) -> None:
        self.film, self._send = film, send
        self.desk = Line("workprint desk", idle=self._look_at_paper)
        self.set = Line("workprint set")
        self._seen: bytes = b""
        self._watched: Stoppable | None = None
        self._take_stills: dict[str, bytes] = {}  # by the takes' keys, some kilobytes each

    def receive(self, content: object, buffers: Sequence[bytes | memoryview] = ()) -> None:
        """Sees to one message; what is no message is answered with a sentence."""
        try:
            ask = page.asked(content)
        except WorkprintError as error:
            self._trouble(str(error))
            return
        match ask:
            case page.Try():
                self.desk.put(partial(self._doing, self._try, ask), name="try", first=True)
            case page.Look():
                self.desk.put(partial(self._doing, self._look, ask.shots), name="look")
            case page.Open():
                self.desk.put(partial(self._doing, self._open, ask.shot), name="open")
            case page.Clip():
                self.desk.put(partial(self._doing, self._clip, ask), name=f"clip {ask.take}")
            case page.Film():
                self.desk.put(partial(self._doing, self._show_film), name="film")
            case page.Ready():
                self.desk.put(partial(self._doing, self._tell_film))
            case page.States():
                self.desk.put(partial(self._doing, self._tell_states), name="states")
            case page.Cancel():
                self._cancel()
            case page.Shoot():
                mask = bytes(buffers[0]) if buffers else b""
                self._make(f"{ask.shot}: shooting", partial(self._shoot, ask, mask))
            case page.Render():
                self._make("Making what is stale", self._render)
            case page.Cut():
                self._make("Cutting the film", self._cut)
            case _:
                self.desk.put(partial(self._doing, self._write, ask))

    def close(self) -> None:
        """Stops what is being made, and forgets what waits."""
        self._cancel()
        self.desk.close()
        self.set.close()

    def _doing(self, job: Callable[..., None], *asked: Any) -> None:
        try:
            job(*asked)
        except Exception as error:
            number = next((ask.n for ask in asked if isinstance(ask, page.Try)), 0)
            self._trouble(_told(error), number)

    def _trouble(self, text: str, number: int = 0) -> None:
        self._send({"kind": "trouble", "text": text, "n": number}, ())

    # --- looking -------------------------------------------------------------------------------------------------

    def _tell_film(self) -> None:
        self._send(board_of(self.film), ())
        self._tell_steps()

    def _tell_steps(self) -> None:
        self._seen = self.film.paper.file.read_bytes()
        self._send(steps_of(self.film), ())

    def _tell_states(self, ready: int = 0) -> None:
        """How the shots stand; a long film is worked out a few shots at a time, so that nothing else has to wait."""
        requests = self.film.production.requests
        names = tuple(requests)
        for name in names[ready : ready + _SHOTS_AT_ONCE]:
            _ = requests[name]
        if ready + _SHOTS_AT_ONCE < len(names):
            if not self.desk.waits("states"):
                self.desk.put(partial(self._doing, self._tell_states, ready + _SHOTS_AT_ONCE), name="states")
            return
        self._send(states_of(self.film), ())

    def _look_at_paper(self) -> None:
        """When somebody else has written to the storyboard, the page hears of it, once."""
        try:
            now = self.film.paper.file.read_bytes()
        except OSError:
            return  # it is being replaced, or is gone: whatever is asked next tells so
        if self._seen and now != self._seen:
            self._seen = now
            self._doing(self._tell_changed)

    def _tell_changed(self) -> None:
        self._tell_film()
        self._send({"kind": "changed"}, ())

    def _open(self, name: str) -> None:
        shot = self.film[name]
        self._send(shot_of(shot), ())
        self.desk.put(partial(self._doing, self._show_takes, shot), name="take stills")

    def _show_takes(self, shot: Shot) -> None:
        takes = shot.takes
        for take in takes:
            if take.key not in self._take_stills:
                self._take_stills[take.key] = small_jpeg(take.frame(take.stored.frame_count // 2))
        keys = [take.key for take in takes]
        self._send({"kind": "take stills", "shot": shot.id, "takes": keys}, [self._take_stills[key] for key in keys])

    def _look(self, names: Sequence[str]) -> None:
        from director.stills import stills

        production = self.film.production
        now, later = names[:_STILLS_AT_ONCE], names[_STILLS_AT_ONCE:]
        wanted = {name: production.requests[name] for name in now if name in production.requests}
        plan = production.shooting_of(*wanted).as_circled()
        drawn = dict(stills(wanted, plan, self.film.folder.stills, production.timings))
        self._send({"kind": "stills", "shots": list(drawn)}, [small_jpeg(path) for path in drawn.values()])
        if later and not self.desk.waits("look"):
            self.desk.put(partial(self._doing, self._look, later), name="look")

    def _clip(self, ask: page.Clip) -> None:
        take = _take(self.film[ask.shot], ask.take)
        self._send({"kind": "clip", "shot": ask.shot, "take": take.key}, [take.path.read_bytes()])

    def _show_film(self) -> None:
        """The film's bytes; one that is too large for the channel is told by its path alone."""
        path = self.film.folder.film
        if not path.is_file():
            raise WorkprintError("The film is not cut yet. Fix: cut it.")
        small = path.stat().st_size <= MOST_FILM_BYTES
        self._send(film_of(self.film), [path.read_bytes()] if small else [])

    def _try(self, ask: page.Try) -> None:
        shot = self.film[ask.shot]
        trial = shot.trial(**self._changes(shot, ask.changes))
        time_s = min(ask.time_s, max(trial.stage.duration_s - 1e-3, 0.0))
        self._send({"kind": "drawn", "shot": ask.shot, "n": ask.n}, [jpeg(trial.frame(time_s))])

        def would() -> None:
            self._send({**trial_of(trial), "n": ask.n}, ())

        if not self.desk.waits("try"):
            self.desk.put(partial(self._doing, would), name="would")

    # --- writing -------------------------------------------------------------------------------------------------

    def _write(self, ask: page.Ask) -> None:
        """One step on the storyboard, and what it changed."""
        touched, before = "", self.film.graph.order()
        match ask:
            case page.Write():
                shot, touched = self.film[ask.shot], ask.shot
                trial = shot.trial(**self._changes(shot, ask.changes))
                self.film.edit(ask.shot, f"changed {ask.shot}", trial.changes)
            case page.Circle():
                touched = ask.shot
                _take(self.film[ask.shot], ask.take).circle()
            case page.SetLock():
                shot, touched = self.film[ask.shot], ask.shot
                if ask.locked:
                    shot.lock()
                else:
                    shot.unlock()
            case page.SetHour():
                self._set_hour(ask)
            case page.Step():
                step = self.film.undo() if ask.kind == "undo" else self.film.redo()
                done = {"undo": "Taken back", "redo": "Made again"}[ask.kind]
                self._say(f"{done}: {step.what}." if step else f"There is nothing to {ask.kind}.")
        if self.film.graph.order() != before:  # a step taken back brought a shot in or out
            self._send(board_of(self.film), ())
        self._tell_steps()
        self._send({"kind": "written", "shot": touched}, ())

    def _set_hour(self, ask: page.SetHour) -> None:
        known = [scene.id for scene in self.film.storyboard.scenes]
        if ask.scene not in known:
            raise WorkprintError(f"There is no scene {ask.scene}. Fix: name one of {', '.join(map(str, known))}.")
        number = known.index(ask.scene)  # the file may leave ids out, so it is told by its place

        def edit(storyboard: Storyboard) -> Storyboard:
            scenes = list(storyboard.scenes)
            scenes[number] = replace(scenes[number], hour=ask.hour)
            return replace(storyboard, scenes=tuple(scenes))

        self.film.change(f"{ask.scene} at {ask.hour.replace('_', ' ')}", edit)

    def _changes(self, shot: Shot, asked: page.AskedChanges) -> dict[str, Any]:
        """What the page's fields and markers ask for, as the film's surface names it."""
        names = ("note", "size", "angle", "move", "lens_mm", "duration_s", "seed")
        changes = {name: value for name in names if (value := getattr(asked, name)) is not None}
        lit = {
            name: value
            for name in ("key_side", "key_to_fill_ratio", "colour_temperature_k")
            if (value := getattr(asked, name)) is not None
        }
        if lit:
            changes["light"] = replace(shot.spec.light or Light(), **lit)
        if asked.camera_m is not None:
            changes["camera_m"] = tuple(asked.camera_m)
        if asked.marks_m:
            changes["marks"] = {name: tuple(spot) for name, spot in asked.marks_m.items()}
        return changes

    # --- making --------------------------------------------------------------------------------------------------

    def _make(self, what: str, job: Callable[[Stoppable], None]) -> None:
        """Does a long job on the set, one at a time, with its progress told and a way to stop it."""
        if self.set.busy:
            self._trouble("Something is being made already. Fix: wait for it, or cancel it.")
            return
        watched = Stoppable(_Telling(self._send))
        self._watched = watched

        def run() -> None:
            self._send({"kind": "making", "what": what}, ())
            try:
                job(watched)
            except Stopped:
                self._say("Stopped. What was finished is kept.")
            except Exception as error:
                self._trouble(_told(error))
            finally:
                self._send({"kind": "made"}, ())

        self.set.put(run)

    def _cancel(self) -> None:
        if self._watched is not None:
            self._watched.stop()

    def _shoot(self, ask: page.Shoot, mask: bytes, watched: Stoppable) -> None:
        shot = self.film[ask.shot]
        changes = self._changes(shot, ask.changes)
        if mask:
            board = self.film.storyboard
            changes["keep"] = mask_of(mask, board.width_px, board.height_px)
        takes = shot.reshoot(takes=ask.takes, progress=watched, **changes)
        self._send({"kind": "shot takes", "shot": ask.shot, "takes": [take.key for take in takes]}, ())

    def _render(self, watched: Stoppable) -> None:
        self.film.render(progress=watched)
        self._say("Every shot has a take that fits.")

    def _cut(self, watched: Stoppable) -> None:
        film = self.film.cut(progress=watched)
        self._say(f"The film is cut: {film.path}, {film.duration_s:.1f} s.")
        self._show_film()

    def _say(self, text: str) -> None:
        self._send({"kind": "said", "text": text}, ())


class _Telling:
    """Tells the page how far something is, no oftener than anybody can see."""

    def __init__(self, send: Send) -> None:
        self._send, self._total = send, dict[str, float]()
        self._told_s = -math.inf

    def step(self, name: str, total: float) -> None:
        self._total[name] = max(total, 1e-9)
        self._tell(name, 0.0)

    def done(self, name: str, amount: float) -> None:
        if time.monotonic() - self._told_s > _PROGRESS_S:
            self._tell(name, min(amount / self._total.get(name, 1.0), 1.0))

    def _tell(self, name: str, share: float) -> None:
        self._told_s = time.monotonic()
        self._send({"kind": "progress", "step": name, "share": round(share, 3)}, ())

    def say(self, text: str) -> None:
        self._send({"kind": "said", "text": text}, ())


def _take(shot: Shot, key: str) -> Take:
    """A take of a shot by its key: nothing that the page names is ever a path."""
    for take in shot.takes:
        if take.key == key:
            return take
    raise WorkprintError(f"{shot.id} has no take {key[:12]}. Fix: open the shot again.")


def _told(error: Exception) -> str:
    """An error as a sentence; ours are sentences already."""
    text = str(error).strip()
    known = type(error).__module__.split(".")[0] in ("director", "shots", "model", "audio")
    return text if known and text else f"This could not be done ({type(error).__name__}: {text})."
