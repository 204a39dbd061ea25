"""A film's sound, put together: voices, cues, score, mix, captions, and what is delivered beside the film."""

from __future__ import annotations
