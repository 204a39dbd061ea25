"""Fonts: Lato for what it has, the system for the rest, and a sentence when nothing is there."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from shots.fonts import cjk_fonts, covers, font_notice, font_path, font_runs, needs_cjk


def test_lato_shows_western_text():
    regular, bold = font_path("Élodie’s “café”—10 °C"), font_path("A", bold=True)
    assert regular is not None and bold is not None
    assert (regular.name, bold.name) == ("Lato-Regular.ttf", "Lato-Bold.ttf")
    assert font_notice("Élodie’s café") is None


def test_scripts_that_need_another_font():
    assert needs_cjk("咖啡") and needs_cjk("，") and needs_cjk("カフェ")
    assert not needs_cjk("café — до")
    lato = font_path("A")
    assert lato is not None
    assert not covers(lato, "中")
    assert covers(lato, "A é")


def test_runs_put_the_text_together_again():
    text = "MARA (V.O.) 你好！ č ok"
    runs = font_runs(text)
    assert "".join(run for _, run in runs) == text
    assert runs[0][0].name == "Lato-Regular.ttf"
    if cjk_fonts():
        assert len({path for path, _ in runs}) >= 2


def test_chinese_has_a_font_or_a_notice():
    path, notice = font_path("中文"), font_notice("中文")
    assert (path is None) == (notice is not None)


@pytest.mark.skipif(sys.platform != "linux", reason="the folders of Linux are searched on Linux only")
def test_a_machine_without_fonts_says_so_and_still_draws(tmp_path):
    """With no font folder in sight Chinese gets one clear sentence, and the board its PDF type."""
    code = (
        "import shots.fonts as f\n"
        "f._folders = lambda: iter(())\n"
        "f._fontconfig_chinese = lambda: ()\n"
        "from pathlib import Path\n"
        "from shots.board.panel import panels\n"
        "from shots.board.pdf import write_pdf\n"
        "from shots.spec import Scene, Shot, Storyboard\n"
        "scene = Scene(id='S1', heading='内景 咖啡馆 夜', shots=(Shot(id='S1.1', size='MS', action='雨敲着窗。'),))\n"
        "board = panels(Storyboard(title='末班车', scenes=(scene,)), {}, {})\n"
        "print(f.font_notice(board.text))\n"
        f"write_pdf(board, Path({str(tmp_path / 'b.pdf')!r}))\n"
    )
    env = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, cwd=Path(__file__).parents[2], env=env)
    assert run.returncode == 0, run.stderr.decode()
    assert run.stdout.decode().startswith("No Chinese font was found")
    assert " Fix: install one" in run.stdout.decode()
    import pdfplumber

    with pdfplumber.open(tmp_path / "b.pdf") as pdf:
        text = pdf.pages[0].extract_text()
    assert "雨敲着窗" in text
    assert "S1.1" in text
