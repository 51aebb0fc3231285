import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { markdownTable, writeAtomic } from "../../lib/files/mod.ts";
import type { FuzzOutcome } from "./child.ts";

/** What {@linkcode runFuzz} does. */
export interface FuzzOptions {
  /** Cases in all, shared by the targets. */
  cases: number;
  seed: number;
  /** Names of the targets. */
  targets: readonly string[];
  onProgress: (line: string) => void;
}

/** A target's line of the table. */
export interface FuzzRow {
  target: string;
  cases: number;
  read: number;
  refused: number;
  /** Errors that aren't ours, and refusals that don't name their file. */
  raw: number;
  wrong: number;
  /** Cases that never ended, or took over five seconds of the processor. */
  slow: number;
  /** Cases over 500 MB. */
  large: number;
  /** The longest, s of the processor; the largest, MB. */
  longest: number;
  largest: number;
  offenders: string[];
}

/** A file may take so much. */
const SECONDS = 5;
const MEGABYTES = 500;
/** Nothing was heard of a case for so long: it never ends. Machines may be busy. */
const SILENCE_MS = 60_000;

/** Gives every reader damaged files of its kind, in processes of their own. */
export async function runFuzz({ cases, seed, targets, onProgress }: FuzzOptions): Promise<FuzzRow[]> {
  const share = Math.ceil(cases / targets.length);
  const rows: FuzzRow[] = [];
  for (const target of targets) {
    const outcomes: FuzzOutcome[] = [];
    const hangs: number[] = [];
    while (outcomes.length + hangs.length < share) {
      const from = outcomes.length + hangs.length;
      const died = await runChild(target, { seed, from, to: share, onOutcome: (outcome) => outcomes.push(outcome) });
      if (died) hangs.push(outcomes.length + hangs.length);
      if (outcomes.length === 0 && hangs.length === 3) throw new Error(`The cases of ${target} can't be begun.`);
    }
    rows.push(rowOf(target, outcomes, hangs));
    onProgress(`${target}: ${summary(rows.at(-1)!)}`);
  }
  return rows;
}

/** @returns whether it ended before its time, or had to be ended. */
async function runChild(
  target: string,
  { seed, from, to, onOutcome }: { seed: number; from: number; to: number; onOutcome: (outcome: FuzzOutcome) => void },
): Promise<boolean> {
  const folder = await Deno.makeTempDir({ dir: await resultsFolder(), prefix: "case-" });
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "--quiet", "--no-check", "-P=bench", fileURLToPath(import.meta.resolve("./child.ts"))],
      ...[target, String(seed), String(from), String(to), folder],
    ],
    stdout: "piped",
    stderr: "null",
  }).spawn();
  let timer = setTimeout(() => child.kill("SIGKILL"), SILENCE_MS);
  let seen = from;
  let rest = "";
  for await (const text of child.stdout.pipeThrough(new TextDecoderStream())) {
    clearTimeout(timer);
    timer = setTimeout(() => child.kill("SIGKILL"), SILENCE_MS);
    const lines = (rest + text).split("\n");
    rest = lines.pop()!;
    for (const line of lines) {
      if (!line.startsWith('{"case":')) continue; // what a reader printed
      onOutcome(JSON.parse(line));
      seen++;
    }
  }
  clearTimeout(timer);
  await child.status;
  await Deno.remove(folder, { recursive: true }).catch(() => {});
  return seen < to;
}

async function resultsFolder(): Promise<string> {
  const folder = join("results", "fuzz");
  await Deno.mkdir(folder, { recursive: true });
  return await Deno.realPath(folder);
}

function rowOf(target: string, outcomes: readonly FuzzOutcome[], hangs: readonly number[]): FuzzRow {
  const count = (...ends: FuzzOutcome["end"][]) => outcomes.filter(({ end }) => ends.includes(end)).length;
  const slow = outcomes.filter(({ seconds }) => seconds > SECONDS);
  const large = outcomes.filter(({ megabytes }) => megabytes > MEGABYTES);
  const offending = outcomes.filter((one) =>
    !["read", "refused"].includes(one.end) || slow.includes(one) || large.includes(one)
  );
  return {
    target,
    cases: outcomes.length + hangs.length,
    ...{ read: count("read"), refused: count("refused"), raw: count("raw", "unnamed"), wrong: count("wrong") },
    ...{ slow: slow.length + hangs.length, large: large.length },
    longest: Math.max(0, ...outcomes.map(({ seconds }) => seconds)),
    largest: Math.max(0, ...outcomes.map(({ megabytes }) => megabytes)),
    offenders: [
      ...hangs.map((at) => `case ${at} never ended`),
      ...offending.map(({ case: at, seed, end, message, kept, seconds, megabytes }) =>
        `case ${at}, ${seed}: ${end}, ${seconds.toFixed(1)} s, ${megabytes.toFixed(0)} MB: ${message} (${
          kept ?? "by its number"
        })`
      ),
    ],
  };
}

/** Whether a row has none that it mustn't have. */
export function isClean({ raw, wrong, slow, large }: FuzzRow): boolean {
  return raw + wrong + slow + large === 0;
}

function summary({ cases, read, refused, raw, wrong, slow, large, longest, largest }: FuzzRow): string {
  return `${cases} cases, ${read} read, ${refused} refused, ${raw} raw errors, ${wrong} wrong answers, ${slow} over ` +
    `${SECONDS} s, ${large} over ${MEGABYTES} MB (longest ${longest.toFixed(2)} s, largest ${largest.toFixed(0)} MB)`;
}

const README = join("bench", "README.md");

/** Sets the table of `bench/README.md`. */
export async function writeFuzzTable(rows: readonly FuzzRow[], { seed }: { seed: number }): Promise<void> {
  const header = [
    "what was damaged",
    "cases",
    "read",
    "refused",
    "raw errors",
    "wrong answers",
    `over ${SECONDS} s`,
    `over ${MEGABYTES} MB`,
    "longest, s",
    "largest, MB",
  ];
  const table = markdownTable(
    header,
    rows.map((row) => [
      ...[row.target, String(row.cases), String(row.read), String(row.refused), String(row.raw), String(row.wrong)],
      ...[String(row.slow), String(row.large), row.longest.toFixed(2), row.largest.toFixed(0)],
    ]),
  );
  const text = await Deno.readTextFile(README);
  const [from, to] = ["<!-- fuzz -->", "<!-- /fuzz -->"];
  const start = text.indexOf(from) + from.length, end = text.indexOf(to);
  const about = `Seed ${seed}; Deno ${Deno.version.deno}; ${new Date().toISOString().slice(0, 10)}.`;
  await writeAtomic(README, `${text.slice(0, start)}\n\n${about}\n\n${table}\n\n${text.slice(end)}`);
}
