import { relative, resolve } from "node:path";
import { UsageError } from "../errors/mod.ts";
import { type AskedDataset, datasetInfo, JOINT } from "./catalogue.ts";
import type { DatasetInfo, JoinedDataset } from "./define_dataset.ts";
import { loadDataset, type LoadDatasetOptions } from "./load_dataset.ts";
import type { Manifest } from "./manifest.ts";
import { isHealthy } from "./own/healthy_first.ts";

/**
 * Several datasets as one: labels brought to one meaning, subjects and sources named by their dataset (`circor/2530`,
 * `cinc2016/training-a`), recordings by their path below the folder that holds them all.
 *
 * @throws {UsageError} for labels that the experiment says nothing of, and for two datasets of one name.
 */
export async function joinDatasets(options: LoadDatasetOptions): Promise<Manifest> {
  const { join: members = [], folder, task, parts, durationOf, nearDuplicates } = options;
  refuseNames(members);
  const asked = { parts, durationOf, ...nearDuplicates === false ? { nearDuplicates } : {} };
  const each: Manifest[] = [];
  for (const member of members) {
    const { name, task, columns } = member;
    const place = resolve(folder, member.folder ?? name);
    const own = await loadDataset(name, { ...asked, folder: place, task, columns });
    each.push(below(folder, renamed(own, member), { as: nameOf(member), databases: member.databases }));
  }
  const states = each.flatMap(({ states = [] }) => states), classes = new Set(each.flatMap(({ classes }) => classes));
  return {
    ...{ dataset: JOINT.name, task, folder: resolve(folder) },
    // As they come, a healthy one before the others: the first dataset may hold none.
    classes: [...classes].sort((a, b) => Number(isHealthy(b)) - Number(isHealthy(a))),
    rows: each.flatMap(({ rows }) => rows),
    events: each.flatMap(({ events }) => events),
    ...states.length > 0 ? { states } : {},
    passedOver: each.flatMap(({ passedOver }) => passedOver),
    warnings: [...each.flatMap(({ warnings = [] }) => warnings), ...ofOneAlone(each, members)],
  };
}

/** A class that one of several datasets has alone is a label that was mistyped, or can be told by where it comes from. */
function ofOneAlone(each: readonly Manifest[], members: readonly JoinedDataset[]): string[] {
  if (each.length === 1) return [];
  const classes = new Set(each.flatMap(({ classes }) => classes));
  return [...classes].flatMap((label) => {
    const having = members.filter((_, i) => each[i].classes.includes(label));
    if (having.length > 1) return [];
    return `only ${nameOf(having[0])} has the class ${label} of ${[...classes].join(", ")}: ` +
      "mend its `labels` in dataset.join where that is a slip; else the class can be told by the dataset";
  });
}

/** Licence and citation of a dataset, or of all that are joined. */
export function datasetRights({ name, join }: AskedDataset): Pick<DatasetInfo, "licence" | "citation"> {
  const infos = (join ?? [{ name }]).map(({ name }) => datasetInfo(name));
  const all = (texts: string[]) => [...new Set(texts)].join("; ");
  return { licence: all(infos.map(({ licence }) => licence)), citation: all(infos.map(({ citation }) => citation)) };
}

function nameOf({ name, as = name }: JoinedDataset): string {
  return as;
}

function refuseNames(members: readonly JoinedDataset[]): void {
  const names = members.map(nameOf), where = "dataset.join";
  if (names.length === 0) {
    const remedy = 'name them: join: [{ name: "cinc2016", task: "normal-abnormal" }, …]';
    throw new UsageError({ expected: "datasets to be asked as one", found: "none", where, remedy });
  }
  const twice = names.find((name, i) => names.indexOf(name) < i);
  if (twice === undefined) return;
  const expected = "a name of its own for each dataset";
  throw new UsageError({ expected, found: `"${twice}" twice`, where, remedy: "say `as`" });
}

/** The manifest under the labels of the joint question. */
function renamed(manifest: Manifest, { name, task, labels }: JoinedDataset): Manifest {
  const { classes, rows, passedOver } = manifest;
  const meaning = labels ?? Object.fromEntries(classes.map((label) => [label, label]));
  const unsaid = classes.filter((label) => !Object.hasOwn(meaning, label));
  const unknown = Object.keys(meaning).filter((label) => !classes.includes(label));
  if (unsaid.length > 0 || unknown.length > 0) {
    const lacking = unsaid.length > 0 ? [`nothing of ${unsaid.join(", ")}`] : [];
    const strange = unknown.length > 0 ? [`${unknown.join(", ")}, which it hasn't`] : [];
    const expected = `a meaning for each label of ${name} ${task} (${classes.join(", ")})`;
    const remedy = "say what each stands for in `labels`; null leaves it out";
    throw new UsageError({ expected, found: [...lacking, ...strange].join(" and "), where: "dataset.join", remedy });
  }
  const left = rows.filter(({ label }) => meaning[label] === null);
  const reasons = new Map(left.map(({ recording, label }) => [recording, `the joint question leaves out ${label}`]));
  return {
    ...manifest,
    classes: classes.map((label) => meaning[label]).filter((label) => label !== null),
    rows: rows.flatMap((row) => {
      const label = meaning[row.label];
      return label === null ? [] : [{ ...row, label }];
    }),
    passedOver: [...passedOver, ...Array.from(reasons, ([path, reason]) => ({ path, reason }))],
  };
}

/** The manifest as a part of one whose folder holds its own. */
function below(root: string, manifest: Manifest, { as, databases }: { as: string; databases: boolean }): Manifest {
  const path = relative(root, manifest.folder).replaceAll("\\", "/");
  const named = (recording: string) => path === "" ? recording : `${path}/${recording}`;
  const inside = <T extends { recording: string }>(some: readonly T[]) =>
    some.map((one) => ({ ...one, recording: named(one.recording) }));
  return {
    ...manifest,
    rows: inside(manifest.rows).map((row) => ({
      ...row,
      subject: row.subject === "" ? "" : `${as}/${row.subject}`,
      source: !databases || row.source === "all" ? as : `${as}/${row.source}`,
    })),
    events: inside(manifest.events),
    ...manifest.states ? { states: inside(manifest.states) } : {},
    passedOver: manifest.passedOver.map((one) => ({ ...one, path: named(one.path) })),
    warnings: manifest.warnings?.map((warning) => `${as}: ${warning}`),
  };
}
