import { z } from "zod";
import { type KnownPart, type Options, PartKind } from "../parts/mod.ts";
import type { DatasetDefinition, DatasetFunctions, DatasetInfo } from "./dataset_definition.ts";
import { joinedDataset } from "./join_options.ts";
import { labelOptions } from "./label_options.ts";
import { columnNames } from "./files/column_roles.ts";

/** The datasets that are known. */
export const datasets: PartKind<DatasetInfo & DatasetFunctions> = new PartKind("dataset", "a dataset");

/** A dataset as {@linkcode datasets} holds it. */
export type KnownDataset = KnownPart<DatasetInfo & DatasetFunctions>;

/** What an experiment says of the dataset that it asks. */
const options = {
  /** Name in the catalogue; `joint` for several as one. */
  name: z.string() as z.ZodString,
  /** What the labels mean; of `joint` any name for the question. */
  task: z.string() as z.ZodString,
  /** The datasets that `joint` asks as one. */
  join: z.array(joinedDataset.overwrite((one) => datasets.mark(one, one.name))).min(1)
    .optional() as z.ZodOptional<z.ZodArray<typeof joinedDataset>>,
  /** Columns of one's own table whose headers aren't the usual ones: `{ subject: "Pat-Nr" }`. */
  columns: columnNames.optional() as z.ZodOptional<typeof columnNames>,
  /** Groups that `deno task data scan --out` wrote elsewhere; where left out, `near_duplicates.csv` in the folder. */
  nearDuplicates: z.string().min(1).optional() as z.ZodOptional<z.ZodString>,
  /** What listeners said, in place of the dataset's labels. */
  labels: labelOptions.optional() as z.ZodOptional<typeof labelOptions>,
  /** What the data are called in reports; where left out, the catalogue's title, and of one's own data the table's name. */
  title: z.string().min(1).optional() as z.ZodOptional<z.ZodString>,
  /** Official parts to use; where left out, those that the protocol names, else the training part. */
  parts: z.array(z.string()).optional() as z.ZodOptional<z.ZodArray<z.ZodString>>,
};
export const datasetOptions: Options<typeof options> = z.strictObject(options);

/** What {@linkcode defineDataset} takes: what is left out isn't known. */
export type DatasetDescription<Task extends string> =
  & Omit<DatasetInfo, "tasks" | "home" | "subjectKey" | "parts" | "traps">
  & Partial<Pick<DatasetInfo, "home" | "subjectKey" | "parts" | "traps">>
  & DatasetFunctions
  & { tasks: Record<Task, DatasetInfo["tasks"][string]> };

/** A defined dataset: called with a task it gives the `dataset` of an experiment. */
export interface DatasetPart<Task extends string> {
  (options: Omit<z.input<typeof datasetOptions>, "name" | "task"> & { task: Task }): { name: string; task: string };
  readonly definition: DatasetDefinition;
}

/**
 * A dataset of one's own: where its labels stand, how its subjects are told apart, what is known to be wrong with it.
 * `read` says what the files mean; lengths, checks and the list of what wasn't taken are everybody's.
 *
 * @throws {UsageError} where another module has defined one of that name.
 *
 * @example
 * ```ts
 * import { expect } from "expect";
 * import { defineDataset, stemOf } from "./mod.ts";
 *
 * const clinic = defineDataset({
 *   name: "clinic",
 *   title: "Hearts of a clinic",
 *   sound: "heart",
 *   licence: "not to be passed on",
 *   citation: "unpublished",
 *   tasks: { "murmur-2": { classes: ["no murmur", "murmur"], about: "Does the heart murmur?" } },
 *   read: (files) => ({
 *     // P07_murmur_2.wav: patient, what was heard, visit
 *     rows: files.recordings.map((recording) => {
 *       const [subject, heard] = stemOf(recording).split("_");
 *       return { recording, subject, label: heard === "murmur" ? "murmur" : "no murmur" };
 *     }),
 *   }),
 * });
 * expect(clinic({ task: "murmur-2" })).toEqual({ name: "clinic", task: "murmur-2" });
 * ```
 */
export function defineDataset<const Task extends string>(description: DatasetDescription<Task>): DatasetPart<Task> {
  const { definition } = datasets.define({
    ...{
      home: "",
      subjectKey: "as its module says",
      parts: [],
      traps: [],
      options: datasetOptions.omit({ name: true }),
    },
    ...description,
  });
  const call: DatasetPart<Task> = Object.assign(
    (options: { task: Task }) => ({ name: description.name, ...options }),
    { definition },
  );
  return call;
}
