"""Speech servers: what they are sent, what may come back, and what happens when they fail."""

from __future__ import annotations

import base64
import itertools
import struct
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile

from audio.errors import SoundError
from audio.speech import Speaker, VoiceEngine
from audio.voices import open_voices, read_voices
from audio.voices.consent import provenance
from audio.voices.endpoint import Endpoint
from audio.voices.espeak import Espeak
from audio.voices.store import LineToSpeak, speak_all
from audio.voices.tones import Tones
from tests.audio.speech_server import Body, Fault, SpeechServer, sound

KEY = "sk-very-secret-indeed"
MARA = Speaker(id="MARA", gender="female", age_years=34, delivery="whispering")
LINE = "I never told you where the money was, and you never asked me why."


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("audio.voices.endpoint._PAUSES_S", (0.0, 0.0))


def _engine(server: SpeechServer, voices: str = "nova,onyx", key: str | None = None) -> Endpoint:
    return Endpoint(read_voices(f"endpoint:{server.url}#model=speak-1&voices={voices}"), Tones(), key)


def _lines(*texts: str, who: str = "AB") -> list[LineToSpeak]:
    return [
        LineToSpeak(key=f"S1/{i + 1}", text=text, speaker=Speaker(id=who[i % len(who)])) for i, text in enumerate(texts)
    ]


def test_a_line_is_asked_for_as_the_protocol_has_it(tmp_path: Path) -> None:
    with SpeechServer(lambda body: sound(2.0)) as server:
        engine = _engine(server, key=KEY)
        line = engine.speak("Come *in*. (beat)", MARA, engine.cast([MARA])["MARA"], tmp_path / "a.wav")
    asked = server.asked[0]
    assert asked.path == "/v1/audio/speech" and asked.headers["authorization"] == f"Bearer {KEY}"
    assert {k: asked.body[k] for k in ("model", "voice", "input", "response_format")} == {
        "model": "speak-1", "voice": line.voice, "input": "Come in.", "response_format": "wav",
    }  # fmt: skip
    assert asked.body["speed"] < 1 and "whispering" in asked.body["instructions"]
    assert [word.text for word in line.words] == ["Come", "in."]
    assert soundfile.info(line.path).samplerate == 24_000


def test_words_are_timed_by_a_reference_voice(tmp_path: Path) -> None:
    try:
        espeak = Espeak()
    except SoundError as error:
        pytest.skip(str(error))
    other = Speaker(id="X", name="m7", rate_wpm=140)
    truth = espeak.speak(LINE, other, espeak.cast([other])["X"], tmp_path / "truth.wav")
    with SpeechServer(lambda body: truth.path.read_bytes()) as server:
        config = read_voices(f"endpoint:{server.url}#voices=nova")
        line = Endpoint(config, espeak).speak(LINE, replace(MARA, delivery=""), "nova", tmp_path / "a.wav")
    late_s = [abs(a.start_s - b.start_s) for a, b in zip(line.words, truth.words, strict=True)]
    assert np.mean(late_s) < 0.03 and max(late_s) < 0.12
    assert {p.ipa for p in line.phonemes} >= {"aɪ", "n", "ɛ", "v"}, "the lips have something to follow"


@pytest.mark.parametrize("format", ["WAV", "FLAC", "MP3", "OGG"])
def test_any_format_that_comes_is_decoded(tmp_path: Path, format: str) -> None:
    with SpeechServer(lambda body: sound(1.0, format=format, rate_hz=22_050)) as server:
        line = _engine(server).speak("Hello there.", MARA, "nova", tmp_path / "a.wav")
    assert line.duration_s == pytest.approx(1.0, abs=0.15)


def test_a_wav_that_was_streamed_without_a_length_is_decoded(tmp_path: Path) -> None:
    data = bytearray(sound(1.0))
    data[4:8] = struct.pack("<I", 0xFFFFFFFF)
    at = data.index(b"data") + 4
    data[at : at + 4] = struct.pack("<I", 0xFFFFFFFF)
    with SpeechServer(lambda body: bytes(data)) as server:
        line = _engine(server).speak("Hello there.", MARA, "nova", tmp_path / "a.wav")
    assert line.duration_s == pytest.approx(1.0, abs=0.05)


@pytest.mark.parametrize("trouble", [Fault(503), Fault(429, headers={"Retry-After": "0"}), Fault(0, sound=sound())])
def test_a_passing_trouble_is_tried_again(tmp_path: Path, trouble: Fault) -> None:
    answers = itertools.chain([trouble, trouble], itertools.repeat(sound()))
    with SpeechServer(lambda body: next(answers)) as server:
        line = _engine(server).speak("Hello.", MARA, "nova", tmp_path / "a.wav")
    assert len(server.asked) == 3 and line.words


def test_a_server_that_takes_no_instructions_is_asked_without(tmp_path: Path) -> None:
    def speaks(body: Body) -> bytes | Fault:
        return Fault(400, "Unknown parameter: 'instructions'") if "instructions" in body else sound()

    with SpeechServer(speaks) as server:
        engine = _engine(server)
        for name in "ab":
            engine.speak("Hello.", MARA, "nova", tmp_path / f"{name}.wav")
    assert ["instructions" in asked.body for asked in server.asked] == [True, False, False]


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (Fault(500, "no GPU left"), "answered 500 .no GPU left"),
        (Fault(400, "Unknown voice 'nova'"), "Unknown voice 'nova'"),
        (Fault(401, f"Incorrect key {KEY}"), "answered 401"),
        (Fault(302, headers={"Location": "/v1/elsewhere"}), "answered 302"),
        (Fault(0, sound=sound()), "broke off"),
        (b"<html>", "no sound that can be read"),
        (b"", "no sound that can be read"),
        (sound(level=0.0), "silence"),
        (sound(120.0, rate_hz=8_000), "far longer than the line"),
    ],
)
def test_a_server_that_fails_is_told_and_never_the_key(tmp_path: Path, answer: bytes | Fault, told: str) -> None:
    with SpeechServer(lambda body: answer) as server:
        engine = _engine(server, key=KEY)
        with pytest.raises(SoundError, match=rf"The speech server 127.0.0.1 failed: .*{told}.*Fix:") as caught:
            engine.speak("Hello.", MARA, "nova", tmp_path / "a.wav")
    assert KEY not in str(caught.value) and KEY not in engine.version + engine.name
    assert not (tmp_path / "a.wav").exists()
    assert all(asked.path == "/v1/audio/speech" for asked in server.asked)


def test_more_than_a_line_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("audio.voices.endpoint._LARGEST_BYTES", 100_000)
    with SpeechServer(lambda body: b"x" * 10_000_000) as server, pytest.raises(SoundError, match="more than"):
        _engine(server).speak("Hello.", MARA, "nova", tmp_path / "a.wav")


def test_a_server_that_refuses_is_not_asked_for_every_line(tmp_path: Path) -> None:
    with SpeechServer(lambda body: Fault(401)) as server:
        notices: list[str] = []
        spoken = speak_all(
            _lines(*(f"Line {n}." for n in range(5)), who="ABC"),
            _engine(server), tmp_path, workers=1, on_notice=notices.append,
        )  # fmt: skip
    assert len(server.asked) == 1 and len(spoken) == 5
    assert all(line.words for line in spoken.values())


def test_nobody_there_is_told_at_once(tmp_path: Path) -> None:
    with SpeechServer(lambda body: sound()) as server:
        engine = _engine(server)
    with pytest.raises(SoundError, match="cannot be reached"):
        engine.speak("Hello.", MARA, "nova", tmp_path / "a.wav")


def test_a_key_does_not_travel_openly() -> None:
    config = read_voices("endpoint:http://speech.example.org/v1#voices=nova")
    with pytest.raises(SoundError, match="would be sent openly"):
        Endpoint(config, Tones(), KEY)
    engine, notice = open_voices(config, key=KEY)
    assert engine.name != "endpoint" and KEY not in str(notice)


def test_a_character_whose_line_fails_keeps_one_voice_and_the_others_keep_theirs(tmp_path: Path) -> None:
    def speaks(body: Body) -> bytes | Fault:
        return Fault(500, "out of memory") if "seven" in body["input"] else sound()

    lines = _lines("One.", "Two.", "Three.", "Four.", "Five.", "Six.", "Line seven.", "Eight.")
    notices: list[str] = []
    done: list[tuple[int, int]] = []
    with SpeechServer(speaks) as server:
        engine = _engine(server)
        spoken = speak_all(lines, engine, tmp_path, on_notice=notices.append, on_done=lambda *now: done.append(now))
        voices = {who: {spoken[line.key].origin for line in lines if line.speaker.id == who} for who in "AB"}
        assert len(voices["A"]) == len(voices["B"]) == 1 and voices["A"] != voices["B"]
        [origin] = voices["B"]
        assert origin is not None and "speak-1" in origin.engine
        assert done[-1] == (8, 8) and sorted(done) == done
        [notice] = [notice for notice in notices if notice.startswith("A: all 4 lines are spoken by")]
        assert "out of memory" in notice

        mended = _engine(server)
        server.speaks = lambda body: sound()
        asked = len(server.asked)
        again = speak_all(lines, mended, tmp_path)
        assert len({again[line.key].origin for line in lines}) == 1
        assert {entry.body["input"] for entry in server.asked[asked:]} <= {"One.", "Three.", "Five.", "Line seven."}


def _sheet(folder: Path, voice: str) -> Path:
    (folder / "anna.wav").write_bytes(sound(3.0))
    sheet = folder / "voices.yaml"
    sheet.write_text(f"voices:\n  - {{name: nova}}\n  - {{name: anna, {voice}}}\n")
    return sheet


_AGREED = "person: Anna Ek, consent: {by: Anna Ek, date: 2026-05-01, scope: this film}, licence: for this film"


@pytest.mark.parametrize(
    ("voice", "told"),
    [
        ("sample: anna.wav", "the voice of a person has no consent"),
        ("cloned: true, person: Anna Ek", "the voice of Anna Ek has no consent"),
        (_AGREED.replace("for this film", "''") + ", cloned: true", "has no licence"),
        (_AGREED + ", sample: ../../etc/passwd", "lies outside"),
        (_AGREED + ", sample: gone.wav", "there is no file 'gone.wav'"),
        (_AGREED.replace("2026-05-01", "yesterday") + ", cloned: true", r"voices.yaml:3: voices.1.consent.date"),
    ],
)
def test_a_cloned_voice_without_consent_and_licence_is_refused(tmp_path: Path, voice: str, told: str) -> None:
    config = read_voices(f"endpoint:http://127.0.0.1:1/v1#voices={_sheet(tmp_path, voice)}")
    with pytest.raises(SoundError, match=rf"{told}.*Fix:"):
        Endpoint(config, Tones())
    engine, notice = open_voices(config)
    assert engine.name != "endpoint" and notice is not None


def test_a_cloned_voice_speaks_only_for_whom_it_is_named_and_its_receipt_says_whose_it_is(tmp_path: Path) -> None:
    with SpeechServer(lambda body: sound()) as server:
        sheet = _sheet(tmp_path, _AGREED + ", sample: anna.wav, sample_text: Hello you.")
        engine: VoiceEngine = Endpoint(read_voices(f"endpoint:{server.url}#voices={sheet}"), Tones())
        cast = engine.cast([Speaker(id="MARA", name="anna"), *(Speaker(id=f"R{n}") for n in range(4))])
        assert [who for who, voice in cast.items() if voice.startswith("anna")] == ["MARA"]
        (tmp_path / "anna.wav").write_bytes(sound(4.0))
        other = Endpoint(read_voices(f"endpoint:{server.url}#voices={sheet}"), Tones())
        assert other.cast([Speaker(id="MARA", name="anna")])["MARA"] != cast["MARA"], "another sample, another voice"
        (tmp_path / "anna.wav").write_bytes(sound(3.0))
        lines = [LineToSpeak(key="S1/1", text="Hello.", speaker=Speaker(id="MARA", name="anna"))]
        for _ in range(2):
            spoken = speak_all(lines, engine, tmp_path / "voices")
    body = server.asked[0].body
    assert len(server.asked) == 1, "the second time it was held"
    assert base64.b64decode(body["ref_audio"].partition(",")[2]) == sound(3.0) and body["ref_text"] == "Hello you."
    receipt = next((tmp_path / "voices").glob("*.json")).read_text()
    assert "Anna Ek" in receipt and "2026-05-01" in receipt
    [told] = provenance(spoken)
    assert "like Anna Ek's" in told and "this film" in told and "licence: for this film" in told
