import { markdownTable } from "../lib/files/mod.ts";
import { listeningTable, makeQueue, queueKinds } from "../lib/listening/mod.ts";
import { randomStream } from "../lib/random/mod.ts";
import { activeLearning, LABELLED, type LearningCurve } from "./active_learning.ts";
import type { BenchRow } from "./bench_row.ts";
import { listeningSets } from "./listening_sets.ts";
import { cleanlabRankings, type PlantedErrors, plantedErrors } from "./planted_errors.ts";

/** What queues find of planted errors, what that gives back, and which queue is worth labelling by. */
export async function listeningBench(
  { python = "python3", datasets = "data", onProgress }: {
    python?: string;
    datasets?: string;
    onProgress: (line: string) => void;
  },
): Promise<{ rows: BenchRow[]; text: string }> {
  const speed = queueSpeed();
  const sets = await listeningSets(datasets);
  const planted = await plantedErrors(sets, { python, onProgress });
  const curves = activeLearning(sets, { onProgress });
  const rows = planted.map(({ set, kind, rate, first, found: { ours, peers } }): BenchRow => ({
    ...{ bench: "listening", model: set, threads: 1, ours, unit: `planted errors among the first ${first}` },
    setting: `${percent(rate)} of labels flipped, ${kind}`,
    peer: peers ? `cleanlab (${cleanlabRankings[0]})` : null,
    theirs: peers?.[0] ?? null,
    ratio: peers ? ours / peers[0] : null,
  }));
  return {
    rows: [...speed, ...rows],
    text: [plantedTable(planted), learningTable(curves), speedTable(speed)].join("\n\n"),
  };
}

/** Seconds of each queue over 10,000 sounds of seven classes, with 52 numbers of how each sounds. */
function queueSpeed(): BenchRow[] {
  const random = randomStream(0, "speed"), size = 7, width = 52, count = 10_000;
  const classes = Array.from({ length: size }, (_, c) => `class ${c}`);
  const drawn = () => {
    const raw = classes.map(() => -Math.log(1 - random.uniform())), sum = raw.reduce((all, value) => all + value, 0);
    return raw.map((value) => value / sum);
  };
  const sounds = Array.from({ length: count }, (_, i) => ({
    ...{ recording: `${i}.wav`, subject: `${i >> 2}`, source: "", start: 0, end: 5, label: random.choice(classes) },
  }));
  const table = listeningTable({
    classes,
    rows: sounds,
    predictions: sounds.flatMap((sound) =>
      [0, 1].map((seed) => ({ ...sound, fold: 0, seed, part: "test", predicted: "", probabilities: drawn() }))
    ),
    features: { width, values: Float64Array.from({ length: count * width }, () => random.normal()) },
    duplicates: Array.from({ length: 500 }, (_, i) => [`${i}.wav`, `${i + 5000}.wav`]),
  });
  return Object.keys(queueKinds).map((kind): BenchRow => {
    const started = performance.now();
    makeQueue(kind, table, { n: 60, seed: 0 });
    const seconds = (performance.now() - started) / 1000;
    return {
      ...{ bench: "listening", model: kind, setting: "60 of 10,000 sounds", threads: 1, peer: null, theirs: null },
      ...{ ratio: null, ours: seconds, unit: "s" },
    };
  });
}

function plantedTable(planted: readonly PlantedErrors[]): string {
  const header = [
    ...["set", "flipped", "how", "first 5 %", "ours", "cleanlab, self-confidence", "cleanlab, margin", "chance"],
    ...["right labels", "planted", "5 % heard", "20 % heard"],
  ];
  return "Planted errors among the first 5 % of the queue (means over three seeds, the same out-of-fold probabilities for both), " +
    "and balanced accuracy by the right labels of a linear model that learned from them, from the planted ones, and from what is " +
    "left when the first 5 and 20 % of the queue were heard and put right.\n\n" +
    markdownTable(
      header,
      planted.map(({ set, rate, kind, first, found: { ours, peers }, scores: { right, planted, heard } }) => [
        ...[set, percent(rate), kind, String(first), ours.toFixed(1)],
        ...cleanlabRankings.map((_, k) => peers ? peers[k].toFixed(1) : "-"),
        ...[(rate * first).toFixed(1), right, planted, ...heard].map((value) =>
          typeof value === "number" ? value.toFixed(3) : value
        ),
      ]),
    );
}

function learningTable(curves: readonly LearningCurve[]): string {
  const header = ["set", "queue", ...LABELLED.map((share) => percent(share)), "ahead of random"];
  return "Balanced accuracy of a linear model on subjects that no queue chooses from, by the share of the others' subjects that " +
    "have labels; means over five seeds, and the mean difference from random with its 95 % interval over the seeds.\n\n" +
    markdownTable(
      header,
      curves.map(({ set, queue, scores, ahead: { value, low, high } }) => [
        ...[set, queue, ...scores.map((score) => score.toFixed(3))],
        queue === "random" ? "-" : `${signed(value)} (${signed(low)} to ${signed(high)})`,
      ]),
    );
}

function speedTable(rows: readonly BenchRow[]): string {
  return `Seconds for 60 of 10,000 sounds: ${rows.map(({ model, ours }) => `${model} ${ours.toFixed(2)}`).join(", ")}.`;
}

function percent(share: number): string {
  return `${Math.round(100 * share)} %`;
}

function signed(value: number): string {
  return `${value < 0 ? "-" : "+"}${Math.abs(value).toFixed(3)}`;
}
