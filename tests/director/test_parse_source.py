"""Encodings, and what cannot be read as a screenplay: one sentence each, with the fix."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from director.parse import read
from director.parse.source import decode
from shots.errors import ScriptError

CHINESE = "内景 咖啡馆 夜\n\n雨敲着窗，张三坐在窗边喝咖啡。\n\n张三：“你好，很久不见——”\n李四：我也是。\n"
FRENCH = "INT. CAFÉ - NUIT\n\nÉlodie attend près de la fenêtre. Noël à Paris…\n\nÉLODIE\n“Ça va?” C’est l’été.\n"
ENGLISH = "INT. BAR - NIGHT\n\nMARA waits.\n"

UNICODE = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32")


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        *((t, e) for t in (CHINESE, FRENCH, ENGLISH) for e in UNICODE),
        (CHINESE, "gb18030"),
        (CHINESE, "gbk"),
        (FRENCH, "cp1252"),
        (ENGLISH, "cp1252"),
        ("INT. BAR - NIGHT\n\nMARA\nIt’s late.\n", "cp1252"),
        ("内景 家 夜\n", "gb18030"),
    ],
)  # fmt: skip
def test_encodings(text, encoding):
    assert decode(text.encode(encoding), "a.txt").removeprefix("\ufeff") == text


def test_cyrillic_is_told_from_chinese():
    text = (
        "ИНТ. КВАРТИРА - НОЧЬ\n\nЖеня сидит у окна и долго смотрит на дождь, потом встаёт.\n\n"
        "ЖЕНЯ\nПора идти домой, уже поздно.\n"
    )
    assert decode((text * 5).encode("cp1251"), "a.txt") == text * 5


SAYS = [
    ("empty.fountain", b"", "is empty"),
    ("blank.fountain", b"\xef\xbb\xbf \r\n\n", "is empty"),
    ("zeros.fountain", b"\x00" * 4000, "is empty"),
    ("binary.fountain", bytes(range(256)) * 40, "is a binary file"),
    ("controls.txt", bytes(range(1, 32)) * 40, "is a binary file"),
    ("high.txt", bytes(range(0x80, 0x100)) * 40, "its text encoding cannot be told"),
    ("odd.txt", b"\xff\xfea", "damaged"),
    ("film.docx", b"PK\x03\x04rest of it", "is a zip archive"),
    ("film.doc", b"\xd0\xcf\x11\xe0rest of it", "is an old Office file"),
    ("film.rtf", b"{\\rtf1 INT. BAR}", "is rich text"),
    ("film.txt", b"\x89PNG\r\n\x1a\n", "is a picture"),
    ("title.fountain", b"Title: Rain\nAuthor: N\n", "holds no scene, action or dialogue"),
    ("lines.fountain", b"a\n" * 200_002, "has 200002 lines"),
]


@pytest.mark.parametrize(("name", "data", "says"), SAYS, ids=[name for name, _, _ in SAYS])
def test_bad_files_are_one_sentence_with_a_fix(tmp_path, name, data, says):
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(ScriptError, match=r" Fix: .+\.$") as caught:
        read(path)
    assert str(caught.value).startswith(f"{path}: ")
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)


def test_what_is_no_file(tmp_path):
    huge = tmp_path / "huge.fountain"
    with huge.open("wb") as file:
        file.truncate(50 * 1024 * 1024)
    os.mkfifo(tmp_path / "pipe.fountain")
    for path, says in [
        (tmp_path / "none.fountain", "no such file"),
        (tmp_path, "is a folder"),
        (huge, "is 50 MB"),
        (tmp_path / "pipe.fountain", "is not a regular file"),
        (tmp_path / ("n" * 5000), "cannot be read"),
        (Path("a\x00b"), "cannot be read"),
    ]:
        with pytest.raises(ScriptError, match=says) as caught:
            read(path)
        assert " Fix: " in str(caught.value)


def test_content_counts_before_the_suffix(tmp_path):
    path = tmp_path / "film.txt"
    path.write_text(
        '<?xml version="1.0"?><FinalDraft><Content>'
        '<Paragraph Type="Action"><Text>Rain.</Text></Paragraph></Content></FinalDraft>'
    )
    assert [(e.kind, e.text) for e in read(path).elements] == [("action", "Rain.")]


def test_no_heading_is_still_a_script(tmp_path):
    path = tmp_path / "beat.fountain"
    path.write_text("Rain falls on the sea.\n")
    assert read(path).scenes()[0].heading is None


def test_module_prints_json_or_one_sentence(tmp_path):
    path = tmp_path / "a.fountain"
    path.write_text("INT. 家 - NIGHT\n", encoding="utf-8")
    run = subprocess.run(
        [sys.executable, "-m", "director.parse", str(path)], capture_output=True, cwd=Path(__file__).parents[2]
    )
    assert (run.returncode, "家" in run.stdout.decode()) == (0, True)
    run = subprocess.run(
        [sys.executable, "-m", "director.parse", "none"], capture_output=True, cwd=Path(__file__).parents[2]
    )
    assert (run.returncode, run.stdout) == (2, b"")
    assert run.stderr.decode().splitlines() == ["none: no such file. Fix: check the name and the folder."]


STARTS = st.sampled_from(
    [b"", b"%PDF-1.4\n", b"<?xml ", b"\xff\xfe", b"\xfe\xff", b"INT. A - DAY\n\n", "张三：".encode("gb18030")]
)


@given(STARTS, st.binary(max_size=400), st.sampled_from([".fountain", ".txt", ".fdx", ".pdf", ""]))
@settings(max_examples=300, deadline=None)
def test_any_bytes_are_a_script_or_a_script_error(tmp_path_factory, start, data, suffix):
    path = tmp_path_factory.getbasetemp() / f"fuzz{suffix}"
    path.write_bytes(start + data)
    try:
        assert read(path).elements
    except ScriptError as error:
        assert " Fix: " in str(error)
        assert "\n" not in str(error)
