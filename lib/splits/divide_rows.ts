import { DataError, LeakError } from "../errors/mod.ts";
import type { ManifestRow } from "../datasets/manifest.ts";
import { randomStream } from "../random/mod.ts";
import { drawGroups, type Plan } from "./partition_groups.ts";
import { type Fold, subjectKey } from "./fold.ts";
import type { ResolvedProtocol } from "./protocol.ts";
import { type LinkedRecordings, rowGroups } from "./row_groups.ts";

/** Options of `planFolds`. */
export interface PlanOptions {
  /** Draws the folds; also the seed of training where the protocol names none. */
  seed: number;
  /** Lists of recordings that are (near-)duplicates of each other and must stay on one side. */
  duplicates?: LinkedRecordings;
}

/** The rows of one fold, before seeds are set. */
type Sides = Pick<Fold, "fold" | "train" | "validation" | "test" | "name" | "outer" | "shared">;

/**
 * The folds of a protocol, as `planFolds` tells; where rows can't be divided so, nothing is said of what would do.
 *
 * @throws {DataError | LeakError} as `planFolds`.
 */
export function divideRows(rows: readonly ManifestRow[], protocol: ResolvedProtocol, options: PlanOptions): Fold[] {
  const classes = [...new Set(rows.map((row) => row.label))].sort();
  const plan: Plan = {
    rows,
    labels: Int32Array.from(rows, (row) => classes.indexOf(row.label)),
    groups: rowGroups(rows, options.duplicates),
    stream: randomStream(options.seed, "folds"),
  };
  const sides = plan.rows.length === 0 ? [] : divide(plan, protocol);
  if (sides.length === 0) throw new DataError({ expected: "rows to divide", found: "none", where: "the manifest" });
  for (const fold of sides) refuseHopeless(rows, fold);
  return (protocol.seeds ?? [options.seed]).flatMap((seed) => sides.map((fold) => ({ ...fold, seed })));
}

function divide(plan: Plan, protocol: ResolvedProtocol): Sides[] {
  switch (protocol.kind) {
    case "hold-out": {
      const { test: share, inner, validation } = protocol, what = "a training and a test part";
      const [test] = drawGroups(plan, allRows(plan), { shares: [share, 1 - share], what }), outer = { fold: 0, test };
      return inner ? innerFolds(plan, outer, inner) : [withValidation(plan, outer, validation)];
    }
    case "grouped-folds":
      return Array.from({ length: protocol.repeats }, (_, repeat) => {
        const own = { ...plan, stream: plan.stream.fork(`repeat/${repeat}`) };
        const name = protocol.repeats > 1 ? `repeat ${repeat}` : undefined;
        return testFolds(own, protocol.folds).map((test, k) =>
          withValidation(own, { fold: repeat * protocol.folds + k, test, name }, protocol.validation)
        );
      }).flat();
    case "nested":
      return testFolds(plan, protocol.folds).flatMap((test, fold) => innerFolds(plan, { fold, test }, protocol.inner));
    case "leave-one-source-out":
      return leaveOneSourceOut(plan)
        .flatMap((outer) =>
          protocol.inner ? innerSources(plan, outer) : [withValidation(plan, outer, protocol.validation)]
        )
        .map((sides, fold) => ({ ...sides, fold })); // not every source leaves as many others
    case "official":
      return [withValidation(plan, official(plan, protocol), protocol.validation)];
  }
}

/** The test rows of a fold; `train` where not all other rows may be used. */
type Outer = { fold: number; test: Int32Array; train?: Int32Array; name?: string; shared?: string[] };

function testFolds(plan: Plan, folds: number): Int32Array[] {
  return drawGroups(plan, allRows(plan), { shares: new Array(folds).fill(1 / folds), what: `${folds} folds` });
}

/** A subject that was recorded in two databases is tested, never trained on. */
function leaveOneSourceOut(plan: Plan): Required<Pick<Outer, "fold" | "name" | "test" | "train">>[] {
  const sources = sourcesOf(plan, allRows(plan));
  if (sources.length < 2) {
    const expected = "at least two sources to leave one out", found = `${sources.length} ("${sources[0]}")`;
    throw new DataError({ expected, found, where: "the column source of the manifest", remedy: "use grouped-folds" });
  }
  return sources.map((name, fold) => {
    const test = allRows(plan).filter((row) => plan.rows[row].source === name);
    return { fold, name, test, train: apartFrom(plan, test) };
  });
}

/** Each source that isn't tested is validation once; a subject that was recorded in it isn't trained on. */
function innerSources(plan: Plan, { fold: outer, name, test, train: learn }: ReturnType<typeof leaveOneSourceOut>[0]) {
  const sources = sourcesOf(plan, learn);
  if (sources.length < 2) {
    const expected = `two sources at least beside ${name}, to train on one and choose on another`;
    const where = "the column source of the manifest";
    throw new DataError({ expected, found: `${sources.length}`, where, remedy: "leave protocol.inner out" });
  }
  return sources.map((source): Sides => {
    const validation = learn.filter((row) => plan.rows[row].source === source);
    const train = apartFrom(plan, validation, learn);
    return { fold: outer, outer, train, validation, test, name: `${name}, chosen on ${source}`, shared: [] };
  });
}

function sourcesOf({ rows }: Plan, of: Int32Array): string[] {
  return [...new Set(Array.from(of, (row) => rows[row].source))].sort();
}

function official(plan: Plan, protocol: Extract<ResolvedProtocol, { kind: "official" }>): Outer {
  const of = (parts: string[]) => allRows(plan).filter((row) => parts.includes(plan.rows[row].part));
  const test = of(protocol.test), train = of(protocol.train);
  const both = groupsOf(plan, train).intersection(groupsOf(plan, test));
  const divided = [...train, ...test].filter((row) => both.has(plan.groups.of[row]));
  const shared = [...new Set(divided.map((row) => subjectKey(plan.rows[row])))].sort();
  if (protocol.sharedSubjects === "refuse" && shared.length > 0) {
    throw new LeakError({
      expected: "an official split that divides no subject",
      found: `${shared.length} on both sides (${shared.slice(0, 5).join(", ")}${shared.length > 5 ? ", …" : ""})`,
      where: `the parts ${[...protocol.train, ...protocol.test].join(", ")}`,
      remedy: 'set sharedSubjects to "drop" to train without them, or to "keep" to report the leak',
    });
  }
  if (protocol.sharedSubjects !== "drop") return { fold: 0, test, train, shared };
  return { fold: 0, test, train: apartFrom(plan, test, train) };
}

function withValidation(plan: Plan, outer: Outer, share: number): Sides {
  const { fold, test, name, train: learn = apartFrom(plan, test), shared = [] } = outer;
  const [validation, train] = drawGroups({ ...plan, stream: plan.stream.fork(`validation/${fold}`) }, learn, {
    shares: [share, 1 - share],
    what: "a training and a validation part",
    beside: `the test part of fold ${name ?? fold}`,
  });
  return { fold, train, validation, test, shared, ...(name === undefined ? {} : { name }) };
}

function innerFolds(plan: Plan, { fold: outer, test }: Outer, inner: number): Sides[] {
  const learn = apartFrom(plan, test);
  const parts = drawGroups({ ...plan, stream: plan.stream.fork(`inner/${outer}`) }, learn, {
    shares: new Array(inner).fill(1 / inner),
    what: `${inner} inner folds`,
    beside: `the test part of fold ${outer}`,
  });
  return parts.map((validation, k) => {
    const train = apartFrom(plan, validation, learn);
    return { fold: outer * inner + k, outer, train, validation, test, name: `${outer}, inner ${k}`, shared: [] };
  });
}

function allRows({ rows }: Plan): Int32Array {
  return Int32Array.from(rows.keys());
}

function groupsOf({ groups }: Plan, rows: Int32Array): Set<number> {
  return new Set(Array.from(rows, (row) => groups.of[row]));
}

/** The rows, of all unless others are meant, whose group has none among some. */
function apartFrom(plan: Plan, some: Int32Array, rows: Int32Array = allRows(plan)): Int32Array {
  const held = groupsOf(plan, some);
  return rows.filter((row) => !held.has(plan.groups.of[row]));
}

/** @throws {DataError} for a fold with an empty side, or with one class alone to learn. */
function refuseHopeless(rows: readonly ManifestRow[], fold: Sides): void {
  const where = `fold ${fold.name ?? fold.fold}`;
  for (const side of ["train", "validation", "test"] as const) {
    if (fold[side].length > 0) continue;
    const remedy = "check the parts that the protocol names";
    throw new DataError({ expected: `rows in the ${side} part`, found: "none", where, remedy });
  }
  const learned = new Set(Array.from(fold.train, (row) => rows[row].label));
  const missing = [...new Set(rows.map((row) => row.label))].filter((label) => !learned.has(label));
  if (learned.size >= 2 || missing.length === 0) return;
  const held = missing.map((label) => {
    const subjects = [...new Set(rows.filter((row) => row.label === label).map(subjectKey))];
    return `${label} is of ${subjects.length === 1 ? `one subject, ${subjects[0]}` : `${subjects.length} subjects`}`;
  });
  throw new DataError({
    expected: "at least two classes to learn from",
    found: `only ${[...learned][0]} (${held.join("; ")})`,
    where: `the training part of ${where}`,
    remedy: "add recordings of other subjects of the class that misses, or use another protocol",
  });
}
