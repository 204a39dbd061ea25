"""What asking costs: tokens foreseen without a vocabulary, counted after, priced where a price is known."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import yaml

import director.llm
from director.llm.ask import Question, Reply
from director.llm.budget import Budget, Limit, Purse, read_limit
from director.llm.config import read_config
from director.llm.connect import connect
from director.llm.cost import Price, Tally, Used, price_of, question_tokens, text_tokens
from director.llm.exchanges import Exchanges
from shots.errors import ModelError, WorkprintError

CENT = Price("m", 10.0, 40.0, "2001-02")  # dollars for a million tokens: 1000 in are a cent


@pytest.mark.parametrize(
    ("text", "counted"),
    [  # counted with the o200k vocabulary
        ("夜晚，雨下得很大。林先生站在车站的灯下，手里拿着一封没有打开的信。他看了看表，又看了看远处的铁轨。", 44),
        ("雨の夜、駅のホームに一人の女が立っている。彼女は古い手紙を握りしめ、遠くの線路を見つめていた。", 42),
        ("비 오는 밤, 기차역 승강장에 한 여자가 서 있다. 그녀는 오래된 편지를 손에 쥐고 먼 선로를 바라본다.", 37),
        ("Ночь. Дождь. На платформе под фонарём стоит женщина с нераспечатанным письмом в руке.", 29),
        ("Unter der Laterne auf dem Bahnsteig steht eine Frau mit einem ungeöffneten Brief in der Hand.", 22),
        ("INT. KITCHEN - NIGHT\n\nMara puts the kettle on. Tom (40s) watches her from the doorway.", 26),
        ('{"id": "S1.2", "size": "MCU", "lens_mm": 50, "subjects": ["MARA", "TOM"]}', 35),
    ],
    ids=["zh", "ja", "ko", "ru", "de", "fountain", "json"],
)
def test_tokens_are_foreseen_in_every_script(text: str, counted: int) -> None:
    assert 0.85 <= text_tokens(text) / counted <= 1.4


def test_a_question_is_foreseen_with_its_form_and_pictures(question: Question) -> None:
    plain = replace(question, schema=None)
    assert question_tokens(question) > question_tokens(plain) > text_tokens(plain.system + plain.user)
    assert question_tokens(replace(plain, pictures=(b"a", b"b"))) > question_tokens(plain) + 2000


def test_long_runs_of_anything_are_foreseen_at_once() -> None:
    assert text_tokens("a" * 400_000) > 60_000 and text_tokens("\n" * 400_000) == 1 and text_tokens("") == 0


def test_prices_are_data_with_a_date() -> None:
    raw = yaml.safe_load((Path(director.llm.__path__[0]) / "prices.yaml").read_text("utf-8"))
    read = date.fromisoformat(f"{raw['read']}-01")
    assert date(2026, 1, 1) <= read
    assert all(0 < row["in"] < row["out"] < 100 for row in raw["models"].values())
    assert price_of("gpt-4o-mini") == Price("gpt-4o-mini", 0.15, 0.60, raw["read"])


def test_a_dated_snapshot_has_its_models_price_and_others_have_none() -> None:
    assert price_of("gpt-5-mini-2025-08-07") == price_of("gpt-5-mini") is not None
    assert price_of("gpt-5-mini-x") is None and price_of("llama3") is None


def test_a_model_on_somebody_elses_server_has_no_price(tmp_path: Path) -> None:
    assert connect(read_config("openai:gpt-4o-mini", folder=tmp_path, environ={}), tmp_path).price is not None
    local = read_config("openai:gpt-4o-mini", "http://127.0.0.1:8080/v1", folder=tmp_path, environ={})
    assert connect(local, tmp_path).price is None


def test_a_tally_tells_what_each_stage_used() -> None:
    tally = Tally()
    tally.add("breakdown", Used(1, 0, 1000, 500))
    tally.add("camera", Used(0, 1))
    tally.add("breakdown", Used(1, 0, 1000, 0))
    assert tally.stages["breakdown"] == Used(2, 0, 2000, 500) and tally.total == Used(2, 1, 2000, 500)
    assert tally.total.dollars(CENT) == pytest.approx(0.04)
    assert tally.lines(CENT)[0] == (
        "breakdown: 2 asked, 0 replayed, 2000 tokens in, 500 out, $0.0400 by the prices of 2001-02"
    )
    assert tally.lines()[1:] == [
        "camera: 0 asked, 1 replayed, 0 tokens in, 0 out",
        "all: 2 asked, 1 replayed, 2000 tokens in, 500 out",
    ]


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("2.50", Limit(dollars=2.5)),
        ("$3", Limit(dollars=3.0)),
        ("200000tok", Limit(tokens=200_000)),
        ("200_000 tokens", Limit(tokens=200_000)),
        ("0", Limit(dollars=0.0)),
    ],
)
def test_a_budget_is_dollars_or_tokens(text: str, limit: Limit) -> None:
    assert read_limit(text) == limit


@pytest.mark.parametrize("text", ["much", "-1", "1e9", "nan", "5 EUR", "tok", "1" * 400])
def test_what_is_no_budget_is_told(text: str) -> None:
    with pytest.raises(WorkprintError, match=r"is no budget\. Fix: give US dollars, such as 2\.50, or tokens"):
        read_limit(text)


def replies(question: Question, /) -> Reply:
    return Reply(text="ok", tokens_in=900, tokens_out=100)


def test_a_budget_stops_before_the_question_that_could_pass_it(question: Question) -> None:
    small = replace(question, schema=None, most_tokens=500)
    most = question_tokens(small) + 500
    tally = Tally()
    ask = Budget(replies, tally, Purse(Limit(tokens=2000 + most)))
    for _ in range(3):
        ask(small)
    with pytest.raises(ModelError, match=r"The budget of 25\d\dtok does not reach .*\(breakdown\): 3000 tokens is"):
        ask(small)
    assert tally.total == Used(3, 0, 2700, 300)


def test_a_budget_in_dollars_goes_by_the_price(question: Question) -> None:
    tally = Tally()
    ask = Budget(replies, tally, Purse(Limit(dollars=0.20)), CENT)
    with pytest.raises(ModelError, match=r"The budget of \$0\.2 .*: \$0\.0\d+ is spent.*a larger --budget"):
        for _ in range(10):
            ask(question)
    assert tally.total.asked == 3, "0.013 each, and room for a reply of 4096 tokens at 0.164 beside them"


def test_dollars_without_a_price_are_told_at_once() -> None:
    with pytest.raises(ModelError, match=r"No price is known .* such as --budget 200000tok, or go on offline"):
        Budget(replies, Tally(), Purse(Limit(dollars=1.0)))


def test_a_question_that_fails_costs_nothing(question: Question) -> None:
    failing = iter([True, False])

    def ask(question: Question, /) -> Reply:
        if next(failing):
            raise ModelError("the server fails")
        return replies(question)

    most = question_tokens(question) + question.most_tokens
    budget = Budget(ask, Tally(), Purse(Limit(tokens=most)))
    with pytest.raises(ModelError, match="the server fails"):
        budget(question)
    assert budget(question).text == "ok"


def test_threads_wait_for_what_others_really_cost(question: Question) -> None:
    """Five questions of at most 4500 tokens each that cost 1000 fit in 9000, though three of them at once do not."""
    small = replace(question, schema=None, most_tokens=4400)
    tally = Tally()
    ask = Budget(replies, tally, Purse(Limit(tokens=9000)))
    threads = [threading.Thread(target=ask, args=(small,)) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert tally.total.asked == 5


def test_two_models_can_spend_from_one_purse(tmp_path: Path, question: Question) -> None:
    config = read_config("openai:m", "http://127.0.0.1:9/v1", "100tok", folder=tmp_path, environ={})
    director = connect(config, tmp_path)
    critic = connect(replace(config, model="sees", limit=None), tmp_path, beside=director)
    with pytest.raises(ModelError, match="The budget of 100tok"):
        critic.ask(question)


def test_replay_needs_no_key_no_price_and_no_budget(tmp_path: Path, question: Question) -> None:
    config = read_config("openai:unpriced", None, "0tok", folder=tmp_path, environ={})
    Exchanges(tmp_path, replies, model=config.name)(question)
    assert connect(config, tmp_path).ask(question).text == "ok"
    assert connect(config, tmp_path, replay_only=True).ask(question).text == "ok"
