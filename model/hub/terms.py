"""What the weights in hand may be used for: as the table of known ones says, or else as their own card does.

Weights whose licence nobody knows count as ones whose films may not be sold.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

import yaml

from model.backends.config import EngineConfig, Source
from model.hub.here import folder_of, repository_of
from model.hub.known import of_repository
from model.hub.licences import LICENCES, NOT_KNOWN, SAME
from model.request import Licence

__all__ = ["licence_of", "licence_of_source"]

_NOT_FOR_SALE = re.compile(r"non-?commercial|research-only|(^|-)nc(-|$)")
_CARD_CHARACTERS = 100_000


def licence_of(config: EngineConfig) -> Licence:
    """The licence that binds a film made with an engine: the stricter one of the engine's and its image engine's."""
    licences = [licence_of_source(config.source)]
    if config.images is not None:
        licences.append(licence_of(config.images))
    return min(licences, key=lambda licence: licence.commercial)


@lru_cache(maxsize=64)
def licence_of_source(source: Source) -> Licence:
    """What weights may be used for, as the table of known ones says, or else their own card, where there is one."""
    repository = repository_of(source)
    known = of_repository(repository) if repository else None
    if known is not None and known.licence.name != NOT_KNOWN:
        return known.licence
    folder = folder_of(source)
    name, link = _on_card(folder) if folder is not None else ("", "")
    found = LICENCES.get(SAME.get(name, name))
    if found is not None:
        return found
    if not name and known is not None:
        return known.licence
    if not name:
        weights = repository or Path(source.where).name  # no path of this machine: a receipt holds this
        return Licence(NOT_KNOWN, False, f"{weights} does not say; ask its makers before you sell a film", link)
    if _NOT_FOR_SALE.search(name):
        return Licence(name, False, "non-commercial use only", link)
    return Licence(name, False, "not one that is known here; read it before you sell a film", link)


def _on_card(folder: Path) -> tuple[str, str]:
    """The name and address of the licence in the head of a folder's README.md, "" where it says none."""
    try:
        with (folder / "README.md").open(encoding="utf-8", errors="replace") as file:
            text = file.read(_CARD_CHARACTERS)
    except OSError:
        return "", ""
    head = re.match(r"---\r?\n(.*?)\r?\n---", text, re.DOTALL)
    try:
        card = yaml.safe_load(head[1]) if head else None
    except yaml.YAMLError:
        card = None
    if not isinstance(card, dict):
        return "", ""
    name = str(card.get("license") or "")
    if name == "other":
        name = str(card.get("license_name") or name)
    link = str(card.get("license_link") or "").strip()
    return name.strip().lower(), link if link.startswith("https://") else ""
