import type { ColumnNames, DatasetFinding, ManifestRow } from "../datasets/mod.ts";
import { AuscultError } from "../errors/mod.ts";
import ownRecordings from "../../experiments/own_recordings.ts";
import { checkEvaluation, resolveExperiment } from "../experiment/mod.ts";
import { shellWord } from "../files/mod.ts";
import { classesEverywhere, fittingProtocol, planFolds, planWarnings } from "../splits/mod.ts";

/** How `experiments/own_recordings.ts` divides and judges. */
const { evaluation } = resolveExperiment(ownRecordings);
const { protocol } = evaluation;
const seed = 0;

export interface NextStepOptions {
  /** The table, or its folder. */
  path: string;
  /** The columns that were named for it. */
  columns?: ColumnNames;
  findings: readonly DatasetFinding[];
}

/**
 * What speaks against five folds by subject, and one line on what comes next: the experiment's command with all that it needs,
 * or what to mend first where it would fail or its figures be wrong.
 *
 * @param rows Those that an experiment learns from and judges by.
 */
export function nextStep(
  rows: readonly ManifestRow[],
  { path, columns = {}, findings }: NextStepOptions,
): { problems: string[]; next: string } {
  if (rows.length === 0) return { problems: [], next: "No row can be used: mend the findings first." };
  const { problems, fitting, refused } = tried(rows);
  const leak = findings.find(({ kind, message }) => kind === "leak" && message.startsWith("subject "));
  const first = oneClass(rows) ?? (leak && `${leak.message}, so that figures would be too good: give it one part`) ??
    (refused && fitting === undefined ? tooFew(rows) ?? refused : undefined);
  if (first !== undefined) return { problems, next: `Mend first: ${first}` };
  const set = Object.entries(columns).map(([role, name]) => `--set ${shellWord(`dataset.columns.${role}=${name}`)}`);
  const words = [`--data ${shellWord(path)}`, ...set, ...fitting === undefined ? [] : [fitting]];
  const missing = findings.filter(({ kind }) => kind === "missing" || kind === "damaged").length;
  const without = missing === 0 ? "" : ` (without the ${missing} missing or damaged; mend them first if they matter)`;
  return { problems, next: `Next${without}: deno task experiment experiments/own_recordings.ts ${words.join(" ")}` };
}

/** What the experiment says before it trains, and the setting by which every class is everywhere. */
function tried(rows: readonly ManifestRow[]): { problems: string[]; fitting?: string; refused?: string } {
  const classes = [...new Set(rows.map(({ label }) => label))].sort();
  const problems: string[] = [];
  let refused: string | undefined, everywhere = false;
  try {
    const folds = planFolds(rows, protocol, { seed });
    everywhere = classesEverywhere(rows, folds);
    problems.push(...planWarnings(rows, folds, { protocol, seed }));
    checkEvaluation({ evaluation }, { rows, classes, folds, seed });
  } catch (error) {
    if (!(error instanceof AuscultError)) throw error;
    problems.push(refused = error.message);
  }
  const fitting = everywhere ? undefined : fittingProtocol(rows, protocol, { seed });
  return {
    problems: problems.length > 0 ? problems : ["every class is in every part of every fold"],
    fitting,
    refused,
  };
}

function oneClass(rows: readonly ManifestRow[]): string | undefined {
  const classes = new Set(rows.map(({ label }) => label));
  return classes.size > 1
    ? undefined
    : `all rows are of one class, ${[...classes][0]}: add recordings of another, or name the column of the classes`;
}

/** Each class needs a subject in the training, the validation and the test part. */
function tooFew(rows: readonly ManifestRow[]): string | undefined {
  const few = [...Map.groupBy(rows, ({ label }) => label)]
    .map(([label, own]) => ({ label, subjects: new Set(own.map(({ subject }) => subject)).size }))
    .filter(({ subjects }) => subjects < 3);
  if (few.length === 0) return undefined;
  const held = few.map(({ label, subjects }) => `${label} has ${subjects}`).join(", ");
  return `too few patients to judge: at least 3 of each class are needed, ${held}`;
}
