import { expect } from "expect";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { z } from "zod";
import { importParts, ownCode } from "./mod.ts";

const known = (module?: string) => ({
  definition: { name: "thing", options: z.strictObject({}), twice: (x: number) => 2 * x },
  schema: z.strictObject({}),
  module,
});

Deno.test("own code is the module with what it imports by paths, and its hash changes with either", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const module = join(folder, "part.ts");
    await Deno.writeTextFile(module, 'import { two } from "./two.ts";\nexport default two;\n');
    await Deno.writeTextFile(join(folder, "two.ts"), 'import "./part.ts";\nexport const two = 2;\n');
    const read = async () => (await ownCode(known(pathToFileURL(module).href)))!;
    const first = await read();
    expect(Object.keys(first.files)).toEqual(["part.ts", "two.ts"]);
    expect(first.module).toBe(module);
    expect(await read()).toEqual(first);
    await Deno.writeTextFile(join(folder, "two.ts"), "export const two = 3;\n");
    expect((await read()).sha256).not.toBe(first.sha256);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("a built-in part has no code of its own; a cell's are its functions", async () => {
  expect(await ownCode(known(new URL("../models/families.ts", import.meta.url).href))).toBeUndefined();
  const { module, files } = (await ownCode(known()))!;
  expect(module).toBe("a notebook's cell");
  expect(Object.values(files)[0]).toContain("2 * x");
});

Deno.test("a module that isn't there or fails is told by its file", async () => {
  await expect(importParts("no/such/part.ts")).rejects.toThrow(/no\/such\/part\.ts/);
});
