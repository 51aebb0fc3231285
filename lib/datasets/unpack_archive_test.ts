import { expect } from "expect";
import { rar, zip, type ZipFile } from "./test_archives.ts";
import { withFolder } from "./test_folder.ts";
import { unpackArchive } from "./unpack_archive.ts";

const text = new TextEncoder().encode(name);
    const common = [0x0800_0014, 8, 0, sum, data.length, content.length, text.length];
    const local = record([
      [4, 0x04034b50],
      [4, common[0]],
      [2, 8],
      [4, 0],
      [4, sum],
      [4, data.length],
      [4, content.length],
      [2, text.length],
      [2, 0],
    ]);
    central.push(
      record([
        ...[[4, 0x02014b50], [2, 0x0314], [4, common[0]], [2, 8], [4, 0], [4, sum], [4, data.length], [
          4,
          content.length,
        ]],
        ...[[2, text.length], [2, 0], [2, 0], [2, 0], [2, 0], [4, mode * 65536], [4, offset]],
      ]),
      text,
    );
    parts.push(local, text, data);
    offset += local.length + text.length + data.length;
  }
  const size = central.reduce((sum, part) => sum + part.length, 0);
  const end = record([[4, 0x06054b50], [2, 0], [2, 0], [2, files.length], [2, files.length], [4, size], [4, offset], [
    2,
    0,
  ]]);
  return joined([...parts, ...central, end]);
}

/** A RAR 4 archive with one stored file (RAR technote: marker, archive and file header; CRC-16 is half a CRC-32). */
function rar(name: string, content: Uint8Array): Uint8Array<ArrayBuffer> {
  const header = (fields: number[][], tail = new Uint8Array()) => {
    const body = joined([record(fields), tail]);
    return joined([record([[2, crc32(body) & 0xffff]]), body]);
  };
  const text = new TextEncoder().encode(name);
  return joined([
    Uint8Array.of(0x52, 0x61, 0x72, 0x21, 0x1a, 0x07, 0x00),
    header([[1, 0x73], [2, 0], [2, 13], [2, 0], [4, 0]]),
    header([
      ...[[1, 0x74], [2, 0x8000], [2, 32 + text.length], [4, content.length], [4, content.length], [1, 3]],
      ...[[4, crc32(content)], [4, 0], [1, 20], [1, 0x30], [2, text.length], [4, 0o100644]],
    ], text),
    content,
    header([[1, 0x7b], [2, 0x4000], [2, 7]]),
  ]);
}

function record(fields: number[][]): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(
    fields.flatMap(([width, value]) => Array.from({ length: width }, (_, i) => Math.floor(value / 256 ** i) & 255)),
  );
}

function joined(parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

const text = (content: string) => new TextEncoder().encode(content);

Deno.test("unpackArchive() unpacks ZIP and RAR, and leaves leading folders away where told", async () => {
  await withFolder({
    "a.zip": zip([{ name: "top/x/1.txt", content: text("one") }, { name: "__MACOSX/._1", content: text("") }]),
    "b.rar": rar("N_New\\2.txt", text("two")),
  }, async (folder) => {
    expect(await unpackArchive(`${folder}/a.zip`, { folder, maxBytes: 100, strip: 1 })).toEqual(["x/1.txt"]);
    expect(await Deno.readTextFile(`${folder}/x/1.txt`)).toBe("one");
    expect(await unpackArchive(`${folder}/b.rar`, { folder, maxBytes: 100 })).toEqual(["N_New/2.txt"]);
    expect(await Deno.readTextFile(`${folder}/N_New/2.txt`)).toBe("two");
  });
});

Deno.test("unpackArchive() writes nothing outside its folder, no link, not more than allowed, nothing damaged", async () => {
  const bad: [ZipFile, RegExp][] = [
    [{ name: "../evil.txt", content: text("x") }, /invalid relative path|found the name/],
    [{ name: "/evil.txt", content: text("x") }, /absolute path|found the name/],
    [{ name: "..\\evil.txt", content: text("x") }, /invalid relative path|found the name/],
    [{ name: "link", content: text("/etc/passwd"), mode: 0o120777 }, /found the link "link"/],
    [{ name: "big.txt", content: new Uint8Array(200_000) }, /at most 1000 bytes when unpacked but found more/],
    [{ name: "a.txt", content: text("x"), sum: 1 }, /another checksum than its own for a\.txt/],
  ];
  for (const [entry, message] of bad) {
    await withFolder({ "in/a.zip": zip([entry]) }, async (folder) => {
      await expect(unpackArchive(`${folder}/in/a.zip`, { folder: `${folder}/in/out`, maxBytes: 1000 })).rejects
        .toThrow(message);
      expect([...Deno.readDirSync(folder)].map(({ name }) => name)).toEqual(["in"]);
      const left = [...Deno.readDirSync(`${folder}/in`)].flatMap(({ name }) =>
        name === "out" ? [...Deno.readDirSync(`${folder}/in/out`)] : []
      );
      expect(left).toEqual([]);
    });
  }
  await withFolder({ "a.zip": "hello", "b.rar": "hello" }, async (folder) => {
    await expect(unpackArchive(`${folder}/a.zip`, { folder, maxBytes: 1 })).rejects.toThrow(/a ZIP archive but found/);
    await expect(unpackArchive(`${folder}/b.rar`, { folder, maxBytes: 1 })).rejects.toThrow(/a RAR archive but found/);
  });
});

