import type { Experiment } from "../../experiment/mod.ts";
import type { RunConfig } from "../../runs/mod.ts";
import type { Score } from "../../scores/mod.ts";

/**
 * How items were divided, by how many seeds, and what a command set beside that: it makes other figures than the experiment's own.
 * `"5 folds with 3 inner, 1 seed, model.dropout=0"`.
 */
export function protocolName({ experiment, seeds, command }: RunConfig): string {
  const { protocol } = (experiment as unknown as Pick<Experiment, "evaluation">).evaluation;
  const set = assignmentsOf(command).filter((one) => !/^(?:evaluation\.protocol|budget=(?!quick|smoke))/.test(one));
  return [divided(protocol), `${seeds.length} ${seeds.length === 1 ? "seed" : "seeds"}`, ...set].join(", ");
}

/** What follows `--set` or stands in `--set=…`, of words as `shellWord` writes them. */
function assignmentsOf(command: string): string[] {
  const words = [...command.matchAll(/(?:[^\s'\\]|\\.|'[^']*')+/g)]
    .map(([word]) => word.replaceAll(/'([^']*)'|\\(.)/g, (_, quoted, escaped) => quoted ?? escaped));
  return words.flatMap((word, i) => words[i - 1] === "--set" ? word : word.startsWith("--set=") ? word.slice(6) : []);
}

function divided(protocol: Experiment["evaluation"]["protocol"]): string {
  switch (protocol.kind) {
    case "hold-out":
      return "hold-out";
    case "grouped-folds":
      return `${protocol.folds} folds${protocol.repeats > 1 ? `, ${protocol.repeats} times` : ""}`;
    case "nested":
      return `${protocol.folds} folds with ${protocol.inner} inner`;
    case "leave-one-source-out":
      return `leave one source out${protocol.inner ? ", chosen on each other" : ""}`;
    case "official":
      return `official split, shared subjects: ${protocol.sharedSubjects}`;
  }
}

/** Costs in whole numbers, shares with three digits. */
export function figure(value: number): string {
  return Math.abs(value) >= 100 ? value.toFixed(0) : value.toFixed(3);
}

/** `"0.512 (0.467-0.557)"`. */
export function withInterval({ value, low, high, reason }: Score): string {
  if (value === null) return `none: ${reason}`;
  return low === null || high === null ? figure(value) : `${figure(value)} (${figure(low)}-${figure(high)})`;
}

/** `"0.715 (nearest)"`. */
export function highestFloor({ floor, floors }: Score): string {
  const name = Object.entries(floors).find(([, value]) => value === floor)?.[0];
  return floor === null ? "-" : `${figure(floor)} (${name})`;
}

/** `"+0.020 (-0.043 to +0.083)"`. */
export function paired(
  { difference, low, high }: { difference: number; low: number | null; high: number | null },
): string {
  return low === null ? signed(difference) : `${signed(difference)} (${signed(low)} to ${signed(high!)})`;
}

function signed(value: number): string {
  return `${value < 0 ? "-" : "+"}${figure(Math.abs(value))}`;
}

/** A probability is never 0. */
export function probability(value: number | null): string {
  return value === null ? "-" : value < 0.001 ? "<0.001" : value.toFixed(3);
}
