import type { RunData } from "./data_file.ts";

const RULES = {
  majority: "most of them",
  "first-rater": "the first to hear it",
  consensus: "all of two or more",
};

/** Which labels a run used where they aren't all the dataset's, in a sentence. */
export function labelWords({ decided, changed, from, soft }: NonNullable<RunData["labels"]>): string {
  return `Listeners decided on the labels of ${decided} items (${
    RULES[from]
  }), of ${changed} of them otherwise than the ` +
    `dataset: labels.csv has both. ${soft ? "Training was on the shares of their votes. " : ""}` +
    "Items are judged by the listeners' labels where there are any.";
}
