"""Cars, trains, aircraft, boats and bicycles: engines by their firing order, passes by the Doppler effect."""

from __future__ import annotations

import numpy as np

from audio.foley.elements import (
    BAR,
    BELL,
    BOX,
    PLATE,
    Ask,
    Sound,
    Wide,
    envelope,
    evened,
    glide,
    grains,
    noise,
    passing,
    peaked,
    resonant,
    saw,
    sequence,
    stick_slip,
    struck,
    times,
    wander,
)

__all__ = ["SOUNDS", "motor", "pass_by"]


def motor(ask: Ask, turns_hz: Wide, *, load: float = 0.5, cylinders: int = 4) -> Wide:
    """A combustion engine at `turns_hz` of its shaft: one pulse per firing, unequal, through its exhaust."""
    rng, rate_hz = ask.rng, ask.rate_hz
    shaken = turns_hz * (1 + 0.006 * rng.standard_normal(len(turns_hz)).cumsum() / np.sqrt(len(turns_hz)))
    phase = np.cumsum(shaken * cylinders / 2) / rate_hz  # a four-stroke fires each cylinder every other turn
    number = np.floor(phase).astype(int)
    strength = rng.uniform(0.72, 1.0, number[-1] + 2)
    strength *= np.tile(rng.uniform(0.8, 1.15, cylinders), len(strength) // cylinders + 1)[: len(strength)]
    part = phase - number
    pulse = strength[number] * np.exp(-part * (9 - 5 * load))
    exhaust = resonant(pulse - pulse.mean(), rate_hz, [(85, 1.0, 1.6), (170, 0.7, 2.5), (310, 0.5, 3), (620, 0.25, 3)])
    valves = noise(rng, len(turns_hz) / rate_hz, rate_hz, 700, 4500, 1)[: len(turns_hz)] * pulse
    made: Wide = np.tanh((1.0 + load) * evened(exhaust) * 0.6) + (0.06 + 0.12 * load) * valves
    return made


def pass_by(ask: Ask, length_s: float, *, speed_mps: float, near_m: float, turns_hz: float, heavy: float = 0.0) -> Wide:
    """A vehicle from one side to the other: tyres on the road and an engine, bent by the Doppler effect."""
    rng, rate_hz = ask.rng, ask.rate_hz
    spare_s = np.hypot(near_m, speed_mps * length_s / 2) / 343.0 + 0.1
    whole_s = length_s + spare_s
    tyres = noise(rng, whole_s, rate_hz, 500, 2200, 1) + 0.8 * noise(rng, whole_s, rate_hz, 60, 320, 1)
    engine = motor(
        ask, np.full(round(whole_s * rate_hz), turns_hz), load=0.4 + 0.4 * heavy, cylinders=6 if heavy else 4
    )
    source = tyres * (0.8 - 0.3 * heavy) + engine[: len(tyres)] * (0.35 + 0.9 * heavy)
    heard = passing(source, rate_hz, speed_mps, near_m, length_s / 2, length_s)
    return heard * envelope(length_s, rate_hz, ((0, 0), (0.18, 1), (0.82, 1), (1, 0)))


def _car_pass(ask: Ask) -> Wide:
    rng = ask.rng
    length_s = max(2.0, ask.duration_s)
    return pass_by(ask, length_s, speed_mps=rng.uniform(13, 19), near_m=rng.uniform(4, 6), turns_hz=rng.uniform(32, 44))


def _truck_pass(ask: Ask) -> Wide:
    rng = ask.rng
    length_s = max(3.0, ask.duration_s)
    return pass_by(ask, length_s, speed_mps=rng.uniform(10, 14), near_m=5.0, turns_hz=rng.uniform(19, 25), heavy=1.0)


def _motorbike(ask: Ask) -> Wide:
    length_s = max(2.0, ask.duration_s)
    whole = round((length_s + 0.5) * ask.rate_hz)
    revs = np.linspace(58, 74, whole) * ask.rng.uniform(0.9, 1.1)
    source = motor(ask, revs, load=0.9, cylinders=2)
    heard = passing(source, ask.rate_hz, 22.0, 5.0, length_s / 2, length_s)
    return heard * envelope(length_s, ask.rate_hz, ((0, 0), (0.15, 1), (0.85, 1), (1, 0)))


def _engine(ask: Ask) -> Wide:
    length_s = max(1.0, ask.duration_s)
    revs = envelope(length_s, ask.rate_hz, ((0, 14), (0.2, 16), (0.38, 58), (0.5, 62), (0.8, 22), (1, 15)))
    return motor(ask, revs, load=0.7) * envelope(
        length_s, ask.rate_hz, ((0, 0), (0.05, 0.7), (0.4, 1), (0.85, 0.6), (1, 0))
    )


def _idle(ask: Ask) -> Wide:
    length_s = max(1.0, ask.duration_s)
    revs = 13.5 * (1 + 0.02 * wander(ask.rng, length_s, ask.rate_hz, 2))
    return motor(ask, revs, load=0.3) * envelope(length_s, ask.rate_hz, ((0, 0), (0.1, 1), (0.9, 1), (1, 0)))


def _start(ask: Ask) -> Wide:
    """The starter cranks, the engine catches, flares and settles."""
    rng, rate_hz = ask.rng, ask.rate_hz
    crank_s, run_s = rng.uniform(0.6, 0.9), max(1.2, ask.duration_s - 0.7)
    time = times(crank_s, rate_hz)
    labour = 0.65 + 0.35 * np.sin(2 * np.pi * rng.uniform(7.5, 9) * time)  # each compression slows it
    whine = saw(310 * (0.75 + 0.25 * labour), rate_hz)
    crank = resonant(whine, rate_hz, [(320, 1, 2), (950, 0.8, 3), (1900, 0.4, 3)]) * labour
    solenoid = struck(rng, rate_hz, BOX, 480, 0.0004, 0.8, 0.4)
    revs = envelope(run_s, rate_hz, ((0, 8), (0.08, 42), (0.25, 30), (0.6, 15), (1, 14)))
    run = motor(ask, revs, load=0.6) * envelope(run_s, rate_hz, ((0, 0.4), (0.08, 1.0), (0.5, 0.6), (0.9, 0.5), (1, 0)))
    return sequence(rate_hz, [(0.0, peaked(solenoid) * 0.5), (0.05, evened(crank) * 0.3), (crank_s, run)])


def _screech(ask: Ask) -> Wide:
    """Rubber that sticks and slips at a few hundred to a thousand times a second, over two or three modes."""
    rng, rate_hz = ask.rng, ask.rate_hz
    length_s = max(0.6, ask.duration_s)
    hz = rng.uniform(780, 980) * envelope(length_s, rate_hz, ((0, 0.92), (0.15, 1.05), (0.8, 0.92), (1, 0.75)))
    hz *= 1 + 0.02 * wander(rng, length_s, rate_hz, 22) + 0.01 * noise(rng, length_s, rate_hz, 20, 200)
    squeal = saw(hz, rate_hz) + 0.7 * saw(hz * 1.34, rate_hz)
    squeal = resonant(squeal, rate_hz, [(900, 1, 2), (1850, 0.9, 3), (3200, 0.6, 3)])
    rubber = noise(rng, length_s, rate_hz, 500, 4500, 1) * 0.35
    return (evened(squeal) + rubber) * envelope(length_s, rate_hz, ((0, 0), (0.06, 1), (0.7, 0.8), (1, 0)))


def _crash(ask: Ask) -> Wide:
    rng, rate_hz = ask.rng, ask.rate_hz
    time = times(2.2, rate_hz)
    crush = noise(rng, 2.2, rate_hz, 120, 5000, 1) * np.exp(-time / 0.13)
    sheet = struck(rng, rate_hz, PLATE, 96, 0.0012, 0.6, 0.9)
    panel = struck(rng, rate_hz, PLATE, 210, 0.0006, 0.5, 0.8)
    glass = grains(rng, rate_hz, 240 * np.exp(-time / 0.35) * (time > 0.04), 2600, 10_000, 0.006, uneven=1.0, kinds=20)
    parts = grains(rng, rate_hz, 22 * np.exp(-time / 0.6) * (time > 0.2), 500, 2600, 0.03, uneven=0.8, kinds=14)
    return sequence(
        rate_hz,
        [
            (0.0, crush + 0.1 * glass + 0.16 * parts),
            (0.0, peaked(sheet) * 1.6),
            (0.03, peaked(panel)),
        ],
    )


def _horn(ask: Ask) -> Wide:
    """Two discs a third apart: bright, hard, at once."""
    rng, rate_hz = ask.rng, ask.rate_hz
    tune = rng.uniform(0.94, 1.06)
    length_s = rng.uniform(0.5, 0.75)

    def blow(seconds: float) -> Wide:
        time = times(seconds, rate_hz)
        rise = 1 - 0.03 * np.exp(-time / 0.02)
        discs = saw(np.full_like(time, 408.0 * tune) * rise, rate_hz) + saw(
            np.full_like(time, 512.0 * tune) * rise, rate_hz
        )
        horn = resonant(
            np.tanh(1.5 * discs), rate_hz, [(420, 0.7, 1.5), (1300, 0.9, 2), (2400, 1, 2.5), (3600, 0.6, 3)]
        )
        made: Wide = horn * np.clip(np.minimum(time / 0.012, (seconds - time) / 0.035), 0, 1)
        return made

    if rng.random() < 0.5:
        return blow(length_s)
    return sequence(rate_hz, [(0.0, blow(0.16)), (0.27, blow(length_s))])


def _car_door(ask: Ask) -> Wide:
    rng, rate_hz = ask.rng, ask.rate_hz
    thump = struck(rng, rate_hz, BOX, rng.uniform(82, 98), 0.003, 0.35, 1.1)
    skin = struck(rng, rate_hz, PLATE, rng.uniform(270, 330), 0.0015, 0.2, 0.13)
    lock = struck(rng, rate_hz, BAR, rng.uniform(1300, 1600), 0.0002, 0.4, 0.05)
    top = np.abs(thump).max()
    return sequence(
        rate_hz,
        [(0.0, thump), (0.0, peaked(skin) * top * 0.35), (0.028, peaked(lock) * top * 0.3)],
    )


def _siren(ask: Ask) -> Wide:
    rng, rate_hz = ask.rng, ask.rate_hz
    length_s = max(1.5, ask.duration_s)
    time = times(length_s, rate_hz)
    turn = (time / rng.uniform(3.0, 3.6) + rng.uniform(0, 0.4)) % 1.0
    rise = np.where(turn < 0.4, np.sin(np.pi * turn / 0.8), np.cos(np.pi * (turn - 0.4) / 1.2))
    wail = saw(620 + 700 * rise, rate_hz)
    horn = resonant(wail, rate_hz, [(800, 1, 1.5), (1700, 0.8, 2.5), (2800, 0.5, 3)])
    return horn * envelope(length_s, rate_hz, ((0, 0), (0.15, 1), (0.85, 1), (1, 0)))


def _axles(ask: Ask, length_s: float, gap_s: float) -> Wide:
    rng, rate_hz = ask.rng, ask.rate_hz
    parts, at_s = [], 0.05
    while at_s < length_s - 0.5:
        for bogie_s in (0.0, 0.12, gap_s * 0.42, gap_s * 0.42 + 0.12):
            rail = struck(rng, rate_hz, PLATE, rng.uniform(170, 200), 0.001, 0.7, 0.14)
            parts.append((at_s + bogie_s, rail * rng.uniform(0.7, 1.0)))
        at_s += gap_s * rng.uniform(0.98, 1.02)
    out = sequence(rate_hz, parts)
    return np.pad(out, (0, max(0, round(length_s * rate_hz) - len(out))))[: round(length_s * rate_hz)]


def _train_pass(ask: Ask) -> Wide:
    rng, rate_hz = ask.rng, ask.rate_hz
    length_s = max(3.0, ask.duration_s)
    roar = noise(rng, length_s, rate_hz, 45, 420, 1) + 0.3 * noise(rng, length_s, rate_hz, 700, 4200, 1)
    squeal = resonant(noise(rng, length_s, rate_hz, 1500, 5000), rate_hz, [(2350, 1, 60), (3150, 0.6, 70)])
    squeal *= np.clip(wander(rng, length_s, rate_hz, 1.2), 0, 1)
    near = envelope(length_s, rate_hz, ((0, 0), (0.12, 0.12), (0.28, 1), (0.72, 1), (0.88, 0.15), (1, 0)))
    wheels = _axles(ask, length_s, rng.uniform(0.62, 0.78))
    mixed = evened(roar) * 0.5 + peaked(wheels) * 2.2 + 0.1 * evened(squeal)
    return mixed[: len(near)] * near


def _train_horn(ask: Ask) -> Wide:
    rng, rate_hz = ask.rng, ask.rate_hz
    length_s = max(1.2, min(4.0, ask.duration_s))
    swell = envelope(length_s, rate_hz, ((0, 0), (0.08, 1), (0.85, 1), (1, 0)))
    pitch = envelope(length_s, rate_hz, ((0, 0.97), (0.08, 1), (0.9, 1), (1, 0.96))) * rng.uniform(0.95, 1.05)
    chord = sum((saw(hz * pitch, rate_hz) for hz in (311.1, 370.0, 415.3, 493.9, 622.3)), np.zeros_like(pitch))
    return resonant(np.tanh(0.6 * chord), rate_hz, [(380, 1, 1), (900, 0.7, 2), (1800, 0.4, 2)]) * swell


def _brakes(ask: Ask) -> Wide:
    """Air and iron: a train or a bus comes to a stand."""
    rng, rate_hz = ask.rng, ask.rate_hz
    length_s = max(1.5, ask.duration_s)
    hz = rng.uniform(2100, 2600) * envelope(length_s, rate_hz, ((0, 1.03), (0.8, 0.97), (1, 0.85)))
    squeal = glide(hz, rate_hz) + 0.4 * glide(hz * 1.52, rate_hz) + 0.15 * noise(rng, length_s, rate_hz, 1500, 5000)
    swell = envelope(length_s, rate_hz, ((0, 0), (0.3, 0.6), (0.8, 1), (0.86, 0), (1, 0)))
    hiss_s = 0.6
    hiss = noise(rng, hiss_s, rate_hz, 1800, 11_000, 1) * np.exp(-times(hiss_s, rate_hz) / 0.18)
    return sequence(
        rate_hz,
        [(0.0, squeal * swell * (0.8 + 0.2 * wander(rng, length_s, rate_hz, 20))), (length_s * 0.87, hiss * 0.7)],
    )


def _bicycle(ask: Ask) -> Wide:
    """A free wheel ticks, slower and slower; a chain; the tyre on the road."""
    rng, rate_hz = ask.rng, ask.rate_hz
    length_s = max(1.0, ask.duration_s)
    ticks = stick_slip(rng, rate_hz, envelope(length_s, rate_hz, ((0, 30), (0.3, 26), (1, 13))), chance=0.03)
    pawl = resonant(ticks, rate_hz, [(2600, 1, 9), (4100, 0.8, 10), (6300, 0.5, 9)])
    tyre = noise(rng, length_s, rate_hz, 400, 3000, 1) * envelope(length_s, rate_hz, ((0, 0), (0.2, 1), (1, 0.2)))
    return peaked(pawl) + 0.07 * tyre * envelope(length_s, rate_hz, ((0, 1), (0.95, 1), (1, 0)))


def _bicycle_bell(ask: Ask) -> Wide:
    rng, rate_hz = ask.rng, ask.rate_hz
    hz = rng.uniform(2050, 2450)
    strokes = [(0.0, 1.0), (0.09, 0.7), (0.28, 0.95), (0.37, 0.65)]
    return sequence(
        rate_hz, [(at, struck(rng, rate_hz, BELL, hz, 0.00007, 0.15, 0.3) * level) for at, level in strokes]
    )


def _plane(ask: Ask) -> Wide:
    rng, rate_hz = ask.rng, ask.rate_hz
    length_s = max(4.0, ask.duration_s)
    whole_s = length_s + 2.0
    roar = noise(rng, whole_s, rate_hz, 60, 900, 1) + 0.3 * noise(rng, whole_s, rate_hz, 900, 4000, 1)
    whine = glide(np.full(len(roar), rng.uniform(1700, 2200)), rate_hz) * 0.2
    heard = passing(roar + whine, rate_hz, 90.0, 140.0, length_s * 0.45, length_s)
    return heard * envelope(length_s, rate_hz, ((0, 0), (0.3, 0.7), (0.5, 1), (0.8, 0.6), (1, 0)))


def _helicopter(ask: Ask) -> Wide:
    rng, rate_hz = ask.rng, ask.rate_hz
    length_s = max(2.0, ask.duration_s)
    time = times(length_s, rate_hz)
    phase = np.cumsum(np.full(len(time), rng.uniform(10.5, 12.5))) / rate_hz % 1.0
    chop = np.exp(-phase * 7)
    blades = noise(rng, length_s, rate_hz, 45, 420, 1) * chop * 1.6 + np.diff(chop, prepend=chop[0]) * -4
    blades += noise(rng, length_s, rate_hz, 500, 3000, 1) * chop * 0.3
    turbine = 0.08 * glide(np.full(len(time), rng.uniform(2600, 3200)), rate_hz) + 0.1 * noise(
        rng, length_s, rate_hz, 800, 5000, 1
    )
    made: Wide = (blades + turbine) * envelope(length_s, rate_hz, ((0, 0), (0.25, 1), (0.8, 1), (1, 0)))
    return made


def _boat(ask: Ask) -> Wide:
    """A ship's horn."""
    rng, rate_hz = ask.rng, ask.rate_hz
    length_s = max(2.0, min(6.0, ask.duration_s))
    hz = rng.uniform(84, 104) * envelope(length_s, rate_hz, ((0, 0.93), (0.06, 1), (0.93, 1), (1, 0.94)))
    low = resonant(np.tanh(2 * saw(hz, rate_hz)), rate_hz, [(110, 1, 1), (330, 1, 2), (640, 0.5, 2)])
    return low * envelope(length_s, rate_hz, ((0, 0), (0.08, 1), (0.88, 1), (1, 0)))


SOUNDS: dict[str, Sound] = {
    "bicycle": Sound(_bicycle, -19.0, 2.0, True),
    "bicycle bell": Sound(_bicycle_bell, -14.0, 1.2),
    "brakes": Sound(_brakes, -12.0, 2.4, True),
    "car crash": Sound(_crash, 0.0, 2.2),
    "car door": Sound(_car_door, -7.0, 0.4),
    "car horn": Sound(_horn, -8.0, 0.8),
    "car pass": Sound(_car_pass, -10.0, 5.0, True),
    "car start": Sound(_start, -11.0, 2.6, True),
    "engine": Sound(_engine, -12.0, 3.0, True),
    "engine idle": Sound(_idle, -16.0, 3.0, True),
    "helicopter": Sound(_helicopter, -9.0, 5.0, True),
    "motorbike": Sound(_motorbike, -9.0, 4.0, True),
    "plane": Sound(_plane, -11.0, 8.0, True),
    "ship horn": Sound(_boat, -8.0, 3.5, True),
    "siren": Sound(_siren, -16.0, 5.0, True),
    "train horn": Sound(_train_horn, -8.0, 2.2, True),
    "train pass": Sound(_train_pass, -8.0, 6.0, True),
    "truck pass": Sound(_truck_pass, -8.0, 6.0, True),
    "tyres screech": Sound(_screech, -12.0, 1.3, True),
}
