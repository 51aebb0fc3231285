import type { z } from "zod";
import { decodeAudio } from "../audio/mod.ts";
import { AuscultError } from "../errors/mod.ts";
import { parseCsv, parseNpy } from "../files/mod.ts";
import {
  bundle as bundleFile,
  type HistoryRow,
  metricsFile,
  parsePredictions,
  type Run,
  runConfig,
  runData,
  runEnvironment,
  runExamples,
  runIn,
  runStatus,
  splitsFile,
} from "../runs/mod.ts";
import { readExternalSets } from "./read_external.ts";
import type { FileProblem, LoadedExample, RunFiles } from "./run_files.ts";

/** Files that a reader is sent to, which are not read for the report. */
const UNREAD = ["groups.csv", "model/pipeline.onnx"];

/**
 * All files of a run that a report is made from. What is missing or damaged is `null` and named in `problems`: a report
 * of the rest is better than none.
 */
export async function readRunFiles(folder: string): Promise<RunFiles> {
  const run = runIn(folder);
  const problems: FileProblem[] = [];
  const attempt = async <T>(file: string, read: () => Promise<T>): Promise<T | null> => {
    try {
      return await read();
    } catch (error) {
      problems.push({ file, problem: sentence(error) });
      return null;
    }
  };
  const json = <T extends z.ZodType>(file: string, schema: T) => attempt(file, () => run.readJson(file, schema));
  const config = await json("config.json", runConfig);
  const environment = await json("environment.json", runEnvironment);
  const data = await json("data.json", runData);
  const status = await json("status.json", runStatus);
  const splits = (await json("splits.json", splitsFile))?.folds ?? null;
  const metrics = await json("metrics.json", metricsFile);
  const history = await attempt("history.csv", async () => parseHistory(await run.readText("history.csv")));
  const predictions = await attempt(
    "predictions.csv",
    async () => parsePredictions(await run.readText("predictions.csv"), "predictions.csv"),
  );
  const bundle = await json("model/bundle.json", bundleFile);
  for (const file of UNREAD) if (!await run.has(file)) problems.push({ file, problem: "It is missing." });
  const listed = await json("examples/examples.json", runExamples);
  const examples = listed && await Promise.all(listed.map((about) => loadExample(run, about, attempt)));
  return {
    folder,
    config,
    environment,
    data,
    status,
    splits,
    metrics,
    history,
    predictions,
    bundle,
    examples,
    external: await readExternalSets(run),
    problems,
  };
}

type Attempt = <T>(file: string, read: () => Promise<T>) => Promise<T | null>;

async function loadExample(run: Run, about: LoadedExample["about"], attempt: Attempt): Promise<LoadedExample> {
  const bytes = (file: string) => run.readBytes(`examples/${file}`);
  const array = (file: string) =>
    attempt(`examples/${file}`, async () => {
      const { shape, data } = parseNpy(await bytes(file), file);
      if (shape.join() !== `${about.frames},${about.bands}` || !(data instanceof Float32Array)) {
        throw new Error(`the shape is [${shape.join(", ")}], not [${about.frames}, ${about.bands}]`);
      }
      return data;
    });
  return {
    about,
    samples: await attempt(
      `examples/${about.id}.wav`,
      async () => (await decodeAudio(await bytes(`${about.id}.wav`), `${about.id}.wav`)).samples,
    ),
    logMel: await array(`${about.id}.npy`),
    heat: about.heat ? await array(`${about.id}.heat.npy`) : null,
  };
}

const NUMBERS = ["fold", "seed", "epoch", "loss", "validationLoss", "learningRate", "seconds", "samplesPerSecond"];

function parseHistory(text: string): HistoryRow[] {
  // There are epochs without a score.
  const rows = parseCsv(text, "history.csv", { columns: ["validationScore"], numbers: NUMBERS });
  return rows.map((row) =>
    Object.fromEntries(
      [...NUMBERS, "validationScore"].map((name) => [name, Number(row[name])]),
    ) as unknown as HistoryRow
  );
}

function sentence(error: unknown): string {
  if (error instanceof AuscultError) return error.problem.found === "none" ? "It is missing." : error.message;
  if (error instanceof Deno.errors.NotFound) return "It is missing.";
  return `It can't be read: ${error instanceof Error ? error.message : String(error)}.`;
}
