import { expect } from "expect";
import fc from "fast-check";
import { randomStream } from "../random/mod.ts";
import { durationViterbi } from "./heart_cycles/duration_viterbi.ts";
import { heartRhythms } from "./heart_cycles/heart_rhythm.ts";
import { MURMUR_TIMINGS, type MurmurTiming, stateDurations } from "./heart_cycles/state_durations.ts";
import { decodeHeartStates } from "./mod.ts";

const frameRate = 50;

/** Onsets of S1 from which a state each moment follows; what a perfect or a doubtful network says of it. */
function heart(beats: number[], { doubt = 0.1, murmur = null as MurmurTiming | null, seed = 1 } = {}): Float32Array {
  const parts = {
    "holosystolic": [0, 1],
    "early-systolic": [0, 0.5],
    "mid-systolic": [0.25, 0.75],
    "late-systolic": [0.5, 1],
  };
  const stream = randomStream(seed, "heart");
  const states: number[] = [];
  for (const [i, start] of beats.slice(0, -1).entries()) {
    const cycle = beats[i + 1] - start, scale = Math.min(1, cycle / 0.4);
    const s1 = 0.12 * scale, interval = Math.min(0.15 + 0.2 * cycle, 0.46 * cycle), s2 = interval + 0.1 * scale;
    for (let t = Math.round(start * frameRate); t < Math.round(beats[i + 1] * frameRate); t++) {
      const time = (t + 0.5) / frameRate - start, share = (time - s1) / (interval - s1);
      const [from, to] = murmur ? parts[murmur] : [0, 0];
      const systole = share >= from && share < to ? 4 : 1;
      states.push(time < s1 ? 0 : time < interval ? systole : time < s2 ? 2 : 3);
    }
  }
  return Float32Array.from(states.flatMap((state) => {
    const row = [0, 1, 2, 3, 4].map((s) => (s === state ? 1 - doubt : doubt / 4) + doubt * stream.uniform());
    const sum = row.reduce((total, x) => total + x, 0);
    return row.map((x) => x / sum);
  }));
}

const regular = (rate: number, seconds: number) =>
  Array.from({ length: Math.floor(seconds * rate / 60) + 1 }, (_, i) => i * 60 / rate);

for (const rate of [30, 40, 60, 90, 120, 150, 180, 210, 250]) {
  Deno.test(`decodeHeartStates() counts ${rate} beats a minute`, () => {
    for (const doubt of [0.01, 0.1, 0.2]) {
      const { heartRate, reason, systolicInterval } = decodeHeartStates(heart(regular(rate, 20), { doubt }), {
        frameRate,
      });
      expect(reason).toBeNull();
      expect(Math.abs(heartRate! - rate)).toBeLessThan(0.02 * rate);
      expect(Math.abs(systolicInterval! - Math.min(0.15 + 12 / rate, 27.6 / rate))).toBeLessThan(0.03);
    }
  });
}

Deno.test("decodeHeartStates() follows an irregular rhythm with a pause", () => {
  const stream = randomStream(3, "irregular");
  const beats = [0];
  for (let i = 0; i < 25; i++) beats.push(beats.at(-1)! + (i === 12 ? 1.3 : 0.55 + 0.4 * stream.uniform()));
  const { states, heartRate } = decodeHeartStates(heart(beats), { frameRate });
  const found = states.filter(({ state }) => state === "S1").map(({ start }) => start);
  for (const beat of beats.slice(0, -1)) {
    expect(Math.min(...found.map((start) => Math.abs(start - beat)))).toBeLessThan(0.06);
  }
  expect(Math.abs(heartRate! - 60 * 24 / (beats[25] - beats[1]))).toBeLessThan(1.5);
});

for (const murmur of [null, ...MURMUR_TIMINGS]) {
  Deno.test(`decodeHeartStates() hears ${murmur ?? "no"} murmur where there is ${murmur ? "such a one" : "none"}`, () => {
    const heard = decodeHeartStates(heart(regular(75, 12), { murmur }), { frameRate });
    expect(heard.murmur).toBe(murmur);
    // The model of what is there is the one that is most confident and most likely; each had the same posteriors.
    expect(heard.hearings.map((one) => one.murmur)).toEqual([null, ...MURMUR_TIMINGS]);
    for (const by of ["confidence", "logLikelihood"] as const) {
      const best = heard.hearings.reduce((best, one) => one[by] > best[by] ? one : best);
      expect(best.murmur).toBe(murmur);
      // That of the sounds alone, where all states are as doubtful.
      if (by === "confidence") expect(Math.abs(best.confidence - heard.confidence)).toBeLessThan(0.02);
    }
  });
}

Deno.test("decodeHeartStates() gives no one rate where the rhythm changes, and says which two it hears", () => {
  for (const [before, after] of [[60, 110], [140, 80], [75, 100]]) {
    const beats = [...regular(before, 15), ...regular(after, 15).slice(1).map((time) => 15 + time)];
    const { heartRate, reason, states } = decodeHeartStates(heart(beats), { frameRate });
    expect(heartRate).toBeNull();
    const [first, second] = reason!.match(/\d+/g)!.map(Number);
    expect([Math.abs(first - before) < 0.1 * before, Math.abs(second - after) < 0.1 * after]).toEqual([true, true]);
    expect(states.length).toBeGreaterThan(80);
  }
});

Deno.test("decodeHeartStates() makes up no rate where nothing beats", () => {
  const random = (seed: number) => {
    const stream = randomStream(seed, "noise");
    return Float32Array.from(
      Array.from({ length: 600 }, () => {
        const row = [0, 0, 0, 0, 0].map(() => Math.exp(stream.normal()));
        return row.map((x) => x / row.reduce((total, y) => total + y, 0));
      }).flat(),
    );
  };
  for (const posteriors of [new Float32Array(3000).fill(0.2), random(1), random(2), random(3)]) {
    const { heartRate, systolicInterval, murmur, confidence, reason } = decodeHeartStates(posteriors, { frameRate });
    expect([heartRate, systolicInterval, murmur]).toEqual([null, null, null]);
    expect(confidence).toBeLessThan(0.5);
    expect(reason).toMatch(/no heart sounds/);
  }
});

Deno.test("decodeHeartStates() counts no beats where the sound is gone for a while", () => {
  for (const rate of [60, 75, 140]) {
    const posteriors = heart(regular(rate, 20)).fill(0.2, 5 * 7 * frameRate, 5 * 13 * frameRate);
    const { heartRate } = decodeHeartStates(posteriors, { frameRate });
    expect(Math.abs(heartRate! - rate)).toBeLessThan(0.02 * rate);
  }
});

Deno.test("decodeHeartStates() says of one cycle and of two seconds of a slow heart that it is too little", () => {
  expect(decodeHeartStates(heart([0, 1.5, 3]).subarray(0, 500), { frameRate }).reason).toMatch(/fewer than two/);
  expect(decodeHeartStates(heart(regular(120, 2)), { frameRate }).heartRate).toBeCloseTo(120, -1);
  expect(decodeHeartStates(Float32Array.of(1, 0, 0, 0, 0), { frameRate }).heartRate).toBeNull();
});

Deno.test("decodeHeartStates() refuses what are no rows of probabilities", () => {
  for (
    const wrong of [
      new Float32Array(0),
      new Float32Array(7),
      Float32Array.of(NaN, 0, 0, 0, 1),
      Float32Array.of(2, 0, 0, 0, 0),
    ]
  ) {
    expect(() => decodeHeartStates(wrong, { frameRate })).toThrow(/rows of 5 probabilities/);
  }
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

const logarithms = (n: number) => fc.array(fc.double({ min: -5, max: 0, noNaN: true }), { minLength: n, maxLength: n });

Deno.test("durationViterbi() finds the best of all paths, of 3 to 5 states with durations of their own", () => {
  fc.assert(fc.property(
    fc.integer({ min: 3, max: 5 }).chain((states) =>
      fc.tuple(
        fc.array(logarithms(9), { minLength: states, maxLength: states }),
        fc.array(fc.integer({ min: 3, max: 6 }).chain(logarithms), { minLength: states, maxLength: states }),
      )
    ),
    ([emissions, durations]) => {
      const logEmissions = emissions.map((row) => Float64Array.from(row));
      const logDurations = durations.map((row) => Float64Array.from([-Infinity, ...row]));
      const { score, segments } = durationViterbi(logEmissions, logDurations);
      expect(score).toBeCloseTo(bestByEnumeration(logEmissions, logDurations), 9);
      expect([segments[0].start, segments.at(-1)!.end]).toEqual([0, 9]);
    },
  ));
});

Deno.test("durationViterbi() looks at twice as many numbers where a recording is twice as long", () => {
  const { states, logDurations } = stateDurations("mid-systolic", { cycle: 0.8, interval: 0.31 }, frameRate);
  const looks = (steps: number) => {
    let count = 0;
    const counted = logDurations.map((row) =>
      new Proxy(row, {
        get: (array, key) => {
          count++;
          const value = Reflect.get(array, key);
          return typeof value === "function" ? value.bind(array) : value;
        },
      })
    );
    durationViterbi(states.map((state) => new Float64Array(steps).fill(-state)), counted);
    return count;
  };
  expect((looks(1200) - looks(600)) / (looks(600) - looks(300))).toBeCloseTo(2, 1);
});

Deno.test("stateDurations() are probabilities whose means make up the cycle", () => {
  for (const murmur of [null, ...MURMUR_TIMINGS]) {
    for (const rate of [30, 75, 140, 250]) {
      const cycle = 60 / rate,
        { states, logDurations } = stateDurations(murmur, { cycle, interval: 0.4 * cycle }, frameRate);
      expect([states[0], states.at(-1)]).toEqual([0, 3]);
      const means = logDurations.map((row) => {
        const probabilities = row.map(Math.exp);
        expect(probabilities.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 9);
        return probabilities.reduce((sum, p, d) => sum + p * d / frameRate, 0);
      });
      // No state lasts less than a frame, which lengthens the shortest of a fast heart.
      expect(Math.abs(means.reduce((sum, x) => sum + x, 0) - cycle)).toBeLessThan(0.05 + 0.02 * states.length);
    }
  }
});

Deno.test("heartRhythms() has the cycle among its first and the systolic interval with it", () => {
  for (const rate of [35, 75, 140]) {
    const [...found] = heartRhythms(heart(regular(rate, 20), { doubt: 0.2 }), { frameRate, most: 2 });
    const near = found.find(({ cycle }) => Math.abs(cycle - 60 / rate) < 0.02);
    expect(Math.abs(near!.interval - Math.min(0.15 + 12 / rate, 27.6 / rate))).toBeLessThan(0.04);
  }
  expect(heartRhythms(new Float32Array(500).fill(0.2), { frameRate, most: 2 })).toEqual([]);
});
