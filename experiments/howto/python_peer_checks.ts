import { expect } from "expect";
import { join } from "node:path";
import { peerCheck } from "../../lib/testing/mod.ts";
import { read, write } from "./python.ts";

peerCheck(
  "Python reads what is written for it, and what it writes is read: numpy, safetensors, onnxruntime",
  { python: ["numpy", "safetensors", "onnxruntime"] },
  async ({ python }) => {
    const folder = await Deno.makeTempDir();
    try {
      await write(folder);
      const { success, stderr } = await new Deno.Command(python, { args: [join(folder, "there.py")] }).output();
      expect([success, new TextDecoder().decode(stderr)]).toEqual([true, expect.anything()]);
      const { ours, theirs, before, after, table } = await read(folder);
      expect(theirs.length).toBe(2);
      // The spread of float32 over a sum of some hundred products.
      theirs.forEach((logit, i) => expect(Math.abs(logit - ours[i])).toBeLessThan(1e-4 * Math.max(1, Math.abs(logit))));
      expect(after).toEqual(before.map((value) => 2 * value));
      expect(JSON.stringify(table)).toContain("P01");
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
);
