"""A pretrained engine as a back end keeps the promises of `model.request.Backend`, by tiny weights read from disk."""

import pickle
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from model.backends.config import Adapter, EngineConfig, Source
from model.backends.load import digest_of
from model.backends.pretrained import Pretrained
from model.errors import PictureError
from model.request import Backend, ClipRequest, Picture
from tests.model.engines import tiny_wan
from tests.model.engines.planned import HEIGHT_PX, WIDTH_PX, known, short
from tests.model.engines.wan_calls import flat
from tests.model.images import tiny_images

SMALL = (("area_px", WIDTH_PX * HEIGHT_PX),)
pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")


@pytest.fixture(scope="module")
def weights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("weights")
    tiny_wan.saved(tiny_wan.wan_i2v_22, folder / "i2v")
    tiny_images.save_klein(folder / "klein")
    return folder


def backend(weights: Path, **more: object) -> Pretrained:
    config = EngineConfig(engine="wan-i2v", source=Source(str(weights / "i2v")), steps=1, guidance=1.0, options=SMALL)
    return Pretrained(replace(config, **more))  # type: ignore[arg-type]


def images(weights: Path) -> EngineConfig:
    return EngineConfig(
        engine="flux2-klein", source=Source(str(weights / "klein")), steps=1, options=(("area_px", 64 * 64),)
    )


def sheet(colour: tuple[int, int, int]) -> Picture:
    return Picture(kind="identity", of="ANNA", picture=flat(colour), source="cast/anna.png", view="front")


def test_it_says_what_it_is(weights: Path) -> None:
    plain: Backend = backend(weights)
    assert plain.name == "wan-i2v"
    assert plain.version.endswith(".1")
    assert plain.weights_digest == digest_of(backend(weights).config)
    assert dict(plain.settings)["steps"] == 1
    assert plain.reads == frozenset({"continues"})
    assert (plain.varies, plain.firmer, plain.words) == (True, (), "wan")
    assert plain.at_once >= 1
    assert plain.licence is not None
    assert not plain.licence.commercial, "nobody knows on which terms"
    guided = backend(weights, guidance=4.0)
    assert guided.firmer == (("guidance", 6.0),)


def test_all_that_changes_its_pictures_is_among_its_settings(weights: Path) -> None:
    lora = Adapter(file=Path("mara.safetensors"), of="MARA", trigger="mrawmn", strength=0.8)
    said = [
        backend(weights, **more).settings
        for more in (
            {},
            {"steps": 2},
            {"guidance": 3.0},
            {"variant": "distill"},
            {"begin_with": "drawing"},
            {"control": "none"},
            {"loras": (lora,)},
            {"loras": (replace(lora, strength=0.9),)},
            {"loras": (replace(lora, trigger="mara"),)},
            {"loras": (replace(lora, of=""),)},
            {"options": (*SMALL, ("flow_shift", 3.0))},
            {"options": (("area_px", 4096),)},
            {"images": images(weights)},
            {"images": replace(images(weights), steps=2)},
            {"profile": "cpu+cache"},
            {"profile": "cpu+int8"},
        )
    ]
    assert len(set(said)) == len(said)
    assert backend(weights, profile="cpu").settings == said[0], "how weights lie in memory is no part of a picture"
    assert backend(weights, images=images(weights)).reads == {"continues", "identity", "place", "state"}


def test_it_travels_to_workers_without_its_weights(weights: Path) -> None:
    made = backend(weights, images=images(weights))
    assert made.settings
    sent = pickle.dumps(backend(weights))
    assert len(sent) < 2000
    assert pickle.loads(sent) == backend(weights)  # noqa: S301
    assert pickle.loads(pickle.dumps(made)) == made  # noqa: S301


def test_pictures_of_people_become_a_first_frame_where_an_engine_takes_none(
    weights: Path, clip_request: ClipRequest
) -> None:
    wanted = short(clip_request, 6, pictures=(sheet((220, 30, 30)),))
    made = backend(weights, images=images(weights))
    frames = list(made.generate(wanted))
    assert [frame.shape for frame in frames] == [(HEIGHT_PX, WIDTH_PX, 3)] * 6
    assert made.heard(wanted) is None
    told = made.tells(wanted)
    assert "ANNA is to look as in cast/anna.png (front)." in told
    assert any("flux2-klein makes of it" in line for line in told)
    assert any("memory profile" in line for line in told), "what was found out when it was made"
    assert np.array_equal(frames, list(made.generate(wanted))), "a seed is one film"
    other = list(made.generate(replace(wanted, pictures=(sheet((30, 30, 220)),))))
    assert not np.array_equal(frames[1], other[1])


def test_what_cannot_be_met_is_told_before_weights_are_read(tmp_path: Path, clip_request: ClipRequest) -> None:
    nowhere = Pretrained(EngineConfig(engine="wan-i2v", source=Source(str(tmp_path / "none"))))
    with pytest.raises(PictureError, match="Fix: "):
        _ = nowhere.weights_digest
    with pytest.raises(PictureError, match="Fix: "):
        nowhere.tells(clip_request)


def test_a_frame_that_does_not_fit_is_an_error_before_the_first_frame(weights: Path, clip_request: ClipRequest) -> None:
    wrong = short(clip_request, 6, known=known((6, 9)))
    with pytest.raises(PictureError, match="outside the clip's 6 frames"):
        next(iter(backend(weights).generate(wrong)))


def test_naming_an_engine_and_planning_with_it_load_no_torch() -> None:
    code = (
        "import sys; from model.backends.pretrained import Pretrained; from model.backends.adapt import plan_clip; "
        "from model.backends.registry import ENGINES, engine_of; [engine_of(name) for name in ENGINES]; "
        "print(sorted({'torch', 'diffusers', 'transformers', 'scipy'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
