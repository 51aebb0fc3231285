import { expect } from "expect";
import { fileInside } from "./mod.ts";

async function withFolder(check: (folder: string) => Promise<void>) {
  const outer = await Deno.makeTempDir();
  try {
    await Deno.mkdir(`${outer}/inside/deep`, { recursive: true });
    await Deno.writeTextFile(`${outer}/secret.txt`, "secret");
    await Deno.writeTextFile(`${outer}/inside/deep/a..b ü.txt`, "own");
    await check(`${outer}/inside`);
  } finally {
    await Deno.remove(outer, { recursive: true });
  }
}
const maxBytes = 1000;

Deno.test("fileInside() gives the files of a folder, whatever they are called", () =>
  withFolder(async (folder) => {
    const path = await fileInside(folder, "deep/a..b ü.txt", { maxBytes });
    expect(await Deno.readTextFile(path)).toBe("own");
  }));

for (
  const name of [
    "../secret.txt",
    "deep/../../secret.txt",
    "/etc/passwd",
    "..\\secret.txt",
    "C:\\secret.txt",
    "",
    "a\0b",
  ]
) {
  Deno.test(`fileInside() refuses the name ${JSON.stringify(name)}`, () =>
    withFolder(async (folder) => {
      await expect(fileInside(folder, name, { maxBytes })).rejects.toThrow(/a path out of the folder/);
    }));
}

Deno.test("fileInside() refuses links out of the folder, devices, folders, large files, and says what is missing", () =>
  withFolder(async (folder) => {
    const link = (to: string, name: string) => Deno.symlink(to, `${folder}/${name}`);
    await link("../secret.txt", "link");
    await link("..", "up");
    await link("/dev/zero", "zero");
    await link("deep/a..b ü.txt", "own");
    const refused = (name: string, options = { maxBytes }) => expect(fileInside(folder, name, options)).rejects;
    await refused("link").toThrow(/a link out of the folder/);
    await refused("up/secret.txt").toThrow(/a link out of the folder/);
    await refused("zero").toThrow(/a link out of the folder/);
    await refused("deep").toThrow(/a folder/);
    await refused("none.txt").toThrow(/but found none/);
    await refused("deep/a..b ü.txt", { maxBytes: 2 }).toThrow(/more than/);
    expect(await fileInside(folder, "own", { maxBytes })).toContain("a..b");
  }));
