"""What a film, its shots, takes and trials show in a notebook without the widget, and print in a console."""

from __future__ import annotations

import base64
import json
from html.parser import HTMLParser
from pathlib import Path

import pytest

from director.notebook import show
from director.reshoot.film import Film
from director.reshoot.listed import Listed

ALLOWED = frozenset(
    {"div", "style", "h3", "h4", "p", "span", "b", "ul", "li", "table", "tr", "th", "td", "img", "video", "details",
     "summary", "pre"}
)  # fmt: skip
HOSTILE = "\"'><script>alert(1)</script><img src=x onerror=alert(2)>&lt;"
NOTE = f"closer {HOSTILE} \u202egnol \x1b[31m javascript:alert(3)"
BOARD = f"""\
title: {json.dumps(HOSTILE)}
width_px: 192
height_px: 108
cast: [{{id: NADIA}}, {{id: JONAS}}]
props: [{{id: LETTER}}]
scenes:
  - heading: {json.dumps("INT. BAR - NIGHT " + HOSTILE)}
    people: [NADIA, JONAS]
    shots:
      - {{id: S1.1, size: WS, action: {json.dumps(HOSTILE)}, duration_s: 0.5}}
      - {{size: MS, subjects: [JONAS], action: He waits., duration_s: 0.5, props: [{{prop: LETTER, state: open}}]}}
      - id: S1.3
        size: CU
        subjects: [JONAS]
        continues: S1.2
        props: [{{prop: LETTER, state: open}}]
        lines:
          - NADIA: {json.dumps(HOSTILE)}
        note: {json.dumps(HOSTILE)}
  - heading: EXT. STREET - DAY
    people: [NADIA]
    shots:
      - {{size: MCU, subjects: [NADIA], action: She goes., duration_s: 0.5, trim: {{head_s: 0.1}}}}
"""


class Page(HTMLParser):
    """A page as a browser takes it: its elements, what they carry, what is read."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.text = ""
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]
        if tag != "img":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data if self.open[-1] != "style" else ""

    def check(self) -> None:
        assert set(self.tags) <= ALLOWED, "something got into the page that is not ours"
        assert self.tags.count("style") == 1
        for name, value in self.attributes:
            assert name in {"class", "style", "title", "src", "alt", "poster", "width", "controls", "loop", "muted",
                            "playsinline", "preload"}, name  # fmt: skip
            if name in ("src", "poster"):
                head, _, data = value.partition(",")
                assert head in ("data:image/jpeg;base64", "data:video/mp4;base64")
                base64.b64decode(data, validate=True)


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Film:
    folder = tmp_path_factory.mktemp("show")
    (folder / "takes").mkdir()
    (folder / "storyboard.yaml").write_text(BOARD, encoding="utf-8")
    film = Film.open(folder / "storyboard.yaml", picture="previz", workers=1)
    film["S1.1"].reshoot(size="EWS", note=NOTE)[0].circle()
    return film


def test_hostile_texts_are_read_and_never_carried_out(film: Film) -> None:
    shot, other = film["S1.1"], film["S1.3"]
    pages = {
        "film": film._repr_html_(),
        "scene": film.scene(1)._repr_html_(),
        "shot": shot._repr_html_(),
        "speaking": other._repr_html_(),
        "take": shot.takes[0]._repr_html_(),
        "takes": shot.takes._repr_html_(),
        "trial": other.trial(size="ECU", note=NOTE)._repr_html_(),
    }
    for name, html in pages.items():
        page = Page(html or "")
        page.check()
        assert HOSTILE in page.text, name
        assert "\x1b" not in page.text
    assert "unicode-bidi:isolate" in pages["film"], "right-to-left marks stay within their element"
    drawn = film.graph._repr_svg_()
    assert "<script" not in drawn and drawn.startswith("<svg")


def test_a_shot_tells_what_binds_it_and_a_take_its_receipt(film: Film) -> None:
    shot = Page(film["S1.3"]._repr_html_()).text
    for told in ("continues S1.2", "keeps JONAS' look from S1.2", "keeps LETTER as S1.2 leaves it", "to be made"):
        assert told in shot
    assert "S1.3 takes its last frames, JONAS, LETTER from it" in Page(film["S1.2"]._repr_html_()).text
    assert "0.1 + 0 s trimmed" in Page(film["S2.1"]._repr_html_()).text
    [take] = film["S1.1"].takes
    html = take._repr_html_()
    page = Page(html)
    assert page.tags.count("video") == 1 and "circled" in page.text
    for told in (take.key[:12], "pictured by", "previz", "192×108", take.receipt["inputs"]["text"]):
        assert told in page.text


def test_a_long_film_shows_its_beginning_and_a_large_clip_a_still(film: Film, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = Page(film._repr_html_())
    assert whole.tags.count("img") == 4 and "more shots" not in whole.text
    monkeypatch.setattr(show, "_MOST_CARDS", 3)
    page = Page(film._repr_html_())
    assert page.tags.count("img") == 3 and "… and 1 more shots: film.scene('S2'), film['S2.1']" in page.text
    monkeypatch.setattr(show, "_MOST_CLIPS_BYTES", 1000)
    page = Page(film["S1.1"]._repr_html_())
    assert "video" not in page.tags and "too large to be played here" in page.text
    page.check()


def test_lists_print_one_thing_a_line_and_nothing_that_steers_a_terminal(film: Film) -> None:
    lines = repr(film.scene(1)).split("\n")
    assert [line.split()[0] for line in lines] == ["<S1.1", "<S1.2", "<S1.3"]
    taken = repr(film["S1.1"].takes) + str(film["S1.1"].trial(note=NOTE))
    assert "\x1b" not in taken and "\u202e" not in taken and "closer" in taken
    assert repr(film.stale()).split("\n")[0].startswith("S1.2: no take yet")
    assert repr(film.history).endswith("circled take 1 of S1.1")
    assert film.history._repr_html_() is None
    shots = film.shots
    assert isinstance(shots[1:], Listed) and len(shots[1:]) == 3 and shots[0] == film["S1.1"]
    assert repr(Listed()) == "none" and Listed()._repr_html_() is None
    assert Path(film.file).name in repr(film)
