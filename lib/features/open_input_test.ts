import { expect } from "expect";
import { z } from "zod";
import { BUILT_IN } from "./built_in_inputs_fixture.ts";
import {
  channels,
  defineInput,
  type InputOptions,
  inputs,
  inputWindows,
  logMelInput,
  openInput,
  pcenInput,
  rows,
} from "./mod.ts";
import { checkRepeatable } from "./feature_shard.ts";

const window = { seconds: 1, padding: "zero" } as const;
const noise = (n: number) => Float32Array.from({ length: n }, (_, i) => Math.sin(i * i / 7) * 0.3);
const mel = logMelInput({ preset: "respirenet" });

for (const [name, { input: options, size, lacks = [] }] of Object.entries(BUILT_IN)) {
  Deno.test(`${name} gives windows of its shape, the same each time, at any length`, async () => {
    const input = openInput(options);
    expect([input.frames, input.bands, input.channels]).toEqual(size);
    expect(input.axes.bands.length).toBe(input.bands);
    expect(input.axes.channels?.length ?? 1).toBe(input.channels);
    expect([input.withoutNodes, input.emit === undefined]).toEqual([lacks, lacks.length > 0]);
    const recording = noise(3 * input.samples + 17);
    for (const window of inputWindows(recording, { start: 0.1, end: 2.5, input })) await checkRepeatable(input, window);
    expect((await input.compute(recording)).length % (input.bands * input.channels)).toBe(0);
  });
}

Deno.test("joined inputs hold what each gives, side by side in a band or one below the other", async () => {
  const samples = noise(4000);
  const of = (input: object) => openInput({ ...input, ...window } as InputOptions).compute(samples);
  const [plain, pcen] = [await of(mel), await of(pcenInput({ preset: "respirenet" }))];
  const both = await of(channels({ inputs: [mel, pcenInput({ preset: "respirenet" })] }));
  expect(both.filter((_, at) => at % 2 === 0)).toEqual(plain);
  expect(both.filter((_, at) => at % 2 === 1)).toEqual(pcen);
  const below = await of(rows({ inputs: [mel, pcenInput({ preset: "respirenet" })] }));
  expect(below.subarray(128, 192)).toEqual(plain.subarray(64, 128));
  expect(below.subarray(192, 256)).toEqual(pcen.subarray(64, 128));
});

Deno.test("what doesn't fit together is refused with the rates, frames and bands of both", () => {
  expect(() => openInput({ ...channels({ inputs: [mel, logMelInput({ preset: "pcg" })] }), ...window })).toThrow(
    /4000 Hz, 32 frames, 64 bands.*2000 Hz, 101 frames, 32 bands/,
  );
});

Deno.test("a faulty input is told with its name, its module and what was expected", async () => {
  let calls = 0;
  const faults: Record<string, [() => Float32Array, RegExp]> = {
    throws: [() => {
      throw new TypeError("no such band");
    }, /compute\(\) to give its result but found TypeError: no such band/],
    longer: [() => new Float32Array(11), /10 numbers, \[10, 1, 1\], for 1000 samples but found 11/],
    "no-number": [() => new Float32Array(10).fill(NaN, 3), /found NaN at 3/],
    "no-array": [() => [1] as unknown as Float32Array, /no Float32Array/],
    changing: [() => new Float32Array(10).fill(++calls), /the same for the same samples but found \d, then \d at 0/],
  };
  for (const [fault, [compute, message]] of Object.entries(faults)) {
    const part = defineInput({
      name: `faulty-${fault}`,
      options: z.strictObject({}),
      sampleRate: () => 1000,
      shape: (_, seconds) => ({
        ...{ frames: Math.floor(10 * seconds), bands: 1, channels: 1 },
        axes: { hop: 0.1, bands: ["level"] },
      }),
      compute,
    });
    const check = () => {
      const input = openInput({ ...part(), ...window });
      return checkRepeatable(input, inputWindows(noise(1000), { start: 0, end: 1, input })[0]);
    };
    await expect(check()).rejects.toThrow(message);
    await expect(check()).rejects.toThrow(new RegExp(`the input "faulty-${fault}" of .*open_input_test\\.ts`));
  }
});

Deno.test("windows stand beside the options of every input, and log-Mel is meant where no kind is said", () => {
  expect(openInput({ preset: "pcg", seconds: 2, padding: "zero" }).options).toEqual({
    ...{ kind: "log-mel", preset: "pcg", seconds: 2, padding: "zero" },
  });
  expect(() => openInput({ ...mel, seconds: 2, padding: "zero", nMels: 4 } as InputOptions)).toThrow(/nMels/);
  expect(() => openInput({ kind: "no-input", ...window } as never)).toThrow(/at kind: .*'log-mel'/);
  expect(inputs.all().map(({ definition }) => definition.name)).toEqual(
    expect.arrayContaining(["log-mel", "z-score", "curves"]),
  );
});
