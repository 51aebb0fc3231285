import { utils, write } from "@e965/xlsx";
import { expect } from "expect";
import fc from "fast-check";
import { AuscultError } from "../errors/mod.ts";
import { readTable, writeAtomic } from "./mod.ts";

function workbook(rows: unknown[][]): Uint8Array {
  const book = utils.book_new();
  utils.book_append_sheet(book, utils.aoa_to_sheet(rows), "Tabelle1");
  return new Uint8Array(write(book, { type: "array", bookType: "xlsx" }));
}

async function withFile(content: Uint8Array | string, check: (path: string) => Promise<void>) {
  const folder = await Deno.makeTempDir();
  try {
    await writeAtomic(`${folder}/t.csv`, content);
    await check(`${folder}/t.csv`);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("readTable() knows a workbook by its bytes, writes numbers as they are and dates without a time", async () => {
  const rows = [["path", "age", "day", "ok"], ["a.wav", 4.25, new Date(Date.UTC(2024, 4, 1)), true], [
    "b.wav",
    1e-7,
    null,
    null,
  ]];
  await withFile(workbook(rows), async (path) => {
    const { columns, rows } = await readTable(path);
    expect(columns).toEqual(["path", "age", "day", "ok"]);
    expect(rows).toEqual([
      { line: 2, cells: { path: "a.wav", age: "4.25", day: "2024-05-01", ok: "true" } },
      { line: 3, cells: { path: "b.wav", age: "1e-7", day: "", ok: "" } },
    ]);
  });
  await withFile(
    workbook([]),
    (path) => expect(readTable(path)).rejects.toThrow(/cells in the first sheet.*"Tabelle1"/),
  );
});

Deno.test("readTable() answers any bytes with a table or a sentence that names the file", async () => {
  const seeds = [
    workbook([["path", "label"], ["a.wav", "x"]]),
    new TextEncoder().encode('\ufeffpath;label\r\n"a.wav";x\r\n'),
    Uint8Array.from("path\tlabel\na\tx\n", (letter) => letter.charCodeAt(0)),
  ];
  const damaged = fc.record({
    seed: fc.constantFrom(...seeds),
    cut: fc.nat(),
    changes: fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { maxLength: 8 }),
  }).map(({ seed, cut, changes }) => {
    const bytes = seed.slice(0, 1 + cut % seed.length);
    for (const [at, value] of changes) bytes[at % bytes.length] = value;
    return bytes;
  });
  await fc.assert(
    fc.asyncProperty(damaged, (bytes) =>
      withFile(bytes, async (path) => {
        const answer = await readTable(path).catch((error: unknown) => error);
        if (answer instanceof Error) {
          expect(answer).toBeInstanceOf(AuscultError);
          expect(answer.message).toContain(path);
        }
      })),
    { numRuns: 150 },
  );
});
