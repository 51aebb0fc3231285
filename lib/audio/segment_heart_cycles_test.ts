import { expect } from "expect";
import fc from "fast-check";
import { randomStream } from "../random/mod.ts";
import { cycleDurations } from "./heart_cycles/cycle_durations.ts";
import { ENVELOPE_RATE } from "./heart_cycles/cycle_envelopes.ts";
import { cycleLengths } from "./heart_cycles/cycle_lengths.ts";
import { durationViterbi } from "./heart_cycles/duration_viterbi.ts";
import { type AnnotatedState, fitCycleModel } from "./heart_cycles/fit_cycle_model.ts";
import { matchSounds } from "./heart_cycles/match_sounds.ts";
import model from "./heart_cycles/model.json" with { type: "json" };
import { segmentHeartCycles } from "./mod.ts";

const sampleRate = 2000;

/** S1 of 0.1 s around 50 Hz at each beat, S2 of 0.08 s around 70 Hz a third of a cycle later, over faint noise. */
function heartSound({ cycle, seconds }: { cycle: number; seconds: number }): Float32Array {
  const stream = randomStream(1, "heart");
  const sound = Float32Array.from({ length: seconds * sampleRate }, () => 0.002 * stream.normal());
  const burst = (at: number, { hz, length }: { hz: number; length: number }) => {
    const first = Math.round(at * sampleRate), n = Math.round(length * sampleRate);
    for (let i = 0; i < n && first + i < sound.length; i++) {
      sound[first + i] += Math.sin(Math.PI * i / n) ** 2 * Math.sin(2 * Math.PI * hz * i / sampleRate);
    }
  };
  for (let beat = 0.2; beat < seconds; beat += cycle) {
    burst(beat, { hz: 50, length: 0.1 });
    burst(beat + (0.15 + 0.2 * cycle), { hz: 70, length: 0.08 });
  }
  return sound;
}

for (const cycle of [0.45, 0.6, 0.8, 1]) {
  Deno.test(`segmentHeartCycles() finds S1 and S2 at ${Math.round(60 / cycle)} beats a minute`, () => {
    const states = segmentHeartCycles(heartSound({ cycle, seconds: 12 }), { sampleRate });
    for (const [name, offset] of [["S1", 0.2], ["S2", 0.35 + 0.2 * cycle]] as const) {
      const found = states.filter(({ state }) => state === name).map(({ start }) => start);
      // The beats that lie whole inside the recording, to the 100 ms of the literature.
      for (let onset = offset; onset < 11; onset += cycle) {
        expect(Math.min(...found.map((start) => Math.abs(start - onset)))).toBeLessThan(0.1);
      }
      expect(Math.abs(found.length - 12 / cycle)).toBeLessThan(2);
    }
  });
}

Deno.test("segmentHeartCycles() covers the recording in the heart's order", () => {
  const sound = heartSound({ cycle: 0.7, seconds: 5 }).subarray(0, 9877);
  const states = segmentHeartCycles(sound, { sampleRate });
  const order = ["S1", "systole", "S2", "diastole"];
  expect(states[0].start).toBe(0);
  expect(states.at(-1)!.end).toBe(9877 / sampleRate);
  for (let i = 1; i < states.length; i++) {
    expect(states[i].start).toBe(states[i - 1].end);
    expect(order.indexOf(states[i].state)).toBe((order.indexOf(states[i - 1].state) + 1) % 4);
  }
});

Deno.test("segmentHeartCycles() comes back from silence and from noise", () => {
  const stream = randomStream(2, "noise");
  for (const level of [0, 1]) {
    const sound = Float32Array.from({ length: 3 * sampleRate }, () => level * stream.normal());
    expect(segmentHeartCycles(sound, { sampleRate }).at(-1)!.end).toBe(3);
  }
});

Deno.test("segmentHeartCycles() refuses fragments, low rates and NaN", () => {
  expect(() => segmentHeartCycles(new Float32Array(2000), { sampleRate })).toThrow(/at least 2 s .* found 1\.00 s/);
  expect(() => segmentHeartCycles(new Float32Array(2000), { sampleRate: 500 })).toThrow(/1000 Hz but found 500 Hz/);
  expect(() => segmentHeartCycles(Float32Array.of(NaN), { sampleRate })).toThrow(/NaN at sample 0/);
});

/** All ways through the steps, tried one by one. */
function bestByEnumeration(logEmissions: Float64Array[], logDurations: Float64Array[]): number {
  const states = logEmissions.length, steps = logEmissions[0].length;
  const atLeast = (state: number, d: number) => {
    let sum = 0;
    for (let i = d; i < logDurations[state].length; i++) sum += Math.exp(logDurations[state][i]);
    return Math.log(sum);
  };
  const from = (start: number, state: number): number => {
    let best = -Infinity;
    for (let d = 1; d < logDurations[state].length && start + d <= steps; d++) {
      const cut = start === 0 || start + d === steps;
      let score = cut ? atLeast(state, d) : logDurations[state][d];
      for (let t = start; t < start + d; t++) score += logEmissions[state][t];
      if (start + d < steps) score += from(start + d, (state + 1) % states);
      best = Math.max(best, score);
    }
    return best;
  };
  return Math.max(...logEmissions.map((_, state) => from(0, state)));
}

Deno.test("durationViterbi() finds the best of all paths", () => {
  const logarithms = (n: number) =>
    fc.array(fc.double({ min: -5, max: 0, noNaN: true }), { minLength: n, maxLength: n });
  fc.assert(fc.property(
    fc.array(logarithms(9), { minLength: 3, maxLength: 3 }),
    fc.array(logarithms(5), { minLength: 3, maxLength: 3 }),
    (emissions, durations) => {
      const logEmissions = emissions.map((row) => Float64Array.from(row));
      const logDurations = durations.map((row) => Float64Array.from([-Infinity, ...row]));
      const { score, segments } = durationViterbi(logEmissions, logDurations);
      expect(score).toBeCloseTo(bestByEnumeration(logEmissions, logDurations), 9);
      expect([segments[0].start, segments.at(-1)!.end]).toEqual([0, 9]);
    },
  ));
});

Deno.test("cycleDurations() are probabilities around the durations of the cycle", () => {
  for (const cycle of [0.4, 0.8, 1.4]) {
    const means = cycleDurations(cycle, model).map((logarithms) => {
      const probabilities = logarithms.map(Math.exp);
      expect(probabilities.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 9);
      return probabilities.reduce((sum, p, d) => sum + p * d / ENVELOPE_RATE, 0);
    });
    // The four states make up the cycle; cutting off what is shorter than two steps moves the shortest a little.
    expect(Math.abs(means.reduce((sum, x) => sum + x, 0) - cycle)).toBeLessThan(0.04);
  }
});

Deno.test("cycleLengths() has the period of an envelope among its first", () => {
  for (const cycle of [0.4, 0.61, 1.2]) {
    const envelope = Float64Array.from({ length: 500 }, (_, t) => {
      const phase = (t / ENVELOPE_RATE / cycle) % 1;
      return Math.exp(-(((phase - 0.2) / 0.06) ** 2)) + 0.6 * Math.exp(-(((phase - 0.55) / 0.06) ** 2));
    });
    const lengths = cycleLengths(envelope, { most: 3 });
    expect(Math.min(...lengths.map((length) => Math.abs(length - cycle)))).toBeLessThan(0.01);
  }
  expect(cycleLengths(new Float64Array(100), { most: 3 })).toEqual([0.8]);
});

Deno.test("fitCycleModel() learns durations and tells states apart", () => {
  // Two hearts, cycles of 0.6 s and 1 s; systolic intervals 0.28 s and 0.36 s: slope 0.2, offset 0.16 s.
  const recordings = [0.6, 1].map((cycle) => {
    const states: AnnotatedState[] = [];
    for (let beat = 0; beat < 10; beat++) {
      const start = beat * cycle, interval = 0.16 + 0.2 * cycle;
      const borders = [start, start + 0.12, start + interval, start + interval + 0.1, start + cycle];
      for (let state = 0; state < 4; state++) states.push({ start: borders[state], end: borders[state + 1], state });
    }
    // One envelope that is high in S1, a second that is high in S2.
    const envelopes = [0, 2].map((loud) =>
      Float64Array.from({ length: 10 * cycle * ENVELOPE_RATE }, (_, t) => {
        const time = (t + 0.5) / ENVELOPE_RATE;
        return states.find(({ end }) => time < end)?.state === loud ? 1 : 0;
      })
    );
    return { envelopes, states };
  });
  const fitted = fitCycleModel(recordings);
  expect(fitted.s1.mean).toBeCloseTo(0.12, 6);
  expect(fitted.s2.mean).toBeCloseTo(0.1, 6);
  expect(fitted.systolicInterval.slope).toBeCloseTo(0.2, 6);
  expect(fitted.systolicInterval.offset).toBeCloseTo(0.16, 6);
  expect(fitted.diastole.deviation).toBeCloseTo(0, 6);
  expect(fitted.emissions.map(({ prior }) => prior).reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 9);
});

Deno.test("matchSounds() pairs one to one within the tolerance", () => {
  const annotated = [{ start: 0, end: 5 }];
  const match = (truth: number[], found: number[]) => matchSounds(truth, found, { tolerance: 0.1, annotated });
  expect(match([1, 2], [1.05, 2.2])).toEqual({ hits: 1, missed: 1, invented: 1 });
  expect(match([1], [0.95, 1.05])).toEqual({ hits: 1, missed: 0, invented: 1 });
  expect(match([1, 1.15], [0.95, 1.08])).toEqual({ hits: 2, missed: 0, invented: 0 });
  expect(match([1], [7])).toEqual({ hits: 0, missed: 1, invented: 0 }); // no one said what is at 7 s
});
