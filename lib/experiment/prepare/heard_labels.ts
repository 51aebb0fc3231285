import { cutToRecordings, type LabelOptions, loadDataset, type Manifest } from "../../datasets/mod.ts";
import { hashBytes } from "../../files/mod.ts";
import { mergeVerdicts, takeLabels } from "../../listening/mod.ts";
import type { HeardLabel, RunData } from "../../runs/mod.ts";
import type { ResolvedProtocol } from "../../splits/mod.ts";
import type { Experiment } from "../describe/experiment_schema.ts";
import { durationOf } from "./listen.ts";

/**
 * The rows of an experiment's dataset, cut to their recordings, with the labels that listeners gave where it asks for them. A
 * protocol that names parts needs these; else the loader takes what is trained on.
 *
 * @throws {DataError} as `loadDataset` and `takeLabels`.
 */
export async function heardLabels(
  { name, task, join, columns, labels, parts }: Experiment["dataset"],
  { folder, protocol, nearDuplicates }: { folder: string; protocol: ResolvedProtocol; nearDuplicates?: string | false },
): Promise<Manifest> {
  const official = protocol.kind === "official" ? [...new Set([...protocol.train, ...protocol.test])] : undefined;
  const asked = { folder, task, join, parts: parts ?? official, columns, durationOf, nearDuplicates };
  const manifest = await cutToRecordings(await loadDataset(name, asked), { durationOf });
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
