"""The widget itself: what a film gives for it, and what stands there where it cannot be."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from director.notebook import widget as module
from shots.errors import WorkprintError
from tests.director.notebook.heard import film_in


def test_a_film_gives_its_desk(tmp_path: Path) -> None:
    film = film_in(tmp_path)
    desk = film.widget()
    assert repr(desk) == f"<desk of {film!r}>"
    desk.close()
    desk.desk.receive({"kind": "ready"})  # a page that does not know yet
    desk._tell({"kind": "said", "text": "late"}, ())


def test_without_what_it_is_made_with_it_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "director.notebook.widget")
    monkeypatch.setitem(sys.modules, "anywidget", None)
    with pytest.raises(WorkprintError, match=r"needs anywidget, which is not installed\. Fix: pip install 'workprint"):
        film_in(tmp_path).widget()


def test_the_pages_modules_are_one_module_without_a_name_twice() -> None:
    page = module._one_module()
    assert re.findall(r"^(?:import|export) .*", page, re.MULTILINE) == ["export default { render };"]
    names = re.findall(r"^(?:async )?(?:function|const|class|let) (\w+)", page, re.MULTILINE)
    assert len(names) == len(set(names)) > 20
    for forbidden in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "http://", "https://"):
        assert forbidden not in page.replace("http://www.w3.org/2000/svg", "")
