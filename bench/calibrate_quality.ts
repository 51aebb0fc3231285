// Fits the two models of signalQuality() to experts' labels and writes its models.json and the table in lib/audio/README.md.
//
//   deno run -P=train --allow-write bench/calibrate_quality.ts DATASETS
//
// DATASETS holds the folders sprsound (record label Poor Quality) and circor (murmur Unknown: too poor to tell).

import { fileURLToPath } from "node:url";
import { progress, writeAtomic } from "../lib/files/mod.ts";
import { fitLogistic, rocAuc } from "../lib/statistics/mod.ts";
import { readRecording } from "../lib/audio/read_recording.ts";
import { qualityIndices } from "../lib/audio/signal_quality/quality_indices.ts";
import { modelInputs, type QualityModel } from "../lib/audio/signal_quality/quality_model.ts";
import { circorRecordings } from "./calibration/circor_patients.ts";
import { subjectBootstrap, subjectFolds } from "./calibration/subjects.ts";
import { writeSection } from "./calibration/write_section.ts";

interface Labelled {
  path: string;
  subject: string;
  poor: boolean;
}

const FOLDS = 5;

/** Strong, as the inputs are many and the poor recordings few; taken once, not searched for. */
const RIDGE = 10;

/** Share of the other recordings that each verdict may take: what a user can afford to lose. */
const LOST = { poor: 0.1, unusable: 0.01 };

async function sprsound(folder: string): Promise<Labelled[]> {
  const labelled = [];
  const labels = `${folder}/sprsound/BioCAS2022/train2022_json`;
  for (const { name } of [...Deno.readDirSync(labels)].sort((a, b) => a.name < b.name ? -1 : 1)) {
    const { record_annotation } = JSON.parse(await Deno.readTextFile(`${labels}/${name}`));
    const path = `${folder}/sprsound/BioCAS2022/train2022_wav/${name.replace(/json$/, "wav")}`;
    labelled.push({ path, subject: name.split("_")[0], poor: record_annotation === "Poor Quality" });
  }
  return labelled;
}

async function circor(folder: string): Promise<Labelled[]> {
  const recordings = await circorRecordings(`${folder}/circor`);
  return recordings.map(({ path, subject, murmur }) => ({ path, subject, poor: murmur === "Unknown" }));
}

async function inputsOf(labelled: Labelled[], label: string): Promise<Record<string, number>[]> {
  const inputs = [];
  const bar = progress(label, labelled.length);
  for (const { path } of labelled) {
    const { samples, sampleRate } = await readRecording(path);
    inputs.push(modelInputs(qualityIndices(samples, { sampleRate })));
    bar.update(inputs.length);
  }
  bar.stop();
  return inputs;
}

function fit(inputs: Record<string, number>[], poor: boolean[]): Pick<QualityModel, "weights" | "bias"> {
  const names = Object.keys(inputs[0]);
  const scales = names.map((name) => {
    const mean = inputs.reduce((sum, row) => sum + row[name], 0) / inputs.length;
    const square = inputs.reduce((sum, row) => sum + (row[name] - mean) ** 2, 0) / inputs.length;
    return { mean, deviation: Math.sqrt(square) || 1 };
  });
  const rows = inputs.map((row) => names.map((name, i) => (row[name] - scales[i].mean) / scales[i].deviation));
  const { coefficients } = fitLogistic(rows.flat(), poor.map(Number), { size: 2, width: names.length, c: 1 / RIDGE });
  return {
    weights: Object.fromEntries(names.map((name, i) => [name, { ...scales[i], weight: coefficients[i] }])),
    bias: coefficients[names.length],
  };
}

function probability(row: Record<string, number>, { weights, bias }: Pick<QualityModel, "weights" | "bias">): number {
  let logOdds = bias;
  for (const [name, { mean, deviation, weight }] of Object.entries(weights)) {
    logOdds += weight * (row[name] - mean) / deviation;
  }
  return 1 / (1 + Math.exp(-logOdds));
}

async function calibrate(name: string, labelled: Labelled[]) {
  const inputs = await inputsOf(labelled, name);
  const subjects = labelled.map(({ subject }) => subject), poor = labelled.map((item) => item.poor);
  const folds = subjectFolds(subjects, { folds: FOLDS, seed: 0 });
  const heldOut = new Array<number>(labelled.length);
  for (let fold = 0; fold < FOLDS; fold++) {
    const train = [...folds.keys()].filter((i) => folds[i] !== fold);
    const model = fit(train.map((i) => inputs[i]), train.map((i) => poor[i]));
    for (const [i, row] of inputs.entries()) if (folds[i] === fold) heldOut[i] = probability(row, model);
  }
  const share = (limit: number, of: boolean) => {
    const among = heldOut.filter((_, i) => poor[i] === of);
    return among.filter((p) => p > limit).length / among.length;
  };
  const others = heldOut.filter((_, i) => !poor[i]).sort((a, b) => b - a);
  const limit = others[Math.floor(LOST.poor * others.length)],
    unusable = others[Math.floor(LOST.unusable * others.length)];
  const statistic = (items: number[]) => rocAuc(items.map((i) => Number(poor[i])), items.map((i) => heldOut[i]));
  const auc = subjectBootstrap(subjects, { statistic, seed: 0 });
  const count = (of: boolean) => poor.filter((p) => p === of).length;
  const percent = (x: number) => `${(100 * x).toFixed(0)} %`;
  return {
    model: { ...fit(inputs, poor), poor: limit, unusable },
    row: [
      name,
      `${count(true)} / ${count(false)}`,
      new Set(subjects).size,
      `${auc.value.toFixed(3)} (${auc.low.toFixed(3)}-${auc.high.toFixed(3)})`,
      `${percent(share(limit, true))} / ${percent(share(limit, false))}`,
      `${percent(share(unusable, true))} / ${percent(share(unusable, false))}`,
    ],
  };
}

if (import.meta.main) {
  const [folder] = Deno.args;
  const lung = await calibrate("lung (SPRSound: Poor Quality)", await sprsound(folder));
  const heart = await calibrate("heart (CirCor: murmur Unknown)", await circor(folder));
  const models = JSON.stringify({ lung: lung.model, heart: heart.model }, (_, value) => {
    return typeof value === "number" ? Number(value.toPrecision(6)) : value;
  }, 1);
  await writeAtomic(fileURLToPath(new URL("../lib/audio/signal_quality/models.json", import.meta.url)), models + "\n");
  const table = [
    [
      "sound and label",
      "poor / other",
      "subjects",
      "ROC AUC (95 %)",
      "called poor: poor / other",
      "called unusable: poor / other",
    ],
    ["---", "---", "---", "---", "---", "---"],
    lung.row,
    heart.row,
  ].map((row) => `| ${row.join(" | ")} |`).join("\n");
  await writeSection(new URL("../lib/audio/README.md", import.meta.url), { name: "signal-quality", text: table });
  console.log(table);
}
