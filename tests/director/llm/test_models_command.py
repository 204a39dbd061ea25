"""The command with a model: a wrong key and an outage are one line; the key is in nothing it writes or prints."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.chat_server import ChatReply, ChatServer, Fault, form_name, user_text
from tests.conftest import Run
from tests.crew_player import play

KEY = "sk-loopback-0815-do-not-tell"
SCRIPT = "INT. HALL - NIGHT\n\nMARA waits at the door.\n\nMARA\nIs anybody there?\n"


def crew(body: dict[str, Any]) -> ChatReply | Fault:
    return ChatReply(play(form_name(body) or "", user_text(body)))


@pytest.mark.slow
def test_a_wrong_key_then_the_right_one(workprint: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_LOG", "debug")
    monkeypatch.setenv("WORKPRINT_API_KEY", f"{KEY}-wrong")
    (tmp_path / "hall.fountain").write_text(SCRIPT)
    with ChatServer(crew, key=KEY) as server:
        command = ("plan", "hall.fountain", "-o", "film", "--director", "openai:played", "--base-url", server.url)
        refused = workprint(*command, cwd=tmp_path)
        monkeypatch.setenv("WORKPRINT_API_KEY", KEY)
        planned = workprint(*command, cwd=tmp_path)
        assert server.requests[-1].headers["authorization"] == f"Bearer {KEY}"
    told = refused.stderr.strip().splitlines()[-1]
    assert refused.returncode == 2 and "refuses the key" in told and told.endswith("--director rules.")
    assert planned.returncode == 0 and (tmp_path / "film" / "storyboard.yaml").is_file()
    assert "HTTP" in planned.stderr, "the client's log was on"
    printed = "".join(each.stdout + each.stderr for each in (refused, planned))
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert len(files) > 5 and KEY not in printed and "Traceback" not in printed
    assert [path for path in files if KEY.encode() in path.read_bytes()] == []
