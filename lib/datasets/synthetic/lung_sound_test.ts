import { expect } from "expect";
import { randomStream } from "../../random/mod.ts";
import { rootMeanSquare } from "./making.ts";
import { lungSound } from "./lung_sound.ts";

const sampleRate = 4000;

Deno.test("lungSound() breathes at the subject's rate, inspiration louder by 1.6 to 2.8 (Gavriely and Cugell 1996: 2.0 to 2.4)", () => {
  for (let seed = 0; seed < 8; seed++) {
    const { samples, breaths } = lungSound(60 * sampleRate, {
      subject: { breathRate: 20 },
      sampleRate,
      stream: randomStream(seed, "lung"),
    });
    const periods = breaths.map(({ start, end }) => end - start);
    // 20 periods of 3 s with 7 % each: the mean has a standard error of 1.6 %.
    expect(Math.abs(periods.reduce((sum, value) => sum + value, 0) / periods.length / 3 - 1)).toBeLessThan(0.08);
    const level = (from: number, to: number, at: number) => {
      const middle = from + at * (to - from);
      return rootMeanSquare(samples.subarray((middle - 0.1) * sampleRate, (middle + 0.1) * sampleRate));
    };
    const whole = breaths.filter(({ end }) => end < 60);
    const mean = (values: number[]) => Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);
    // The expiration's flow peaks early: half a sine of u^0.6 has its top at u = 0.315.
    const ratio = mean(whole.map(({ start, turn }) => level(start, turn, 0.5))) /
      mean(whole.map(({ turn, stop }) => level(turn, stop, 0.315)));
    expect(ratio).toBeGreaterThan(1.4);
    expect(ratio).toBeLessThan(3.2);
  }
});
