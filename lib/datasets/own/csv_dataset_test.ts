import { expect } from "expect";
import { loadDataset } from "../mod.ts";
import { type TestFile, withFolder } from "../fixtures/with_folder.ts";

const sounds: Record<string, TestFile> = {
  "a/1.wav": { seconds: 1 },
  "a/2.wav": { seconds: 2 },
  "b/3.wav": { seconds: 3 },
};
const task = "labels";

Deno.test("csv: path,subject,label is a dataset; segments, parts and attributes are taken where they are given", async () => {
  const mine =
    "path,subject,label,start,end,part,age\na/1.wav,p1,wheeze,,,train,40\na/2.mp3,p1,normal,0.5,1.5,train,40\n" +
    "b/3.wav,p2,crackle,0,3,test,\nb/4.wav,p2,crackle,,,test,\n";
  await withFolder({ ...sounds, "mine.csv": mine }, async (folder) => {
    const { rows, classes, passedOver, warnings } = await loadDataset("csv", { folder: `${folder}/mine.csv`, task });
    expect(classes).toEqual(["normal", "crackle", "wheeze"]);
    expect(rows).toEqual([
      {
        ...{ recording: "a/1.wav", subject: "p1", start: 0, end: 1, label: "wheeze", source: "all", part: "train" },
        attributes: { age: 40 },
      },
      expect.objectContaining({ recording: "a/2.wav", start: 0.5, end: 1.5, label: "normal" }),
    ]);
    expect(passedOver).toEqual([{ path: "b/4.wav", reason: "there is no such recording (line 5 of mine.csv)" }]);
    expect(warnings).toEqual([expect.stringMatching(/parts test \(1 rows\), train \(2 rows\)/)]);
    const test = await loadDataset("csv", { folder: `${folder}/mine.csv`, task, parts: ["test"] });
    expect(test.rows.map(({ subject }) => subject)).toEqual(["p2"]);
  });
});

Deno.test("csv: visits of a subject are told apart, also of subjects who turn out to be one", async () => {
  const mine = "path,subject,visit,label\na/1.wav,p1,1,x\na/2.wav,p1,2,y\nb/3.wav,p2,1,y\na/2.wav,p2,2,y\n";
  await withFolder({ ...sounds, "mine.csv": mine }, async (folder) => {
    const { rows } = await loadDataset("csv", { folder: `${folder}/mine.csv`, task });
    expect(rows.map(({ subject, visit }) => [subject, visit])).toEqual([["p1", "1"], ["p1", "2"], ["p1", "p2/1"]]);
  });
});

Deno.test("csv: a folder with a manifest.csv serves too, with a warning where no subject is named", async () => {
  await withFolder({ ...sounds, "manifest.csv": "recording,label\na/1.wav,x\nb/3.wav,y\n" }, async (folder) => {
    const { rows, warnings } = await loadDataset("csv", { folder, task });
    expect(rows.map(({ subject, end }) => [subject, end])).toEqual([["a/1", 1], ["b/3", 3]]);
    expect(warnings?.[0]).toMatch(/no subject is known/);
  });
});

Deno.test("csv: says which column or label is wrong", async () => {
  await withFolder({ ...sounds, "x.csv": "speaker,label\na/1.wav,x\n" }, async (folder) => {
    await expect(loadDataset("csv", { folder: `${folder}/x.csv`, task })).rejects.toThrow(
      /columns path .* but found only speaker, label in .*x\.csv: add the column recording or path/,
    );
  });
  await withFolder({ ...sounds, "x.csv": "path,subject,label\na/1.wav,p,x\na/1.wav,p,y\n" }, async (folder) => {
    await expect(loadDataset("csv", { folder: `${folder}/x.csv`, task })).rejects.toThrow(
      /one label for a\/1\.wav from 0 to 1 s but found "x" in line 2 and "y" in line 3/,
    );
  });
  await withFolder({ "x.csv": "path,subject,label\nnone.wav,p,x\n" }, async (folder) => {
    await expect(loadDataset("csv", { folder: `${folder}/x.csv`, task })).rejects.toThrow(
      /none among 1 files; of none\.wav/,
    );
    await expect(loadDataset("csv", { folder: `${folder}/y.csv`, task })).rejects.toThrow(
      /a table .* but found no such file or folder in .*y\.csv/,
    );
  });
});

/** Rows and warnings of a table that names `a/1.wav`, `a/2.wav` and `b/3.wav`. */
async function loaded(table: string, options: { columns?: Record<string, string>; parts?: string[] } = {}) {
  let manifest!: Awaited<ReturnType<typeof loadDataset>>;
  await withFolder({ ...sounds, "t.csv": table }, async (folder) => {
    manifest = await loadDataset("csv", { folder: `${folder}/t.csv`, task, ...options });
  });
  const { rows, warnings = [] } = manifest;
  return { ...manifest, warnings, rows: rows.map(({ subject, label, part }) => `${subject} ${label} ${part}`) };
}

Deno.test("csv: one person, class or part in several spellings is one, and that is said", async () => {
  const table = "path,subject,label,part\na/1.wav,P1,normal,Train\na/2.wav,p 1,Normal ,train\nb/3.wav,P2,murmur,TEST\n";
  const { rows, classes, warnings } = await loaded(table);
  expect([rows, classes]).toEqual([["P1 Normal train", "P1 Normal train"], ["Normal", "murmur"]]);
  expect(warnings).toEqual([
    expect.stringMatching(/subjects that differ only by case.*: "P1" = "p 1"/),
    expect.stringMatching(/classes that differ only by case.*: "Normal" = "normal"/),
    expect.stringMatching(/parts test \(1 rows\), train \(2 rows\)/),
  ]);
  expect((await loaded(table, { parts: ["Test"] })).rows).toEqual(["P2 murmur test"]);
  const floats = await loaded("path,subject,label\na/1.wav,1,0\na/2.wav,1.0,0.0\nb/3.wav,2.0,1\n");
  expect(floats.rows).toEqual(["1 0 train", "1 0 train", "2 1 train"]);
});

Deno.test("csv: what says that it isn't known is missing, and none is a healthy class", async () => {
  const table =
    "path,subject,label,age,part\na/1.wav,NaN,none,NA,train\na/2.wav,#N/A,crackle,-,train\nb/3.wav,P,null,4,train\n";
  const { rows, classes, passedOver, warnings } = await loaded(table);
  expect(rows).toEqual(["a/1 none train", "a/2 crackle train"]);
  expect(classes).toEqual(["none", "crackle"]);
  expect(passedOver).toEqual([{ path: "b/3.wav", reason: "has no label (line 4 of t.csv)" }]);
  expect(warnings).toEqual([expect.stringMatching(/the subject of 2 of 2 lines is missing/)]);
});

Deno.test("csv: equal lines count once, and subjects who share a recording are one", async () => {
  const twice = await loaded("path,subject,label\na/1.wav,p,x\na/1.wav,p,x\n./a/1.wav,p,x\nb/3.wav,q,y\n");
  expect(twice.rows).toEqual(["p x train", "q y train"]);
  expect(twice.warnings[0]).toMatch(/count once: 2 \(line 3 is the same as line 2, a\/1\.wav\)/);
  const shared = await loaded("path,subject,label\na/1.wav,p,x\na/1.wav,q,x\nb/3.wav,q,y\n");
  expect(shared.rows).toEqual(["p x train", "p y train"]);
  expect(shared.warnings[0]).toMatch(/several subjects, who are taken for one person: 1 \(a\/1\.wav: p, q\)/);
});

Deno.test("csv: columns may be named, times have decimal commas, and milliseconds where the header says so", async () => {
  const columns = { subject: "Kennung", label: "Y" };
  const table = "Datei;Kennung;Y;Onset (ms);Offset (ms)\na/2.wav;p;x;500;1500,5\nb/3.wav;q;y;;\n";
  await withFolder({ ...sounds, "t.csv": table }, async (folder) => {
    const { rows } = await loadDataset("csv", { folder: `${folder}/t.csv`, task, columns });
    expect(rows.map(({ subject, start, end }) => [subject, start, end])).toEqual([["p", 0.5, 1.5005], ["q", 0, 3]]);
    await expect(loadDataset("folders", { folder, task, columns })).rejects.toThrow(/with a table only/);
  });
});

Deno.test("csv: the only table in a folder is taken, several are asked about", async () => {
  const table = "path,label\na/1.wav,x\nb/3.wav,y\n";
  await withFolder({ ...sounds, "mine.tsv": table.replaceAll(",", "\t") }, async (folder) => {
    expect((await loadDataset("csv", { folder, task })).rows.length).toBe(2);
    await Deno.writeTextFile(`${folder}/other.csv`, table);
    await expect(loadDataset("csv", { folder, task })).rejects.toThrow(/one table .* but found mine\.tsv, other\.csv/);
  });
});

Deno.test("folders: each folder is a class, with a warning that no subject is known", async () => {
  await withFolder({ ...sounds, "healthy/c/4.wav": { seconds: 1 }, "5.wav": { seconds: 1 } }, async (folder) => {
    const { rows, classes, passedOver, warnings } = await loadDataset("folders", { folder, task });
    expect(classes).toEqual(["healthy", "a", "b"]);
    expect(rows.map(({ recording, label }) => [recording, label])).toEqual([
      ["a/1.wav", "a"],
      ["a/2.wav", "a"],
      ["b/3.wav", "b"],
      ["healthy/c/4.wav", "healthy"],
    ]);
    expect(passedOver).toEqual([{ path: "5.wav", reason: "lies in no class folder" }]);
    expect(warnings?.[0]).toMatch(/no subject is known/);
  });
});

Deno.test("folders: classes are joined over spellings, and folders above them are parts", async () => {
  const sound = { seconds: 1 };
  const cased = { "Normal/1.wav": sound, "normal/2.wav": sound, "murmur /3.wav": sound, "murmur/4.wav": sound };
  await withFolder(cased, async (folder) => {
    const { classes, warnings } = await loadDataset("folders", { folder, task });
    expect(classes).toEqual(["Normal", "murmur"]);
    expect(warnings?.[1]).toMatch(/classes that differ only by case, blanks, .* "Normal" = "normal"/);
  });
  const divided = { "Train/normal/1.wav": sound, "Train/murmur/2.wav": sound, "test set/murmur/3.wav": sound };
  await withFolder(divided, async (folder) => {
    const { classes, rows, warnings } = await loadDataset("folders", { folder, task, parts: "all" });
    expect(classes).toEqual(["normal", "murmur"]);
    expect(rows.map(({ label, part }) => [label, part])).toEqual([
      ["murmur", "train"],
      ["normal", "train"],
      ["murmur", "test"],
    ]);
    expect(warnings?.[1]).toMatch(/folders are parts .* test, train/);
    expect((await loadDataset("folders", { folder, task })).rows.length).toBe(2);
  });
});

Deno.test("a near_duplicates.csv in the folder joins the subjects that its groups connect", async () => {
  const groups = "recording,group\na/1.wav,1\nb/3.wav,1\n";
  await withFolder({ ...sounds, "near_duplicates.csv": groups }, async (folder) => {
    const { rows, warnings } = await loadDataset("folders", { folder, task });
    expect(rows.map(({ subject }) => subject)).toEqual(["a/1", "a/2", "a/1"]);
    expect(warnings?.at(-1)).toMatch(/2 recordings have near-duplicates .* 1 groups/);
  });
});

Deno.test("csv: times are read in the unit of their header, and a length serves where no end is given", async () => {
  const spans = async (header: string, cells: string) => {
    let span: number[] = [];
    const table = `path,subject,label,${header}\nb/3.wav,p,x,${cells}\n`;
    await withFolder({ ...sounds, "x.csv": table }, async (folder) => {
      const { rows: [{ start, end }] } = await loadDataset("csv", { folder: `${folder}/x.csv`, task });
      span = [start, end];
    });
    return span;
  };
  expect(await spans("start_ms,end_ms", "500,1500")).toEqual([0.5, 1.5]);
  expect(await spans("Begin Time (s),End Time (s)", "0.5,1.5")).toEqual([0.5, 1.5]);
  expect(await spans("Onset [min],Offset [min]", "0,0.025")).toEqual([0, 1.5]);
  expect(await spans("onset,duration", "0.5,1")).toEqual([0.5, 1.5]);
  expect(await spans("start,end", "0:00.5,0:00:01.5")).toEqual([0.5, 1.5]);
  expect(await spans("duration,age", "1,4")).toEqual([0, 3]);
  await expect(spans("Start (samples),End (samples)", "0,4000")).rejects.toThrow(
    /"samples" of the column "Start \(samples\)"/,
  );
});

Deno.test("csv: what may be one is told, and what is one is joined", async () => {
  const mine = "path,subject,label,split,sex,age\na/1.wav,007,-,Training set,F,6 months\n" +
    "a/2.wav,7,+,Training set,female,45 years\nb/3.wav,8,+,Test set,M,3\n";
  await withFolder({ ...sounds, "mine.csv": mine }, async (folder) => {
    const { rows, classes, warnings } = await loadDataset("csv", { folder: `${folder}/mine.csv`, task });
    expect(classes).toEqual(["-", "+"]);
    expect(rows.map(({ attributes, part }) => [attributes, part])).toEqual([
      [{ sex: "female", age: 0.5 }, "train"],
      [{ sex: "female", age: 45 }, "train"],
    ]);
    expect(warnings?.join("\n")).toMatch(/subjects that may be one .* "007" = "7"/);
  });
  const folds = "path,subject,label,fold\na/1.wav,1,normal,0\na/2.wav,2,x,1\n";
  await withFolder({ ...sounds, "mine.csv": folds }, async (folder) => {
    const { warnings } = await loadDataset("csv", { folder: `${folder}/mine.csv`, task });
    expect(warnings).toEqual([expect.stringMatching(/parts 0 \(1 rows\), 1 \(1 rows\): none is called train/)]);
  });
});
