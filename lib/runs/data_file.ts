import { z } from "zod";
import { flag, integer, maybeText, number, one, schemaOf, type Shaped, text } from "../files/json_shape.ts";

/** How much of something there is in a part or class. */
const amount = { subjects: integer, recordings: integer, items: integer, seconds: number };
const counts: z.ZodRecord<z.ZodString, z.ZodNumber> = z.record(text, integer);
const group = { ...amount, attribute: text, group: text, subjectsByPart: counts, subjectsByClass: counts };

const RULE_WORDS = {
  majority: "most of them",
  "first-rater": "the first to hear it",
  consensus: "all of two or more",
};
const labels = {
  from: z.enum(Object.keys(RULE_WORDS)) as z.ZodType<keyof typeof RULE_WORDS>,
  keep: text,
  soft: flag,
  verdicts: [{ path: text, sha256: text }],
  decided: integer,
  changed: integer,
};

/** `data.json`: what was learned from and judged on; items that gave no window are not counted. */
const data = {
  version: one,
  dataset: text,
  task: text,
  /** What it is called: of the user's own data the experiment's `dataset.title` or the table's name. */
  title: text,
  /** SHA-256 over the rows and the size of each recording, as in environment.json. */
  fingerprint: maybeText,
  licence: text,
  citation: text,
  classes: [text],
  total: amount,
  byClass: [{ ...amount, label: text }],
  bySource: [{ ...amount, source: text, byClass: counts }],
  /** By the parts of the first fold: train, validation, test; of other data that a run was judged on, by its own. */
  byPart: [{ ...amount, part: text, byClass: counts }],
  /** By what is known of patients and recordings, as in groups.csv; not in runs of earlier versions. */
  byGroup: z.array(schemaOf(group)).optional() as z.ZodOptional<z.ZodType<Shaped<typeof group>[]>>,
  /** Files and items that were left out, and why. */
  passedOver: [{ path: text, reason: text }],
  /** Where listeners decided on labels: by which rule, from which files, on how many items. */
  labels: schemaOf(labels).optional() as z.ZodOptional<z.ZodType<Shaped<typeof labels>>>,
  /** What the leakage guard looked at and found, as sentences. */
  leakCheck: [text],
};
export type RunData = Shaped<typeof data>;
export const runData: z.ZodType<RunData> = schemaOf(data);

/** Which labels a run used where they aren't all the dataset's, in a sentence. */
export function labelWords({ decided, changed, from, soft }: NonNullable<RunData["labels"]>): string {
  return `Listeners decided on the labels of ${decided} items (${RULE_WORDS[from]}), of ${changed} of them otherwise ` +
    `than the dataset: labels.csv has both. ${soft ? "Training was on the shares of their votes. " : ""}Items are ` +
    "judged by the listeners' labels where there are any.";
}
