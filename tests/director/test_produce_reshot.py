"""Takes chosen, trimmed and made with pictures given, the whole way: voices, theatre, ffmpeg, mix, at a small size."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
import soundfile
from PIL import Image

from audio.score.config import ScoreConfig
from director import produce
from director.opening import Opened, open_film
from director.produce import Production
from director.progress import Silent
from director.sound.config import SoundConfig
from model.backends.previz import Previz
from model.request import ClipRequest, Frame, KnownFrame, ReferenceKind
from shots.errors import StoryboardError
from shots.render.clip import read_frames
from shots.render.run import render
from shots.spec import Given, Reference, Shot, Trim

STORYBOARD = """
title: Goodbye
width_px: 128
height_px: 72
scenes:
  - heading: INT. KITCHEN - DUSK
    shots:
      - {subjects: [ANNA], lines: [{character: ANNA, text: You came.}]}
      - {size: EWS, action: The sea., duration_s: 1}
      - {subjects: [TOM], action: He looks up., duration_s: 1.5}
"""
WIDTH, HEIGHT = 128, 72


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Opened:
    folder = tmp_path_factory.mktemp("reshot")
    (folder / "film" / "takes").mkdir(parents=True)
    file = folder / "film" / "storyboard.yaml"
    file.write_text(STORYBOARD)
    film = open_film(file)
    _ = production(film).takes
    return film


def production(opened: Opened) -> Production:
    sound = SoundConfig(score=ScoreConfig(kind="none"))
    return Production(opened, picture="previz", workers=1, progress=Silent(), sound=sound)


def changed(opened: Opened, shot_id: str, **values: Any) -> Opened:
    """The film with a shot that is otherwise."""

    def shot(one: Shot) -> Shot:
        return replace(one, **values) if one.id == shot_id else one

    (scene,) = opened.storyboard.scenes
    board = replace(opened.storyboard, scenes=(replace(scene, shots=tuple(map(shot, scene.shots))),))
    return replace(opened, storyboard=board)


def take_key(opened: Opened, shot: str) -> str:
    return production(opened).shooting.standing.circled[shot].best.take.key


def frames(path: Path, first: int, count: int) -> np.ndarray:
    return np.stack(list(read_frames(path, first, count))).astype(int)


def picture(opened: Opened, name: str, colour: tuple[int, int, int], size: tuple[int, int] = (WIDTH, HEIGHT)) -> str:
    path = opened.folder.given / name
    path.parent.mkdir(exist_ok=True)
    Image.new("RGB", size, colour).save(path)
    return path.relative_to(opened.folder.root).as_posix()


def shot_of(opened: Opened, shot: str, **values: Any) -> Path:
    return production(changed(opened, shot, **values)).takes[shot].path


def test_a_circled_take_is_shown_while_it_fits_and_a_locked_one_for_good(opened: Opened) -> None:
    asked = changed(opened, "S1.3", size="CU")
    film = production(asked).shooting.film
    retake = film.planned({"S1.3": replace(film.requests["S1.3"], seed=99, text="He looks up at a gull.")})
    other = render(retake, film.backend, film.store, workers=1)["S1.3"]
    assert [job.shot for job in production(asked).render_plan.jobs] == ["S1.3"]
    circled = changed(asked, "S1.3", take=other.key[:12])
    assert production(circled).render_plan.jobs == ()
    assert production(circled).takes["S1.3"].key == other.key
    assert production(circled).circled["S1.3"].reason == "circled by hand"
    wide = changed(circled, "S1.3", size="FS")
    (job,) = production(wide).render_plan.jobs
    assert job.reasons[0] == f"the circled take {other.key[:12]} is no longer what it asks for"
    locked = production(changed(wide, "S1.3", locked=True, duration_s=4.0))
    assert locked.render_plan.jobs == ()
    assert locked.takes["S1.3"].key == other.key
    assert locked.timings["S1.3"].frame_count == other.frame_count == 36
    assert [item.frame_count for item in locked.timeline.items if item.shot == "S1.3"] == [36]


def test_what_of_takes_and_locks_cannot_be_is_told(opened: Opened) -> None:
    def told(shot: str, **values: Any) -> list[str]:
        found = production(changed(opened, shot, **values)).problems
        return [f"{one.severity}: {one.what}" for one in found if one.rule == "takes"]

    key = take_key(opened, "S1.2")
    assert told("S1.2", take=key) == told("S1.2", take=key, locked=True) == []
    gone = f"S1.2 shows the take {'0' * 12}, which is not among the film's takes"
    assert told("S1.2", take="0" * 12) == [f"warning: {gone}"]
    assert told("S1.2", take="0" * 12, locked=True) == [f"error: {gone.replace('shows', 'is locked on')}"]
    assert told("S1.2", locked=True) == ["error: S1.2 is locked and names no take that it would keep"]
    words = production(opened).storyboard.shots()[0].lines[0]
    long_words = (replace(words, text="You came all the way down here to the sea."),)
    (long,) = told("S1.1", take=key, locked=True, lines=long_words)
    assert "the take that it is locked on lasts 1.00 s: they run on over the cut" in long


def test_a_trimmed_film_is_in_sync(opened: Opened) -> None:
    whole, head = production(opened), 6
    trimmed = production(changed(opened, "S1.1", trim=Trim(head_s=head / 24)))
    assert trimmed.render_plan.jobs == ()
    film = trimmed.cut()
    start = trimmed.timeline.items[1].start_frame
    take = frames(trimmed.takes["S1.1"].path, head, 12)
    with av.open(str(film.path)) as container:
        shown = np.stack([one.to_ndarray(format="rgb24") for one in container.decode(video=0)]).astype(int)
    assert len(shown) == whole.timeline.frame_count - head
    assert np.abs(shown[start : start + 12] - take).mean() < 3.0
    cue, before = trimmed.cues.dialogue[0], whole.cues.dialogue[0]
    assert cue.start_s == pytest.approx(before.start_s - head / 24)
    voice, rate = soundfile.read(trimmed.mix.stems.dialogue)
    onset_s = np.argmax(np.abs(voice).max(axis=1) > 0.02) / rate
    assert cue.start_s <= onset_s + 0.02 < cue.start_s + 0.15
    _, caption = opened.folder.captions.read_text("utf-8").split("\n")[:2]
    assert caption.startswith(f"00:00:{cue.start_s:06.3f}".replace(".", ",")[:10])


def test_a_first_and_a_last_picture_stand_at_their_frames_and_are_dissolved_from(opened: Opened) -> None:
    red, blue = picture(opened, "red.png", (200, 30, 30)), picture(opened, "blue.jpg", (30, 30, 200), (300, 72))
    path = shot_of(opened, "S1.2", given=Given(first=red, last=blue))
    drawn = frames(production(opened).takes["S1.2"].path, 0, 24)
    given = frames(path, 0, 24)
    assert np.abs(given[0] - (200, 30, 30)).mean() < 4
    assert np.abs(given[-1] - (30, 30, 200)).mean() < 4
    away = np.abs(given - drawn).mean(axis=(1, 2, 3))
    assert all(np.diff(away[:7]) < 0) and all(np.diff(away[17:]) > 0), "dissolved from and to"
    assert away[8:16].max() < 3
    (job,) = production(changed(opened, "S1.2", given=Given(last=red))).render_plan.jobs
    assert [reason.partition(":")[0] for reason in job.reasons] == ["known frames changed"]


def test_what_is_kept_of_a_take_stays_and_the_rest_is_made_anew(opened: Opened) -> None:
    mask = np.zeros((HEIGHT, WIDTH), np.uint8)
    mask[:, :64] = 255
    opened.folder.given.mkdir(exist_ok=True)
    Image.fromarray(mask).save(opened.folder.given / "left.png")
    kept = frames(production(opened).takes["S1.3"].path, 0, 36)
    given = Given(take=take_key(opened, "S1.3")[:12], mask="given/left.png")
    shot = changed(opened, "S1.3", size="ECU")
    plain = frames(production(shot).takes["S1.3"].path, 0, 36)
    mixed = frames(shot_of(shot, "S1.3", given=given), 0, 36)
    assert np.abs(mixed[:, :, :60] - kept[:, :, :60]).mean() < 3
    assert np.abs(mixed[:, :, 66:] - plain[:, :, 66:]).mean() < 3
    assert np.abs(plain[:, :, :60] - kept[:, :, :60]).mean() > 10
    late = frames(shot_of(shot, "S1.3", given=Given(take=given.take, at_s=0.5)), 0, 36)
    assert np.abs(late[12:] - kept[:24]).mean() < 3
    assert np.abs(late[:6] - plain[:6]).mean() < 3


def test_a_picture_that_cannot_be_used_is_told_with_its_file_and_a_fix(opened: Opened, tmp_path: Path) -> None:
    secret = tmp_path / "secret.png"
    Image.new("RGB", (WIDTH, HEIGHT)).save(secret)
    root = opened.folder.root
    (root / "link.png").symlink_to(secret)
    (root / "words.png").write_text("no picture")
    (root / "page.eps").write_text("%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\nshowpage\n")
    bad = {
        "link.png": "is a link", "words.png": "is no picture that can be read", "page.eps": "is no picture",
        "gone.png": "is not there", "../film/words.png": "is not below", str(secret): "is not below",
        "given": "is not there", "": "is not below", "a\x00.png": "is not below",
    }  # fmt: skip
    for name, why in bad.items():
        film = production(changed(opened, "S1.2", given=Given(first=name)))
        (problem,) = [one for one in film.problems if one.rule == "given"]
        assert why in problem.what and problem.severity == "error" and problem.shot == "S1.2"
        with pytest.raises(StoryboardError, match=r"storyboard\.yaml: .*Fix: "):
            _ = film.requests["S1.2"]
    for given, why in (
        (Given(mask="words.png"), "a mask and no take"),
        (Given(take="0" * 12), "which is not in"),
        (Given(take=take_key(opened, "S1.2")[:12], at_s=9.0), "from 9 s on, where none of its 1.00 s fall into"),
    ):
        (problem,) = [one for one in production(changed(opened, "S1.2", given=given)).problems if one.rule == "given"]
        assert why in problem.what
    tall = picture(opened, "tall.png", (1, 2, 3), (72, 128))
    (problem,) = [
        one for one in production(changed(opened, "S1.2", given=Given(first=tall))).problems if one.rule == "given"
    ]
    assert "is 72×128 and loses 68% at its top and bottom" in problem.what and problem.severity == "warning"


@dataclass(frozen=True)
class Drawn(Previz):
    """The drawing as a model's stand-in: it goes on from the take that a shot continues."""

    name: str = "drawn"
    reads: frozenset[ReferenceKind] = frozenset({"continues"})  # type: ignore[assignment]

    def generate(self, request: ClipRequest) -> Iterator[Frame]:
        before = [KnownFrame(index=0, picture=next(read_frames(Path(r.path), 23, 1))) for r in request.references]
        return super().generate(replace(request, known=(*before, *request.known)))


def test_a_reference_that_no_picture_is_made_from_is_told(opened: Opened) -> None:
    seen = (Reference(kind="identity", of="ANNA", shot="S1.1"),)
    found = [one for one in production(changed(opened, "S1.3", references=seen)).problems if one.rule == "references"]
    assert [(one.severity, one.shot) for one in found] == [("warning", "S1.3")]
    assert "S1.3 refers to S1.1 (identity of ANNA), and previz looks at no other take" in found[0].what
    assert not [one for one in production(opened).problems if one.rule == "references"]


def test_what_is_made_anew_before_a_locked_shot_ends_on_its_first_frame(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(produce, "backend_of", lambda name: Drawn())
    goes_on = changed(opened, "S1.3", continues="S1.2")
    takes = production(goes_on).takes
    locked = changed(goes_on, "S1.3", take=takes["S1.3"].key[:12], locked=True)
    assert production(locked).render_plan.jobs == (), "a lock alone makes nothing stale"
    other = changed(locked, "S1.2", move="pull_out")
    assert [job.shot for job in production(other).render_plan.jobs] == ["S1.2"]
    anew = production(other).takes
    assert anew["S1.3"] == takes["S1.3"]
    first = frames(takes["S1.3"].path, 0, 1)[0]
    assert np.abs(frames(anew["S1.2"].path, 23, 1)[0] - first).mean() < 3
    free = production(changed(other, "S1.3", locked=False, take=None, continues=None)).takes["S1.2"]
    assert np.abs(frames(free.path, 23, 1)[0] - first).mean() > 6
    assert production(other).render_plan.jobs == ()
    own = changed(other, "S1.2", given=Given(last=picture(opened, "mine.png", (9, 99, 9))))
    assert np.abs(frames(production(own).takes["S1.2"].path, 23, 1)[0] - (9, 99, 9)).mean() < 4
