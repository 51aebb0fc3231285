import { decodeAudio } from "../audio/mod.ts";
import { AuscultError } from "../errors/mod.ts";
import { type NpyArray, parseNpy } from "../files/mod.ts";
import {
  type Bundle,
  type FoldEpoch,
  framesAlone,
  type JudgedPredictions,
  type Run,
  type RunBeginning,
  type RunConfig,
  type RunData,
  type RunEnvironment,
  type RunExamples,
  type RunFrames,
  runIn,
  type RunNotes,
  type RunPlaces,
  type RunStatus,
} from "../runs/mod.ts";
import { readCoefficients } from "./coefficients.ts";
import { type ExternalSet, readExternalSets } from "./read_external.ts";
import type { NamedDifference } from "../plots/mod.ts";
import type { Metrics } from "../scores/mod.ts";
import type { FoldSubjects } from "../splits/mod.ts";

/** A file of the run that could not be used, and why. */
export interface FileProblem {
  file: string;
  problem: string;
}

/** What a run folder holds; `null` for each file that is missing or damaged, which {@linkcode RunFiles.problems} tells. */
export interface RunFiles {
  folder: string;
  config: RunConfig | null;
  environment: RunEnvironment | null;
  data: RunData | null;
  /** Of a run whose networks didn't begin at random. */
  beginning?: RunBeginning | null;
  status: RunStatus | null;
  splits: FoldSubjects[] | null;
  history: FoldEpoch[] | null;
  predictions: JudgedPredictions | null;
  metrics: Metrics | null;
  /** `model/bundle.json`. */
  bundle: Bundle | null;
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
  const picture = ({ picture, frames, bands }: RunFrames["shown"][number]) =>
    attempt(picture, async () => arrayOf(parseNpy(await run.readBytes(picture), picture), [frames, bands]));
  const config = await attempt("config.json", run.config);
  const environment = await attempt("environment.json", run.environment);
  const data = await attempt("data.json", run.data);
  const beginning = await run.has("beginning.json") ? await attempt("beginning.json", run.beginning) : undefined;
  const status = await attempt("status.json", run.status);
  // What only a training leaves is no gap where the predictions were made elsewhere, or by other runs.
  const untrained = config?.imported ?? config?.joined;
  const trained: Attempt = (file, read) => untrained ? Promise.resolve(null) : attempt(file, read);
  const splits = config?.imported ? null : (await attempt("splits.json", run.splits))?.folds ?? null;
  const metrics = await attempt("metrics.json", run.metrics);
  const history = await trained("history.csv", run.history);
  // A network by frame or of crops says nothing of an item as a whole, unless its answer is read from that.
  const targets = config?.experiment.targets, framed = targets !== undefined;
  const predictions = config && framesAlone(config.experiment)
    ? null
    : await attempt("predictions.csv", run.predictions);
  const bundle = config && framesAlone(config.experiment) ? null : await trained("model/bundle.json", run.bundle);
  for (const file of untrained || framed ? [] : UNREAD) {
    if (!await run.has(file)) problems.push({ file, problem: "It is missing." });
  }
  const listed = framed ? null : await trained("examples/examples.json", run.examples);
  const examples = listed && await Promise.all(listed.map((about) => loadExample(run, about, attempt)));
  const frames = targets?.kind === "frames" ? await attempt("frames.json", run.frames) : null;
  const ofFrames = run.inside("frames");
  return {
    folder,
    config,
    environment,
    data,
    beginning,
    status,
    splits,
    metrics,
    history,
    predictions,
    bundle,
    coefficients: bundle && await attempt("model", () => readCoefficients(run, bundle)),
    examples,
    frames: frames && {
      about: frames,
      pictures: await Promise.all(frames.shown.map(picture)),
      metrics: await ofFrames.has("metrics.json") ? await attempt("frames/metrics.json", ofFrames.metrics) : null,
    },
    places: await run.has("places.json") ? await attempt("places.json", run.places) : undefined,
    notes: await run.has("notes.json") ? (await attempt("notes.json", run.notes))?.notes ?? [] : [],
    external: await readExternalSets(run),
    problems,
  };
}

type Attempt = <T>(file: string, read: () => Promise<T>) => Promise<T | null>;

async function loadExample(run: Run, about: LoadedExample["about"], attempt: Attempt): Promise<LoadedExample> {
  const bytes = (file: string) => run.readBytes(`examples/${file}`);
  const array = (file: string) =>
    attempt(
      `examples/${file}`,
      async () => arrayOf(parseNpy(await bytes(file), file), [about.frames, about.bands]),
    );
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

function arrayOf({ shape, data }: NpyArray, expected: readonly number[]): Float32Array {
  if (shape.join() === expected.join() && data instanceof Float32Array) return data;
  throw new Error(`the shape is [${shape.join(", ")}], not [${expected.join(", ")}]`);
}

function sentence(error: unknown): string {
  if (error instanceof AuscultError) return error.problem.found === "none" ? "It is missing." : error.message;
  if (error instanceof Deno.errors.NotFound) return "It is missing.";
  return `It can't be read: ${error instanceof Error ? error.message : String(error)}.`;
}
