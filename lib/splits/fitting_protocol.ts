import type { ManifestRow } from "../datasets/manifest.ts";
import { AuscultError } from "../errors/mod.ts";
import { divideRows, type PlanOptions } from "./divide_rows.ts";
import type { Fold, Side } from "./fold.ts";
import { type Protocol, protocol as schema, type ResolvedProtocol } from "./protocol.ts";

/**
 * The setting nearest to a protocol by which every class is in the training, validation and test part of every fold, as it is
 * given on a command line: `--set evaluation.protocol.folds=3`. Found by trying; nothing where none does.
 */
export function fittingProtocol(
  rows: readonly ManifestRow[],
  protocol: ResolvedProtocol,
  options: PlanOptions,
): string | undefined {
  const fitting = candidates(protocol).find(({ whole, ...changes }) =>
    classesEverywhere(rows, plan(rows, schema.parse(whole ?? { ...protocol, ...changes }), options))
  );
  const said = ([key, value]: [string, unknown]) =>
    key === "whole" ? `'evaluation.protocol=${JSON.stringify(value)}'` : `evaluation.protocol.${key}=${value}`;
  return fitting && Object.entries(fitting).map((change) => `--set ${said(change)}`).join(" ");
}

/** Keys of the protocol with other values, or another one as a whole. */
type Changes = { folds?: number; inner?: number; test?: number; validation?: number; whole?: Protocol };

const SHARES = [0.3, 0.4, 0.5]; // larger parts that still leave the most to be learned from

/** What may be tried, the least change first; who is judged is no choice where sources or authors drew the parts. */
function candidates(protocol: ResolvedProtocol): Changes[] {
  const validations = SHARES.map((validation): Changes => ({ validation }));
  const fewer = (from: number) => Array.from({ length: Math.max(0, from - 2) }, (_, i) => from - 1 - i);
  const folds = (most: number) => fewer(most).map((folds): Changes => ({ folds }));
  const alsoWith = (others: Changes[], changes: Changes[]) => [
    ...others,
    ...changes.flatMap((change) => [change, ...others.map((other) => ({ ...change, ...other }))]),
  ];
  switch (protocol.kind) {
    case "grouped-folds":
      return alsoWith(validations, folds(protocol.folds));
    case "nested":
      return alsoWith(fewer(protocol.inner).map((inner) => ({ inner })), folds(protocol.folds));
    case "hold-out": {
      const grouped = [5, 4, 3].map((folds): Changes => ({ whole: { kind: "grouped-folds", folds } }));
      return [...alsoWith(validations, SHARES.map((test) => ({ test }))), ...grouped];
    }
    default:
      return validations;
  }
}

/** The folds; none where the rows can't be divided so. */
function plan(rows: readonly ManifestRow[], protocol: ResolvedProtocol, options: PlanOptions): Fold[] {
  try {
    return divideRows(rows, protocol, options);
  } catch (error) {
    if (error instanceof AuscultError) return [];
    throw error;
  }
}

/** Whether every part of every fold holds every class. */
export function classesEverywhere(rows: readonly ManifestRow[], folds: readonly Pick<Fold, Side>[]): boolean {
  const classes = new Set(rows.map(({ label }) => label));
  return folds.length > 0 &&
    folds.every((fold) =>
      [fold.train, fold.validation, fold.test].every((side) =>
        new Set(Array.from(side, (row) => rows[row].label)).size === classes.size
      )
    );
}
