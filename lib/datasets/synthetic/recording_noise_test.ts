import { expect } from "expect";
import { realFft } from "../../audio/mod.ts";
import { randomStream } from "../../random/mod.ts";
import { frictionNoise, mainsNoise, roomNoise, speechNoise } from "./making.ts";
import { FAULTS, spoil } from "./synthetic_dataset.ts";

const sampleRate = 4000;

Deno.test("mainsNoise() sounds at multiples of 50 or 60 Hz and nowhere else", () => {
  const nFft = 4000; // bins of 1 Hz: each harmonic is in one bin
  const { forward, nBins } = realFft(nFft);
  for (let seed = 0; seed < 6; seed++) {
    const spectrum = new Float32Array(2 * nBins);
    forward(mainsNoise(nFft, { sampleRate, stream: randomStream(seed, "mains") }), spectrum);
    const power = Array.from({ length: nBins }, (_, bin) => spectrum[2 * bin] ** 2 + spectrum[2 * bin + 1] ** 2);
    const top = Math.max(...power);
    const loud = power.flatMap((value, hz) => value > 1e-6 * top ? [hz] : []);
    expect(loud.every((hz) => hz % 50 === 0) || loud.every((hz) => hz % 60 === 0)).toBe(true);
  }
});

Deno.test("speechNoise() has two to eight syllables a second (Houtgast and Steeneken 1985: about four)", () => {
  const seconds = 60;
  const samples = speechNoise(seconds * sampleRate, { sampleRate, stream: randomStream(0, "speech") });
  let syllables = 0;
  // A syllable begins where 20 ms of silence end.
  for (let n = 80, silent = 0; n < samples.length; n++) {
    if (samples[n] === 0) silent++;
    else {
      if (silent >= 80) syllables++;
      silent = 0;
    }
  }
  expect(syllables / seconds).toBeGreaterThan(2);
  expect(syllables / seconds).toBeLessThan(8);
});

Deno.test("every noise is finite and not silent; every fault keeps the length and stays within [-1, 1]", () => {
  for (const noise of [speechNoise, frictionNoise, mainsNoise, roomNoise]) {
    const samples = noise(8000, { sampleRate, stream: randomStream(1, noise.name) });
    expect(samples.length).toBe(8000);
    expect(samples.every(Number.isFinite)).toBe(true);
    expect(samples.some((value) => Math.abs(value) > 0.1)).toBe(true);
  }
  const sound = roomNoise(8000, { sampleRate, stream: randomStream(2, "room") }).map((value) => value / 10);
  for (const fault of FAULTS) {
    const spoilt = spoil(sound, { fault, sampleRate, stream: randomStream(0, fault) });
    expect(spoilt.length).toBe(8000);
    expect(spoilt.every((value) => Math.abs(value) <= 1)).toBe(true);
  }
  const share = (fault: "clipped" | "dropouts", is: (value: number) => boolean) =>
    spoil(sound, { fault, sampleRate, stream: randomStream(0, fault) }).filter(is).length / 8000;
  expect(share("clipped", (value) => Math.abs(value) === 1)).toBeGreaterThan(0.5);
  expect(share("dropouts", (value) => value === 0)).toBeGreaterThan(0.3);
});
