import {
  attributesOf,
  type ColumnNames,
  columnRoles,
  headerKey,
  healthyFirst,
  isMissing,
  joinSpellings,
  lonelySubject,
  type ManifestRow,
  openPositive,
  partName,
  secondsOf,
  spellingKey,
} from "../../datasets/mod.ts";
import { DataError } from "../../errors/mod.ts";
import type { Prediction } from "../../scores/mod.ts";
import { readTable, type Table, type TableRow } from "../../files/mod.ts";
import { checkSum, knownClass, onePart, probability, refuseTwice, wholeNumber } from "./check_table.ts";

/** What a table of predictions says of one item. */
export interface ImportedItem {
  /** Where it stands in the file, from 1. */
  line: number;
  /** `end` is NaN where the table names none; `part` is `"train"`, `"validation"` or `"test"`. */
  row: ManifestRow;
  /** Of what was judged: nothing of the training rows that the table may list. */
  said?: Pick<Prediction, "fold" | "seed" | "predicted" | "probabilities">;
}

/** A table of predictions that were made elsewhere. */
export interface ImportedTable {
  /** In the order of the probabilities; a healthy one first. */
  classes: string[];
  items: ImportedItem[];
  /** Whether a column says in which fold an item was judged. */
  folds: boolean;
  warnings: string[];
}

/** `p_Wheeze`, `prob Wheeze`, `probability.Wheeze`; a patient's `p_id` is none. */
const PROBABILITY = /^(?:p|prob|proba|probability)[_ .](?!id$)(.+)$/i;
/** What columns are called that only predictions have, in {@linkcode headerKey}'s form. */
const OWN = {
  fold: ["fold", "cvfold"],
  seed: ["seed"],
  predicted: ["predicted", "prediction", "pred", "ypred", "predictedlabel", "predictedclass", "predlabel"],
};

/**
 * The predictions in a CSV or `.xlsx` table: an item a line, with its recording, subject, label and a probability for each
 * class (`p_<class>`), and where known `visit`, `start`, `end`, `source`, `part`, `fold`, `seed` and `predicted`.
 *
 * @param options `part`: the one that is judged, where the table has several.
 * @throws {DataError} naming the line of an item that comes twice, a label that has no probability, or probabilities that are
 * no numbers from 0 to 1 or don't add up to 1.
 */
export async function readPredictions(
  path: string,
  options: { columns?: ColumnNames; part?: string } = {},
): Promise<ImportedTable> {
  const table = await readTable(path);
  const own = (name: keyof typeof OWN) => table.columns.find((column) => OWN[name].includes(headerKey(column)));
  const unread = new Set([own("fold"), own("seed"), own("predicted")]);
  const roles = columnRoles(
    table.columns.filter((name) => !PROBABILITY.test(name) && !unread.has(name)),
    path,
    options.columns,
  );
  const columnOf = probabilityColumns(table, { label: roles.of.label!, where: path });
  const { classes } = columnOf;
  const read = (row: TableRow): ImportedItem => {
    const where = `line ${row.line} of ${path}`;
    const manifestRow = rowOf(row, { table, of: roles.of, skip: [...columnOf.columns.values(), ...unread], where });
    const label = knownClass(manifestRow.label, classes, where);
    const item = { line: row.line, row: { ...manifestRow, label } };
    if (item.row.part === "train") return item;
    const probabilities = classes.map((name) => probability(row, columnOf.columns.get(name)!, { table, where }));
    checkSum(probabilities, where);
    const column = own("predicted");
    const predicted = column === undefined
      ? classes[probabilities.indexOf(Math.max(...probabilities))]
      : knownClass(row.cells[column], classes, where);
    const [fold, seed] = (["fold", "seed"] as const).map((name) =>
      wholeNumber(row.cells[own(name) ?? ""], name, where)
    );
    return { ...item, said: { fold, seed, predicted, probabilities } };
  };
  const { of, joined } = joinSpellings(
    table.rows.flatMap(({ cells }) => roles.of.subject === undefined ? [] : cells[roles.of.subject]),
  );
  const items = onePart(table.rows.map(read), options.part, path)
    .map((item) => ({ ...item, row: { ...item.row, subject: of(item.row.subject) } }));
  refuseTwice(items, path);
  const warnings = [...table.notes, ...roles.notes, ...openPositive(classes)];
  const unknown = items.filter(({ row }) => row.subject === lonelySubject(row.recording)).length;
  if (unknown > 0) {
    const which = roles.of.subject === undefined ? "no column names the subjects" : `${unknown} subjects are missing`;
    warnings.push(`${which}: each recording counts as one of its own, and intervals are too narrow`);
  }
  if (joined.length > 0) {
    const [first] = joined.map((names) => names.map((name) => JSON.stringify(name)).join(" = "));
    warnings.push(`subjects that differ only by case, blanks, accents or ".0" are taken for one: ${first}, …`);
  }
  return { classes, items, folds: own("fold") !== undefined, warnings };
}

/** Columns named `p_<class>`, or else those that are named as the labels are. */
function probabilityColumns(
  { columns, rows }: Table,
  { label, where }: { label: string; where: string },
): { classes: string[]; columns: Map<string, string> } {
  const marked = columns.flatMap((name) => {
    const [, of] = PROBABILITY.exec(name) ?? [];
    return of === undefined ? [] : [[of, name] as const];
  });
  const labels = new Set(rows.map(({ cells }) => spellingKey(cells[label])));
  const plain = columns.filter((name) => labels.has(spellingKey(name))).map((name) => [name, name] as const);
  const found = new Map(marked.length > 0 ? marked : plain);
  const classes = [...found.keys()];
  const [healthy] = healthyFirst(classes);
  if (found.size > 1) return { classes: [healthy, ...classes.filter((name) => name !== healthy)], columns: found };
  throw new DataError({
    expected: "a column with the probability of each class, such as p_Normal and p_Wheeze",
    found: `${classes.length === 0 ? "none" : `only ${classes[0]}`} among ${columns.join(", ")}`,
    where,
    remedy: "write one for every class, of two classes as well",
  });
}

function rowOf(
  { cells }: TableRow,
  { table, of, skip, where }: {
    table: Table;
    of: ReturnType<typeof columnRoles>["of"];
    skip: readonly (string | undefined)[];
    where: string;
  },
): ManifestRow {
  const cell = (role: keyof typeof of) => of[role] === undefined ? "" : cells[of[role]];
  const recording = cell("recording");
  if (recording === "") throw new DataError({ expected: "a recording", found: "an empty cell", where });
  const seconds = (role: "start" | "end", other: number) => {
    const value = secondsOf(cell(role), { delimiter: table.delimiter, name: where }, of[role]) ?? other;
    if (isMissing(cell(role)) || Number.isFinite(value)) return value;
    throw new DataError({ expected: `seconds as ${role}`, found: `"${cell(role)}"`, where });
  };
  const described = Object.fromEntries(Object.entries(cells).filter(([name]) => !skip.includes(name)));
  const part = partName(cell("part"));
  return {
    ...{ recording, label: cell("label") },
    subject: isMissing(cell("subject"), { none: true }) ? lonelySubject(recording) : cell("subject"),
    ...isMissing(cell("visit")) ? {} : { visit: cell("visit") },
    ...{ start: seconds("start", 0), end: seconds("end", NaN) },
    source: of.source === undefined ? "all" : isMissing(cell("source")) ? "unknown" : cell("source"),
    part: part === "" ? "test" : part === "val" || part === "valid" ? "validation" : part,
    attributes: attributesOf(described, { of, delimiter: table.delimiter }),
  };
}
