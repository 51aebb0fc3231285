import { expect } from "expect";
import { randomStream } from "../random/mod.ts";
import { type InputOptions, logMel, openInput, type PresetName, presets } from "./mod.ts";

const WINDOW = { seconds: 1, padding: "zero" } as const;

Deno.test("the values of every preset are found again from their powers, but where windows are stretched", () => {
  const random = randomStream(3, "noise");
  for (const preset of Object.keys(presets) as PresetName[]) {
    const { spectrum, bandsHz } = openInput({ preset, ...WINDOW });
    expect([preset, spectrum === undefined]).toEqual([preset, preset === "scl"]);
    if (spectrum === undefined) continue;
    const sound = Float32Array.from(
      { length: presets[preset].sampleRate },
      (_, n) => random.normal() * (n % 999) / 999,
    );
    const { data } = logMel(sound, presets[preset]);
    const again = spectrum.values(spectrum.powers(data));
    expect(Math.max(...again.map((value, i) => Math.abs(value - data[i])))).toBeLessThan(1e-3);
    expect(spectrum.bandsHz).toEqual(bandsHz);
  }
});

Deno.test("twice the sound is 6 dB more power, whatever a preset's unit is", () => {
  const sound = Float32Array.from({ length: 16000 }, (_, n) => Math.sin(n * n / 9e4));
  for (const preset of ["ast", "dbres", "m2d"] as const) {
    const { powers } = openInput({ preset, ...WINDOW }).spectrum!;
    const [once, twice] = [0.1, 0.2].map((factor) =>
      powers(logMel(sound.map((x) => factor * x), presets[preset]).data)
    );
    const loudest = once.indexOf(Math.max(...once));
    expect(twice[loudest] / once[loudest]).toBeCloseTo(4, 2);
  }
});

Deno.test("inputs that aren't levels by frequency have no way back to powers", () => {
  const mel = { kind: "log-mel", preset: "pcg" };
  const inputs = [{ kind: "mfcc", preset: "pcg" }, { kind: "pcen", preset: "pcg" }, { kind: "z-score", of: mel }];
  for (const input of inputs) expect(openInput({ ...input, ...WINDOW } as InputOptions).spectrum).toBeUndefined();
  expect(openInput({ kind: "gammatone", ...WINDOW } as InputOptions).spectrum?.relative).toBe(true);
});
