"""Prompts are data: one YAML file each in `director/prompts`, with declared variables and a version.

    version: "1"
    variables: [scene, cast]
    system: |
      You are the cinematographer ...
    user: |
      Scene:
      $scene

A variable that is not declared, not given or not used is an error where the prompt is loaded or filled: no
prompt goes out with a hole in it. What stands in a variable is never read as a template again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from string import Template

import yaml

__all__ = ["Prompt", "load_prompt"]


@dataclass(frozen=True)
class Prompt:
    """A prompt with its declared variables; `version` stands in every key that hangs on it."""

    name: str
    version: str
    variables: frozenset[str]
    system: str
    user: str

    def fill(self, values: Mapping[str, str]) -> tuple[str, str]:
        """(system, user) with every variable put in.

        Raises:
            ValueError: a declared variable is missing, or one that is not declared is given.
        """
        if values.keys() != self.variables:
            missing, extra = sorted(self.variables - values.keys()), sorted(values.keys() - self.variables)
            raise ValueError(f"prompt {self.name}: missing {missing}, not declared {extra}")
        return Template(self.system).substitute(values), Template(self.user).substitute(values)


@cache
def load_prompt(name: str) -> Prompt:
    """The prompt of a name.

    Raises:
        ValueError: its text uses other variables than it declares.
    """
    raw = yaml.safe_load((resources.files("director") / "prompts" / f"{name}.yaml").read_text(encoding="utf-8"))
    prompt = Prompt(name, str(raw["version"]), frozenset(raw["variables"]), raw["system"], raw["user"])
    used = {*Template(prompt.system).get_identifiers(), *Template(prompt.user).get_identifiers()}
    if used != prompt.variables:
        raise ValueError(f"prompt {name} declares {sorted(prompt.variables)} and uses {sorted(used)}")
    return prompt
