import { expect } from "expect";
import { randomStream } from "../random/mod.ts";
import { framePosteriors } from "./heart_cycles/frame_network.ts";
import { FRAME_WIDTH, heartFrames } from "./heart_cycles/heart_frames.ts";
import { type HeartCycles, segmentHeartCycles } from "./mod.ts";

const sampleRate = 2000;

/** From S1 to S2 in a cycle, s: longer in slow hearts, as its root (Bazett), and at most half of a fast one. */
const systole = (cycle: number) => Math.min(0.15 + 0.2 * cycle, 0.33 * Math.sqrt(cycle), 0.48 * cycle);

/** S1 of 0.1 s around 50 Hz at each beat, S2 of 0.08 s around 70 Hz a systole later, over faint noise. */
function heartSound(
  { cycle, seconds, irregular = 0 }: { cycle: number; seconds: number; irregular?: number },
): Float32Array {
  const stream = randomStream(1, "heart"), scale = Math.min(1, cycle / 0.4);
  const sound = Float32Array.from({ length: seconds * sampleRate }, () => 0.002 * stream.normal());
  const burst = (at: number, { hz, length }: { hz: number; length: number }) => {
    const first = Math.round(at * sampleRate), n = Math.round(length * sampleRate);
    for (let i = 0; i < n && first + i < sound.length; i++) {
      sound[first + i] += Math.sin(Math.PI * i / n) ** 2 * Math.sin(2 * Math.PI * hz * i / sampleRate);
    }
  };
  for (let beat = 0.2; beat < seconds; beat += cycle * (1 + stream.uniform(-irregular, irregular))) {
    burst(beat, { hz: 50, length: 0.1 * scale });
    burst(beat + systole(cycle), { hz: 70, length: 0.08 * scale });
  }
  return sound;
}

const onsets = ({ states }: HeartCycles, sound: string) =>
  states.filter(({ state }) => state === sound).map(({ start }) => start);

for (const cycle of [0.45, 0.6, 0.8, 1]) {
  Deno.test(`segmentHeartCycles() finds S1 and S2 at ${Math.round(60 / cycle)} beats a minute`, () => {
    const heard = segmentHeartCycles(heartSound({ cycle, seconds: 12 }), { sampleRate });
    for (const [name, offset] of [["S1", 0.2], ["S2", 0.2 + systole(cycle)]] as const) {
      const found = onsets(heard, name);
      // The beats that lie whole inside the recording, to the 100 ms of the literature.
      for (let onset = offset; onset < 11; onset += cycle) {
        expect(Math.min(...found.map((start) => Math.abs(start - onset)))).toBeLessThan(0.1);
      }
      expect(Math.abs(found.length - 12 / cycle)).toBeLessThan(2);
    }
    expect(Math.abs(heard.heartRate! - 60 / cycle)).toBeLessThan(2);
    expect(Math.abs(heard.systolicInterval! - systole(cycle))).toBeLessThan(0.05);
    expect([heard.murmur, heard.reason]).toEqual([null, null]);
  });
}

Deno.test("segmentHeartCycles() covers the recording in the heart's order", () => {
  const sound = heartSound({ cycle: 0.7, seconds: 5 }).subarray(0, 9877);
  const { states } = segmentHeartCycles(sound, { sampleRate });
  const order = ["S1", "systole", "S2", "diastole"];
  expect(states[0].start).toBe(0);
  expect(states.at(-1)!.end).toBe(9877 / sampleRate);
  for (let i = 1; i < states.length; i++) {
    expect(states[i].start).toBe(states[i - 1].end);
    expect(order.indexOf(states[i].state)).toBe((order.indexOf(states[i - 1].state) + 1) % 4);
  }
});

Deno.test("segmentHeartCycles() hears the same with the poles swapped, at half the level and at 1 kHz", () => {
  const sound = heartSound({ cycle: 0.45, seconds: 8 });
  const { heartRate, states } = segmentHeartCycles(sound, { sampleRate });
  expect(segmentHeartCycles(sound.map((x) => -x / 2), { sampleRate }).states).toEqual(states);
  const slower = segmentHeartCycles(sound.filter((_, i) => i % 2 === 0), { sampleRate: 1000 });
  expect(Math.abs(slower.heartRate! - heartRate!)).toBeLessThan(1);
});

for (const rate of [30, 40, 180, 220, 250]) {
  Deno.test(`segmentHeartCycles() counts a heart of ${rate} a minute`, () => {
    const { heartRate, reason } = segmentHeartCycles(heartSound({ cycle: 60 / rate, seconds: 15 }), { sampleRate });
    expect(reason).toBeNull();
    expect(Math.abs(heartRate! - rate)).toBeLessThan(0.02 * rate);
  });
}

Deno.test("segmentHeartCycles() counts a child's heart of 180 at 1 kHz, and two seconds of one of 120", () => {
  const fast = heartSound({ cycle: 1 / 3, seconds: 12 }).filter((_, i) => i % 2 === 0);
  expect(Math.abs(segmentHeartCycles(fast, { sampleRate: 1000 }).heartRate! - 180)).toBeLessThan(4);
  const { heartRate, reason } = segmentHeartCycles(heartSound({ cycle: 0.5, seconds: 2 }), { sampleRate });
  expect(heartRate === null ? reason : Math.abs(heartRate - 120) < 12).toBeTruthy(); // right, or refused
});

Deno.test("segmentHeartCycles() counts an irregular heart by its mean", () => {
  const sound = heartSound({ cycle: 0.8, seconds: 20, irregular: 0.25 });
  const { heartRate, states } = segmentHeartCycles(sound, { sampleRate });
  const cycles = states.filter(({ state, start }) => state === "S1" && start > 0).map(({ start }) => start);
  expect(Math.abs(heartRate! - 75)).toBeLessThan(6);
  expect(Math.abs(cycles.length - 25)).toBeLessThan(3);
});

Deno.test("segmentHeartCycles() gives no one rate where a heart changes from 60 to 110 a minute", () => {
  const sound = new Float32Array(30 * sampleRate);
  sound.set(heartSound({ cycle: 1, seconds: 15 }));
  sound.set(heartSound({ cycle: 60 / 110, seconds: 15 }), 15 * sampleRate);
  const { heartRate, reason } = segmentHeartCycles(sound, { sampleRate });
  expect(heartRate).toBeNull();
  expect(reason).toMatch(/from about (59|60|61) to about 1(09|10|11) beats/);
});

Deno.test("segmentHeartCycles() keeps its count through a fade in the middle", () => {
  const sound = heartSound({ cycle: 0.8, seconds: 16 });
  const faded = sound.map((x, i) => x * Math.min(1, 0.05 + Math.abs(i / sampleRate - 8) / 2));
  expect(Math.abs(segmentHeartCycles(faded, { sampleRate }).heartRate! - 75)).toBeLessThan(3);
});

const noises: Record<string, (i: number) => number> = {
  silence: () => 0,
  "white noise": () => 0.1 * randoms.normal(),
  "a tone": (i) => Math.sin(i / 10),
  "noise that swells each second": (i) => randoms.normal() * (1 + Math.sin(2 * Math.PI * i / sampleRate)),
  "a metronome of 80": (i) => (i % 1500 < 20 ? Math.sin(i) : 0) + 0.001 * randoms.normal(),
  "breathing": (i) => 0.1 * randoms.normal() * (1 + Math.sin(2 * Math.PI * i / (3 * sampleRate))),
};
const randoms = randomStream(2, "noise");

for (const [name, noise] of Object.entries(noises)) {
  Deno.test(`segmentHeartCycles() makes up no heart rate of ${name}`, () => {
    for (const seconds of [2, 10]) {
      const sound = Float32Array.from({ length: seconds * sampleRate }, (_, i) => noise(i));
      const { heartRate, systolicInterval, murmur, reason } = segmentHeartCycles(sound, { sampleRate });
      expect([heartRate, systolicInterval, murmur]).toEqual([null, null, null]);
      expect(reason).toMatch(/no heart sounds|fewer than two/);
    }
  });
}

Deno.test("segmentHeartCycles() says of fragments and low rates what is wrong, and refuses NaN", () => {
  const short = segmentHeartCycles(new Float32Array(2000), { sampleRate });
  expect([short.heartRate, short.states]).toEqual([null, []]);
  expect(short.reason).toMatch(/1\.00 s, too short/);
  expect(segmentHeartCycles(new Float32Array(2000), { sampleRate: 500 }).reason).toMatch(/500 Hz is too low/);
  expect(() => segmentHeartCycles(Float32Array.of(NaN), { sampleRate })).toThrow(/NaN at sample 0/);
});

Deno.test("heartFrames() have mean 0 and deviation 1, whatever the level", () => {
  const sound = heartSound({ cycle: 0.7, seconds: 6 });
  const frames = heartFrames(sound, { sampleRate }), louder = heartFrames(sound.map((x) => 3 * x), { sampleRate });
  expect(frames.length).toBe(300 * FRAME_WIDTH);
  for (let column = 0; column < FRAME_WIDTH; column++) {
    const values = [...frames].filter((_, i) => i % FRAME_WIDTH === column);
    const mean = values.reduce((sum, x) => sum + x, 0) / 300;
    expect(mean).toBeCloseTo(0, 4);
    expect(values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / 300).toBeCloseTo(1, 3);
  }
  frames.forEach((value, i) => expect(louder[i]).toBeCloseTo(value, 3));
});

Deno.test("framePosteriors() is the softmax of the layers, worked by hand", () => {
  // One layer that passes on the frame's own first number to S1, twice that to S2.
  const weights = new Float64Array(31 * FRAME_WIDTH * 5), own = 15 * FRAME_WIDTH * 5;
  weights[own] = 1;
  weights[own + 2] = 2;
  const frames = new Float32Array(3 * FRAME_WIDTH);
  frames[FRAME_WIDTH] = Math.log(3);
  const posteriors = framePosteriors(frames, [{ weights, bias: new Float64Array(5) }]);
  [3, 1, 9, 1, 1].forEach((odds, s) => expect(posteriors[5 + s]).toBeCloseTo(odds / 15, 6));
  expect([...posteriors.subarray(0, 5)].every((p) => Math.abs(p - 0.2) < 1e-6)).toBe(true);
});
