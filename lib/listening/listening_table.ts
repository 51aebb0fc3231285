import type { ManifestRow } from "../datasets/manifest.ts";
import type { Prediction } from "../scores/mod.ts";
import type { RowFeatures } from "../floors/mod.ts";
import { itemKey } from "./item_key.ts";

/** An item of a dataset, as a queue looks at it. */
export interface ListeningItem
  extends Pick<ManifestRow, "recording" | "subject" | "visit" | "source" | "start" | "end"> {
  /** Its {@linkcode itemKey}. */
  item: string;
  /** As given by the dataset; `null` where it has none. */
  label: string | null;
  /** Probabilities, one list a model (fold and seed) that hasn't learned from the item. */
  answers: readonly (readonly number[])[];
}

/** What queues are made of. */
export interface ListeningTable {
  classes: readonly string[];
  items: readonly ListeningItem[];
  /** How each item sounds: an embedding, its descriptor or its mean spectrum. NaN where it isn't known. */
  features?: RowFeatures;
  /** Lists of recordings that hold the same sound, exactly or nearly. */
  duplicates?: readonly (readonly string[])[];
}

/** What {@linkcode listeningTable} is made from. */
export interface ListeningTableOptions extends Omit<ListeningTable, "items"> {
  /** The dataset's rows, in the order of the features; a label that is no class counts as none. @default {those that were judged} */
  rows?: readonly Omit<ManifestRow, "part" | "attributes">[];
  /** A run's answers. Those for an item of a test part are taken, and of a validation part where there are no others. */
  predictions?: readonly Prediction[];
}

/** Joins the rows of a dataset with what networks say of those that they haven't learned from. */
export function listeningTable(options: ListeningTableOptions): ListeningTable {
  const { classes, features, duplicates, predictions = [] } = options;
  const rows = options.rows ?? predictions;
  const said = Map.groupBy(predictions, itemKey);
  const distinct = options.rows ? [...rows] : [...new Map(rows.map((row) => [itemKey(row), row])).values()];
  return {
    ...{ classes, features, duplicates },
    items: distinct.map((row): ListeningItem => {
      const item = itemKey(row), all = said.get(item) ?? [];
      const judged = all.filter(({ part }) => part !== "validation");
      const { recording, subject, visit, source, start, end, label } = row;
      return {
        ...{ item, recording, subject, ...visit === undefined ? {} : { visit }, source, start, end },
        label: classes.includes(label) ? label : null,
        answers: (judged.length > 0 ? judged : all).map(({ probabilities }) => probabilities),
      };
    }),
  };
}

/** The mean of the models' probabilities; nothing where no model was asked. */
export function meanAnswer({ answers }: Pick<ListeningItem, "answers">): number[] | undefined {
  if (answers.length < 2) return answers[0]?.slice();
  return answers[0].map((_, c) => answers.reduce((sum, one) => sum + one[c], 0) / answers.length);
}

/** The class that the mean of the models' probabilities is highest for. */
export function topClass(probabilities: readonly number[]): number {
  return probabilities.indexOf(Math.max(...probabilities));
}
