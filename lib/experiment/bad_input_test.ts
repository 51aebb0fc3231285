// What a reader is told where data can't be divided, fitted or scored: a sentence each, never 0 or NaN.
import { expect } from "expect";
import { type TestFile, withFolder } from "../datasets/fixtures/with_folder.ts";
import { evaluatePredictions } from "../evaluation/mod.ts";
import { type Prediction } from "../scores/mod.ts";
import { foldWarnings, type Protocol } from "../splits/mod.ts";
import { type ExperimentDescription, prepareData, resolveExperiment } from "./mod.ts";

const experiment = resolveExperiment({
  ...{ name: "test/bad", title: "A test", question: "?", dataset: { name: "csv", task: "labels" } },
  input: { preset: "pcg", seconds: 0.5, padding: "circular" },
  model: { kind: "cnn", filters: [4] },
  training: {},
  evaluation: { protocol: { kind: "grouped-folds", folds: 3 } },
});

type Row = [subject: string, label: string, part?: string];

/** Prepares recordings `0.wav`, `1.wav`, … of these subjects and labels. */
async function prepare(rows: Row[], { more = "", protocol }: { more?: string; protocol?: Protocol } = {}) {
  const noises = rows.map((_, i): [string, TestFile] => [`${i}.wav`, { seconds: 0.5, seed: i + 1 }]);
  const lines = rows.map(([subject, label, part = "train"], i) => `${i}.wav,${subject},${label},${part}\n`);
  const csv = "path,subject,label,part\n" + lines.join("") + more;
  let prepared: Awaited<ReturnType<typeof prepareData>>;
  await withFolder({ ...Object.fromEntries(noises), "manifest.csv": csv }, async (data) => {
    prepared = await prepareData(experiment, { data, seed: 0, cache: false, protocol });
  });
  return prepared!;
}

/** Twelve subjects, healthy and ill in turns; `odd` replaces some. */
function people(odd: Record<number, [string, string]> = {}): [string, string][] {
  return Array.from({ length: 12 }, (_, i) => odd[i] ?? [`p${i}`, i % 2 ? "murmur" : "normal"]);
}

Deno.test("fewer subjects than folds: says how many there are and what to ask for", async () => {
  await expect(prepare([["ann", "normal"], ["bob", "murmur"], ["ann", "murmur"]])).rejects.toThrow(
    "Expected at least 3 subjects for 3 folds but found 2 in the manifest: add recordings of other subjects.",
  );
  // With only one subject of a class no division can be learned and judged, so none is named.
  const three: Row[] = [["ann", "normal"], ["bob", "murmur"], ["cy", "murmur"], ["ann", "murmur"]];
  await expect(prepare(three, { protocol: { kind: "grouped-folds", folds: 5 } })).rejects.toThrow(
    "Expected at least 5 subjects for 5 folds but found 3 in the manifest: add recordings of other subjects.",
  );
  const six: Row[] = people().slice(0, 6);
  await expect(prepare(six, { protocol: { kind: "grouped-folds", folds: 7 } })).rejects.toThrow(
    /at least 7 subjects for 7 folds but found 6 .* or ask for what fits: --set evaluation\.protocol\.folds=3/,
  );
});

Deno.test("an official protocol reads the parts that it names, from a CSV of one's own too", async () => {
  const rows = people().map(([subject, label], i): Row => [subject, label, i < 8 ? "learn" : "judge"]);
  const { manifest, folds } = await prepare(rows, {
    protocol: { kind: "official", train: ["learn"], test: ["judge"] },
  });
  expect(Array.from(folds[0].test, (row) => manifest.rows[row].subject)).toEqual(["p10", "p11", "p8", "p9"]);
});

Deno.test("a class that misses in a fold: says where, and what that means", async () => {
  const { manifest, folds } = await prepare(people({ 0: ["p0", "gallop"] }));
  expect(foldWarnings(manifest.rows, folds).join(" ")).toMatch(
    /gallop \(1 subject\) is missing in the test part of folds .*: scores of these folds leave it out\./,
  );
});

Deno.test("one subject with all of a class: says that the model can't be told from one that knows the subject", async () => {
  const { manifest, folds } = await prepare(people({ 0: ["p0", "gallop"], 2: ["p0", "gallop"] }), {
    protocol: { kind: "grouped-folds", folds: 3, validation: 0.4 },
  });
  expect(foldWarnings(manifest.rows, folds).join(" ")).toMatch(
    /All gallop comes from one subject \(p0\): a model can't be told from one that knows this subject\./,
  );
});

Deno.test("a class of one subject that a fold can't learn: names the class and the subject", async () => {
  const ann = Object.fromEntries([1, 3, 5, 7, 9, 11].map((i): [number, [string, string]] => [i, ["ann", "murmur"]]));
  await expect(prepare(people(ann))).rejects.toThrow(
    /two classes to learn from but found only normal \(murmur is of one subject, ann\) .*add recordings of other subjects/,
  );
});

Deno.test("recordings of one class: says so before anything is trained", async () => {
  await expect(prepare(people().map(([subject]) => [subject, "normal"]))).rejects.toThrow(
    /recordings of at least two classes but found only normal \(12 of 12 rows\) in .*: add recordings of another class/,
  );
});

Deno.test("two labels for one recording: names the recording and both", async () => {
  await expect(prepare(people(), { more: "0.wav,p0,murmur,train\n" })).rejects.toThrow(
    /one label for 0\.wav from 0 to 0\.5 s but found "normal" in line 2 and "murmur" in line 14/,
  );
});

function answers(labels: string[], p: (i: number) => number): Prediction[] {
  return labels.map((label, i) => ({
    ...{ fold: 0, seed: 0, part: "test", recording: `${i}.wav`, subject: `${i}`, source: "", start: 0, end: 1, label },
    predicted: p(i) > 0.5 ? "murmur" : "normal",
    probabilities: [1 - p(i), p(i)],
  }));
}

const classes = ["normal", "murmur"];
const judge = (predictions: Prediction[]) =>
  evaluatePredictions(predictions, { classes, scores: ["cinc2016"], seed: 0, resamples: 100 }).pooled;

Deno.test("labels that the task doesn't know: names the label and the classes there are", () => {
  expect(() => judge(answers(["normal", "gallop"], () => 0.3))).toThrow(
    /a class of the task \(normal, murmur\) but found "gallop" in the prediction of 1\.wav/,
  );
});

Deno.test("constant scores: areas are those of chance, and what can't vary has no interval", () => {
  const { item } = judge(answers(Array.from({ length: 20 }, (_, i) => classes[i % 2]), () => 0.7));
  expect(item!.rocAuc).toMatchObject({ value: 0.5, low: null, reason: "no subject changes the value" });
  expect(item!.mcc.value).toBe(0); // as scikit-learn has it
  expect(item!["precision/normal"]).toMatchObject({ value: null, reason: "normal was never predicted" });
});

Deno.test("a part with one class: what needs two does not exist, and says why", () => {
  const { item, recording } = judge(answers(new Array<string>(20).fill("normal"), (i) => i / 20));
  for (const name of ["rocAuc", "averagePrecision", "balancedAccuracy", "f1Macro", "mcc", "kappa"]) {
    expect([name, item![name].value, item![name].reason]).toEqual([name, null, "only normal in the truth"]);
  }
  expect(item!["recall/murmur"]).toMatchObject({ value: null, reason: "no murmur in the truth" });
  expect(recording!.cinc2016).toMatchObject({ value: null, low: null, high: null });
  expect(JSON.stringify({ item, recording })).not.toMatch(/NaN/);
  expect(item!.accuracy.value).not.toBeNull();
});

Deno.test("a value that doesn't fit: says what may stand there, what stands there, and where", () => {
  const set = (text: string) => () =>
    resolveExperiment({ ...experiment, training: {}, space: {} } as ExperimentDescription, [text]);
  expect(set("training.epochs=no")).toThrow(/\(expected number, .*\) but found "no" in training\.epochs/);
  expect(set("model.kind=rnn")).toThrow(/\(expected 'cnn' \| .*\) but found "rnn" in model\.kind/);
  expect(set('training.optimizer={"learningRate":1}')).toThrow(
    /'adamw'\) but found nothing in training\.optimizer\.kind/,
  );
});

Deno.test("subjects whose recordings are copies: says how many became how many, and groups of another place are used", async () => {
  const sounds = Object.fromEntries(
    Array.from({ length: 12 }, (_, i) => [`${i}.wav`, { seconds: 3, seed: 1 + i % 2 }]),
  );
  const line = (_: unknown, i: number) => `${i}.wav,p${i},${i % 2 ? "murmur" : "normal"}\n`;
  const csv = "path,subject,label\n" + Array.from({ length: 12 }, line).join("");
  const groups = "recording,group\n" + [2, 4, 6].map((i) => `${i}.wav,1\n`).join("");
  await withFolder({ ...sounds, "manifest.csv": csv, "other/groups.csv": groups }, async (data) => {
    await expect(prepareData(experiment, { data, seed: 0, cache: false })).rejects.toThrow(
      /3 subjects .* found 2 .*12 subjects are taken for 2/,
    );
    const dataset = { ...experiment.dataset, nearDuplicates: `${data}/other/groups.csv` };
    await expect(prepareData({ ...experiment, dataset }, { data, seed: 0, cache: false })).rejects.toThrow(
      /10 subjects are taken for 2/,
    );
  });
});
