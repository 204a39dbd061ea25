"""Writes the README's table of held-out figures from bench/eval.json. `tests/test_docs.py` fails where they differ.

Only what the file holds is written, under its own name; what was aimed at stands beside it, reached or not.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

HERE = Path(__file__).parent
PAGE = HERE.with_name("README.md")
FIGURES = HERE.parent / "bench" / "eval.json"
SHEETS = HERE / "images" / "sheets"
BEGIN, END = "<!-- figures: written by docs/make_figures.py -->\n", "<!-- end of figures -->"

Figures = Mapping[str, str | int | float]

ROWS: tuple[tuple[str, str, str], ...] = (
    ("closeness to the true frame, everything known", "frame_psnr_db", "≥ 31"),
    ("the same, structural similarity", "frame_ssim", ""),
    ("the same, over people alone", "frame_psnr_people_db", ""),
    ("the same, over faces alone", "frame_psnr_faces_db", ""),
    ("the same, in the other four styles", "frame_psnr_other_styles_db", ""),
    ("people without their sheets and colours", "frame_psnr_people_without_references_db", ""),
    ("people as the stand-ins have them, not dressed", "guide_psnr_people_db", ""),
    ("wardrobe's colour error, ΔE2000", "wardrobe_delta_e_median", "≤ 2.5"),
    ("the same without sheets and colours", "wardrobe_delta_e_median_without_references", ""),
    ("the same with somebody else's", "wardrobe_delta_e_median_with_anothers", ""),
    ("hair's colour error, ΔE2000", "hair_delta_e_median", ""),
    ("who it is, among a cast of 20", "identity_top1", "≥ 0.98"),
    ("the same without sheets and colours", "identity_top1_without_references", ""),
    ("the side that the key light comes from", "key_side_accuracy", "≥ 0.95"),
    ("colour temperature within 600 K", "colour_temperature_within_600k", "≥ 0.9"),
    ("what is kept under a mask", "kept_region_psnr_db", ""),
    ("a seam in the picture, levels of 255", "seam_error_levels", ""),
    ("a seam in time, levels of 255", "seam_error_levels_in_time", ""),
    ("flicker where nothing moves, levels of 255", "flicker_levels", ""),
    ("motion error, pixels", "motion_error_px", ""),
    ("the same if nothing moved at all", "motion_error_px_of_a_still", ""),
    ("words alone: what was said is seen (chance: under a half)", "text_only_accuracy", ""),
    ("the autoencoder alone", "autoencoder_psnr_db", "≥ 38"),
    ("the same, structural similarity", "autoencoder_ssim", "≥ 0.985"),
    ("the autoencoder with the guide shown", "autoencoder_guided_psnr_db", ""),
)
"""What is measured, its name in the file, and what was aimed at."""


def table(figures: Figures) -> str:
    """What was measured of which model, and a row for each of `ROWS` that the file has."""
    cost = "".join(
        f", {name.removeprefix('training_').replace('_', ' ')} {_number(value)}"
        for name, value in figures.items()
        if name.startswith("training_")
    )
    lines = [
        f"Measured by `workprint eval` on {figures['date']} ({figures['machine']}; the {figures['set']} set of "
        f"[bench/eval.json](bench/eval.json)), on casts, places and stages that no training has seen: a transformer of "
        f"{_millions(figures['transformer_parameters'])} and an autoencoder of "
        f"{_millions(figures['autoencoder_parameters'])} parameters, {figures['steps']} steps, guidance "
        f"{figures['guidance']:g}.{f' Training:{cost[1:]}.' if cost else ''}",
        "",
        "| | | figure | aimed at |",
        "|---|---|---|---|",
    ]
    lines += [
        f"| {what} | `{name}` | {_number(figures[name])}{' dB' if name.endswith('_db') else ''} | {mark} |"
        for what, name, mark in ROWS
        if name in figures
    ]
    return "\n".join(lines) + "\n"


def sheets() -> str:
    """The evaluation's two sheets, where they are."""
    told = {
        "model.jpg": "Frames of held-out stages: the truth, the model's, the model's without references, the stand-ins",
        "model-tasks.jpg": "Tasks on held-out stages: what is given, what the model made of it, the truth",
    }
    there = [f"![{alt}](docs/images/sheets/{name})\n" for name, alt in told.items() if (SHEETS / name).exists()]
    return "\n".join(there)


def text(page: str, figures: Figures) -> str:
    """The page with what stands between the two comments as it should be."""
    head, rest = page.split(BEGIN)
    _, tail = rest.split(END)
    return f"{head}{BEGIN}\n{table(figures)}\n{sheets()}\n{END}{tail}"


def _millions(count: str | int | float) -> str:
    return f"{float(count) / 1e6:.1f} million"


def _number(value: str | int | float) -> str:
    return f"{value:,.4g}" if isinstance(value, float) and abs(value) < 1e4 else f"{float(value):,.0f}"


if __name__ == "__main__":
    PAGE.write_text(text(PAGE.read_text(encoding="utf-8"), json.loads(FIGURES.read_text(encoding="utf-8"))), "utf-8")
