import { expect } from "expect";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { UsageError } from "../../errors/mod.ts";
import { writeStudy } from "./write_study.ts";

async function inFolder(check: (folder: string) => Promise<void>) {
  const folder = await Deno.makeTempDir();
  await check(join(folder, "my study"));
  await Deno.remove(folder, { recursive: true });
}

Deno.test("writeStudy() links a study to the clone that made it, and names each task's permissions", () =>
  inFolder(async (folder) => {
    await writeStudy(folder);
    const config = JSON.parse(await Deno.readTextFile(join(folder, "deno.json")));
    const root = await Deno.realPath(fileURLToPath(new URL("../../../", import.meta.url)));
    expect(await Deno.realPath(join(folder, config.links[0]))).toBe(root);
    for (const [, name] of JSON.stringify(config.tasks).matchAll(/-P=(\w+)/g)) {
      expect(Object.keys(config.permissions)).toContain(name);
    }
    const { exports } = JSON.parse(await Deno.readTextFile(join(root, "deno.json")));
    for (const [, door] of JSON.stringify(config.tasks).matchAll(/jsr:@auscult\/auscult@[^/]+(\/[\w/]+)/g)) {
      expect([door, Object.keys(exports).includes(`.${door}`)]).toEqual([door, true]);
    }
  }));

Deno.test("writeStudy() begins with an experiment of Auscult's, and refuses one that isn't there", () =>
  inFolder(async (folder) => {
    await writeStudy(folder, { from: "experiments/heart/cinc2016.ts" });
    expect(await Deno.readTextFile(join(folder, "experiments/cinc2016.ts"))).toContain('from "@auscult/auscult"');
    expect(await Deno.readTextFile(join(folder, "README.md"))).not.toContain("first");
    await expect(writeStudy(`${folder} 2`, { from: "experiments/none.ts" })).rejects.toThrow(UsageError);
  }));

Deno.test("writeStudy() leaves a folder alone that holds something", () =>
  inFolder(async (folder) => {
    await Deno.mkdir(folder);
    await Deno.writeTextFile(join(folder, "thesis.txt"), "");
    await expect(writeStudy(folder)).rejects.toThrow(UsageError);
    expect([...Deno.readDirSync(folder)].length).toBe(1);
  }));
