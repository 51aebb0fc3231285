import { expect } from "expect";
import { join } from "node:path";
import { z } from "zod";
import { UsageError } from "../errors/mod.ts";
import { absent, doneReading } from "./live/absent.ts";
import { liveScript } from "./mod.ts";

const BESIDE = `import { defineExperiment, defineInput, int, z } from "@auscult/auscult";
import * as tf from "@auscult/auscult/tf";
class Twice extends tf.layers.Layer { static className = "Twice"; }
tf.serialization.registerClass(Twice);
const zeros = defineInput({ name: "zeros", options: z.strictObject({}) });
export default defineExperiment({ input: { ...zeros(), seconds: 1 }, space: { "model.filters": int(2, 8) } });
`;

const unfit = {
  "an import that only Node has": ['import { readFileSync } from "node:fs";\nreadFileSync("x");', /"node:fs"/],
  "a file that is read by Deno": ['export const table = Deno.readTextFileSync("table.csv");', /readTextFileSync/],
  "a module that waits": ["export const table = await Promise.resolve(1);", /await/],
} as const;

for (const [what, [text, found]] of Object.entries(unfit)) {
  Deno.test(`liveScript() refuses ${what}, naming it and the module`, async () => {
    const folder = await Deno.makeTempDir();
    try {
      const module = join(folder, "own.ts");
      await Deno.writeTextFile(module, `${BESIDE}${text}\n`);
      const refused = await liveScript(module).catch((error) => error);
      expect(refused).toBeInstanceOf(UsageError);
      expect(refused.message).toMatch(found);
      expect(refused.message).toMatch(/own\.ts/);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  });
}

Deno.test("absent() has what is there; all else gives nothing while modules are read, and is told by name after", () => {
  // deno-lint-ignore no-explicit-any
  const door = absent("@auscult/auscult", { z }) as any;
  expect(door.z.int().parse(3)).toBe(3);
  const model = door.defineModel({ name: "net" });
  expect(() => `${model({ filters: 8 }).kind}${new door.Layer().of[3]}`).not.toThrow();
  expect({ ...model(), seconds: 2 }).toEqual({ seconds: 2 });
  const namespace = Object.create(Object.getPrototypeOf(door)); // as bundlers make it
  expect(() => namespace.layers.dense({ units: 2 })).not.toThrow();
  doneReading();
  expect(() => door.readRecording("x.wav")).toThrow(/@auscult\/auscult readRecording/);
  expect(door.z.int().parse(4)).toBe(4);
});
