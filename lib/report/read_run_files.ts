import { decodeAudio } from "../audio/mod.ts";
import { AuscultError } from "../errors/mod.ts";
import { type NpyArray, parseNpy } from "../files/mod.ts";
import type { NamedDifference } from "../plots/mod.ts";
import {
  framesAlone,
  type Run,
  type RunBeginning,
  type RunData,
  type RunExamples,
  type RunFrames,
  runIn,
  type RunNotes,
  type RunPlaces,
  type RunStatus,
} from "../runs/mod.ts";
import type { Metrics } from "../scores/mod.ts";
import type { FoldSubjects } from "../splits/mod.ts";
import { readCoefficients } from "./coefficients.ts";
import { type ExternalSet, readExternalSets } from "./read_external.ts";

/** A file of the run that could not be used, and why. */
export interface FileProblem {
  file: string;
  problem: string;
}

type Kind = "config" | "environment" | "data" | "status" | "history" | "predictions" | "metrics" | "bundle";

/** What a run folder holds; `null` for each file that is missing or damaged, which {@linkcode RunFiles.problems} tells. */
export interface RunFiles extends FilesOf<Kind> {
  folder: string;
  /** Of a run whose networks didn't begin at random. */
  beginning?: RunBeginning | null;
  splits: FoldSubjects[] | null;
  /** Of a run whose networks are linear in named numbers: what they go by, for each class but the first. */
  coefficients?: Record<string, NamedDifference[]> | null;
  examples: LoadedExample[] | null;
  /** Of a run whose targets are frames, with the pictures `[frames, bands]` of what it shows, and their scores where items are judged. */
  frames: { about: RunFrames; pictures: (Float32Array | null)[]; metrics: Metrics | null } | null;
  /** Of a run whose test parts are whole sources. */
  places?: RunPlaces | null;
  /** Empty where nobody said anything. */
  notes: RunNotes["notes"];
  /** Other data that it was judged on. */
  external: ExternalSet[];
  problems: FileProblem[];
}

type FilesOf<K extends Kind> = { [kind in K]: Awaited<ReturnType<Run[kind]>> | null };

/** One of the worst errors with what is needed to see and hear it. */
export interface LoadedExample {
  about: RunExamples[number];
  /** `null` where the WAV file is missing or damaged. */
  samples: Float32Array | null;
  /** `[frames, bands]`, row-major. */
  logMel: Float32Array | null;
  /** Grad-CAM, `[frames, bands]`, 0 to 1. */
  heat: Float32Array | null;
}

/** Files that a reader is sent to, which are not read for the report. */
const UNREAD = ["groups.csv", "model/pipeline.onnx"];

/**
 * All files of a run that a report is made from. What is missing or damaged is `null` and named in `problems`: a report
 * of the rest is better than none.
 */
export async function readRunFiles(folder: string): Promise<RunFiles> {
  const run = runIn(folder), problems: FileProblem[] = [];
  const attempt: Attempt = (file, read) =>
    read().catch((error) => {
      problems.push({ file, problem: sentence(error) });
      return null;
    });
  const where = async <T>(there: unknown, file: string, read: () => Promise<T>) =>
    there ? await attempt(file, read) : null;
  const optional = async <T>(file: string, read: () => Promise<T>) =>
    await run.has(file) ? await attempt(file, read) : undefined;
  const config = await attempt("config.json", run.config);
  const environment = await attempt("environment.json", run.environment);
  const data = await attempt("data.json", run.data);
  const beginning = await optional("beginning.json", run.beginning);
  const status = await attempt("status.json", run.status);
  // What only a training leaves is no gap where the predictions were made elsewhere, or by other runs.
  const trained = !config?.imported && !config?.joined;
  const splits = (await where(!config?.imported, "splits.json", run.splits))?.folds ?? null;
  const metrics = await attempt("metrics.json", run.metrics);
  const history = await where(trained, "history.csv", run.history);
  // A network by frame or of crops says nothing of an item as a whole, unless its answer is read from that.
  const targets = config?.experiment.targets, answers = !config || !framesAlone(config.experiment);
  const predictions = await where(answers, "predictions.csv", run.predictions);
  const bundle = await where(answers && trained, "model/bundle.json", run.bundle);
  for (const file of trained && !targets ? UNREAD : []) {
    if (!await run.has(file)) problems.push({ file, problem: "It is missing." });
  }
  const listed = await where(trained && !targets, "examples/examples.json", run.examples);
  const examples = listed && await Promise.all(listed.map((about) => loadExample(run, about, attempt)));
  const about = await where(targets?.kind === "frames", "frames.json", run.frames);
  return {
    ...{ folder, config, environment, data, beginning, status, splits, metrics, history, predictions, bundle },
    coefficients: bundle && await attempt("model", () => readCoefficients(run, bundle)),
    examples,
    frames: about && await loadFrames(run, about, attempt),
    places: await optional("places.json", run.places),
    notes: (await optional("notes.json", run.notes))?.notes ?? [],
    external: await readExternalSets(run),
    problems,
  };
}

type Attempt = <T>(file: string, read: () => Promise<T>) => Promise<T | null>;

async function loadFrames(run: Run, about: RunFrames, attempt: Attempt): Promise<RunFiles["frames"]> {
  const pictures = about.shown.map(({ picture, frames, bands }) =>
    attempt(picture, async () => arrayOf(parseNpy(await run.readBytes(picture), picture), [frames, bands]))
  );
  const { has, metrics } = run.inside("frames");
  return {
    about,
    pictures: await Promise.all(pictures),
    metrics: await has("metrics.json") ? await attempt("frames/metrics.json", metrics) : null,
  };
}

async function loadExample(run: Run, about: LoadedExample["about"], attempt: Attempt): Promise<LoadedExample> {
  const { id, frames, bands, heat } = about;
  const load = <T>(file: string, parse: (bytes: Uint8Array<ArrayBuffer>) => T | Promise<T>) =>
    attempt(`examples/${file}`, async () => await parse(await run.readBytes(`examples/${file}`)));
  const array = (file: string) => load(file, (bytes) => arrayOf(parseNpy(bytes, file), [frames, bands]));
  return {
    about,
    samples: await load(`${id}.wav`, async (bytes) => (await decodeAudio(bytes, `${id}.wav`)).samples),
    logMel: await array(`${id}.npy`),
    heat: heat ? await array(`${id}.heat.npy`) : null,
  };
}

function arrayOf({ shape, data }: NpyArray, expected: readonly number[]): Float32Array {
  if (shape.join() === expected.join() && data instanceof Float32Array) return data;
  throw new Error(`the shape is [${shape.join(", ")}], not [${expected.join(", ")}]`);
}

function sentence(error: unknown): string {
  if (error instanceof AuscultError) return error.problem.found === "none" ? "It is missing." : error.message;
  if (error instanceof Deno.errors.NotFound) return "It is missing.";
  return `It can't be read: ${error instanceof Error ? error.message : String(error)}.`;
}

/**
 * How much a run was judged on: folds together judge everything, a single one its part, which is what `byPart` holds.
 *
 * @param part Name of the part that is judged.
 */
export function judgedAmount(
  { data, status, part }: { data: RunData | null; status: RunStatus | null; part: string | null },
): { folds: number; amount: RunData["total"] | undefined } {
  const folds = new Set(status?.folds.map(({ fold }) => fold)).size;
  return { folds, amount: folds > 1 ? data?.total : data?.byPart.find((row) => row.part === part) };
}
