"""The line of jobs that one thread does."""

from __future__ import annotations

import threading

from director.notebook.widget_line import Line


def test_jobs_are_done_in_order_and_of_one_name_only_the_latest() -> None:
    line, done = Line("line"), list[str]()
    started, go_on = threading.Event(), threading.Event()

    def hold() -> None:
        started.set()
        go_on.wait(10)

    line.put(hold)
    assert started.wait(10)
    for number in range(5):
        line.put(lambda number=number: done.append(f"try {number}"), name="try")  # type: ignore[misc]
    line.put(lambda: done.append("open"))
    line.put(lambda: done.append("now"), first=True)
    assert line.waits("try") and line.busy and not line.join(0.01)
    go_on.set()
    assert line.join(10) and done == ["now", "try 4", "open"] and not line.busy
    line.close()


def test_it_looks_up_when_nothing_comes_and_does_nothing_once_closed() -> None:
    idle, done = threading.Event(), list[str]()
    line = Line("line", idle=idle.set, idle_s=0.01)
    line.put(lambda: done.append("first"))
    assert idle.wait(10) and done == ["first"]
    line.close()
    line.put(lambda: done.append("late"))
    assert line.join(1) and done == ["first"]
