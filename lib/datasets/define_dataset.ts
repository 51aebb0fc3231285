import { z } from "zod";
import { type KnownPart, type Options, PartKind } from "../parts/mod.ts";
import { type ColumnNames, columnNames } from "./files/column_roles.ts";
import type { DatasetFiles } from "./files/dataset_files.ts";
import type { AnnotatedEvent, ManifestRow, PassedOver } from "./manifest.ts";

/** The datasets that are known. */
export const datasets: PartKind<DatasetInfo & DatasetFunctions> = new PartKind("dataset", "a dataset");
export type KnownDataset = KnownPart<DatasetInfo & DatasetFunctions>;

const meanings: z.ZodRecord<z.ZodString, z.ZodNullable<z.ZodString>> = z.record(z.string(), z.string().nullable());

const joined = {
  /** Name in the catalogue; of one's own recordings `csv` or `folders`. */
  name: z.string() as z.ZodString,
  /** The question that it is asked. */
  task: z.string() as z.ZodString,
  /** What each of its labels is called in the joint question, `null` for those that are left out; its own names where left out. */
  labels: meanings.optional() as z.ZodOptional<typeof meanings>,
  /** Its folder (or table) below that of `--data`, or anywhere; where left out, the folder of its name. */
  folder: z.string().min(1).optional() as z.ZodOptional<z.ZodString>,
  /** What it is called before its subjects and sources, where two have one name. */
  as: z.string().regex(/^[^/]+$/).optional() as z.ZodOptional<z.ZodString>,
  /** Whether each of its databases, devices or places is a source by itself; else all of it is one. */
  databases: z.boolean().default(true) as z.ZodDefault<z.ZodBoolean>,
  /** Columns of one's own table whose headers aren't the usual ones. */
  columns: columnNames.optional() as z.ZodOptional<z.ZodType<ColumnNames>>,
};

const joinedDataset: Options<typeof joined> = z.strictObject(joined); // one of several datasets that are asked as one

/** Defaults filled in. */
export type JoinedDataset = z.output<typeof joinedDataset>;

const SAME_NAME = ["refuse", "apart", "same"] as const;
const labels = {
  /** The files of verdicts, such as one a listener. */
  verdicts: z.array(z.string().min(1)).min(1) as z.ZodArray<z.ZodString>,
  /** Who decides: most of the listeners, who heard a sound first, or all of two or more. */
  from: z.enum(["majority", "first-rater", "consensus"]) as z.ZodType<"majority" | "first-rater" | "consensus">,
  /** Which sounds without a decision keep the given label: all, those that nobody heard, or none. The others are left out. */
  keep: z.enum(["all", "unheard", "none"]).default("all") as z.ZodDefault<z.ZodType<"all" | "unheard" | "none">>,
  /** Train on the shares of the listeners' votes, each by its certainty, in place of one class. */
  soft: z.boolean().default(false) as z.ZodDefault<z.ZodBoolean>,
  /** What a name in two files is: a mistake, two listeners, or one. */
  sameName: z.enum(SAME_NAME).default("refuse") as z.ZodDefault<z.ZodType<typeof SAME_NAME[number]>>,
};

const labelOptions: Options<typeof labels> = z.strictObject(labels); // how listeners' verdicts become labels

/** Defaults filled in. */
export type LabelOptions = z.output<typeof labelOptions>;

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
  readonly definition: DatasetInfo & DatasetFunctions & { options: z.ZodObject };
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
  const unsaid = { home: "", subjectKey: "as its module says", parts: [], traps: [] };
  const options = datasetOptions.omit({ name: true });
  const { definition } = datasets.define({ ...unsaid, options, ...description });
  const call = (options: { task: Task }) => ({ name: description.name, ...options });
  return Object.assign(call, { definition });
}

/** What stands in the catalogue. */
export interface DatasetInfo {
  /** `"sprsound"`. */
  name: string;
  title: string;
  sound: "heart" | "lung" | "both";
  licence: string;
  /** The article to cite. */
  citation: string;
  /** The official page. */
  home: string;
  /**
   * The questions that it can be asked, by name: what is judged, in one sentence, and the classes in the order of the
   * probabilities; the first is the healthy one. Empty where the data themselves name them.
   */
  tasks: Record<string, { classes: string[]; about: string }>;
  /** What tells the subjects apart. */
  subjectKey: string;
  /** Official parts, the training part first; empty where the data themselves name them. */
  parts: readonly string[];
  /** What is known to be wrong with it. */
  traps: readonly string[];
}

/** A row as a loader finds it; without `start` and `end` the whole recording is meant. */
export type FoundRow =
  & Pick<ManifestRow, "recording" | "subject" | "label">
  & Partial<Omit<ManifestRow, "recording" | "subject" | "label" | "attributes">>
  & {
    /** What is `undefined` isn't known. */
    attributes?: Record<string, string | number | undefined>;
  };

/** What a loader found in a folder. */
export interface FoundRows {
  /** Rows, and what is no row with the reason, in any order. */
  rows: readonly (FoundRow | PassedOver)[];
  events?: readonly AnnotatedEvent[];
  /** What is heard at each moment: what none covers isn't annotated. */
  states?: readonly AnnotatedEvent[];
  /** Why recordings that {@linkcode rows} don't name aren't taken; `false` where that needs no word. @default {"no row is about it"} */
  others?: string | false | ((path: string) => string);
  /** Where the task leaves the classes open. */
  classes?: string[];
  warnings?: string[];
}

/** How the folder of a dataset becomes rows. */
interface DatasetFunctions {
  /** Where it is to be had. */
  source?: DatasetSource;
  /** Finds the files where that isn't every file below the folder. @default {datasetFiles} */
  files?(path: string, options?: { columns?: ColumnNames }): Promise<DatasetFiles>;
  /** All rows of all parts that are in the folder, for a task of {@linkcode DatasetInfo.tasks}. */
  read(files: DatasetFiles, task: string): FoundRows | Promise<FoundRows>;
  /** Sentences about oddities that this folder really has, for a check. */
  quirks?(files: DatasetFiles): Promise<string[]>;
}

/** A file on a server. */
export interface SourceFile {
  url: string;
  /** Where it goes below the dataset's folder; an archive is unpacked into that folder, and then deleted. */
  path: string;
  /** Where it is known beforehand. */
  sha256?: string;
  /** Leading folders of an archive's names to leave away. @default {0} */
  strip?: number;
  /** Set where the dataset can be used without it, if worse. */
  optional?: true;
}

/** Where a dataset is to be had. */
export interface DatasetSource {
  files: readonly SourceFile[];
  /** A list of SHA-256 sums of the files, and of what is in the archives, relative to its own address. */
  checksums?: string;
  /** SHA-256 sums of archives inside archives, by their file names. */
  inner?: Record<string, string>;
}

/** Files of these names below one address. */
export function filesBelow(address: string, names: readonly string[]): SourceFile[] {
  return names.map((path) => ({ url: `${address}/${encodeURIComponent(path)}`, path }));
}
