import { expect } from "expect";
import fc from "fast-check";
import { utils, write } from "@e965/xlsx";
import { DataError } from "../errors/mod.ts";
import { parseCsv } from "../files/mod.ts";
import { appendVerdict } from "./append_verdict.ts";
import { currentVerdicts, mergeVerdicts } from "./merge_verdicts.ts";
import { verdictColumns } from "./verdict_cells.ts";
import { formatVerdicts, parseVerdicts, readVerdicts, type Verdict } from "./verdicts.ts";

const verdict: Verdict = {
  item: "a/1.wav 0.000-5.000 s",
  rater: "Ada",
  queue: "wrong-labels",
  label: "Normal",
  verdict: "Murmur",
  certainty: "likely",
  blind: true,
  events: [{ start: 0.5, end: 0.81, label: "systolic" }],
  remark: "loud at the apex",
  seconds: 7.5,
  time: "2026-05-01T12:30:00.000Z",
};

async function inFolder(work: (path: string, folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await work(`${folder}/verdicts.csv`, folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("what formatVerdicts() writes is read again, whatever people type, and is no formula to a spreadsheet", () => {
  const text = fc.string({ unit: "grapheme", maxLength: 30 }).map((typed) =>
    typed.normalize("NFC").replaceAll(/[\s\0\u200b-\u200d\u2060\ufeff]+/g, " ").trim()
  );
  const some = text.filter((typed) => typed !== "" && typed !== "?");
  const any = fc.record({
    ...{ item: some, rater: some, queue: text, verdict: fc.option(some), remark: text },
    label: fc.option(some),
    certainty: fc.constantFrom("sure", "likely", "unsure" as const),
    blind: fc.boolean(),
    events: fc.array(fc.record({ start: fc.nat(), end: fc.nat(), label: text })),
    seconds: fc.double({ min: 0, max: 1e4, noNaN: true }),
    time: fc.date({ min: new Date("2000-01-01"), max: new Date("2100-01-01"), noInvalidDate: true })
      .map((date) => date.toISOString()),
  });
  fc.assert(fc.property(fc.array(any, { minLength: 1, maxLength: 4 }), (verdicts) => {
    const written = formatVerdicts(verdicts);
    expect(parseVerdicts(written, "verdicts.csv")).toEqual(verdicts);
    expect(written.trimEnd().split("\n").length).toBe(verdicts.length + 1);
    const cells = parseCsv(written, "verdicts.csv").flatMap((row) => Object.values(row));
    expect(cells.filter((cell) => /^[=+@\-\t]/.test(cell) && !Number.isFinite(Number(cell)))).toEqual([]);
  }));
});

Deno.test("a remark that begins as a formula does is marked, and read as it was typed", () => {
  const written = formatVerdicts([{ ...verdict, remark: '=HYPERLINK("http://x")' }]);
  expect(written).toContain("'=HYPERLINK");
  expect(parseVerdicts(written, "x")[0].remark).toBe('=HYPERLINK("http://x")');
});

Deno.test("readVerdicts() reads what a German Excel saved: semicolons, a byte order mark, turned dates, empty lines", async () => {
  await inFolder(async (path) => {
    const lines = [
      verdictColumns.join(";"),
      "",
      'a/1.wav 0.000-5.000 s;Ada;random;Normal;Murmur;Sure;YES;"[{""start"":0.5,""end"":0.81,""label"":""x""}]";;7,5;01.05.2026 12:30',
      ";".repeat(verdictColumns.length - 1),
    ];
    await Deno.writeTextFile(path, "\ufeff" + lines.join("\r\n") + "\r\n");
    const [read, ...others] = await readVerdicts(path);
    expect(others).toEqual([]);
    expect(read).toMatchObject({ seconds: 7.5, blind: true, certainty: "sure", time: "2026-05-01T12:30:00.000Z" });
    expect(read.events).toEqual([{ start: 0.5, end: 0.81, label: "x" }]);
  });
});

Deno.test("readVerdicts() reads a workbook", async () => {
  await inFolder(async (path) => {
    const cells = parseCells(formatVerdicts([verdict]));
    const book = utils.book_new();
    utils.book_append_sheet(book, utils.aoa_to_sheet(cells));
    await Deno.writeFile(path, new Uint8Array(write(book, { type: "array", bookType: "xlsx" })));
    expect(await readVerdicts(path)).toEqual([verdict]);
  });
});

function parseCells(text: string): string[][] {
  const [header] = text.split("\n");
  const { events, ...row } = verdict;
  return [
    header.split(","),
    [
      ...[row.item, row.rater, row.queue, row.label!, row.verdict!, row.certainty, "yes", JSON.stringify(events)],
      ...[row.remark, String(row.seconds), row.time],
    ],
  ];
}

Deno.test("a line that is no verdict is named, with what is wrong with it", () => {
  const good = formatVerdicts([verdict]).trimEnd();
  for (
    const [from, to, word] of [
      ["likely", "perhaps", "certainty"],
      ["7.5", "long", "seconds"],
      ["2026-05-01T12:30:00.000Z", "05/01/26", "time"],
      [",yes,", ",sometimes,", "blind"],
      [",Murmur,", ",,", "verdict"],
    ]
  ) {
    const text = `${good}\n${good.split("\n")[1].replace(from, to)}\n`;
    expect(() => parseVerdicts(text, "v.csv")).toThrow(
      new RegExp(`line 3 of v.csv[^]*${word}|${word}[^]*line 3 of v.csv`),
    );
  }
});

Deno.test("appendVerdict() only adds, and mends a line that a crash cut off anywhere", async () => {
  const whole = formatVerdicts([verdict, verdict]);
  const first = formatVerdicts([verdict]).length;
  await inFolder(async (path) => {
    for (let cut = 0; cut <= whole.length; cut += 7) {
      await Deno.writeTextFile(path, whole.slice(0, cut));
      const before = cut < first - 1 ? 0 : cut < whole.length - 1 ? 1 : 2;
      await appendVerdict(path, { ...verdict, rater: "Bo" });
      const raters = (await readVerdicts(path)).map(({ rater }) => rater);
      // A line is whole when its time is; what a crash left of a time may still be one.
      expect([before, before + 1]).toContain(raters.filter((rater) => rater === "Ada").length);
      expect(raters.at(-1)).toBe("Bo");
    }
  });
});

Deno.test("appendVerdict() loses none of many at once", async () => {
  await inFolder(async (path) => {
    const raters = Array.from({ length: 25 }, (_, i) => `rater ${i}`);
    await Promise.all(raters.map((rater) => appendVerdict(path, { ...verdict, rater })));
    const read = await readVerdicts(path);
    expect(new Set(read.map(({ rater }) => rater))).toEqual(new Set(raters));
    expect(read.length).toBe(raters.length);
  });
});

Deno.test("appendVerdict() goes on in a file that a spreadsheet saved, and keeps that one", async () => {
  await inFolder(async (path) => {
    const edited = formatVerdicts([{ ...verdict, events: [], remark: "" }]).replaceAll(",", ";") + ";\n";
    await Deno.writeTextFile(path, edited);
    await appendVerdict(path, { ...verdict, rater: "Bo" });
    expect((await readVerdicts(path)).map(({ rater }) => rater)).toEqual(["Ada", "Bo"]);
    expect(await Deno.readTextFile(`${path}.edited`)).toBe(edited);
  });
});

Deno.test("appendVerdict() leaves an edited file with a wrong line alone", async () => {
  await inFolder(async (path) => {
    const edited = formatVerdicts([verdict]).replace("item,rater", "rater,item").replace("likely", "maybe");
    await Deno.writeTextFile(path, edited);
    await expect(appendVerdict(path, verdict)).rejects.toThrow(DataError);
    expect(await Deno.readTextFile(path)).toBe(edited);
  });
});

Deno.test("mergeVerdicts() takes copies once, refuses two of one name, and keeps them apart when told", async () => {
  await inFolder(async (path, folder) => {
    const other = `${folder}/second.csv`, copy = `${folder}/copy.csv`;
    const later = { ...verdict, verdict: "Normal", time: "2026-05-02T09:00:00.000Z" };
    await Deno.writeTextFile(path, formatVerdicts([verdict]));
    await Deno.writeTextFile(copy, formatVerdicts([verdict, later]));
    expect(await mergeVerdicts([path, copy, copy])).toEqual([verdict, later]);
    await Deno.writeTextFile(other, formatVerdicts([{ ...later, rater: "ada " }]));
    await expect(mergeVerdicts([path, other])).rejects.toThrow(/Ada.*verdicts\.csv.*second\.csv/);
    expect((await mergeVerdicts([path, other], { sameName: "apart" })).map(({ rater }) => rater))
      .toEqual(["Ada (verdicts.csv)", "ada (second.csv)"]);
    expect(currentVerdicts(await mergeVerdicts([path, other], { sameName: "same" }))).toEqual([{
      ...later,
      rater: "Ada",
    }]);
  });
});
