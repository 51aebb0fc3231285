import type { z } from "zod";
import { checked, DataError } from "../errors/mod.ts";
import { one, schemaOf, type Shaped } from "../files/json_shape.ts";
import { metrics } from "../scores/score.ts";
import { foldSubjects } from "../splits/fold.ts";
import { notes } from "./add_note.ts";
import { beginning } from "./beginning_file.ts";
import { bundle, bundleMember } from "./bundle/bundle_schema.ts";
import { environment, runConfig } from "./config_file.ts";
import { foldEpoch, groupsFile, historyFile, labelsFile, type RunFile, soundsFile } from "./csv_files.ts";
import { runData } from "./data_file.ts";
import { adapted, frames, places, readings, runExamples } from "./judged_files.ts";
import { predictionsFile } from "./predictions_file.ts";
import { runStatus } from "./status_file.ts";

/** What JSON files hold, each called as it stands here but for {@linkcode PLACES}. */
const shapes = {
  config: runConfig,
  environment,
  data: runData,
  beginning,
  status: runStatus,
  splits: { version: one, folds: [foldSubjects] },
  metrics,
  examples: runExamples,
  bundle,
  /** What a finished fold leaves until all are done, in `folds/<index>/`, beside its predictions window by window. */
  fold: { member: bundleMember, history: [foldEpoch] },
  notes,
  frames,
  /** Of a fold whose network answers by frame, where items are judged. */
  readings,
  places,
  adapted,
};
const PLACES: Record<string, string> = { examples: "examples/examples.json", bundle: "model/bundle.json" };

const tables = {
  history: historyFile,
  predictions: predictionsFile,
  groups: groupsFile,
  labels: labelsFile,
  sounds: soundsFile,
};

/** What each kind of file holds. */
export type RunContents =
  & { [Kind in keyof typeof shapes]: Shaped<typeof shapes[Kind]> }
  & { [Kind in keyof typeof tables]: ReturnType<typeof tables[Kind]["parse"]> };

/** Every file of a run but sounds, arrays, networks and pages; a fold and a set judged elsewhere hold some of them, too. */
export const runContents: { [Kind in keyof RunContents]: RunFile<RunContents[Kind]> } = {
  ...Object.fromEntries(Object.entries(shapes).map(([kind, shape]) => [kind, json(kind, shape)])),
  ...tables,
} as never;

function json(kind: string, shape: unknown): RunFile<unknown> {
  const name = PLACES[kind] ?? `${kind}.json`, schema = schemaOf(shape) as z.ZodType;
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
  const expected = `a ${name} of this version of Auscult`;
  return checked(schema, value, { expected, where, remedy: "run the experiment again" });
}
