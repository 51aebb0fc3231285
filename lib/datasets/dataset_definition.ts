import type { z } from "zod";
import type { DatasetSource } from "./fetch/dataset_source.ts";
import type { ColumnNames } from "./files/column_roles.ts";
import type { DatasetFiles } from "./files/dataset_files.ts";
import type { AnnotatedEvent, ManifestRow, PassedOver } from "./manifest.ts";

/** One question that a dataset can be asked. */
export interface DatasetTask {
  /** In the order of the probabilities; the first is the healthy one. Empty where the data themselves name them. */
  classes: string[];
  /** What is judged, in one sentence. */
  about: string;
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
  /** By name of the task. */
  tasks: Record<string, DatasetTask>;
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
export interface DatasetFunctions {
  /** Where it is to be had. */
  source?: DatasetSource;
  /** Finds the files where that isn't every file below the folder. @default {datasetFiles} */
  files?(path: string, options?: { columns?: ColumnNames }): Promise<DatasetFiles>;
  /** All rows of all parts that are in the folder, for a task of {@linkcode DatasetInfo.tasks}. */
  read(files: DatasetFiles, task: string): FoundRows | Promise<FoundRows>;
  /** Sentences about oddities that this folder really has, for a check. */
  quirks?(files: DatasetFiles): Promise<string[]>;
}

/** A dataset: what is known of it, and how its folder becomes rows. */
export type DatasetDefinition = DatasetInfo & DatasetFunctions & { options: z.ZodObject };
