import { expect } from "expect";
import fc from "fast-check";
import { decodeText, formatCsv, parseTable, readTable, writeAtomic } from "./mod.ts";
import { utils, write } from "@e965/xlsx";
import { AuscultError } from "../errors/mod.ts";

Deno.test("parseTable() counts lines as an editor does, over quoted line breaks and empty lines", () => {
  const { rows, delimiter } = parseTable('sep=;\n"path";b\n"x\ny";2\n\n;\n3;4\n', "x.csv");
  expect(delimiter).toBe(";");
  expect(rows).toEqual([{ line: 3, cells: { path: "x\ny", b: "2" } }, { line: 7, cells: { path: "3", b: "4" } }]);
});

Deno.test("parseTable() reads what formatCsv() writes, blanks at the ends of cells apart", () => {
  const cell = fc.string({ unit: fc.constantFrom("a", "é", ",", ";", '"', "\n", " ", "1", "\t"), minLength: 1 })
    .map((text) => text.trim()).filter((text) => text !== "");
  fc.assert(fc.property(fc.array(fc.record({ path: cell, label: cell }), { minLength: 1 }), (rows) => {
    const read = parseTable(formatCsv(rows, ["path", "label"]), "x.csv");
    expect(read.rows.map(({ cells }) => cells)).toEqual(rows.map((row) => ({ ...row })));
  }));
});

Deno.test("parseTable() keeps two columns of one name apart, and cells that no header names", () => {
  const { columns, rows } = parseTable("a,a,\n1,2,3\n", "x.csv");
  expect(columns).toEqual(["a", "a (column 2)", "column 3"]);
  expect(rows[0].cells).toEqual({ a: "1", "a (column 2)": "2", "column 3": "3" });
  expect(Object.keys(parseTable("__proto__,constructor\n1,2\n", "x.csv").rows[0].cells)).toEqual([
    "__proto__",
    "constructor",
  ]);
});

Deno.test("parseTable() passes over titles and comments that hold the delimiter, and quotes around whole lines", () => {
  const cells = { path: "a.wav", label: "x, y", age: "4,5" };
  const title = parseTable("Ward 3, 2024\npath;label;age\na.wav;x, y;4,5\n", "x.csv");
  const comments = parseTable('# by us, 2024\n# v2\npath,label,age\na.wav,"x, y","4,5"\n', "x.csv");
  const quoted = parseTable('"path,label,age"\n"a.wav,""x, y"",""4,5"""\n', "x.csv");
  for (const { rows } of [title, comments, quoted]) expect(rows.map((row) => row.cells)).toEqual([cells]);
  expect(parseTable("#path,label\na.wav,x\n", "x.csv").columns).toEqual(["#path", "label"]);
});

Deno.test("parseTable() answers any text with a table or a sentence that names the file", () => {
  fc.assert(fc.property(fc.string({ unit: fc.constantFrom(...'a1,;\t|"\n =') }), (text) => {
    try {
      parseTable(text, "any.csv");
    } catch (error) {
      expect((error as Error).message).toMatch(/^Expected .* but found .* in any\.csv/s);
    }
  }));
});

Deno.test("decodeText() knows UTF-8, UTF-16 and Windows-1252", () => {
  const utf16 = (mark: number[], swap: boolean) =>
    Uint8Array.from([
      ...mark,
      ...Array.from("é;b;c\r\n").flatMap((c) => swap ? [0, c.charCodeAt(0)] : [c.charCodeAt(0), 0]),
    ]);
  for (
    const [bytes, encoding] of [
      [new TextEncoder().encode("\ufeffé;b;c\r\n"), "UTF-8"],
      [Uint8Array.from("é;b;c\r\n", (c) => c.charCodeAt(0)), "Windows-1252"],
      [utf16([0xff, 0xfe], false), "UTF-16"],
      [utf16([0xfe, 0xff], true), "UTF-16"],
      [utf16([], false), "UTF-16"],
    ] as const
  ) expect(decodeText(bytes, "x.csv")).toEqual({ text: "é;b;c\n", encoding });
  expect(() => decodeText(Uint8Array.from([0x89, 0x50, 0, 1, 2, 3]), "x.png")).toThrow(
    /text but found bytes.*in x\.png/,
  );
});

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
