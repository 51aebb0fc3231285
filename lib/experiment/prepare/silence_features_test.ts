import { expect } from "expect";
import { randomStream } from "../../random/mod.ts";
import { silenceFeatures, silenceWidth } from "./silence_features.ts";

const sampleRate = 4000;

Deno.test("silenceFeatures() states level and peak of a sine in dB of full scale", () => {
  const sine = Float32Array.from(
    { length: sampleRate },
    (_, n) => 0.5 * Math.sin(2 * Math.PI * 100.5 * n / sampleRate),
  );
  const [level, peak, quiet, zeros] = silenceFeatures(sine, { sampleRate });
  expect(level).toBeCloseTo(20 * Math.log10(0.5 / Math.SQRT2), 1); // RMS of a sine is its amplitude over the root of 2
  expect(peak).toBeCloseTo(20 * Math.log10(0.5), 2);
  expect(quiet).toBeLessThanOrEqual(level);
  expect(zeros).toBeLessThan(0.001);
});

Deno.test("silenceFeatures() hears the noise between the sounds, not the sounds", () => {
  const stream = randomStream(0, "noise");
  const noise = Float32Array.from({ length: 4 * sampleRate }, () => 0.001 * stream.normal());
  const beats = noise.map((value, n) => value + (n % sampleRate < sampleRate / 4 ? 0.5 * Math.sin(n) : 0));
  const alone = silenceFeatures(noise, { sampleRate }), among = silenceFeatures(beats, { sampleRate });
  expect(among[0] - alone[0]).toBeGreaterThan(40);
  expect(Math.abs(among[2] - alone[2])).toBeLessThan(1);
  for (let band = 4; band < silenceWidth - 2; band++) expect(Math.abs(among[band] - alone[band])).toBeLessThan(4);
  expect(among[silenceWidth - 1]).toBe(-120); // 4 to 8 kHz is beyond half the rate
});

Deno.test("silenceFeatures() has numbers for silence and for less than a frame", () => {
  for (const length of [0, 5, 1000]) {
    const features = silenceFeatures(new Float32Array(length), { sampleRate });
    expect(features.length).toBe(silenceWidth);
    expect(features.every(Number.isFinite)).toBe(true);
  }
});
