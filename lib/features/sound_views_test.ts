import { expect } from "expect";
import fc from "fast-check";
import { type InputOptions, inputWindows, openInput, soundViews } from "./mod.ts";

const RATE = 2000;
const MEL = {
  ...{ kind: "log-mel", preset: "pcg", seconds: 1, hop: 0.5, padding: "zero" },
  change: { preparation: {}, fMax: 800 },
} as const;
const tone = (hz: number, seconds: number, rate = RATE) =>
  Float32Array.from({ length: Math.round(seconds * rate) }, (_, n) => Math.sin(2 * Math.PI * hz * n / rate));
const views = (input: object, speeds: number[]) => soundViews(input as InputOptions, { speeds, responses: 0 });

async function loudestBand(input: InputOptions, sound: Float32Array): Promise<number> {
  const { bands, bandsHz, prepare, compute } = openInput(input);
  const values = await compute(prepare(sound, { sampleRate: RATE }));
  const sums = bandsHz.map((_, band) => values.reduce((sum, value, i) => i % bands === band ? sum + value : sum, 0));
  return bandsHz[sums.indexOf(Math.max(...sums))];
}

Deno.test("soundViews() hears a tone higher where it is played faster, and in windows of one shape", async () => {
  const [usual, slow, fast] = views(MEL, [0.5, 1, 2]).map(({ input }) => input);
  expect(await loudestBand(usual, tone(300, 2))).toBe(await loudestBand(fast, tone(150, 2)));
  expect(await loudestBand(usual, tone(300, 2))).toBe(await loudestBand(slow, tone(600, 2)));
});

Deno.test("soundViews() cuts the same windows at any speed, of a recording that is as much longer", () => {
  fc.assert(
    fc.property(fc.double({ min: 0.5, max: 2, noNaN: true }), fc.integer({ min: 500, max: 9000 }), (speed, count) => {
      const [usual, other] = views(MEL, [speed]).map(({ input }) => openInput(input));
      if (other === undefined) return;
      const { samples, frames, bands } = usual;
      expect([other.samples, other.frames, other.bands]).toEqual([samples, frames, bands]);
      const cut = (input: typeof usual) =>
        inputWindows(new Float32Array(count), { start: 0, end: count / input.sampleRate, input });
      expect(cut(other).map(({ samples }) => samples.length)).toEqual(cut(usual).map(({ samples }) => samples.length));
      expect(Math.abs(usual.sampleRate / other.sampleRate / speed - 1)).toBeLessThan(0.003);
    }),
  );
});

Deno.test("soundViews() takes from a whole recording what its windows have in common, at any speed", async () => {
  const input = { kind: "z-score", of: { kind: "log-mel", preset: "pcg" }, seconds: 1, padding: "zero" };
  const [usual, twice] = views(input, [2]).map(({ input }) => openInput(input));
  // The very samples of a second sound, half as many a second.
  const sound = tone(100, 3).map((x, n) => x * Math.sin(n / 700));
  const [expected, found] = await Promise.all([usual, twice].map((open) => {
    const { sampleRate } = open;
    const [, window] = inputWindows(sound, { start: 0, end: sound.length / sampleRate, input: open });
    return open.compute(window.samples, window.from);
  }));
  expect(found).toEqual(expected);
});

Deno.test("soundViews() hears through the same devices each time, each of them another", () => {
  const changed = () =>
    soundViews(MEL as InputOptions, { speeds: [], responses: 3 }).slice(1)
      .map(({ change }) => change!(Float32Array.from({ length: 320 }, (_, i) => -(i % 61))));
  expect(changed()).toEqual(changed());
  expect(new Set(changed().map((values) => values.join())).size).toBe(3);
});
