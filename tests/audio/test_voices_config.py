"""The voice engine as one string, and the roster that gives a cast its voices."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

import pytest

from audio.errors import SoundError
from audio.speech import Speaker
from audio.voices import VoicesConfig, open_voices, read_voices
from audio.voices.recordings import open_recordings
from audio.voices.roster import Card, cast_from, part_of, read_roster


def test_each_form_is_read() -> None:
    assert read_voices("espeak") == VoicesConfig() and not VoicesConfig().online
    assert read_voices("tones").engine == "tones"
    assert read_voices("kokoro:models/kokoro") == VoicesConfig(engine="kokoro", path=Path("models/kokoro"))
    assert read_voices("piper:amy.onnx").path == Path("amy.onnx")
    endpoint = read_voices("endpoint:http://127.0.0.1:8880/v1/#model=kokoro&voices=af_sky, bm_lewis")
    assert endpoint == VoicesConfig(
        engine="endpoint", url="http://127.0.0.1:8880/v1", model="kokoro", voices=("af_sky", "bm_lewis")
    )
    assert endpoint.online
    assert read_voices("endpoint:https://api.openai.com/v1").voices
    assert read_voices("endpoint:http://[::1]:80/v1#voices=cast/voices.yaml").roster == Path("cast/voices.yaml")


def test_what_the_guide_shows_is_read(tmp_path: Path) -> None:
    guide = (Path(__file__).parents[2] / "docs" / "voices.md").read_text(encoding="utf-8")
    recorded, described = re.findall(r"```yaml\n(.*?)```", guide, re.DOTALL)
    (tmp_path / "recordings.yaml").write_text(recorded, encoding="utf-8")
    (tmp_path / "voices.yaml").write_text(described, encoding="utf-8")
    (tmp_path / "anna-1.wav").write_bytes(b"")
    recordings, notices = open_recordings(tmp_path)
    assert list(recordings.lines) == ["S1.2/1"] and not notices
    cards = read_roster(tmp_path / "voices.yaml")
    assert cards["amy"].licence == "CC0" and cards["anna"].cloned and cards["anna"].consent


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("espaek", "Fix: write 'espeak'"),
        ("", "Fix: take one of"),
        ("espeak:f3", "takes nothing after it"),
        ("kokoro", "lacks where it is"),
        ("piper:", "lacks where it is"),
        ("endpoint:ftp://example.org", "not a speech server's address"),
        ("endpoint:https://", "not a speech server's address"),
        ("endpoint:http://example.org:99999/v1#voices=a", "not a speech server's address"),
        ("endpoint:http://a b/v1#voices=a", "not a speech server's address"),
        ("endpoint:https://me:secret@example.org/v1#voices=a", "holds a password"),
        ("endpoint:https://example.org/v1?key=secret#voices=a", "holds a password or a query"),
        ("endpoint:https://example.org/v1", "no voices are named"),
        ("endpoint:https://example.org/v1#voices=a&key=secret", "no option 'key'"),
        ("endpoint:https://example.org/v1#junk", "not a speech server's address"),
    ],
)
def test_what_is_no_engine_is_told_with_a_fix(text: str, told: str) -> None:
    with pytest.raises(SoundError, match=rf"(?s){told}.*") as caught:
        read_voices(text)
    assert "Fix:" in str(caught.value)
    assert "secret" not in str(caught.value) or "junk" in text


@pytest.mark.parametrize(
    "text", ["kokoro:/no/such/folder", "piper:/no/such.onnx", "endpoint:http://127.0.0.1:1/v1#voices=no.yaml"]
)
def test_what_is_missing_leaves_a_voice_and_a_notice(text: str) -> None:
    engine, notice = open_voices(read_voices(text))
    assert engine.name in {"espeak-ng", "tones"}
    assert notice is not None and "Fix:" in notice


def test_a_voice_of_the_language_goes_before_one_of_the_gender() -> None:
    cards = [Card(name="siwis", gender="female", languages=("fr",)), Card(name="joe", gender="male", languages=("en",))]
    cast = cast_from(cards, [Speaker(id="LOU", gender="male", language="fr-CA"), Speaker(id="MARA", gender="female")])
    assert part_of(cast["LOU"])[0] == "siwis" and part_of(cast["MARA"])[0] == "joe"


def test_a_cast_larger_than_the_roster_shares_voices_at_registers_apart() -> None:
    cards = [Card(name="amy", gender="female"), Card(name="ryan", gender="male")]
    genders = ("female", "male")
    cast = cast_from(cards, [Speaker(id=f"R{n}", gender=genders[n % 2], age_years=20 + 9 * n) for n in range(8)])  # type: ignore[arg-type]
    heard = [part_of(voice) for voice in cast.values()]
    assert len(set(heard)) == 8
    for (one, low), (other, high) in itertools.combinations(heard, 2):
        assert one != other or max(low, high) / min(low, high) > 1.05
    assert {name for name, _ in heard[::2]} == {"amy"} and {name for name, _ in heard[1::2]} == {"ryan"}


def test_a_voice_does_not_change_when_others_join_after_it() -> None:
    cards = [Card(name=f"v{n}", gender="female") for n in range(6)]
    small = cast_from(cards, [Speaker(id=f"R{n}", gender="female") for n in range(3)])
    large = cast_from(cards, [Speaker(id=f"R{n}", gender="female") for n in range(6)])
    assert all(large[key] == voice for key, voice in small.items())


def test_a_roster_of_peoples_own_voices_gives_none_by_chance() -> None:
    cards = [Card(name="anna", cloned=True)]
    assert cast_from(cards, [Speaker(id="MARA", name="anna")])["MARA"].startswith("anna@")
    with pytest.raises(SoundError, match=r"BOB: .*given only by name.*Fix: .*anna"):
        cast_from(cards, [Speaker(id="BOB")])
