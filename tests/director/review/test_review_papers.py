"""Comments on paper: markers on the film's timeline, and a text with the frames that were drawn upon."""

from __future__ import annotations

from pathlib import Path

import opentimelineio as otio
import pytest
from PIL import Image

from director.reshoot.film import Film
from director.review.comments import Stroke
from director.review.markdown import safe, write_comments
from director.review.markers import mark
from director.review.screening import screening_of
from shots.errors import WorkprintError
from tests.director.review.night import HOSTILE

pytestmark = pytest.mark.xdist_group("browser")  # the same film as the page's tests, made once


def _markers(timeline: Path) -> list[tuple[str, int, str]]:
    """The review's markers: on which clip, on which frame of it, saying what."""
    track = otio.adapters.read_from_file(str(timeline)).video_tracks()[0]
    return [
        (clip.name, round(marker.marked_range.start_time.value), marker.name)
        for clip in track
        if isinstance(clip, otio.schema.Clip)
        for marker in clip.markers
        if "review" in marker.metadata.get("workprint", {})
    ]


def test_open_comments_and_verdicts_are_markers_on_their_clips(film: Film) -> None:
    film.comments.add("S1.2", 0.5, "Hold.", by="Mara")
    late = film.comments.add("S2.1", 60, "Past its end")
    film.comments.edit(film.comments.add("S1.1", 0, "Done").id, resolved=True)
    film.comments.reject("S1.1", by="Mara")
    assert mark(film.folder.timeline, film.comments.review()) == 2
    length = next(span for span in screening_of(film).reel.spans if span.shot == "S2.1").frame_count
    expected = [("S1.1", 0, "rejected by Mara"), ("S1.2", 12, "Mara: Hold."), ("S2.1", length - 1, "Past its end")]
    assert _markers(film.folder.timeline) == expected
    film.comments.edit(late.id, removed=True)
    mark(film.folder.timeline, film.comments.review())
    assert _markers(film.folder.timeline) == expected[:2]


def test_a_timeline_that_is_none_is_left_as_it_is(film: Film) -> None:
    film.folder.timeline.write_text("{}")
    with pytest.raises(WorkprintError, match="workprint cut"):
        mark(film.folder.timeline, film.comments.review())
    assert film.folder.timeline.read_text() == "{}"


def test_the_text_has_scenes_timecodes_and_the_frames_that_were_drawn_upon(film: Film) -> None:
    drawn = Stroke(colour="red", width=0.05, points=((0.0, 0.5), (1.0, 0.5)))
    made = film.comments.add("S1.2", 0.5, f"Lower her.\n# {HOSTILE}", by="<b>Mara</b>", strokes=[drawn])
    film.comments.approve("S1.1", by="Mara")
    screening = screening_of(film)
    out = film.folder.comments.with_suffix(".md")
    write_comments(screening, film.comments.review(), out)
    text = out.read_text("utf-8")
    span = next(span for span in screening.reel.spans if span.shot == "S1.2")
    frame = span.start_frame + 12
    assert f"**00:{frame // 24:02d}:{frame % 24:02d} S1.2**" in text
    assert "- **S1.1** approved (Mara)" in text
    assert f"![the drawing on S1.2](comments/{made.id}.jpg)" in text
    assert "<" not in text
    assert "\n# " not in text
    with Image.open(film.folder.root / "comments" / f"{made.id}.jpg") as picture:
        red, green, blue = picture.convert("RGB").getpixel((96, 54))  # type: ignore[misc]
    assert red > 180
    assert max(green, blue) < 140


def test_text_of_a_comment_is_no_markup() -> None:
    assert safe("a <b> [x](y) `c` *d* _e_\n# f") == r"a &lt;b> \[x\](y) \`c\` \*d\* \_e\_ \# f"
