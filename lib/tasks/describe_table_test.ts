import { expect } from "expect";
import { checkDataset, type ColumnNames } from "../datasets/mod.ts";
import { withFolder } from "../datasets/fixtures/with_folder.ts";
import { describeTable } from "./describe_table.ts";

async function said(
  files: Parameters<typeof withFolder>[0],
  options: { columns?: ColumnNames; quick?: boolean } = {},
): Promise<string> {
  let text = "";
  await withFolder(files, async (folder) => {
    text = describeTable(await checkDataset("csv", { folder, ...options }), { path: "my data/t.csv", ...options }).join(
      "\n",
    );
  });
  return text;
}
const sounds = (count: number, seconds = (_: number) => 0.2) =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`${i}.wav`, { seconds: seconds(i), seed: i + 1 }]));
const table = (count: number, line: (i: number) => string) =>
  Array.from({ length: count }, (_, i) => `${line(i)}\n`).join("");

Deno.test("describeTable() says what each column was taken for, and counts what there is", async () => {
  const lines = table(10, (i) => `${i}.wav;P${i >> 1};${i % 4 < 2 ? "gesund" : "krank"};4,5;`);
  const text = await said({ ...sounds(10), "t.csv": "Datei;Pat-Nr;Klasse;Alter;Notiz\n" + lines });
  for (
    const part of [
      't.csv: 10 lines below the header, fields divided by ";"',
      /Datei +the recording\n +Pat-Nr +the subject\n +Klasse +the label\n +Alter +the age in years \(1 values, such as "4,5"\)\n +Notiz +empty/,
      "  10 items, 10 recordings, 5 subjects\n  class gesund: 6 items, 6 recordings, 3 subjects\n  class krank: 4 items",
      "durations: 0.2 s to 0.2 s, median 0.2 s",
      "sampling rates: 2000 Hz (10)",
    ]
  ) expect(text).toMatch(part);
});

Deno.test("describeTable() names copies, what is missing, and what tells the class without a sound", async () => {
  const lines = table(40, (i) => `${i}.wav,P${i >> 1},${i % 4 < 2 ? "no" : "yes"},${i % 4 < 2 ? "A" : "B"}`);
  const copies = { ...sounds(40, (i) => i % 4 < 2 ? 0.2 : 0.4), "39.wav": { seconds: 0.4, seed: 39 } };
  const text = await said({ ...copies, "t.csv": `path,subject,label,device\n${lines}none.wav,P99,no,A\n` });
  expect(text).toMatch(/duplicate: 39\.wav holds the same samples as 38\.wav/);
  expect(text).toMatch(/missing: none\.wav there is no such recording \(line 42 of t\.csv\)/);
  expect(text).toMatch(/the source alone \(A, B\) tells the label of labels with a balanced accuracy of 1\.000/);
  expect(text).toMatch(/the duration alone \(0\.2 s, 0\.4 s\) tells .* 1\.000/);
});

Deno.test("describeTable() says that too few subjects can't be divided, and what fits", async () => {
  const lines = table(8, (i) => `${i}.wav,P${i >> 1},${i % 4 < 2 ? "no" : "yes"}`);
  const text = await said({ ...sounds(8), "t.csv": `path,subject,label\n${lines}` });
  expect(text).toMatch(/at least 5 subjects for 5 folds but found 4/);
});

Deno.test("describeTable() takes columns by the names that are given", async () => {
  const lines = table(4, (i) => `${i}.wav,P${i},${i % 2 ? "no" : "yes"}`);
  const options = { columns: { subject: "Kennung" }, quick: true };
  expect(await said({ ...sounds(4), "t.csv": `path,Kennung,label\n${lines}` }, options)).toMatch(
    /Kennung +the subject/,
  );
});

Deno.test("describeTable() goes on with the columns that were named and a path that a shell reads back", async () => {
  const lines = table(40, (i) => `${i}.wav,P${i},${i % 2 ? "no" : "yes"}`);
  const columns = { subject: "Pat Nr" };
  const text = await said({ ...sounds(40), "t.csv": `path,Pat Nr,label\n${lines}` }, { columns, quick: true });
  expect(text).toMatch(
    /Next: deno task experiment \S+ --data 'my data\/t\.csv' --set 'dataset\.columns\.subject=Pat Nr'$/,
  );
});

/** The last line for so many subjects of each class, each with a part or `train`. */
async function next(subjects: Record<string, number>, part = (_: number) => "train") {
  const lines = Object.entries(subjects).flatMap(([label, count]) =>
    Array.from({ length: 2 * count }, (_, i) => `${label}${i >> 1},${label},${part(i)}`)
  ).map((line, i) => `${i}.wav,${line}\n`);
  const text = await said({ ...sounds(lines.length), "t.csv": `path,subject,label,part\n${lines.join("")}` }, {
    quick: true,
  });
  return text.split("\n").at(-1)!;
}

Deno.test("describeTable() names no next step that would fail or mislead, but what to mend", async () => {
  expect(await next({ well: 12 })).toMatch(/^Mend first: all rows are of one class, well/);
  expect(await next({ well: 2, ill: 2 })).toMatch(/^Mend first: too few patients.*at least 3 of each class.*ill has 2/);
  expect(await next({ well: 8, ill: 8 }, (i) => i % 2 ? "train" : "test")).toMatch(
    /^Mend first: subject \w+ is in .*parts/,
  );
  expect(await next({ well: 3, ill: 3 })).toMatch(/^Next: .*--set evaluation\.protocol\.folds=3/);
  expect(await next({ well: 12, ill: 12 })).toMatch(/^Next: .*--data 'my data\/t\.csv'$/);
});

Deno.test("describeTable() shows the line break of a class once, and says how a table was read in its first line", async () => {
  const head = new TextEncoder().encode("path,subject,label,Gerät\n").filter((byte) => byte !== 0xc3);
  head[head.indexOf(0xa4)] = 0xe4;
  const rest = new TextEncoder().encode(table(8, (i) => `${i}.wav,P${i},${i % 2 ? "no" : '"heart\nmurmur"'},A`));
  const text = await said({ ...sounds(8), "t.csv": new Uint8Array([...head, ...rest]) }, { quick: true });
  expect(text).toMatch(/^t\.csv: 8 lines .*Windows-1252/);
  expect(text.match(/Windows-1252/g)).toHaveLength(1);
  expect(text).toContain("class heart murmur: 4 items");
  expect(text).toMatch(/control characters .* 4 cells, such as "heart\\nmurmur" in line 2/);
  expect(text).toMatch(/Gerät +the source/);
});
