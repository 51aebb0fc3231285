import { basename } from "node:path";
import { datasetInfo } from "../../datasets/mod.ts";

/** Datasets of the user's own, whose folders may each hold a `1.wav`. */
const OWN = ["csv", "folders"];

/** Whether recordings are the user's own: no catalogue says what they are called or what their files' names mean. */
export function isOwnData(dataset: string): boolean {
  return OWN.includes(dataset);
}

/** What a dataset is called: own data as the experiment says, else as their table or folder; others as in the catalogue. */
export function dataTitle({ name, title }: { name: string; title?: string }, data: string): string {
  if (title !== undefined) return title;
  return isOwnData(name) ? basename(data).replace(/\.(csv|tsv|txt|xlsx)$/i, "") || data : datasetInfo(name).title;
}
