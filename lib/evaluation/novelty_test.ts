import { expect } from "expect";
import { randomStream } from "../random/mod.ts";
import { fitNovelty, noveltyDistance, spectrumProfile } from "./novelty.ts";

const N_MELS = 8, FRAMES = 50;

/** A spectrogram whose level falls with the band and that moves by `movement` dB. */
function spectrogram(name: string, { movement = 6, tilt = -2 } = {}): Float32Array {
  const stream = randomStream(0, name);
  const offset = stream.normal();
  return Float32Array.from(
    { length: FRAMES * N_MELS },
    (_, i) => -20 + offset + tilt * (i % N_MELS) + movement * stream.normal(),
  );
}

const profiles = (kind: string, count: number) =>
  Array.from({ length: count }, (_, i) => spectrumProfile(spectrogram(`${kind}/${i}`), { nMels: N_MELS }));

Deno.test("spectrumProfile() is the mean and the deviation of each band", () => {
  expect([...spectrumProfile(Float32Array.of(1, 10, 3, 10), { nMels: 2 })]).toEqual([2, 10, 1, 0]);
});

Deno.test("fitNovelty() keeps 99 of 100 windows of new subjects within its limit", () => {
  const novelty = fitNovelty(profiles("training", 300), profiles("validation", 300));
  const outside = profiles("test", 1000).filter((profile) => noveltyDistance(profile, novelty) > novelty.limit);
  // Binomial(1000, 0.01), and the limit itself is drawn from 300: 10 expected, 40 in no case.
  expect(outside.length).toBeLessThan(40);
});

for (const [name, options] of Object.entries({ steady: { movement: 0.1 }, "of another colour": { tilt: 2 } })) {
  Deno.test(`noveltyDistance() of a sound that is ${name} lies beyond the limit`, () => {
    const novelty = fitNovelty(profiles("training", 300), profiles("validation", 300));
    const profile = spectrumProfile(spectrogram(name, options), { nMels: N_MELS });
    expect(noveltyDistance(profile, novelty)).toBeGreaterThan(novelty.limit);
  });
}
