import { cutToRecordings, isOwnData, loadDataset, spellingKey } from "../../datasets/mod.ts";
import type { AskedDataset, ColumnNames, JoinedDataset, Manifest } from "../../datasets/mod.ts";
import { UsageError } from "../../errors/mod.ts";
import { TABLE } from "../../files/mod.ts";
import type { Unit } from "../../scores/mod.ts";
import type { Bundle, Run } from "../../runs/mod.ts";
import { dataTitle } from "../describe/experiment_schema.ts";
import type { EvaluateBundleOptions } from "./evaluate_bundle.ts";
import { durationOf } from "../prepare/listen.ts";
import { leaveOutMixed } from "../prepare/leave_out_mixed.ts";

/**
 * The dataset under the bundle's task and classes, and what it is called; the user's own data have one task, and may lack
 * classes. Each row's part is the name that it is judged under: never that of a training part.
 *
 * @param options `ownColumns`: of the run's own table, for another that has them too; `join`: the datasets that it was trained
 * on as one; `unit`: what its answers are for.
 */
export async function loadExternal(
  bundle: Bundle,
  { data, dataset = TABLE.test(data) ? "csv" : bundle.dataset, part, name, unit, columns, ownColumns, join }:
    & Pick<EvaluateBundleOptions, "data" | "dataset" | "part" | "name" | "columns">
    & { ownColumns?: ColumnNames; unit: Unit; join?: readonly JoinedDataset[] },
): Promise<{ manifest: Manifest; name: string; of: AskedDataset }> {
  const own = isOwnData({ name: dataset });
  // One of several datasets that the run was trained on as one means by its labels what it meant there.
  const member = join?.filter(({ name }) => !own && name === dataset).map((one) => ({ ...one, folder: "." }));
  const of = member?.length
    ? { name: bundle.dataset, join: member }
    : dataset === bundle.dataset
    ? { name: dataset, join }
    : { name: dataset };
  const task = own ? "labels" : bundle.task;
  const parts = part === undefined ? own ? "all" : undefined : [part];
  const load = (columns?: ColumnNames) =>
    loadDataset(of.name, { folder: data, task, parts, columns, join: of.join, durationOf });
  const asIn = dataset === bundle.dataset ? columns ?? ownColumns : columns;
  const found = await load(asIn).catch((error) => {
    if (columns === undefined && asIn !== undefined && error instanceof UsageError) return load();
    throw error;
  });
  const loaded = await cutToRecordings(own ? spelledAs(bundle.classes, found) : found, { durationOf });
  const labels = [...new Set(loaded.rows.map(({ label }) => label))].sort();
  const unknown = (own ? labels : loaded.classes).filter((label) => !bundle.classes.includes(label));
  if (unknown.length > 0) {
    const expected = `the classes ${bundle.classes.join(", ")}`;
    const remedy = "judge the run on a dataset with the same classes";
    throw new UsageError({ expected, found: unknown.join(", "), where: data, remedy });
  }
  const called = (of: string) => {
    if (name !== undefined) return name;
    if (own) return [dataTitle({ name: dataset }, data), ...part === undefined ? [] : [part]].join(" ");
    return of === "train" ? dataset : dataset === bundle.dataset ? of : `${dataset} ${of}`;
  };
  const names = [...new Set(loaded.rows.map((row) => called(row.part)))];
  // One answer can't be judged for a unit with two labels: it is left out, as a run does it, as long as any is left.
  const manifest = leaveOutMixed({ ...loaded, classes: bundle.classes }, unit, { most: 0.999 });
  const rows = manifest.rows.map((row) => ({ ...row, part: folderName(called(row.part)) }));
  return { manifest: { ...manifest, rows }, name: names.join("+"), of };
}

/** The manifest with the spelling of the run's classes where its own differs by case, blanks, accents or `.0` alone. */
function spelledAs(classes: readonly string[], manifest: Manifest): Manifest {
  const known = new Map(classes.map((label) => [spellingKey(label), label]));
  const changed = new Map<string, string>();
  const rows = manifest.rows.map((row) => {
    const label = known.get(spellingKey(row.label)) ?? row.label;
    if (label !== row.label) changed.set(row.label, label);
    return { ...row, label };
  });
  const pairs = [...changed].map(([from, to]) => `"${from}" for "${to}"`).join(", ");
  const warnings = changed.size === 0 ? [] : [`classes are taken for those of the run: ${pairs}`];
  return { ...manifest, rows, warnings: [...manifest.warnings ?? [], ...warnings] };
}

/**
 * The folder of a set, `evaluations/<name>/` of the run. A name that other data have there already gets a number, so that nothing is
 * overwritten; the same data have the same folder again. `renamed` says so.
 */
export async function externalPlace(
  run: Run,
  { name, fingerprint }: { name: string; fingerprint: string },
): Promise<{ out: Run; renamed: string[] }> {
  const first = folderName(name);
  for (let number = 1;; number++) {
    const folder = number === 1 ? first : `${first}-${number}`;
    const out = run.inside("evaluations", folder);
    const there = await out.data().catch(() => undefined);
    if (await out.has("metrics.json") && there?.fingerprint !== fingerprint) continue;
    const renamed =
      `evaluations/${first} holds other data: this set is kept as ${folder}. --name gives it another name.`;
    return { out, renamed: number === 1 ? [] : [renamed] };
  }
}

/** Letters and digits of any language, dots and dashes; the rest becomes a dash. */
function folderName(name: string): string {
  return name.normalize("NFC").replaceAll(/[^\p{L}\p{N}._+-]+/gu, "-").slice(0, 80).replace(/^[.-]+|-+$/g, "") || "set";
}
