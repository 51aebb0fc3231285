import { expect } from "expect";
import { sweepTemporary, writeAtomic } from "./mod.ts";

Deno.test("sweepTemporary() removes what a killed writer left and nothing else", async () => {
  const folder = await Deno.makeTempDir();
  await writeAtomic(`${folder}/deep/a.json`, "whole");
  const left = [
    `${folder}/latest.0a1b2c3d.tmp`,
    `${folder}/deep/a.json.12345678.tmp`,
    `${folder}/deep/old.ffffffff.tmp`,
  ];
  for (const path of [...left, `${folder}/notes.tmp`]) await Deno.writeTextFile(path, "half");
  await Deno.utime(left[2], new Date(0), new Date(0));
  const there = async () => (await Promise.all(left.map((path) => Deno.stat(path).then(() => 1, () => 0)))).join("");

  await sweepTemporary(folder, { olderThan: 60 });
  expect(await there()).toBe("111");
  await sweepTemporary(folder, { olderThan: 60, deep: true });
  expect(await there()).toBe("110");
  await sweepTemporary(folder, { deep: true });
  expect(await there()).toBe("000");
  expect(await Deno.readTextFile(`${folder}/notes.tmp`)).toBe("half");
  expect(await Deno.readTextFile(`${folder}/deep/a.json`)).toBe("whole");
  await Deno.mkdir(`${folder}/a.zip.0a1b2c3d.tmp/deep`, { recursive: true });
  await sweepTemporary(folder);
  await Deno.stat(`${folder}/a.zip.0a1b2c3d.tmp`);
  await sweepTemporary(folder, { folders: true });
  await expect(Deno.stat(`${folder}/a.zip.0a1b2c3d.tmp`)).rejects.toThrow();
  await sweepTemporary(`${folder}/none`);
  await Deno.remove(folder, { recursive: true });
});
