"""Final Draft files: every paragraph, dual dialogue, notes, and hostile XML."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from director.parse import read
from director.script import Script
from shots.errors import ScriptError

SHARED = Path(__file__).parents[2].parent / "shared/data/fdx"

FILM = """<?xml version="1.0" encoding="UTF-8" standalone="no" ?>
<FinalDraft DocumentType="Script" Template="No" Version="5">
  <Content>
    <Paragraph Number="12A" Type="Scene Heading">
      <SceneProperties Length="1/8" Page="1" Title="no">
        <Summary><Paragraph><Text>A summary that nobody says.</Text></Paragraph></Summary>
      </SceneProperties>
      <Text>int. harbour </Text><Text Style="Bold">office - night</Text>
    </Paragraph>
    <Paragraph Type="Action">
      <ScriptNote ID="1"><Paragraph><Text>Check the tide.</Text></Paragraph></ScriptNote>
      <Text>Rain &amp; </Text><Text Style="Italic">wind</Text><Text>.</Text>
    </Paragraph>
    <Paragraph>
      <DualDialogue>
        <Paragraph Type="Character"><Text>Mara (V.O.)</Text></Paragraph>
        <Paragraph Type="Dialogue"><Text>Go.</Text></Paragraph>
        <Paragraph Type="Character"><Text>TOM</Text></Paragraph>
        <Paragraph Type="Parenthetical"><Text>(low)</Text></Paragraph>
        <Paragraph Type="Dialogue"><Text>No.</Text></Paragraph>
      </DualDialogue>
    </Paragraph>
    <Paragraph Type="Shot"><Text>CLOSE ON THE KEY</Text></Paragraph>
    <Paragraph Type="Action"><Text>  </Text></Paragraph>
    <Paragraph Type="Transition"><Text>CUT TO:</Text></Paragraph>
    <Paragraph Type="Character"><Text>TOM</Text></Paragraph>
    <Paragraph Type="Dialogue"><Text>Alone.</Text></Paragraph>
  </Content>
  <HeaderAndFooter><Header><Paragraph><Text>page head</Text></Paragraph></Header></HeaderAndFooter>
  <TitlePage><Content>
    <Paragraph><Text>THE LAST FERRY</Text></Paragraph>
    <Paragraph><Text></Text></Paragraph>
    <Paragraph><Text>written by</Text></Paragraph>
    <Paragraph><Text>N. Writer</Text></Paragraph>
  </Content></TitlePage>
</FinalDraft>
"""


def film(tmp_path: Path, data: str | bytes) -> Path:
    path = tmp_path / "film.fdx"
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


def rows(script: Script) -> list[tuple[str, str, int]]:
    return [(e.kind, e.text, e.line) for e in script.elements]


def test_a_whole_file(tmp_path):
    script = read(film(tmp_path, FILM))
    assert rows(script) == [
        ("scene", "INT. HARBOUR OFFICE - NIGHT", 4),
        ("action", "Rain & wind.", 10),
        ("note", "Check the tide.", 11),
        ("character", "MARA", 16),
        ("dialogue", "Go.", 17),
        ("character", "TOM", 18),
        ("paren", "(low)", 19),
        ("dialogue", "No.", 20),
        ("action", "CLOSE ON THE KEY", 23),
        ("transition", "CUT TO:", 25),
        ("character", "TOM", 26),
        ("dialogue", "Alone.", 27),
    ]
    assert script.elements[0].scene_number == "12A"
    assert script.elements[3].extension == "(V.O.)"
    assert [e.dual for e in script.elements[3:8]] == [False, False, True, True, True]
    assert not script.elements[-1].dual
    assert script.title_page == {"title": ("THE LAST FERRY",), "credit": ("written by",), "author": ("N. Writer",)}


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "gb18030", "iso-8859-1"])
def test_declared_encodings(tmp_path, encoding):
    name = encoding.removesuffix("-sig")
    word = "café" if encoding == "iso-8859-1" else "café 雨"
    text = FILM.replace('"UTF-8"', f'"{name}"').replace("Alone.", word)
    assert rows(read(film(tmp_path, text.encode(encoding))))[-1][1] == word


@pytest.mark.parametrize(
    ("name", "kinds"),
    [
        ("simple", {"scene": 1, "character": 3}),
        ("dual-dialogue", {"character": 2, "dialogue": 2}),
        ("aw_note", {"note": 1, "action": 1}),
        ("TestFDX-FI", {"scene": 2, "character": 4, "transition": 2, "paren": 1}),
    ],
)
def test_other_peoples_files(name, kinds):
    path = SHARED / f"{name}.fdx"
    if not path.is_file():
        pytest.skip("shared/data is not beside this checkout")
    found = [e.kind for e in read(path).elements]
    assert {kind: found.count(kind) for kind in kinds} == kinds


BOMB = (
    "<!DOCTYPE x ["
    + '<!ENTITY a "'
    + "ha" * 50
    + '">'
    + "".join(f'<!ENTITY a{i} "{f"&a{i - 1 if i else str()};" * 10}">' for i in range(9))
    + "]>"
)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (FILM.replace("<FinalDraft ", BOMB + "<FinalDraft "), "declares XML entities"),
        (FILM.replace("<FinalDraft ", '<!DOCTYPE f SYSTEM "file:///etc/passwd"><FinalDraft '), "declares XML entities"),
        (FILM[:-40], "is broken XML"),
        (FILM.replace("</DualDialogue>", ""), ":22: is broken XML"),
        ("<?xml version='1.0'?><FinalDraft><Other/></FinalDraft>", "holds no Final Draft screenplay"),
        ("<?xml version='1.0'?><html/>", "holds no Final Draft screenplay"),
        ("<FinalDraft><Content></Content></FinalDraft>", "holds no scene"),
        ("INT. BAR - NIGHT", "is broken XML"),
        ("<?xml version='1.0' encoding='nope'?><FinalDraft/>", "unknown encoding"),
    ],
)
def test_bad_files_are_one_sentence_with_a_fix(tmp_path, text, says):
    with pytest.raises(ScriptError) as caught:
        read(film(tmp_path, text))
    assert says in str(caught.value)
    assert " Fix: " in str(caught.value)
    assert "\n" not in str(caught.value)


def test_deep_nesting_is_refused_quickly(tmp_path):
    deep = "<Paragraph>" * 100_000 + "</Paragraph>" * 100_000
    with pytest.raises(ScriptError, match="nests its elements too deeply"):
        read(film(tmp_path, f"<FinalDraft><Content>{deep}</Content></FinalDraft>"))


TAGS = st.sampled_from(
    ["<Paragraph>", '<Paragraph Type="Character">', '<Paragraph Type="Scene Heading" Number="1">', "</Paragraph>",
     "<Text>",
     "</Text>",
     "<DualDialogue>", "</DualDialogue>", "<ScriptNote>", "</ScriptNote>", "<Content>", "</Content>", "BOB",
     "&amp;", "&x;", "<![CDATA["]
)  # fmt: skip


@given(st.lists(TAGS | st.text(max_size=5), max_size=30))
@settings(max_examples=200, deadline=None)
def test_any_xml_is_a_script_or_a_script_error(tmp_path_factory, tags):
    path = film(
        tmp_path_factory.mktemp("fdx"),
        f"<FinalDraft><Content>{''.join(tags)}</Content></FinalDraft>".encode(errors="replace"),
    )
    try:
        assert read(path).elements
    except ScriptError as error:
        assert " Fix: " in str(error)
