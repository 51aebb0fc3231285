import { isDeepStrictEqual } from "node:util";
import type { Scores } from "../scores/mod.ts";
import { hashBytes, markdownTable } from "../files/mod.ts";
import { changeWords, type Run } from "../runs/mod.ts";

/** How a number of a run that was trained again stands to the first one. */
export type Agreement = "the same" | "within the interval" | "outside of the interval" | "differs" | "missing";

/** What came out when a run was trained again. */
export interface Reproduction {
  /** By the files that a run's result lies in, to the byte. */
  files: { name: string; agreement: Agreement }[];
  /** Every score of every part. */
  numbers: { name: string; first: number | null; again: number | null; agreement: Agreement }[];
  /** In what the two were made differently, and what that does. */
  reasons: string[];
}

/** Where times stand, bytes can't agree. */
const RESULTS = ["splits.json", "sounds.csv", "groups.csv", "predictions.csv", "metrics.json", "model/bundle.json"];

/** Holds a run that was trained again beside the first one. */
export async function compareReproduction(first: Run, again: Run): Promise<Reproduction> {
  const { files: sealed = {} } = await first.bundle();
  const names = [...RESULTS, ...Object.keys(sealed).map((name) => `model/${name}`)];
  const files = await Promise.all(names.map(async (name) => {
    const [a, b] = await Promise.all([first, again].map((run) => run.readBytes(name).then(hashBytes, () => undefined)));
    return { name, agreement: !a || !b ? "missing" : a === b ? "the same" : "differs" } as const;
  }));
  const [a, b] = [scoresOf(await first.metrics()), scoresOf(await again.metrics())];
  const numbers = Object.entries(a).map(([name, { value, low, high }]) => {
    const again = b[name]?.value ?? null;
    const agreement = name in b ? agreementOf({ value, again, low, high }) : "missing";
    return { name, first: value, again, agreement } as const;
  });
  return { files, numbers, reasons: await differences(first, again) };
}

function scoresOf({ parts }: Awaited<ReturnType<Run["metrics"]>>): Scores {
  return Object.fromEntries(
    Object.entries(parts).flatMap(([part, { pooled }]) =>
      Object.entries(pooled).flatMap(([unit, scores]) =>
        Object.entries(scores).map(([name, score]) => [`${part}, by ${unit}: ${name}`, score])
      )
    ),
  );
}

type Compared = Record<"value" | "again" | "low" | "high", number | null>;

function agreementOf({ value, again, low, high }: Compared): Agreement {
  if (Object.is(value, again)) return "the same";
  if (low === null || high === null || again === null) return "differs";
  return again >= low && again <= high ? "within the interval" : "outside of the interval";
}

async function differences(first: Run, again: Run): Promise<string[]> {
  const [a, b] = await Promise.all([first, again].map(makingOf));
  const made = a.flatMap(([what, one, why], i) => one === b[i][1] ? [] : [`${what}: ${one}, then ${b[i][1]}: ${why}`]);
  const [asked, done] = await Promise.all([first, again].map((run) => run.config()));
  const same = isDeepStrictEqual([asked.experiment, asked.seeds], [done.experiment, done.seeds]);
  return same ? made : [...made, "settings or seeds: config.json has others, so it is another experiment"];
}

/** What of a run's making may change its bits, and why. */
async function makingOf(run: Run): Promise<[what: string, is: string, why: string][]> {
  const { engine, parts = [] } = await run.config();
  const { auscult, deno, gitCommit, lockHash, machine, dataset } = await run.environment();
  const { engineChanges: changes = [] } = await run.has("status.json") ? await run.status() : {};
  const engines = [engine.name, ...changes.map((change) => `${changeWords(change)} ${change.name}`)].join(", ");
  const threads = "sums are added in another order with other threads, which training makes larger step by step";
  const version = engine.description.replace(/, \d+ threads?$/, "");
  const own = parts.map(({ sha256 }) => sha256).join(" ") || "none";
  return [
    ["engine", engines, "another engine adds and rounds in its own way"],
    ["threads", String(engine.threads), threads],
    ["engine's version", version, "another version may order its sums differently"],
    ["Auscult", auscult, "another version may do things differently: its CHANGELOG.md says what"],
    ["commit", gitCommit ?? "unknown", "the code may have changed between"],
    ["lock file", lockHash ?? "unknown", "packages may have other versions"],
    ["Deno", deno, "another version has another mathematics library"],
    ["processor", `${machine.cpu} (${machine.arch})`, "other vector units round sums differently"],
    ["data", dataset.fingerprint, "other recordings, rows or sizes of files: the numbers are of other data"],
    ["own code", own, "the code of own parts has changed"],
  ];
}

/** A reproduction as Markdown: what agrees in one line, what may be why, every file and every number. */
export function describeReproduction({ files, numbers, reasons }: Reproduction): string {
  const same = files.filter(({ agreement }) => agreement === "the same").length;
  const counts = [...Map.groupBy(numbers, ({ agreement }) => agreement)].map(([name, all]) => `${all.length} ${name}`);
  const shown = (value: number | null) => value === null ? "none" : String(value);
  return [
    `Files: ${same} of ${files.length} the same to the byte. Numbers: ${counts.join(", ")}.`,
    reasons.length === 0
      ? "Nothing was done differently that could change a number."
      : `Done differently:\n${reasons.map((reason) => `- ${reason}`).join("\n")}`,
    markdownTable(["file", "agreement"], files.map(({ name, agreement }) => [name, agreement])),
    markdownTable(
      ["number", "first", "again", "agreement"],
      numbers.map(({ name, first, again, agreement }) => [name, shown(first), shown(again), agreement]),
    ),
  ].join("\n\n");
}
