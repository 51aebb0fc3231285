import { expect } from "expect";
import { keptGroups } from "./same_sounds.ts";

Deno.test("keptGroups() works out anew what has one other character, or was cut, and gives back what is whole", async () => {
  const cacheFolder = await Deno.makeTempDir();
  try {
    let made = 0;
    const groups = [["a.wav", "b.wav"], ["c.wav", "d.wav"]];
    const get = () => keptGroups(["a.wav", 1], { cacheFolder }, () => Promise.resolve((made++, groups)));
    expect(await get()).toEqual(groups);
    const [{ name }] = [...Deno.readDirSync(cacheFolder)].filter(({ name }) => name.startsWith("near-duplicates-"));
    const path = `${cacheFolder}/${name}`;
    const whole = await Deno.readTextFile(path);
    for (const at of [0, whole.indexOf("b.wav"), whole.length - 3]) {
      await Deno.writeTextFile(path, `${whole.slice(0, at)}7${whole.slice(at + 1)}`);
      expect(await get()).toEqual(groups);
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
