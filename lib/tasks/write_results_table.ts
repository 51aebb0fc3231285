import { join } from "node:path";
import type { Metrics, Score } from "../evaluation/mod.ts";
import { markdownTable, writeAtomic } from "../files/mod.ts";
import { listRuns, type Run, runConfig, runData, runEnvironment, runStatus } from "../runs/mod.ts";

const README = join("experiments", "README.md");
const [FROM, TO] = ["<!-- results -->", "<!-- /results -->"];

/** Sets the table of `experiments/README.md` from run folders. @returns the number of its rows. */
export async function writeResultsTable(results: string): Promise<number> {
  const names = [...await experimentNames("heart"), ...await experimentNames("lung")];
  const rows: string[][] = [];
  for (const name of names) {
    const run = await latestComplete(results, name);
    if (run) rows.push(...await rowsOf(run));
  }
  const header = ["experiment and score", "protocol", "subjects", "value (95 % interval)", "mean over sources"];
  const table = markdownTable([...header, "highest floor", "published", "training"], rows);
  const text = await Deno.readTextFile(README);
  const start = text.indexOf(FROM) + FROM.length, end = text.indexOf(TO);
  await writeAtomic(README, `${text.slice(0, start)}\n\n${table}\n\n${text.slice(end)}`);
  return rows.length;
}

async function experimentNames(kind: string): Promise<string[]> {
  const files = await Array.fromAsync(Deno.readDir(join("experiments", kind)));
  return files.map(({ name }) => `${kind}/${name.replace(/\.ts$/, "")}`).toSorted();
}

async function latestComplete(results: string, name: string): Promise<Run | undefined> {
  for (const run of await listRuns(results, name)) {
    if (!await run.has("status.json") || !await run.has("metrics.json")) continue;
    if ((await run.readJson("status.json", runStatus)).state === "complete") return run;
  }
  return undefined;
}

async function rowsOf(run: Run): Promise<string[][]> {
  const { name, experiment, references, engine, seeds } = await run.readJson("config.json", runConfig);
  const { total } = await run.readJson("data.json", runData);
  const { seconds } = await run.readJson("status.json", runStatus);
  const { machine } = await run.readJson("environment.json", runEnvironment);
  const metrics: Metrics = JSON.parse(await run.readText("metrics.json"));
  const { pooled, sourceMean } = metrics.parts.test;
  const { scores, protocol } = experiment.evaluation as { scores: string[]; protocol: Record<string, unknown> };
  const official = scores.length > 0 ? scores : ["balancedAccuracy"];
  return official.flatMap((score) => {
    const found = Object.values(pooled).map((of) => of[score]).find((one) => one?.value !== undefined);
    if (!found) return [];
    const published = references.filter((one) => one.score === score)
      .map(({ value, spread, what }) => `${value}${spread ? ` ± ${spread}` : ""} (${what})`);
    const cells = [
      `${name}: ${score}`,
      `${protocol.kind}${protocol.folds ? ` (${protocol.folds})` : ""}, ${seeds.length} seed${
        seeds.length > 1 ? "s" : ""
      }`,
      String(total.subjects),
      withInterval(found),
      sourceMean[score] ? withInterval(sourceMean[score]) : "-",
      highestFloor(found),
      published.join("; ") || "none",
      `${Math.round(seconds / 60)} min, ${engine.name}, ${engine.threads} of ${machine.cores} cores`,
    ];
    return [cells];
  });
}

function withInterval({ value, low, high, reason }: Score): string {
  if (value === null) return `none: ${reason}`;
  return low === null || high === null
    ? value.toFixed(3)
    : `${value.toFixed(3)} (${low.toFixed(3)}-${high.toFixed(3)})`;
}

function highestFloor({ floor, floors }: Score): string {
  const name = Object.entries(floors).find(([, value]) => value === floor)?.[0];
  return floor === null ? "-" : `${floor.toFixed(3)} (${name})`;
}
