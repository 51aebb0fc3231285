import { cpus } from "node:os";
import { join } from "node:path";
import type { BenchRow } from "./bench_row.ts";
import type { BenchModel } from "./training_setting.ts";
import { UsageError } from "../lib/errors/mod.ts";
import { markdownTable, writeAtomic } from "../lib/files/mod.ts";

/** What the task `bench` asks for. */
export interface RunBenchOptions {
  /** A part, or what several begin with: `sweep`. */
  only?: BenchPart | "sweep";
  python?: string;
  datasets?: string;
  /** Networks to train. */
  models?: BenchModel[];
  /** Seconds of each measurement. */
  seconds?: number;
  /** Turns of ours and theirs. */
  rounds?: number;
  /** Hours of sound that the memory of extraction is measured on. */
  hours?: number;
  /** Recordings that are embedded. */
  recordings?: number;
  /** Seeds that searches are compared on. */
  seeds?: number;
  /** Sets that coverage is counted on, of each kind of study. */
  sets?: number;
  json?: string;
  write?: boolean;
}

/** The parts of the bench, each with a table of its own. */
const PARTS = [
  ...[
    "features",
    "embedding",
    "training",
    "inference",
    "evaluation",
    "coverage",
    "predict",
    "listening",
    "replicas",
  ] as const,
  ...["sweep-search", "sweep-cost", "sweep-crowd", "sweep-workers"] as const,
];
type BenchPart = typeof PARTS[number];

/** One part's rows, and where they were measured. */
interface BenchFile {
  rows: BenchRow[];
  /** What stands in place of the table of the rows, in Markdown. */
  text?: string;
  machine: string;
  deno: string;
  date: string;
}

const FOLDER = join("results", "bench");
const README = join("bench", "README.md");

/** Measures, prints the rows, keeps them in `results/bench/`, and writes the tables of `bench/README.md` from there. */
export async function runBench(options: RunBenchOptions): Promise<void> {
  const python = options.python ?? Deno.env.get("AUSCULT_PYTHON") ?? "python3";
  const datasets = options.datasets ?? Deno.env.get("AUSCULT_DATASETS") ?? "data";
  const onProgress = (line: string) => console.error(line);
  const all: BenchRow[] = [];
  const { only = "" } = options;
  for (const part of PARTS.filter((part) => part === only || part.startsWith(`${only}-`) || only === "")) {
    const { models, seconds, rounds, hours, recordings, seeds, sets } = options;
    const asked = { models, seconds, rounds, hours, recordings, seeds, sets };
    const measured = await measure(part, { python, datasets, ...asked, onProgress });
    const { rows } = measured;
    all.push(...rows);
    for (const row of rows) console.log(line(row));
    const file: BenchFile = {
      ...measured,
      machine: `${cpus()[0]?.model.trim() ?? "unknown"}, ${navigator.hardwareConcurrency} cores`,
      deno: Deno.version.deno,
      date: new Date().toISOString().slice(0, 10),
    };
    await writeAtomic(join(FOLDER, `${part}.json`), JSON.stringify(file, null, 2) + "\n");
    if (options.write) await writeTables(); // what was measured stays when the next part is stopped
  }
  if (options.json) await writeAtomic(options.json, JSON.stringify(all, null, 2) + "\n");
}

async function measure(
  part: BenchPart,
  options: Omit<RunBenchOptions, "only" | "json" | "write"> & { onProgress: (line: string) => void },
): Promise<Pick<BenchFile, "rows" | "text">> {
  switch (part) {
    case "features":
      return { rows: await (await import("./features.ts")).featuresBench(options) };
    case "embedding":
      return { rows: await (await import("./embedding.ts")).embeddingBench(options) };
    case "training":
      return { rows: await (await import("./training.ts")).trainingBench(options) };
    case "inference":
      return { rows: await (await import("./inference.ts")).inferenceBench(options) };
    case "evaluation":
      return { rows: await (await import("./evaluation.ts")).evaluationBench(options) };
    case "coverage":
      return (await import("./coverage_table.ts")).coverageBench(options);
    case "listening":
      return await (await import("./listening.ts")).listeningBench(options);
    case "predict": {
      const commands = await (await import("./predict.ts")).predictBench(options);
      return { rows: [...commands, ...await (await import("./pages.ts")).pagesBench(options)] };
    }
    case "replicas": {
      const { replicasBench } = await import("./replicas.ts");
      return { rows: [], text: await replicasBench(options) };
    }
    case "sweep-search":
      return { rows: await (await import("./sweep_search.ts")).sweepSearchBench(options) };
    case "sweep-cost":
      return { rows: await (await import("./sweep_cost.ts")).sweepCostBench(options) };
    case "sweep-crowd":
      return { rows: await (await import("./sweep_crowd.ts")).sweepCrowdBench(options) };
    case "sweep-workers":
      return { rows: await (await import("./sweep_workers.ts")).sweepWorkersBench(options) };
  }
}

/** `bench/README.md` from what is in `results/bench/`: each table between two marks. */
async function writeTables(): Promise<void> {
  let text = await Deno.readTextFile(README);
  for (const part of PARTS) {
    const json = await Deno.readTextFile(join(FOLDER, `${part}.json`)).catch(() => undefined);
    if (json === undefined) continue;
    const [from, to] = [`<!-- ${part} -->`, `<!-- /${part} -->`];
    const start = text.indexOf(from), end = text.indexOf(to);
    if (start < 0 || end < 0) {
      throw new UsageError({ expected: `the marks ${from} and ${to}`, found: "none", where: README });
    }
    text = `${text.slice(0, start + from.length)}\n\n${table(JSON.parse(json))}\n\n${text.slice(end)}`;
  }
  await writeAtomic(README, text);
}

function table({ rows, text, machine, deno, date }: BenchFile): string {
  if (text !== undefined) return text;
  const cells = rows.map(({ model, setting, threads, peer, ours, theirs, ratio, unit }) => [
    ...[model, setting, String(threads), peer ?? "-", number(ours), number(theirs)],
    ...[ratio === null ? "-" : ratio.toFixed(2), unit],
  ]);
  const header = ["what", "setting", "threads", "peer", "Auscult", "the peer", "ratio", "unit"];
  return `${machine}; Deno ${deno}; ${date}.\n\n${markdownTable(header, cells)}`;
}

function line({ bench, model, setting, threads, peer, ours, theirs, ratio, unit }: BenchRow): string {
  const versus = ratio === null ? "" : `; ${peer} ${number(theirs)}, ratio ${ratio.toFixed(2)}`;
  return `${bench} ${model} (${setting}, ${threads} thread${threads === 1 ? "" : "s"}): ${
    number(ours)
  } ${unit}${versus}`;
}

function number(value: number | null): string {
  if (value === null) return "-";
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}
