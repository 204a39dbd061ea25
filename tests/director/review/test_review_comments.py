"""What is said of a film: kept, changed, judged, taken in from a mailed review; by several at once, within limits."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from director.review.comments import Review, Stroke, read_as
from director.review.ledger import Comments
from shots.errors import WorkprintError

SHOTS = ("S1.1", "S1.2", "S2.1")
ADD = """
import sys
from pathlib import Path
from director.review.ledger import Comments
comments = Comments(Path(sys.argv[1]), "Night", lambda: ["S1.1"])
for number in range(15):
    comments.add("S1.1", number, f"{sys.argv[2]} {number}")
"""


@pytest.fixture
def comments(tmp_path: Path) -> Comments:
    return Comments(tmp_path / "comments.json", "Night", lambda: SHOTS)


def test_a_comment_is_kept_and_read_back(comments: Comments) -> None:
    line = Stroke(colour="red", points=((0.1, 0.2), (0.5, 1.0)))
    made = comments.add("S1.2", 1.25, "Hold\r\nit.\x00\u202e", by="Mara", take="0a1b2c3d4e5f99", strokes=[line])
    again = Comments(comments.file, "Night", lambda: SHOTS)
    assert list(again) == [made]
    assert (made.text, made.at_s, made.take, made.strokes) == ("Hold\nit.", 1.25, "0a1b2c3d4e5f", (line,))


def test_a_removed_comment_is_shown_nowhere_and_still_in_the_file(comments: Comments) -> None:
    first, second = comments.add("S1.1", 0, "One"), comments.add("S1.1", 1, "Two")
    comments.edit(first.id, removed=True)
    assert comments.edit(second.id, text="2", resolved=True) in list(comments)
    assert len(comments) == 1
    assert [one.text for one in comments.review().comments] == ["One", "2"]


def test_the_last_verdict_on_a_shot_stands(comments: Comments) -> None:
    comments.approve("S1.1", by="Mara", take="0a1b2c3d4e5f")
    comments.reject("S1.1")
    comments.approve("S1.2")
    verdicts = comments.review().verdicts
    assert {one.shot: one.state for one in verdicts} == {"S1.1": "rejected", "S1.2": "approved"}


@pytest.mark.parametrize(
    ("say", "told"),
    [
        (lambda c: c.add("S1.3", 0, "x"), "did you mean"),
        (lambda c: c.add("S1.1", -1, "x"), "at_s"),
        (lambda c: c.add("S1.1", float("nan"), "x"), "time of a comment cannot be nan"),
        (lambda c: c.add("S1.1", 0, " \n"), "says something or draws something"),
        (lambda c: c.add("S1.1", 0, "x" * 4001), "4000"),
        (lambda c: c.add("S1.1", 0, "x", by="x" * 81), "80"),
        (lambda c: c.add("S1.1", 0, "x", take="../../etc"), "take"),
        (lambda c: c.edit("0123456789", text="x"), "no comment"),
        (lambda c: c.judge("S9.9", "approved"), "no shot"),
        (lambda c: c.judge("S1.1", "great"), "state"),
    ],
)  # fmt: skip
def test_what_cannot_be_said_is_refused_and_nothing_written(
    comments: Comments, say: Callable[[Comments], object], told: str
) -> None:
    with pytest.raises(WorkprintError, match=told):
        say(comments)
    assert not comments.file.exists()


def test_a_drawing_keeps_within_the_frame_and_within_limits(comments: Comments) -> None:
    for points in ([[0.5, 1.2]], [[0.5]], [], [[0.1, 0.1]] * 2001):
        with pytest.raises(WorkprintError, match="points"):
            read_as(Stroke, {"points": points}, "the drawing")
    long = Stroke(points=((0.5, 0.5),) * 2000)
    with pytest.raises(WorkprintError, match="6000 points"):
        comments.add("S1.1", 0, "x", strokes=[long] * 4)


def test_two_processes_and_a_notebook_lose_no_comment(comments: Comments) -> None:
    others = [
        subprocess.Popen([sys.executable, "-c", ADD, str(comments.file), name], stderr=subprocess.PIPE)
        for name in ("first", "second")
    ]
    mine = [comments.add("S1.2", number, f"notebook {number}") for number in range(15)]
    assert [other.communicate()[1] for other in others] == [b"", b""]
    texts = {one.text for one in comments}
    assert texts == {f"{who} {number}" for who in ("first", "second", "notebook") for number in range(15)}
    assert {one.id for one in mine} <= {one.id for one in comments}


@pytest.mark.parametrize("data", [b"{", b"[]", b'{"form": 2}', b'{"form": 1, "path": "/etc"}', b"[" * 100_000])
def test_a_file_that_cannot_be_read_is_left_as_it_is(comments: Comments, data: bytes) -> None:
    comments.file.write_bytes(data)
    with pytest.raises(WorkprintError, match=r"comments\.json.*Fix:"):
        comments.add("S1.1", 0, "x")
    assert comments.file.read_bytes() == data


def test_a_mailed_review_is_taken_in_and_what_was_said_later_stands(comments: Comments, tmp_path: Path) -> None:
    kept, changed = comments.add("S1.1", 0, "Kept"), comments.add("S1.1", 0, "Before")
    comments.approve("S1.1")
    later = "2999-01-01T00:00:00.000Z"
    new = replace(kept, id="00112233445566aa", text="From the train", shot="S9.9")
    theirs = Review(
        title="Night",
        comments=(
            replace(kept, text="Older", changed="2001-01-01T00:00:00Z"),
            replace(changed, text="After", changed=later),
            new,
        ),
        verdicts=(replace(comments.review().verdicts[0], state="rejected", changed=later),),
    )
    file = tmp_path / "mailed.json"
    file.write_text(json.dumps(theirs.plain()), "utf-8")
    assert comments.take_in(file) == (2, 1)
    assert {one.text for one in comments} == {"Kept", "After", "From the train"}
    assert [one.state for one in comments.review().verdicts] == ["rejected"]
    assert comments.take_in(file) == (0, 0)


def test_a_review_of_another_film_is_not_taken_in(comments: Comments, tmp_path: Path) -> None:
    file = tmp_path / "mailed.json"
    file.write_text(json.dumps(Review(title="Day").plain()), "utf-8")
    with pytest.raises(WorkprintError, match="a review of 'Day', and this film is 'Night'"):
        comments.take_in(file)
    with pytest.raises(WorkprintError, match="cannot open it"):
        comments.take_in(tmp_path / "nowhere.json")
