import { expect } from "expect";
import { encodeWav, readRecording } from "../../audio/mod.ts";
import { type TestFile, withFolder } from "../../datasets/fixtures/with_folder.ts";
import { datasetInfo } from "../../datasets/mod.ts";
import type { Metrics, Prediction } from "../../scores/mod.ts";
import { buildModel } from "../../models/mod.ts";
import { type Bundle, createRun, type Run } from "../../runs/mod.ts";
import { evaluateBundle, resolveExperiment, runExperiment } from "../mod.ts";
import { finishFold } from "../finish_fold.ts";

const input = { preset: "pcg" as const, seconds: 0.5, padding: "circular" as const };

const json = (record: string, ...events: [number, number, string][]) =>
  JSON.stringify({
    record_annotation: record,
    event_annotation: events.map(([start, end, type]) => ({ start: `${start}`, end: `${end}`, type })),
  });

/** Recordings of patients in SPRSound's layout; every other patient wheezes. */
function sprsound(patients: number[], { wav, json: folder, id }: { wav: string; json: string; id: number }) {
  return Object.fromEntries(patients.flatMap((patient): [string, TestFile][] => {
    const name = `${patient}_4.0_${patient % 2}_p${1 + patient % 3}_${id + patient}`;
    const [record, type] = patient % 2 ? ["CAS", "Wheeze"] : ["Normal", "Normal"];
    return [
      [`${wav}/${name}.wav`, { seconds: 2, seed: 1000 * id + patient }],
      [`${folder}/${name}.json`, json(record, [0, 900, type], [1000, 1900, type])],
    ];
  }));
}

const train = { wav: "BioCAS2022/train2022_wav", json: "BioCAS2022/train2022_json", id: 100 };
const inter = { wav: "BioCAS2022/test2022_wav", json: "BioCAS2022/test2022_json/inter_test_json", id: 200 };
const intra = { ...inter, json: "BioCAS2022/test2022_json/intra_test_json", id: 300 };

async function read(run: Run): Promise<{ metrics: Metrics; predictions: Prediction[] }> {
  const { predictions } = await run.predictions();
  return { metrics: JSON.parse(await run.readText("metrics.json")), predictions };
}

Deno.test("evaluateBundle() judges SPRSound's test parts by networks that haven't seen the child, as the run itself did", async () => {
  const patients = Array.from({ length: 8 }, (_, i) => i + 1);
  await withFolder(sprsound(patients, train), async (data) => {
    const experiment = resolveExperiment({
      ...{
        name: "test/events",
        title: "A test",
        question: "?",
        dataset: { name: "sprsound", task: "events-2" },
        input,
      },
      model: { kind: "cnn", filters: [4] },
      training: { epochs: 1, batchSize: 8 },
      evaluation: {
        protocol: { kind: "grouped-folds", folds: 2, validation: 0.5 },
        scores: ["sprsound-1-1"],
        resamples: 100,
      },
    });
    const places = { out: `${data}/results`, cacheFolder: `${data}/.features`, threads: 1 };
    const { run } = await runExperiment(experiment, { ...places, data, engine: "ort", command: "test" });

    await withFolder({ ...sprsound([11, 12, 13], inter), ...sprsound([1, 2], intra) }, async (other) => {
      const judge = (part: string, more = {}) =>
        evaluateBundle(run, { ...places, data: other, part, out: `${other}/${part}`, ...more });
      const strangers = await read(await judge("inter"));
      expect(strangers.predictions.map(({ part, subject }) => `${part} ${subject}`)).toEqual(
        ["inter 11", "inter 11", "inter 12", "inter 12", "inter 13", "inter 13"],
      );
      expect(strangers.metrics.leaks).toEqual([]);
      expect(strangers.metrics.warnings.join()).not.toMatch(/own data/);
      expect(strangers.metrics.parts.inter.pooled.item!["sprsound-1-1"]).toMatchObject({ n: 6, unit: "item" });

      const known = await read(await judge("intra"));
      expect(known.metrics.warnings.join()).toMatch(
        /2 of the 2 subjects .* own data .* networks that haven't seen them/,
      );
      // A copy of the first child's recording, half as loud and under a stranger's name.
      const [original] = (await read(run)).predictions.filter(({ subject }) => subject === "1");
      const { samples, sampleRate } = await readRecording(`${data}/${original.recording}`);
      await Deno.writeFile(
        `${other}/${inter.wav}/99_4.0_1_p2_299.wav`,
        encodeWav(samples.map((sample) => sample / 2), { sampleRate }),
      );
      await Deno.writeTextFile(`${other}/${inter.json}/99_4.0_1_p2_299.json`, json("CAS", [0, 900, "Wheeze"]));
      const copied = await read(await judge("inter"));
      expect(copied.metrics.warnings.join()).toMatch(
        /^1 recording was recognised by sound.*1 of the 4 subjects .*\(99\)/,
      );
      const answerOf = ({ predictions }: typeof copied, subject: string) =>
        predictions.find((one) => one.subject === subject && one.start === 0)!.probabilities;
      expect(answerOf(copied, "99")).not.toEqual(answerOf(await read(await judge("inter", { seen: "keep" })), "99"));

      const kept = await read(await judge("intra", { seen: "keep" }));
      expect(kept.metrics.leaks).toEqual([expect.stringMatching(/^LEAK: 2 of the 2 subjects .*trained on \(1, 2\)/)]);
      expect(kept.predictions[0].probabilities).not.toEqual(known.predictions[0].probabilities);
    });

    // Asked about its own recordings, it says what it said of them as test parts.
    const again = await read(await evaluateBundle(run, { ...places, data }));
    const own = (await read(run)).predictions.filter(({ part }) => part === "test");
    const answer = ({ recording, start, predicted }: Prediction) => `${recording} ${start} ${predicted}`;
    expect(again.predictions.map(answer).sort()).toEqual(own.map(answer).sort());
  });
});

/** A run of two networks that were trained on nothing, each of which has seen one of two patients. */
async function untrainedRun(
  results: string,
  { dataset, task, classes = datasetInfo(dataset).tasks[task].classes, scores = [] }: {
    dataset: string;
    task: string;
    classes?: string[];
    scores?: string[];
  },
): Promise<Run> {
  const experiment = resolveExperiment({
    ...{ name: `test/${dataset}`, title: "A test", question: "?", dataset: { name: dataset, task }, input },
    model: { kind: "cnn", filters: [4] },
    training: {},
    evaluation: { protocol: { kind: "grouped-folds", folds: 2 }, scores, resamples: 100 },
  });
  const run = await createRun(results, {
    ...{ version: 1, name: experiment.name, title: "A test", question: "?", experiment, seeds: [0], command: "test" },
    ...{ engine: { name: "cpu", description: "", reason: "", threads: 1 }, dataFolder: "", references: [], hash: "0" },
    createdAt: "2026-01-02T03:04:05.000Z",
  });
  const members: Bundle["members"] = [];
  for (const index of [0, 1]) {
    const model = await buildModel(experiment.model, {
      frames: 51,
      bands: 32,
      channels: 1,
      classes: classes.length,
      seed: index,
    });
    const predictions = ["validation", "test"].flatMap((part, p) =>
      classes.map((label, c): Prediction => ({
        ...{
          fold: index,
          seed: 0,
          part,
          recording: `own-${(index + p) % 2}-${c}.wav`,
          subject: `own-${(index + p) % 2}`,
        },
        ...{ source: "", start: 0, end: 1, label, predicted: label },
        probabilities: classes.map((_, k) => k === c ? 0.6 : 0.4 / (classes.length - 1)),
      }))
    );
    const statistics = { mean: new Float32Array(32).fill(-40), std: new Float32Array(32).fill(15) };
    const sides = { train: Int32Array.of(), validation: Int32Array.of(), test: Int32Array.of(), shared: [] };
    const trained = { model, statistics, history: [], temperature: 1, predictions };
    await finishFold(run, { index, fold: { fold: index, seed: 0, ...sides }, trained, classes });
    const { member } = await run.inside("folds", `${index}`).fold();
    members.push(member);
    model.dispose();
  }
  await run.save("splits", {
    version: 1,
    folds: [0, 1].map((fold) => ({
      ...{ fold, seed: 0, shared: [] },
      ...{ train: [], validation: [`own-${fold}`], test: [`own-${1 - fold}`] },
    })),
  });
  await run.save("sounds", []);
  await run.writeJson("model/bundle.json", {
    ...{
      version: 1,
      name: experiment.name,
      title: "",
      dataset,
      task,
      classes,
      input,
      frames: 51,
      bands: 32,
      channels: 1,
      members,
    },
    ...{ decision: {}, trainedOn: {} },
  });
  return run;
}

const sound = (seed: number): TestFile => ({ seconds: 1, seed });

/** Few recordings in the layout of each dataset: what is judged, how many rows, and a score that doesn't exist for them. */
const layouts: {
  dataset: string;
  task: string;
  files: Record<string, TestFile>;
  items: number;
  missing: [string, "item" | "recording" | "subject"];
  scores?: string[];
}[] = [
  {
    ...{
      dataset: "cinc2016",
      task: "normal-abnormal",
      items: 2,
      scores: ["cinc2016"],
      missing: ["cinc2016", "recording"],
    },
    files: {
      "training-c/REFERENCE.csv": "c0001,1\nc0002,1\n",
      "training-c/c0001.wav": sound(1),
      "training-c/c0002.wav": sound(2),
    },
  },
  {
    ...{ dataset: "circor", task: "murmur-3", items: 4, scores: ["circor-murmur"], missing: ["rocAuc", "subject"] },
    files: {
      "training_data.csv":
        "Patient ID,Murmur,Outcome,Campaign,Additional ID\n7,Absent,Normal,CC2014,\n8,Present,Abnormal,CC2015,\n9,Absent,Normal,CC2015,8\n",
      "training_data/7_AV.wav": sound(1),
      "training_data/7_MV.wav": sound(2),
      "training_data/8_AV.wav": sound(3),
      "training_data/9_AV.wav": sound(4), // the child of 8 at another visit: the official score is there all the same
    },
  },
  {
    ...{ dataset: "icbhi", task: "cycles-4", items: 2, scores: ["icbhi"], missing: ["icbhi", "item"] },
    files: {
      "ICBHI_final_database/101_1b1_Al_sc_Meditron.wav": sound(1),
      "ICBHI_final_database/101_1b1_Al_sc_Meditron.txt": "0.0 0.5 1 0\n0.5 1.0 0 1\n",
    },
  },
  {
    ...{ dataset: "kauh", task: "diagnosis-4", items: 3, missing: ["balancedAccuracy", "subject"] },
    files: {
      "Audio Files/BP1_Asthma,I E W,P L L,52,F.wav": sound(1),
      "Audio Files/DP1_Asthma,I E W,P L L,52,F.wav": sound(2),
      "Audio Files/EP1_Asthma,I E W,P L L,52,F.wav": sound(3),
    },
  },
  {
    ...{ dataset: "hls-cmds", task: "murmur-2", items: 1, missing: ["rocAuc", "item"] },
    files: {
      "HS.csv": "Gender,Heart Sound Type,Location,Heart Sound ID\nF,Normal,Apex,F_N_A\n",
      "HS/F_N_A.wav": sound(1),
    },
  },
  {
    ...{ dataset: "yaseen", task: "disease-5", items: 1, missing: ["f1Macro", "item"] },
    files: { "AS_New/New_AS_001.wav": sound(1) },
  },
  {
    ...{ dataset: "pascal", task: "set-b-3", items: 1, missing: ["rocAuc", "item"] },
    files: { "Btraining_murmur/112_1306243000964_A.wav": sound(1) },
  },
  {
    ...{ dataset: "bmd-hs", task: "disease-6", items: 2, missing: ["mcc", "subject"] },
    files: {
      "train.csv": "patient_id,AS,AR,MR,MS,N,recording_1,recording_2\np1,0,1,0,0,0,AR_016_sit_Aor,AR_016_sup_Mit\n",
      "train/AR_016_sit_Aor.wav": sound(1),
      "train/AR_016_sup_Mit.wav": sound(2),
    },
  },
  {
    ...{ dataset: "zchsound", task: "normal-abnormal", items: 1, missing: ["balancedAccuracy", "item"] },
    files: {
      "Clean Heartsound Data Details.csv": "fileName;gender;age(days);diagnosis\nZCH0002.wav;F;20;ASD\n",
      "clean Heartsound Data/ZCH0002.wav": sound(1),
    },
  },
];

for (const { dataset, task, files, items, missing: [score, unit], scores } of layouts) {
  Deno.test(`evaluateBundle() judges ${items} recordings in the layout of ${dataset}, where ${score} can't be told`, async () => {
    await withFolder(files, async (data) => {
      const run = await untrainedRun(`${data}/../results-${crypto.randomUUID()}`, { dataset, task, scores });
      try {
        const { metrics, predictions } = await read(
          await evaluateBundle(run, { data, threads: 1, cacheFolder: `${run.folder}/.features` }),
        );
        expect(predictions.length).toBe(items);
        const { pooled } = metrics.parts[predictions[0].part], found = pooled[unit]![score];
        for (const asked of scores ?? []) {
          if (asked !== score) expect(pooled[unit]![asked].value).toBeGreaterThanOrEqual(0);
        }
        expect(found.value).toBeNull();
        expect(found.reason).toMatch(/\w+ \w+/);
      } finally {
        await Deno.remove(`${run.folder}/../../..`, { recursive: true });
      }
    });
  });
}

Deno.test("evaluateBundle() takes a user's CSV with some of the classes, and names a class that the run doesn't know", async () => {
  const spelled = "path;Kennung;label\na.wav;ann;NORMAL\nb.wav;bob;Abnormal \n";
  const csv = (label: string) => `path,subject,label\na.wav,ann,normal\nb.wav,bob,${label}\n`;
  await withFolder(
    {
      "a.wav": sound(1),
      "b.wav": sound(2),
      "good.csv": csv("normal"),
      "odd.csv": csv("gallop"),
      "spelled.csv": spelled,
    },
    async (data) => {
      const run = await untrainedRun(`${data}/results`, { dataset: "cinc2016", task: "normal-abnormal" });
      const judge = (name: string) =>
        evaluateBundle(run, { data: `${data}/${name}`, dataset: "csv", threads: 1, cacheFolder: `${data}/.features` });
      expect((await read(await judge("good.csv"))).predictions.map(({ subject }) => subject)).toEqual(["ann", "bob"]);
      const columns = { subject: "Kennung" };
      const options = {
        data: `${data}/spelled.csv`,
        dataset: "csv",
        columns,
        threads: 1,
        cacheFolder: `${data}/.features`,
      };
      const { predictions } = await read(await evaluateBundle(run, options));
      expect(predictions.map(({ subject, label }) => [subject, label])).toEqual([["ann", "normal"], [
        "bob",
        "abnormal",
      ]]);
      await expect(judge("odd.csv")).rejects.toThrow(/the classes normal, abnormal but found gallop/);
    },
  );
});
