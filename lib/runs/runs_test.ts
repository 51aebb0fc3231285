import { expect } from "expect";
import { reference } from "./config_file.ts";
import fc from "fast-check";
import { z } from "zod";
import { createRun, listRuns, type NewRunConfig, openRun } from "./mod.ts";
import { predictionRows, predictionsFile } from "./predictions_file.ts";

const config: NewRunConfig = {
  version: 1,
  name: "heart/test",
  title: "A test",
  question: "Does it work?",
  experiment: {},
  seeds: [0],
  engine: { name: "cpu", description: "tfjs", reason: "asked for", threads: 1 },
  command: "deno task experiment",
  dataFolder: "data/test",
  references: [],
  hash: "abcdef12",
  createdAt: "2026-01-02T03:04:05.678Z",
};

Deno.test("createRun() names the folder by time and hash, never twice, and latest follows", async () => {
  const results = await Deno.makeTempDir();
  const first = await createRun(results, config);
  const second = await createRun(results, config);
  expect(first.folder).toBe(`${results}/heart/test/20260102T030405Z-abcdef12`);
  expect(second.folder).toBe(`${first.folder}-2`);
  expect((await openRun(`${results}/heart/test`)).folder).toBe(second.folder);
  expect((await openRun(`${results}/heart/test/latest`)).folder).toBe(second.folder);
  expect((await listRuns(results, "heart/test")).map((run) => run.folder)).toEqual([second.folder, first.folder]);
  expect(await listRuns(results, "heart/none")).toEqual([]);
  await Deno.remove(results, { recursive: true });
});

Deno.test("createRun() gives each of many runs that begin at the same moment a folder of its own", async () => {
  const results = await Deno.makeTempDir();
  const runs = await Promise.all(Array.from({ length: 8 }, (_, i) => createRun(results, { ...config, title: `${i}` })));
  expect(new Set(runs.map((run) => run.folder)).size).toBe(8);
  const titles = await Promise.all(runs.map(async (run) => (await run.config()).title));
  expect(titles).toEqual(["0", "1", "2", "3", "4", "5", "6", "7"]);
  await Deno.remove(results, { recursive: true });
});

Deno.test("a run whose folder is removed while it is written ends with that, and is not begun anew", async () => {
  const results = await Deno.makeTempDir();
  const run = await createRun(results, config);
  await run.write("folds/0/fold.json", "{}");
  await Deno.remove(run.folder, { recursive: true });
  await expect(run.writeJson("status.json", {})).rejects.toThrow(/removed or renamed/);
  expect([...Deno.readDirSync(`${results}/heart/test`)].map(({ name }) => name)).toEqual(["latest"]);
  await Deno.remove(results, { recursive: true });
});

for (const latest of ["../other", "/etc", "..", "", "deep/run"]) {
  Deno.test(`openRun() does not follow latest to ${JSON.stringify(latest)}`, async () => {
    const results = await Deno.makeTempDir();
    await createRun(results, { ...config, name: "other" });
    await createRun(results, config);
    await Deno.writeTextFile(`${results}/heart/test/latest`, latest);
    await expect(openRun(`${results}/heart/test`)).rejects.toThrow(/the name of a run in the file latest/);
    await Deno.remove(results, { recursive: true });
  });
}

Deno.test("Run reads no file from outside its folder", async () => {
  const results = await Deno.makeTempDir();
  const run = await createRun(results, config);
  await Deno.writeTextFile(`${results}/secret.json`, "{}");
  await Deno.symlink(`${results}/secret.json`, run.path("linked.json"));
  for (const name of ["../../../secret.json", `${results}/secret.json`, "linked.json"]) {
    await expect(run.readText(name)).rejects.toThrow(/out of the folder/);
  }
  await Deno.remove(results, { recursive: true });
});

Deno.test("openRun() says what it wanted to find", async () => {
  await expect(openRun("results/there/is/none")).rejects.toThrow(/folder of a run .* no such folder/);
});

Deno.test("Run.readJson() names the key that is wrong", async () => {
  const results = await Deno.makeTempDir();
  const run = await createRun(results, config);
  await run.writeJson("a.json", { inner: { count: "three" } });
  const schema = z.object({ inner: z.object({ count: z.number() }) });
  await expect(run.readJson("a.json", schema)).rejects.toThrow(/a\.json .* inner\.count/);
  await run.write("a.json", "{");
  await expect(run.readJson("a.json", schema)).rejects.toThrow(/Expected JSON/);
  await expect(run.readJson("none.json", schema)).rejects.toThrow(/none\.json .* none in/);
  await Deno.remove(results, { recursive: true });
});

Deno.test("predictionsFile.parse() reads what predictionsFile.format() wrote, to the last bit and for any name", () => {
  const text = fc.string({ unit: "grapheme", minLength: 1 });
  const prediction = fc.record({
    fold: fc.nat(9),
    seed: fc.nat(9),
    part: fc.constant("test"),
    recording: text,
    subject: text,
    source: text,
    start: fc.double({ min: 0, max: 100, noNaN: true }),
    end: fc.double({ min: 0, max: 100, noNaN: true }),
    label: text,
    predicted: text,
    probabilities: fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true })),
  });
  fc.assert(fc.property(fc.array(prediction, { minLength: 1, maxLength: 5 }), (predictions) => {
    const classes = ["Normal", "Fine, crackle"];
    const read = predictionsFile.parse(predictionsFile.format({ predictions, classes }), "predictions.csv");
    expect(read).toEqual({ predictions: predictions.map((row) => ({ ...row })), classes });
  }));
});

Deno.test("predictionsFile.parse() names the column that is missing", () => {
  expect(() => predictionsFile.parse("fold,seed\n0,0\n", "p.csv")).toThrow(/none called part/);
  const header = "fold,seed,part,recording,subject,source,start,end,label,predicted";
  expect(() => predictionsFile.parse(`${header}\n`, "p.csv")).toThrow(/no row/);
  expect(() => predictionsFile.parse(`${header}\n0,0,test,a,a,a,0,1,a,a\n`, "p.csv")).toThrow(/no such column/);
  expect(() => predictionsFile.parse(`${header},p_a\n0,0,test,a,a,a,0,one,a,a,1\n`, "p.csv")).toThrow(
    /a number as end but found "one" in row 1 of p\.csv/,
  );
});

Deno.test("a reference is published unless it says so, and an own baseline stands with its command", () => {
  const figure = { score: "accuracy", value: 0.9, what: "CNN" };
  expect(reference.parse({ ...figure, source: "doi:10.0/0" }).kind).toBe("published");
  const baseline = { ...figure, kind: "baseline" };
  expect(() => reference.parse({ ...baseline, source: "own run" })).toThrow(/with its command/);
  expect(reference.parse({ ...baseline, source: "deno task experiment a.ts" }).kind).toBe("baseline");
});

Deno.test("predictions.csv and the tables of it name visits for every row, or for none", () => {
  const row = { fold: 0, seed: 0, part: "test", source: "a", start: 0, end: 1, label: "N", predicted: "N" };
  const alone = { ...row, recording: "1.wav", subject: "s1", probabilities: [0.75, 0.25] };
  const again = { ...row, recording: "2.wav", subject: "s2", visit: "2", probabilities: [0.5, 0.5] };
  const both = { predictions: [alone, again], classes: ["N", "W"] };
  expect(predictionRows(both).map((one) => (one as { visit?: string | null }).visit)).toEqual([null, "2"]);
  expect(predictionsFile.parse(predictionsFile.format(both), "predictions.csv")).toEqual(both);
  const neither = { ...both, predictions: [alone] };
  expect(predictionRows(neither)[0]).not.toHaveProperty("visit");
  expect(predictionsFile.format(neither)).not.toContain("visit");
});
