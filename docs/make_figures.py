"""Writes the README's tables from bench/eval.json and bench/results.json. `tests/test_docs.py` fails where they differ.

Only what a file holds is written. Figures of the model stand under their own names; what was aimed at stands beside
them, reached or not.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

HERE = Path(__file__).parent
PAGE = HERE.with_name("README.md")
FIGURES, RESULTS = (HERE.parent / "bench" / name for name in ("eval.json", "results.json"))
SHEETS = HERE / "images" / "sheets"

Figures = Mapping[str, str | int | float]

ROWS: tuple[tuple[str, str, str], ...] = (
    ("closeness to the true frame, everything known", "frame_psnr_db", "≥ 31"),
    ("the same, structural similarity", "frame_ssim", ""),
    ("the same, over people alone", "frame_psnr_people_db", ""),
    ("the same, over faces alone", "frame_psnr_faces_db", ""),
    ("the guide alone, before the model has painted", "guide_psnr_db", ""),
    ("the same, over people alone", "guide_psnr_people_db", ""),
    ("closeness in the other four styles", "frame_psnr_other_styles_db", ""),
    ("the guide alone in these", "guide_psnr_other_styles_db", ""),
    ("people without their sheets and colours, from stand-ins in suits", "frame_psnr_without_references_people_db", ""),
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

SPEEDS: tuple[tuple[str, str], ...] = (
    (
        "the example film by the video model at 512×288, 24 fps, with sound and boards",
        "{film_realtime_factor_dit:.2g} times as fast as it runs",
    ),
    (
        "the example film by `--picture previz`",
        "{film_s:.0f} s long, made in {film_made_in_s_previz:.0f} s: {film_realtime_factor_previz:.1f} times as fast "
        "as it runs",
    ),
    (
        "a step of the transformer against diffusers' `WanTransformer3DModel` of the same parameters and tokens, both "
        "compiled",
        "{dit_step_speedup_vs_wan_compiled:.2g} times faster; against it not compiled "
        "{dit_step_speedup_vs_wan_eager:.2g} times",
    ),
    ("remembering the keys and values of what is known", "{dit_step_speedup_with_memory:.2g} times faster a step"),
    ("four steps with it, against compiled Wan", "{dit_clip_speedup_vs_wan_compiled:.2g} times faster"),
    (
        "a single take of 60 s against one of 10 s",
        "{take_60s_memory_ratio:.2f} times the memory, {take_60s_time_ratio:.2f} times the time for each second",
    ),
    (
        "a frame of the drawn world at 512×288, one core",
        "{theatre_frame_ms_median:.1f} ms at the median of 60 sampled stages, {theatre_frame_ms_worst:.1f} ms at the "
        "worst",
    ),
    ("a frame with all its passes", "{theatre_all_passes_over_frame:.1f} times the frame alone"),
    ("clips of sampled stages, two cores", "{theatre_clip_fps_two_cores:.0f} frames a second"),
    (
        "what is done around a pretrained engine's call: control drawn, frames brought to 1280×720 and 24 a second",
        "{around_an_engine_realtime_factor:.2g} times as fast as the film runs",
    ),
    ("planning a 120-page screenplay", "{plan_120_pages_s:.1f} s, {plan_120_pages_mb:.0f} MB"),
    (
        "a 60-shot film after one shot changed",
        "segments encoded: {recut_segments_encoded}; cut again in {recut_one_shot_s:.1f} s, {recut_speedup:.0f} times "
        "faster than the first time",
    ),
    (
        "the example film's sound alone, voices and score included",
        "made {sound_realtime_factor:.1f} times as fast as it runs; with nothing changed, "
        "{sound_again_realtime_factor:.0f} times",
    ),
    (
        "the sound of a long film",
        "{sound_long_film_s:.0f} s, made {sound_long_realtime_factor:.1f} times as fast as it runs, with "
        "{sound_memory_long_over_short:.2f} times the memory of the example's",
    ),
    (
        "the examples' sound after AAC, at the worst",
        "{sound_loudness_error_lu:.2f} LU from −16 LUFS; true peak {sound_over_ceiling_db:+.1f} dB from the ceiling of "
        "−1.5 dBTP",
    ),
    (
        "memory of rendering and cutting, 600 shots against 60",
        "{render_memory_600_over_60:.2f} and {cut_memory_600_over_60:.2f} times",
    ),
    ("`workprint --help`", "{help_s:.2f} s"),
)
"""What is measured, and what is told of it by the names in the file."""


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
        f"{_millions(figures['autoencoder_parameters'])} parameters, steps {figures['steps']}, guidance "
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


def speeds(results: Figures) -> str:
    """How fast it is: a row for each of `SPEEDS` whose figures the file has."""
    lines = [
        f"Measured by `make bench` on {results['date']} ({results['machine']}, without a GPU; "
        "[bench/results.json](bench/results.json)):",
        "",
        "| | |",
        "|---|---|",
    ]
    for what, told in SPEEDS:
        with suppress(KeyError):
            lines.append(f"| {what} | {told.format_map(results)} |")
    return "\n".join(lines) + "\n"


def text(page: str, figures: Figures | None, results: Figures) -> str:
    """The page with what stands between the comments as it should be; what nothing is known of stays as it is."""
    if figures is not None:
        page = _between(page, "figures", f"{table(figures)}\n{sheets()}\n")
    return _between(page, "speeds", speeds(results))


def written() -> str:
    """The README as it should be by the files that there are."""
    figures, results = (json.loads(path.read_text("utf-8")) if path.exists() else None for path in (FIGURES, RESULTS))
    return text(PAGE.read_text("utf-8"), figures, results)


def _between(page: str, name: str, told: str) -> str:
    begin, end = f"<!-- {name}: written by docs/make_figures.py -->\n", f"<!-- end of {name} -->"
    head, rest = page.split(begin)
    return f"{head}{begin}{told}{end}{rest.split(end)[1]}"


def _millions(count: str | int | float) -> str:
    return f"{float(count) / 1e6:.1f} million"


def _number(value: str | int | float) -> str:
    return f"{value:,.4g}" if isinstance(value, float) and abs(value) < 1e4 else f"{float(value):,.0f}"


if __name__ == "__main__":
    PAGE.write_text(written(), "utf-8")
