import type { StoredTrial } from "./study_storage.ts";

/** A row of `auscult.trial` as the driver gives it. */
export interface TrialRow extends Omit<StoredTrial, "id" | "intermediate" | "startedAt" | "finishedAt" | "endOrder"> {
  id: string;
  intermediate: Record<string, number | string>;
  started_at: Date | null;
  finished_at: Date | null;
  end_order: string | null;
}

export function trialOfRow(row: TrialRow): StoredTrial {
  const { number, state, value, params, fixed, notes, worker, claims, losses, beats, started_at, finished_at } = row;
  return {
    ...{ id: Number(row.id), number, state, value, params, fixed, notes, worker, claims, losses, beats },
    intermediate: numbersFromJson(row.intermediate),
    startedAt: started_at?.toISOString() ?? null,
    finishedAt: finished_at?.toISOString() ?? null,
    endOrder: row.end_order === null ? null : Number(row.end_order),
  };
}

/** JSON knows no NaN and no infinities: they are kept as text. */
export function numbersToJson(numbers: Iterable<[number, number]>): Record<string, number | string> {
  return Object.fromEntries(
    Array.from(numbers, ([step, value]) => [step, Number.isFinite(value) ? value : String(value)]),
  );
}

function numbersFromJson(json: Record<string, number | string>): Map<number, number> {
  return new Map(Object.entries(json).map(([step, value]) => [Number(step), Number(value)]));
}
