"""Stories come in as numbered paragraphs from four formats, and hostile files stay out."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from director.write.prose import Prose, read_prose
from shots.errors import ScriptError
from tests.director.write import books


def told(story: Prose) -> list[tuple[str, list[tuple[str, str]]]]:
    return [(chapter.title, [(p.id, p.text) for p in chapter.paragraphs]) for chapter in story.chapters]


def read(folder: Path, name: str, data: bytes | str) -> Prose:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return read_prose(path)


def test_text_by_blank_lines_and_chapters(tmp_path: Path) -> None:
    story = read(
        tmp_path,
        "s.txt",
        "\ufeffCHAPTER I\r\n\r\nIt was\r\ndark.\r\n\r\n* * *\r\n\r\nShe ran.\r\n\r\nII.\r\n\r\nEnd.\r\n",
    )
    assert told(story) == [("CHAPTER I", [("1.1", "It was dark."), ("1.2", "She ran.")]), ("II.", [("2.1", "End.")])]
    assert [p.place for p in story.paragraphs] == ["s.txt:3", "s.txt:8", "s.txt:12"]


def test_text_by_indents_long_lines_and_in_other_encodings(tmp_path: Path) -> None:
    assert len(read(tmp_path, "a.txt", "    One\ngoes on.\n    Two.\n    Three\nends.\n\n").paragraphs) == 3
    assert len(read(tmp_path, "b.txt", f"{'long ' * 60}\n{'line ' * 60}\n").paragraphs) == 2
    chinese = "第一章 雨夜\n\n她在雨里等着最后一班车，车没有来。\n\n第二章 海\n\n她走到海边，天亮了。\n"
    story = read(tmp_path, "c.txt", chinese.encode("gb18030"))
    assert [chapter.title for chapter in story.chapters] == ["第一章 雨夜", "第二章 海"]
    assert story.paragraphs[0].text == "她在雨里等着最后一班车，车没有来。"
    assert read(tmp_path, "d.txt", "Café, déjà vu, naïve.".encode("cp1252")).paragraphs[0].text[:4] == "Café"


def test_a_librarys_words_around_a_story_are_no_part_of_it(tmp_path: Path) -> None:
    page = (
        "Licence.\n\n*** START OF THE PROJECT GUTENBERG EBOOK X ***\n\nShe ran.\n\n"
        "*** END OF THE PROJECT GUTENBERG EBOOK X ***\n\nMore."
    )
    assert told(read(tmp_path, "s.txt", page)) == [("", [("1.1", "She ran.")])]


def test_markdown_is_read_without_its_marks(tmp_path: Path) -> None:
    page = (
        '---\ntitle: no\n---\n# Rain\n\nHello *dear* [you](http://x.y "z"), 2 \\* 3.\n<!-- not\n\n'
        "this -->\n> **Quoted**\n"
        "> on.\n\nTwo\n---\n\n- one_two_three\n- __last__\n"
    )
    story = read(tmp_path, "s.md", page)
    assert story.title == "Rain"
    assert told(story) == [
        ("Rain", [("1.1", "Hello dear you, 2 * 3."), ("1.2", "Quoted on.")]),
        ("Two", [("2.1", "one_two_three"), ("2.2", "last")]),
    ]


def test_word_files_by_their_styles(tmp_path: Path) -> None:
    box = (
        "<w:p><w:r><w:t>Around</w:t></w:r><w:del><w:r><w:t>gone</w:t></w:r></w:del>"
        "<w:r><w:br/><w:t>it.</w:t></w:r></w:p>"
    )
    data = books.docx(
        [("berschrift1", "Eins"), ("Normal", "Es war."), ("berschrift1", "Zwei")], inner=box, title="Rain"
    )
    story = read(tmp_path, "s.docx", data)
    assert story.title == "Rain"
    assert told(story) == [("Eins", [("1.1", "Es war.")]), ("Zwei", [("2.1", "Around it.")])]
    assert story.paragraphs[1].place == "s.docx ¶4"


def test_books_by_their_spine(tmp_path: Path) -> None:
    first = (
        '<?xml version="1.0"?><!DOCTYPE html><html><head><title>no</title><style>p > a {}</style></head><body>'
        "<h1>One</h1><p>It&nbsp;was <i>dark</i>.</p>"
        "<!-- <p>no</p> --><div>Loose<br/>text<p>She ran&hellip;</p></div></body></html>"
    )
    data = books.epub({"b.xhtml": first, "a%20b.xhtml": "<p>x"}, title="Rain", author="A. Writer")
    with pytest.raises(ScriptError, match=r"lacks its part 'OPS/a b.xhtml'"):
        read(tmp_path, "s.epub", data)
    story = read(
        tmp_path, "s.epub", books.epub({"b.xhtml": first, "a.xhtml": "<p>No end"}, title="Rain", author="A. W.")
    )
    assert (story.title, story.author) == ("Rain", "A. W.")
    assert told(story) == [
        ("One", [("1.1", "It was dark."), ("1.2", "Loose text"), ("1.3", "She ran…")]),
        ("", [("2.1", "No end")]),
    ]
    assert story.paragraphs[0].place == "s.epub:OPS/b.xhtml ¶2"


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("s.docx", b"PK\x03\x04rubbish", "is damaged"),
        ("s.epub", b"no zip at all", "is damaged"),
        ("s.docx", books.zipped({"x": "y"}), "lacks its part"),
        ("s.epub", books.epub({"../../etc/passwd": "x"}), "outside itself"),
        ("s.epub", books.epub({"http://x.y/z": "x"}), "outside itself"),
        ("s.epub", books.epub({"a.xhtml": "<script>x</script>"}), "holds no prose"),
        ("s.docx", books.docx([("Normal", "  ")]), "holds no prose"),
        ("s.txt", b"\x00\x01\x02\x03\xff" * 50, "no text in an encoding"),
        ("s.txt", b"  \n", "is empty"),
        ("s.docx", books.docx([], inner="<w:p><w:r>" * 300 + "</w:r></w:p>" * 300), "too deeply"),
    ],
)
def test_what_is_no_story_is_refused_in_a_sentence(tmp_path: Path, name: str, data: bytes, says: str) -> None:
    with pytest.raises(ScriptError, match=says) as caught:
        read(tmp_path, name, data)
    assert "Fix:" in str(caught.value) and "\n" not in str(caught.value)


def test_bombs_and_entities_are_refused(tmp_path: Path) -> None:
    big = "<p>" + " " * (33 * 2**20)
    with pytest.raises(ScriptError, match="unpacks to more"):
        read(tmp_path, "s.epub", books.epub({"a.xhtml": big}))
    lol = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><package>&b;</package>'
    with pytest.raises(ScriptError, match="document type"):
        read(tmp_path, "s.epub", books.epub({"a.xhtml": "<p>x"}, more={"OPS/book.opf": lol}))
    protected = (
        '<encryption><EncryptedData><CipherData><CipherReference URI="OPS/a.xhtml"/></CipherData></EncryptedData>'
        "</encryption>"
    )
    with pytest.raises(ScriptError, match="DRM"):
        read(tmp_path, "s.epub", books.epub({"a.xhtml": "<p>x"}, more={"META-INF/encryption.xml": protected}))
    locked = bytearray(books.epub({"a.xhtml": "<p>x"}))
    for info in zipfile.ZipFile(io.BytesIO(bytes(locked))).infolist():
        locked[info.header_offset + 6] |= 1
    start = 0
    while (start := locked.find(b"PK\x01\x02", start)) >= 0:
        locked[start + 8] |= 1
        start += 4
    with pytest.raises(ScriptError, match="password"):
        read(tmp_path, "s.epub", bytes(locked))


def test_markup_that_never_ends_is_read_in_one_pass(tmp_path: Path) -> None:
    story = read(tmp_path, "s.epub", books.epub({"a.xhtml": "<p>Fine.</p>" + "<!-- <p " * 200_000}))
    assert [p.text for p in story.paragraphs] == ["Fine."]


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    with pytest.raises(ScriptError, match="no such file"):
        read_prose(tmp_path / "x.txt")
    with pytest.raises(ScriptError, match="not a file"):
        read_prose(tmp_path)


def test_a_very_long_paragraph_is_parted_after_a_sentence(tmp_path: Path) -> None:
    story = read(tmp_path, "s.txt", "It rained. " * 1000)
    assert len(story.paragraphs) == 2
    assert all(p.text.endswith("rained.") for p in story.paragraphs)
    assert " ".join(p.text for p in story.paragraphs) == ("It rained. " * 1000).strip()
