import { expect } from "expect";
import { realFft } from "../../audio/mod.ts";
import { randomStream } from "../../random/mod.ts";
import { addAdventitious } from "./lung_sound.ts";
import type { LungCondition } from "./making.ts";

const sampleRate = 4000;
const breath = { start: 0, turn: 1.4, stop: 3, end: 3.2 };

/** The sounds of a condition in a breath without any other noise, from many seeds. */
function breaths(condition: Exclude<LungCondition, "normal">) {
  return Array.from({ length: 30 }, (_, seed) => {
    const samples = new Float32Array(3.2 * sampleRate);
    const stream = randomStream(seed, condition);
    return { samples, events: addAdventitious(samples, { condition, breath, level: 1, sampleRate, stream }) };
  });
}

/** Frequency of the largest bin of the power spectrum, Hz. */
function loudestHz(samples: Float32Array): number {
  const nFft = 16384;
  const { forward, nBins } = realFft(nFft);
  const frame = new Float32Array(nFft), spectrum = new Float32Array(2 * nBins);
  frame.set(samples);
  forward(frame, spectrum);
  const power = Float32Array.from({ length: nBins }, (_, bin) => spectrum[2 * bin] ** 2 + spectrum[2 * bin + 1] ** 2);
  return power.indexOf(Math.max(...power)) * sampleRate / nFft;
}

for (
  const [condition, low, high, shortest] of [["wheeze", 100, 1000, 0.08], ["rhonchi", 60, 200, 0.08], [
    "stridor",
    500,
    1200,
    0.25,
  ]] as const
) {
  Deno.test(`${condition}: from ${low} to ${high} Hz and longer than ${shortest} s (Bohadana 2014)`, () => {
    for (const { samples, events } of breaths(condition)) {
      expect(events.length).toBe(1);
      expect(events[0].label).toBe(condition);
      expect(events[0].end - events[0].start).toBeGreaterThan(shortest);
      const hz = loudestHz(samples);
      expect(hz).toBeGreaterThan(low);
      expect(hz).toBeLessThan(high);
    }
  });
}

Deno.test("a stridor is inspiratory, a wheeze expiratory", () => {
  for (const { events } of breaths("stridor")) expect(events[0].end).toBeLessThanOrEqual(breath.turn);
  for (const { events } of breaths("wheeze")) expect(events[0].start).toBeGreaterThanOrEqual(breath.turn);
});

for (const [condition, hz, duration] of [["fine crackle", 650, 0.005], ["coarse crackle", 350, 0.015]] as const) {
  Deno.test(`${condition}: about ${hz} Hz, gone after ${1000 * duration} ms (Bohadana 2014)`, () => {
    const all = breaths(condition);
    const loudest = all.map(({ samples }) => loudestHz(samples));
    const mean = loudest.reduce((sum, value) => sum + value / all.length, 0);
    // Drawn within 15 %, then pulled by the damping and the interference of a train: within a fifth on average.
    expect(Math.abs(mean / hz - 1)).toBeLessThan(0.2);
    for (const { samples, events } of all) {
      // After the last crackle of all there is a tenth of its amplitude at most, which itself is 1.5 at most.
      const last = Math.ceil(Math.max(...events.map(({ end }) => end)) * sampleRate);
      expect(Math.max(...samples.subarray(last).map(Math.abs))).toBeLessThan(0.16);
    }
  });
}

Deno.test("fine crackles come late in inspiration, coarse ones early and in expiration too; both with a wheeze", () => {
  for (const { events } of breaths("fine crackle")) {
    expect(events.every(({ start, end }) => start > 0.45 * 1.4 && end < 1.45)).toBe(true);
  }
  for (const { events } of breaths("coarse crackle")) {
    expect(events.map(({ start }) => start < 0.7)).toEqual([true, false]);
  }
  for (const { events } of breaths("wheeze+crackle")) {
    const labels = events.map(({ label }) => label);
    expect(labels[0]).toBe("wheeze");
    expect(labels[1]).toMatch(/crackle/);
  }
});
