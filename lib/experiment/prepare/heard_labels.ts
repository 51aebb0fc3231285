import type { LabelOptions, Manifest } from "../../datasets/mod.ts";
import { hashBytes } from "../../files/mod.ts";
import { mergeVerdicts, takeLabels } from "../../listening/mod.ts";
import type { HeardLabel, RunData } from "../../runs/mod.ts";

/** The manifest with the labels that listeners gave, where an experiment asks for them. @throws {DataError} as `takeLabels`. */
export async function heardLabels(manifest: Manifest, labels: LabelOptions | undefined): Promise<Manifest> {
  return labels ? takeLabels(manifest, await mergeVerdicts(labels.verdicts, labels), labels) : manifest;
}

/** What a run says of its labels; nothing where they are the dataset's. */
export async function describeLabels(
  { rows }: Manifest,
  labels: LabelOptions | undefined,
): Promise<{ heard: HeardLabel[]; summary: RunData["labels"] } | undefined> {
  if (labels === undefined) return undefined;
  const { verdicts, sameName: _sameName, ...rule } = labels;
  const heard = rows.flatMap(({ recording, start, end, given, label }) =>
    given === undefined ? [] : [{ recording, start, end, given, used: label }]
  );
  const files = verdicts.map(async (path) => ({ path, sha256: hashBytes(await Deno.readFile(path)) }));
  const changed = heard.filter(({ given, used }) => given !== used).length;
  return { heard, summary: { ...rule, verdicts: await Promise.all(files), decided: heard.length, changed } };
}
