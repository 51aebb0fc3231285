import { expect } from "expect";
import { randomStream } from "../../random/mod.ts";
import { type HeartSite, heartSound } from "./heart_sound.ts";

const sampleRate = 4000;

/** Hearts at a rate and a site, thirty seconds each. */
function hearts(heartRate: number, site: HeartSite) {
  return Array.from(
    { length: 20 },
    (_, seed) =>
      heartSound(30 * sampleRate, {
        subject: { heartRate, breathRate: 15 },
        site,
        sampleRate,
        stream: randomStream(seed, site),
      }),
  );
}

const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

for (const [heartRate, systole] of [[60, 0.351], [100, 0.283]]) {
  Deno.test(`heartSound() beats ${heartRate} times a minute, with a systole of ${systole} s (Weissler 1968)`, () => {
    const all = hearts(heartRate, "AV").map(({ beats }) => beats);
    const periods = all.map((beats) => mean(beats.map(({ s1, next }) => next - s1)));
    expect(mean(periods)).toBeCloseTo(60 / heartRate, 2);
    // Drawn within 7 % of the regression: uniform, so the mean of 20 has a standard error of 0.9 %.
    const systoles = all.map((beats) => mean(beats.map(({ s1, s2 }) => s2 - s1)));
    expect(Math.abs(mean(systoles) / systole - 1)).toBeLessThan(0.036);
    for (const each of systoles) expect(Math.abs(each / systole - 1)).toBeLessThan(0.0701);
  });
}

Deno.test("heartSound() is louder in its second sound at the base, in its first at the apex", () => {
  const louder = (site: HeartSite) =>
    mean(
      hearts(70, site).map(({ samples, beats }) => {
        const peak = (from: number) =>
          samples.slice(from * sampleRate, (from + 0.12) * sampleRate).reduce(
            (top, value) => Math.max(top, Math.abs(value)),
            0,
          );
        const inside = beats.filter(({ s1, next }) => s1 > 0 && next < 30);
        return mean(inside.map(({ s2 }) => peak(s2))) / mean(inside.map(({ s1 }) => peak(s1)));
      }),
    );
  expect(louder("AV")).toBeGreaterThan(1);
  expect(louder("MV")).toBeLessThan(1);
});
