import { expect } from "expect";
import { z } from "zod";
import { cachedResult } from "./cached_result.ts";

Deno.test("cachedResult() works out anew what has one other character, or was cut, and gives back what is whole", async () => {
  const cacheFolder = await Deno.makeTempDir();
  try {
    let made = 0;
    const levels = { name: "levels", key: ["a.wav", 1], schema: z.array(z.number()) };
    const get = () => cachedResult(levels, { cacheFolder }, () => Promise.resolve([(made++, 0.25), -12.5]));
    expect(await get()).toEqual([0.25, -12.5]);
    const [{ name }] = [...Deno.readDirSync(cacheFolder)].filter(({ name }) => name.startsWith("levels-"));
    const path = `${cacheFolder}/${name}`;
    const whole = await Deno.readTextFile(path);
    for (const at of [0, whole.indexOf("0.25") + 2, whole.length - 3]) {
      await Deno.writeTextFile(path, `${whole.slice(0, at)}7${whole.slice(at + 1)}`);
      expect(await get()).toEqual([0.25, -12.5]);
      expect(await Deno.readTextFile(path)).toBe(whole);
    }
    await Deno.writeTextFile(path, whole.slice(0, -1));
    await get();
    expect(made).toBe(5);
    await get();
    expect(made).toBe(5);
  } finally {
    await Deno.remove(cacheFolder, { recursive: true });
  }
});
