import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { scoreTable } from "../../lib/scores/mod.ts";
import { losses } from "../../lib/engines/mod.ts";
import { experimentSchema } from "../../lib/experiment/mod.ts";
import { markdownTable } from "../../lib/files/mod.ts";
import { partSchemas } from "../../lib/parts/mod.ts";
import { protocol } from "../../lib/splits/mod.ts";
import { augmentation, augmentations, callbacks, samplers, trainingOptions } from "../../lib/training/mod.ts";
import { code, datasetTable, presetTable, scoresTable } from "./reference_tables.ts";
import { schemaDocs } from "./schema_docs.ts";

/** Part of a JSON schema, as far as it is told. */
interface Told {
  type?: string;
  description?: string;
  default?: unknown;
  const?: unknown;
  enum?: unknown[];
  properties?: Record<string, Told>;
  required?: string[];
  items?: Told;
  anyOf?: Told[];
  oneOf?: Told[];
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
}

/** Where the comments stand, from `lib/`. */
const SOURCES = [
  "experiment/describe/experiment_schema.ts",
  "experiment/describe/targets.ts",
  "datasets/define_dataset.ts",
  "features/input_options.ts",
  "features/built_in_inputs.ts",
  "features/encoders/encoder_options.ts",
  "features/curves_input.ts",
  "features/deltas_input.ts",
  "features/joined_inputs.ts",
  "features/playback_input.ts",
  "features/sound_views.ts",
  "features/z_score_input.ts",
  "features/feature_preset.ts",
  "models/model_options.ts",
  "training/training_options.ts",
  "splits/protocol.ts",
];

/** Everything that an experiment can say, as Markdown: from the schemas, their comments and the lists of the rooms. */
export async function referencePage(): Promise<string> {
  const lib = join(import.meta.dirname!, "../../lib");
  const docs = new Map<string, string>();
  const parts = [losses, augmentations, samplers, callbacks].flatMap((kind) =>
    kind.all().map(({ module }) => fileURLToPath(module!))
  );
  for (const source of [...SOURCES.map((path) => join(lib, path)), ...parts]) {
    for (const [name, doc] of await schemaDocs(source)) if (!docs.has(name)) docs.set(name, doc);
  }
  const within = new Set<unknown>();
  const schema = (of: z.ZodType, io: "input" | "output" = "input"): Told =>
    z.toJSONSchema(of, {
      io,
      unrepresentable: "any",
      override: ({ zodSchema, jsonSchema }) => {
        const parts = partSchemas(zodSchema as unknown as z.ZodType);
        // Where names become parts on the way, the default would be left out.
        const { type, defaultValue } = (zodSchema as unknown as z.ZodType).def as {
          type: string;
          defaultValue?: unknown;
        };
        if (type === "default") jsonSchema.default ??= defaultValue as typeof jsonSchema.default;
        if (!parts || within.has(zodSchema)) return; // an input that joins others takes itself too
        within.add(zodSchema);
        jsonSchema.oneOf = parts.map((part) => schema(part, io)) as typeof jsonSchema.oneOf;
        within.delete(zodSchema);
      },
    }) as Told;
  return [
    "# What an experiment can say",
    "Written by `deno task reference` from the schemas that check each experiment. Every key can be set for one run: " +
    "`--set training.epochs=5`. Keys without a default that aren't marked optional must be there.",
    "## Keys",
    keyTable(schema(experimentSchema), { docs, groups: ["experiment"] }),
    "## Targets: `targets`",
    "`gru` and `fcn` answer by frame; crops are `input.seconds` long, `training.loss` and `training.classWeights` are those " +
    "of frames. Such a run keeps what was said of each frame in `posteriors/` (`frames.json` names them); it has no bundle " +
    "and no `predictions.csv`, so `predict`, `live`, `evaluate`, `compare`, `tables`, `power` and `listen` don't take it, and `sweep` and `ablate` don't train such.",
    kinds(schema(experimentSchema).properties!.targets, docs),
    "With `recordings`, two windows of one recording are a pair and all others of the batch are not (COLA, Saeed et al. 2021): " +
    "`training.batchSize` counts windows. Judged is how often a held-out recording is found again among `candidates`, beside " +
    "chance, the network as it was drawn, and the mean spectrum. Its bundle serves `initial.run` alone.",
    "## Networks: `model`",
    kinds(schema(experimentSchema).properties!.model, docs),
    "## Training: `training.optimizer`, `.loss`, `.sampler`, `.callbacks`",
    ...["optimizer", "loss", "sampler", "callbacks"].map((key) => {
      const told = schema(trainingOptions).properties![key];
      return kinds(told.items ?? told, docs);
    }),
    "## Augmentations: `training.augment`",
    'A list; each by its name alone or with options: `["time-shift", { kind: "gain", range: 3 }]`. ' +
    "[The pictures](../lib/training/augmentation/README.md).",
    kinds(schema(augmentation, "output"), docs),
    "## Protocols: `evaluation.protocol`",
    kinds(schema(protocol), docs),
    "## Inputs: `input`",
    "Beside the windows' own keys; `log-mel` where no `kind` is said.",
    kinds(schema(experimentSchema).properties!.input, docs),
    "## Presets: `input.preset`",
    "Each number can be changed: `--set input.change.nMels=40`.",
    await presetTable(join(lib, "features", "presets.ts")),
    "## Scores and monitors",
    "`evaluation.monitor` is any of these that needs no name of a class; `evaluation.scores` lists " +
    "those to read first, official or your own.",
    scoresTable(),
    "## Datasets and tasks: `dataset`",
    datasetTable(),
  ].map(wrapped).join("\n\n") + "\n";
}

/** Prose of at most 120 letters a line, as `deno fmt` has it. */
function wrapped(part: string): string {
  return part.split("\n\n").map((paragraph) => {
    if (/^[#|]/.test(paragraph)) return paragraph;
    const lines = [""];
    for (const [word] of paragraph.matchAll(/(?:`[^`]*`|\[[^\]]*\]\([^)]*\)|\S)+/g)) {
      const longer = `${lines.at(-1)} ${word}`.trim();
      if (longer.length > 120) lines.push(word);
      else lines[lines.length - 1] = longer;
    }
    return lines.join("\n");
  }).join("\n\n");
}

const HEADER = ["key", "values", "default", "meaning"];

function keyTable(
  schema: Told,
  { docs, groups }: { docs: ReadonlyMap<string, string>; groups: readonly string[] },
): string {
  const rows: string[][] = [];
  const walk = (part: Told, { prefix, groups }: { prefix: string; groups: readonly string[] }) => {
    for (const [key, value] of Object.entries(part.properties ?? {})) {
      const name = `${prefix}${key}`;
      const meaning = value.description ?? groups.map((group) => docs.get(`${group}.${key}`)).find((doc) => doc) ??
        docs.get(key) ?? "";
      const deeper = value.properties !== undefined && value.default === undefined && !isKind(value) &&
        key !== "bandpass";
      if (!deeper || meaning !== "") rows.push([code(name), values(value), byDefault(value, part, key), meaning]);
      if (deeper) walk(value, { prefix: `${name}.`, groups: [GROUPS[key] ?? key] });
    }
  };
  walk(schema, { prefix: "", groups });
  return rows.length > 0 ? markdownTable(HEADER, rows) : "";
}

/** Shapes that are variables of their own. */
const GROUPS: Record<string, string> = {
  dataset: "options",
  input: "windowing",
  change: "preset",
};

/** A table for each kind of a choice. */
function kinds(schema: Told, docs: ReadonlyMap<string, string>): string {
  const choices = (schema.oneOf ?? schema.anyOf ?? [schema]).filter(isKind);
  const names = (schema.oneOf ?? schema.anyOf ?? []).flatMap((one) => one.enum ?? []);
  const simple = names.length > 0 ? [`By name alone: ${names.map(code).join(", ")}.`] : [];
  const parts = choices.map((choice) => {
    const kind = String(choice.properties!.kind.const);
    const { kind: _, ...properties } = choice.properties!;
    const table = keyTable({ ...choice, properties }, { docs, groups: [kind, `${camel(kind)}Options`, ...SHARED] });
    const about = choice.description ?? docs.get(kind) ?? docs.get(`${camel(kind)}Options`) ?? docs.get(camel(kind));
    const heading = `### \`${kind}\`${about ? `\n\n${about}` : ""}`;
    return [heading, table].filter((part) => part !== "").join("\n\n");
  });
  return [...simple, ...parts].join("\n\n");
}

/** Groups of keys that several kinds have. */
const SHARED = ["common", "moments", "mixing", "mel", "several", "windowing"];

const camel = (kind: string) => kind.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

function isKind({ properties }: Told): boolean {
  return properties?.kind?.const !== undefined;
}

/** Every score that is known: too many to be named more than once. */
function isScores({ anyOf, oneOf = anyOf }: Told): boolean {
  return oneOf?.length === scoreTable.size && oneOf.every((one) => scoreTable.has(String(one.properties?.kind.const)));
}

function values(schema: Told): string {
  const { type, enum: names, const: only, items, anyOf, oneOf, minimum, maximum, exclusiveMinimum } = schema;
  if (names) return names.map(code).join(", ");
  if (only !== undefined) return code(only);
  const choices = anyOf ?? oneOf;
  if (choices) {
    if (choices.some(isScores)) return "[a score](#scores-and-monitors)";
    return [...new Set(choices.map((one) => isKind(one) ? code(one.properties!.kind.const) : values(one)))].join(", ");
  }
  if (type === "array") return items ? `list of ${values(items)}` : "list";
  if (type === "boolean") return "`true`, `false`";
  if (type === "number" || type === "integer") {
    const low = exclusiveMinimum !== undefined ? `> ${exclusiveMinimum}` : minimum !== undefined ? `≥ ${minimum}` : "";
    const high = maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER ? `≤ ${maximum}` : "";
    return [type === "integer" ? "whole number" : "number", low, high].filter((part) => part !== "").join(" ");
  }
  return type === "string" ? "text" : isKind(schema) ? code(schema.properties!.kind.const) : "as described";
}

function byDefault({ default: value }: Told, { required = [] }: Told, key: string): string {
  if (value !== undefined) return code(value);
  return required.includes(key) ? "" : "optional";
}
