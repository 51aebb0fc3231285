import { z } from "zod";
import { checked, DataError } from "../errors/mod.ts";
import { foldSubjects } from "../splits/fold.ts";
import { bundle, bundleMember } from "./bundle/bundle_schema.ts";
import { formatGroups, parseGroups } from "./groups_file.ts";
import { foldEpoch, formatHistory, parseHistory } from "./history_file.ts";
import { metrics } from "../evaluation/score.ts";
import { formatPredictions, parsePredictions } from "./predictions_file.ts";
import { runConfig, runData, runEnvironment, runExamples, runStatus } from "./run_schemas.ts";
import { runNotes } from "./run_notes.ts";
import { formatSounds, parseSounds } from "./sounds_file.ts";

/** A kind of file in a run folder: its name, and how what it holds becomes text and is read again. */
export interface RunFile<Content> {
  name: string;
  format(content: Content): string;
  /** @throws {DataError} where the text is none of this kind; names the key or line. */
  parse(text: string, where: string): Content;
}

/** Every file of a run but sounds, arrays, networks and pages; a fold and a set judged elsewhere hold some of them, too. */
export const runContents = {
  config: json("config.json", runConfig),
  environment: json("environment.json", runEnvironment),
  data: json("data.json", runData),
  status: json("status.json", runStatus),
  splits: json("splits.json", z.object({ version: z.literal(1), folds: z.array(foldSubjects) })),
  metrics: json("metrics.json", metrics),
  examples: json("examples/examples.json", runExamples),
  bundle: json("model/bundle.json", bundle),
  /** What a finished fold leaves until all are done, in `folds/<index>/`, beside its predictions window by window. */
  fold: json("fold.json", z.object({ member: bundleMember, history: z.array(foldEpoch) })),
  notes: json("notes.json", runNotes),
  history: { name: "history.csv", format: formatHistory, parse: parseHistory },
  predictions: { name: "predictions.csv", format: formatPredictions, parse: parsePredictions },
  groups: { name: "groups.csv", format: formatGroups, parse: parseGroups },
  sounds: { name: "sounds.csv", format: formatSounds, parse: parseSounds },
};
export type RunContents = {
  [Kind in keyof typeof runContents]: ReturnType<(typeof runContents)[Kind]["parse"]>;
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
