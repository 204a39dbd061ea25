"""The evaluation: the truth is perfect, stand-ins are not, and what is told of looks is what is measured of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import numpy as np
import pytest

from model.evaluation import tasks
from model.evaluation.cast import measured_cast
from model.evaluation.frames import Values, measured_frames
from model.evaluation.measures import psnr_db
from model.evaluation.report import Findings, evaluate
from model.evaluation.sentences import NAMED, measured_sentences
from model.evaluation.sets import SHOWS, Scale, cast_looks, cast_shots, drawn, shots_of
from model.evaluation.sheet import COLUMNS, sheet
from model.request import ClipRequest, Frame
from model.sampler.words import COLOURS
from model.theatre.stand_ins import with_stand_ins

TINY = Scale(
    clips=2, clips_of_other_styles=1, members=3, shots_each=1, seeds=1, clips_of_task=1, width_px=192, height_px=108
)
SOME_TASKS = {name: tasks.TASKS[name] for name in ("animate", "connect", "outpaint", "background")}


def silent(what: str, done: int, of: int) -> None: ...


@dataclass
class Theatre:
    """Pictures the truth; without what tells looks, the stand-ins. What is given is put back."""

    asked: list[ClipRequest] = field(default_factory=list)

    def generate(self, request: ClipRequest) -> Iterator[Frame]:
        self.asked.append(request)
        stage = with_stand_ins(request.stage, "suits") if request.without >= SHOWS else request.stage
        frames = drawn(stage, request)
        for known in request.known:
            keep = True if known.keep is None else known.keep[..., None]
            frames[known.index] = np.where(keep, known.picture, frames[known.index])
        yield from frames


class Noise:
    """Pictures noise."""

    def generate(self, request: ClipRequest) -> Iterator[Frame]:
        rng = np.random.default_rng(request.seed)
        for _ in range(request.frame_count):
            yield rng.integers(0, 256, (request.height_px, request.width_px, 3), dtype=np.uint8)


class Reader:
    """Pictures nothing but words: a garment before a wall, darker by night, green among trees, grey in ink."""

    def generate(self, request: ClipRequest) -> Iterator[Frame]:
        words = request.text.lower()
        assert request.guide == "none" and request.without == {"facts", "palettes", "boxes", "sheets"}
        picture = np.full((request.height_px, request.width_px, 3), 150, dtype=np.float32)
        if any(place in words for place in ("forest", "park", "field")):
            picture += (-20, 20, -20)
        colour = next(one.rgb for one in COLOURS if f"a {one.words.en} coat" in words)
        picture[30:60, 80:110] = colour
        if "black ink" in words:
            picture[:] = picture.mean(axis=-1, keepdims=True)
        for _ in range(request.frame_count):
            yield (picture * (0.4 if "at night" in words else 1.0)).astype(np.uint8)


@pytest.fixture(scope="module")
def theatre() -> Theatre:
    return Theatre()


@pytest.fixture(scope="module")
def of_truth(theatre: Theatre) -> Findings:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tasks, "TASKS", SOME_TASKS)
        return evaluate(theatre, lambda clip, guide: clip if guide is None else guide, TINY, silent)


def test_the_truth_measures_perfectly(of_truth: Findings) -> None:
    figures = of_truth.figures
    for name in ("autoencoder_psnr_db", "frame_psnr_db", "frame_psnr_people_db", "kept_region_psnr_db"):
        assert figures[name] == 100.0, name
    for name in ("frame_ssim", "identity_top1", "key_side_accuracy", "colour_temperature_within_600k"):
        assert figures[name] == pytest.approx(1.0), name
    for name in (
        "wardrobe_delta_e_median", "hair_delta_e_median", "flicker_levels", "motion_error_px", "seam_error_levels",
        "seam_error_levels_in_time",
    ):  # fmt: skip
        assert figures[name] == 0.0, name


def test_stand_ins_do_not(of_truth: Findings) -> None:
    figures = of_truth.figures
    shots = shots_of(TINY, "flat", TINY.clips)
    in_suits = [drawn(with_stand_ins(one.request.stage, "suits"), one.request) for one in shots]
    expected = np.mean([psnr_db(made, one.truth()) for made, one in zip(in_suits, shots, strict=True)])
    suits, colours = figures["frame_psnr_without_references_db"], figures["guide_psnr_db"]
    assert suits == pytest.approx(expected)
    assert suits + 2 < colours < 60, "what the guide shows is in the cast's colours"
    assert figures["guide_psnr_people_db"] < colours
    assert figures["wardrobe_delta_e_median_without_references"] > 15
    assert figures["identity_top1_without_references"] < 0.6
    assert figures["motion_error_px_of_a_still"] > 1


def test_the_plain_autoencoder_is_not_mistaken_for_the_guided_one(of_truth: Findings) -> None:
    assert of_truth.figures["autoencoder_guided_psnr_db"] < 60 < of_truth.figures["autoencoder_psnr_db"]


def test_anothers_references_make_another(of_truth: Findings) -> None:
    assert of_truth.figures["wardrobe_delta_e_median_with_anothers"] > 8
    assert of_truth.figures["identity_top1_with_anothers"] == 0


def test_noise_is_bad_in_every_way() -> None:
    light: Values = defaultdict(list)
    bare = replace(TINY, clips=1, clips_of_other_styles=0, members=1)
    figures = measured_frames(Noise(), bare, light, silent)[0] | measured_cast(Noise(), bare, light, silent)[0]
    assert figures["frame_psnr_db"] < 12
    assert figures["frame_ssim"] < 0.1
    assert figures["wardrobe_delta_e_median"] > 20
    assert figures["flicker_levels"] > 50


def test_only_held_out_stages_are_asked_for_and_never_the_same_for_two_measures(
    theatre: Theatre, of_truth: Findings
) -> None:
    from model.sampler.split import held_out

    stages = {request.seed: request.stage for request in theatre.asked}
    assert len(stages) > 10
    assert all(held_out("place", stage.place.seed) for stage in stages.values())


def test_words_that_are_heard_are_told_from_words_that_are_not() -> None:
    assert set(measured_sentences(Reader(), TINY, silent).values()) == {1.0}
    deaf = measured_sentences(Theatre(), TINY, silent)
    assert deaf["text_only_hour_accuracy"] == 0 and deaf["text_only_colour_accuracy"] <= 1 / len(NAMED)


def test_what_is_given_must_be_kept_and_must_not_show(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks, "TASKS", SOME_TASKS)

    class Careless(Theatre):
        """Puts nothing back, and leaves a mark along the edge of what was given."""

        def generate(self, request: ClipRequest) -> Iterator[Frame]:
            for index, frame in enumerate(super().generate(request)):
                marked = frame.copy()
                for known in request.known:
                    if known.index == index and known.keep is not None:
                        marked[~known.keep] = np.minimum(marked[~known.keep], 225) + 30
                    elif known.index == index:
                        marked = np.minimum(marked, 235) + 20
                yield marked

    figures, rows = tasks.measured_tasks(Careless(), TINY, silent)
    for task in ("animate", "connect"):
        assert figures[f"kept_region_psnr_{task}_db"] < 25
        assert figures[f"made_region_psnr_{task}_db"] == 100
    assert figures["seam_error_levels"] > 15
    assert figures["seam_error_levels_in_time"] > 10
    assert [row.name for row in rows] == list(SOME_TASKS)


def test_a_film_shows_each_of_its_cast_in_several_shots() -> None:
    shots = cast_shots(replace(TINY, shots_each=2))
    assert [shot.member for shot in shots] == [0, 1, 2] * 2
    looks = cast_looks()
    assert len(set(looks)) == 20
    for shot in shots:
        assert shot.request.stage.figures[0].look.top_colour == looks[shot.member].top_colour
        assert shot.anothers.stage.figures[0].look.height_m == shot.request.stage.figures[0].look.height_m
        assert not any(colour.words.en in shot.request.text.split() for colour in COLOURS)
    assert len({shot.request.stage.light.hour for shot in shots}) > 2


def test_without_references_no_word_tells_looks() -> None:
    for shot in shots_of(TINY, "flat", 3):
        assert shot.bare.without == SHOWS
        assert len(shot.bare.text) < len(shot.request.text)
        assert shot.bare.stage == shot.request.stage


def test_the_sheet_has_every_picture_in_its_place_whole(of_truth: Findings) -> None:
    whole = np.asarray(sheet(of_truth.frames, COLUMNS))
    first = of_truth.frames[0].pictures[0]
    row, column = next((y, x) for y in range(80) for x in range(2) if (whole[y : y + 108, x : x + 192] == first).all())
    assert (row, column) == (56, 0)
    assert whole.shape[1] == 4 * 192 + 3 * 6
