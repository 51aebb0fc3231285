import type { z } from "zod";
import { checked, DataError } from "../errors/mod.ts";
import { foldSubjects } from "../splits/fold.ts";
import { type Bundle, bundle, bundleMember } from "./bundle/bundle_schema.ts";
import { one, schemaOf, type Shaped } from "../files/json_shape.ts";
import { type FrameReadings, frameReadings, type RunFrames, runFrames } from "./frames_file.ts";
import { formatGroups, parseGroups, type RecordingGroups } from "./groups_file.ts";
import { type RunAdapted, runAdapted } from "./adapted_file.ts";
import { type FoldEpoch, foldEpoch, formatHistory, parseHistory } from "./history_file.ts";
import { type Metrics, metrics } from "../scores/score.ts";
import { formatLabels, type HeardLabel, parseLabels } from "./labels_file.ts";
import { formatPredictions, type JudgedPredictions, parsePredictions } from "./predictions_file.ts";
import { type RunBeginning, runBeginning } from "./beginning_file.ts";
import { type RunConfig, runConfig } from "./config_file.ts";
import { type RunData, runData } from "./data_file.ts";
import { type RunEnvironment, runEnvironment } from "./environment_file.ts";
import { type RunExamples, runExamples } from "./examples_file.ts";
import { type RunStatus, runStatus } from "./status_file.ts";
import { type RunNotes, runNotes } from "./run_notes.ts";
import { type RunPlaces, runPlaces } from "./places_file.ts";
import { formatSounds, parseSounds, type SoundHash } from "./sounds_file.ts";

/** A kind of file in a run folder: its name, and how what it holds becomes text and is read again. */
export interface RunFile<Content> {
  name: string;
  format(content: Content): string;
  /** @throws {DataError} where the text is none of this kind; names the key or line. */
  parse(text: string, where: string): Content;
}

const splits = { version: one, folds: [foldSubjects] };
const finishedFold = { member: bundleMember, history: [foldEpoch] };

export interface RunContents {
  config: RunConfig;
  environment: RunEnvironment;
  data: RunData;
  beginning: RunBeginning;
  status: RunStatus;
  splits: Shaped<typeof splits>;
  metrics: Metrics;
  examples: RunExamples;
  bundle: Bundle;
  fold: Shaped<typeof finishedFold>;
  notes: RunNotes;
  frames: RunFrames;
  readings: FrameReadings;
  places: RunPlaces;
  adapted: RunAdapted;
  history: FoldEpoch[];
  predictions: JudgedPredictions;
  groups: RecordingGroups;
  labels: HeardLabel[];
  sounds: SoundHash[];
}

/** Every file of a run but sounds, arrays, networks and pages; a fold and a set judged elsewhere hold some of them, too. */
export const runContents: { [Kind in keyof RunContents]: RunFile<RunContents[Kind]> } = {
  config: json("config.json", runConfig),
  environment: json("environment.json", runEnvironment),
  data: json("data.json", runData),
  beginning: json("beginning.json", runBeginning),
  status: json("status.json", runStatus),
  splits: json("splits.json", schemaOf(splits)),
  metrics: json("metrics.json", metrics),
  examples: json("examples/examples.json", runExamples),
  bundle: json("model/bundle.json", bundle),
  /** What a finished fold leaves until all are done, in `folds/<index>/`, beside its predictions window by window. */
  fold: json("fold.json", schemaOf(finishedFold)),
  notes: json("notes.json", runNotes),
  frames: json("frames.json", runFrames),
  /** Of a fold whose network answers by frame, where items are judged. */
  readings: json("readings.json", frameReadings),
  places: json("places.json", runPlaces),
  adapted: json("adapted.json", runAdapted),
  history: { name: "history.csv", format: formatHistory, parse: parseHistory },
  predictions: { name: "predictions.csv", format: formatPredictions, parse: parsePredictions },
  groups: { name: "groups.csv", format: formatGroups, parse: parseGroups },
  labels: { name: "labels.csv", format: formatLabels, parse: parseLabels },
  sounds: { name: "sounds.csv", format: formatSounds, parse: parseSounds },
};
function json<Schema extends z.ZodType>(name: string, schema: Schema): RunFile<z.output<Schema>> {
  return {
    name,
    format: (content) => JSON.stringify(content, null, 2) + "\n",
    parse: (text, where) => parseJson(text, { name, schema, where }),
  };
}

/** @throws {DataError} where the text is no JSON, or not of the schema; names the key. */
export function parseJson<Schema extends z.ZodType>(
  text: string,
  { name, schema, where }: { name: string; schema: Schema; where: string },
): z.output<Schema> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new DataError({ expected: "JSON", found: (cause as Error).message, where, cause });
  }
  return checked(schema, value, {
    expected: `a ${name} of this version of Auscult`,
    where,
    remedy: "run the experiment again",
  });
}
