import { expect } from "expect";
import { randomStream } from "../../random/mod.ts";
import { AuscultError } from "../../errors/mod.ts";
import { rar, zip, type ZipFile } from "../fixtures/archives.ts";
import { withFolder } from "../fixtures/with_folder.ts";
import { unpackArchive } from "./unpack_archive.ts";

const text = (content: string) => new TextEncoder().encode(content);

Deno.test("unpackArchive() unpacks ZIP and RAR, and leaves leading folders away where told", async () => {
  await withFolder({
    "a.zip": zip([{ name: "top/x/1.txt", content: text("one") }, { name: "__MACOSX/._1", content: text("") }]),
    "b.rar": rar("N_New\\2.txt", text("two")),
  }, async (folder) => {
    expect(await unpackArchive(`${folder}/a.zip`, { folder, budget: { bytes: 100 }, strip: 1 })).toEqual(["x/1.txt"]);
    expect(await Deno.readTextFile(`${folder}/x/1.txt`)).toBe("one");
    expect(await unpackArchive(`${folder}/b.rar`, { folder, budget: { bytes: 100 } })).toEqual(["N_New/2.txt"]);
    expect(await Deno.readTextFile(`${folder}/N_New/2.txt`)).toBe("two");
  });
});

Deno.test("unpackArchive() writes nothing outside its folder, no link, not more than allowed, nothing damaged", async () => {
  const bad: [ZipFile, RegExp][] = [
    [{ name: "../evil.txt", content: text("x") }, /invalid relative path|found the name/],
    [{ name: "/evil.txt", content: text("x") }, /absolute path|found the name/],
    [{ name: "..\\evil.txt", content: text("x") }, /invalid relative path|found the name/],
    [{ name: "link", content: text("/etc/passwd"), mode: 0o120777 }, /found the link "link"/],
    [{ name: "big.txt", content: new Uint8Array(200_000) }, /at most 1000 more bytes when unpacked but found 200000/],
    [{ name: "a.txt", content: text("x"), sum: 1 }, /another checksum than its own for a\.txt/],
  ];
  for (const [entry, message] of bad) {
    await withFolder({ "in/a.zip": zip([entry]) }, async (folder) => {
      await expect(unpackArchive(`${folder}/in/a.zip`, { folder: `${folder}/in/out`, budget: { bytes: 1000 } })).rejects
        .toThrow(message);
      expect([...Deno.readDirSync(folder)].map(({ name }) => name)).toEqual(["in"]);
      const left = [...Deno.readDirSync(`${folder}/in`)].flatMap(({ name }) =>
        name === "out" ? [...Deno.readDirSync(`${folder}/in/out`)] : []
      );
      expect(left).toEqual([]);
    });
  }
  await withFolder({ "a.zip": "hello", "b.rar": "hello" }, async (folder) => {
    await expect(unpackArchive(`${folder}/a.zip`, { folder, budget: { bytes: 1 } })).rejects.toThrow(
      /a ZIP archive but found/,
    );
    await expect(unpackArchive(`${folder}/b.rar`, { folder, budget: { bytes: 1 } })).rejects.toThrow(
      /a RAR archive but found/,
    );
  });
});

Deno.test("unpackArchive() says of every damaged RAR that it is damaged, in words of its own", async () => {
  const whole = rar("N_New\\2.txt", text("two and a little more, so that the damage may fall into the content"));
  const random = randomStream(0, "damaged archives");
  for (let i = 0; i < 200; i++) {
    const damaged = whole.slice(0, random.integer(4) === 0 ? 1 + random.integer(whole.length - 1) : whole.length);
    for (let k = 1 + random.integer(4); k > 0; k--) damaged[random.integer(damaged.length)] = random.integer(256);
    await withFolder({ "b.rar": damaged }, async (folder) => {
      const error = await unpackArchive(`${folder}/b.rar`, { folder, budget: { bytes: 1e6 } }).catch((error) => error);
      if (!Array.isArray(error)) expect(error).toBeInstanceOf(AuscultError);
    });
  }
});
