import { expect } from "expect";
import { withFolder } from "../fixtures/with_folder.ts";
import { checkDataset, suspicions } from "../mod.ts";

/** What is odd about a table of as many recordings as it has lines. */
async function odd(header: string, lines: string[]): Promise<string[]> {
  const sounds = Object.fromEntries(lines.map((line, i) => [line.split(",")[0], { seconds: 0.2, seed: i + 1 }]));
  let said: string[] = [];
  await withFolder({ ...sounds, "t.csv": [header, ...lines].join("\n") + "\n" }, async (folder) => {
    const { rows, table } = await checkDataset("csv", { folder: `${folder}/t.csv`, quick: true });
    said = suspicions(rows.get("labels")!, table!);
  });
  return said;
}
const label = (i: number) => i % 2 ? "normal" : "murmur";
const lines = (count: number, line: (i: number) => string) => Array.from({ length: count }, (_, i) => line(i));

Deno.test("suspicions() finds nothing odd in a sound table", async () => {
  expect(await odd("path,subject,label", lines(12, (i) => `${i}.wav,P${i >> 2},${label(i)}`))).toEqual([]);
});

Deno.test("suspicions() names a column that may be the subject, with the setting that says so", async () => {
  expect(await odd("path,Pat. name,label", lines(6, (i) => `${i}.wav,P${i >> 1},${label(i)}`))).toEqual([
    expect.stringMatching(/"Pat\. name" may be: --column subject='Pat\. name'.*--set dataset\.columns\.subject=/),
  ]);
  expect(await odd("path,label", lines(12, (i) => `P${i >> 1}_${i}.wav,${label(i)}`))).toEqual([
    expect.stringMatching(/names of recordings begin alike \(P0_0, P0_1: P0\?\).*add a column subject/),
  ]);
});

Deno.test("suspicions() sees numbers of rows and dates among subjects", async () => {
  expect(await odd("id,path,label", lines(24, (i) => `${i}.wav,${i}.wav,${label(i)}`))).toEqual([
    expect.stringMatching(/each row has another "id"/),
  ]);
  expect(await odd("path,subject,label", lines(6, (i) => `${i}.wav,2024-01-0${1 + (i >> 1)},${label(i)}`))).toEqual([
    expect.stringMatching(/a subject is called 2024-01-01.*spreadsheet/),
  ]);
});

Deno.test("suspicions() sees a class of one subject, one class alone, and labels that are none", async () => {
  const rare = await odd("path,subject,label", lines(8, (i) => `${i}.wav,P${i >> 1},${i < 2 ? "rub" : label(i)}`));
  expect(rare).toEqual([expect.stringMatching(/rub is of one subject \(P0\)/)]);
  expect(await odd("path,subject,label", lines(4, (i) => `${i}.wav,P${i},x`))).toEqual([
    expect.stringMatching(/all rows are of one class, x/),
  ]);
  expect(await odd("path,subject,label", lines(30, (i) => `${i}.wav,P${i},${"abc".repeat(i)}x`)))
    .toEqual(
      [expect.stringMatching(/30 classes in 30 rows: is "label" the column of the labels\?/)],
    );
});

Deno.test("suspicions() names subjects and classes that look alike and count as different", async () => {
  const subjects = ["P-1", "P1", "P2", "P02"], labels = ["murmur", "murmer", "normal", "normal"];
  expect(await odd("path,subject,label", lines(16, (i) => `${i}.wav,${subjects[i % 4]},${labels[(i + (i >> 2)) % 4]}`)))
    .toEqual([
      expect.stringMatching(/subjects that look alike.*"P-1" and "P1"; "P2" and "P02"/),
      expect.stringMatching(/classes that look alike.*"murmur" and "murmer"/),
    ]);
});
