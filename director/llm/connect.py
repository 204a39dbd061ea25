"""A model as a film asks it: its replies stored, what it costs counted and kept within the budget."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from director.llm.ask import Ask
from director.llm.budget import Budget, Purse
from director.llm.config import DirectorConfig
from director.llm.cost import Price, Tally, price_of
from director.llm.exchanges import Exchanges
from director.llm.models import model_ask

__all__ = ["Connection", "connect"]


@dataclass(frozen=True)
class Connection:
    """Whom to ask, what was used so far, and the price of it where that is known."""

    ask: Ask
    tally: Tally
    price: Price | None
    purse: Purse


def connect(
    config: DirectorConfig, folder: Path, *, replay_only: bool = False, beside: Connection | None = None
) -> Connection:
    """The model of `config` with its exchanges in `folder`. Nothing is asked, and no key is needed, before a
    question comes that is not stored.

    Raises:
        ModelError: the budget is in dollars and no price is known for the model.
    """
    tally = Tally()
    price = price_of(config.model) if config.server_from == "openai" else None
    purse = beside.purse if beside else Purse(config.limit)
    asked = None if replay_only else Budget(model_ask(config), tally, purse, price)
    return Connection(Exchanges(folder, asked, model=config.name, tally=tally), tally, price, purse)
