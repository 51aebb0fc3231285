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
  parts: string[];
  /** What is known to be wrong with it. */
  traps: string[];
}

/** What a loader found in a folder. */
export interface FoundRows {
  rows: ManifestRow[];
  events: AnnotatedEvent[];
  passedOver: PassedOver[];
  /** Where the task leaves the classes open. */
  classes?: string[];
  warnings?: string[];
}

/** A dataset: what is known of it, and how its folder becomes rows. */
export interface DatasetDefinition {
  info: DatasetInfo;
  /** Finds the files where that isn't every file below the folder. @default {datasetFiles} */
  files?(path: string, options?: { columns?: ColumnNames }): Promise<DatasetFiles>;
  /** All rows of all parts that are in the folder, for a task of {@linkcode DatasetInfo.tasks}. */
  read(files: DatasetFiles, task: string): Promise<FoundRows>;
  /** Sentences about oddities that this folder really has, for a check. */
  quirks?(files: DatasetFiles): Promise<string[]>;
}
