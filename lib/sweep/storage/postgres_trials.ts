import type postgres from "postgres";
import type { StoredTrial, StudyStorage } from "./study_storage.ts";
import type { PostgresConnection } from "./postgres_connection.ts";

/** What an `update` sets. */
type Change = (sql: postgres.Sql) => postgres.PendingQuery<postgres.Row[]>;

/** What a worker tells a server about its trial. */
export interface PostgresTrials extends Pick<StudyStorage, "report" | "beat" | "finish" | "release"> {
  /** Changes a trial if it still belongs to the claim that asks. @returns whether it does. */
  changeIfOwned(trial: StoredTrial, change: Change, patienceSeconds?: number): Promise<boolean>;
}

/** The trials of a server. */
export function postgresTrials({ persist }: Pick<PostgresConnection, "persist">): PostgresTrials {
  const changeIfOwned = async (
    { id, worker, claims }: StoredTrial,
    change: Change,
    patienceSeconds?: number,
  ): Promise<boolean> => {
    const { count } = await persist(
      (sql) =>
        sql`update auscult.trial set ${change(sql)}
          where id = ${id} and worker = ${worker} and claims = ${claims} and state = 'running'`,
      patienceSeconds,
    );
    return count === 1;
  };

  return {
    changeIfOwned,
    report: (trial, { step, value }) =>
      changeIfOwned(trial, (sql) =>
        sql`intermediate = intermediate || ${sql.json(numbersToJson([[step, value]]))},
          losses = case when intermediate ? ${String(step)} then losses else 0 end`),
    beat: (trial) => changeIfOwned(trial, (sql) => sql`beats = beats + 1`),
    async finish(trial, { state, value, notes = {} }) {
      const token = crypto.randomUUID();
      const ended = await changeIfOwned(
        trial,
        (sql) =>
          sql`state = ${state}, value = ${value}, notes = notes || ${sql.json(notes)}, token = ${token},
          finished_at = clock_timestamp(), end_order = nextval('auscult.trial_end')`,
      );
      if (ended) return true;
      // It may have been ended by a call whose answer was lost.
      const { count } = await persist((sql) => sql`select from auscult.trial where token = ${token}`);
      return count === 1;
    },
    async release(trial) {
      // In a hurry: before its time limit a cluster waits for seconds. Without an answer heartbeats tell the others.
      await changeIfOwned(trial, (sql) => sql`worker = null`, 4);
    },
  };
}

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
function numbersToJson(numbers: Iterable<[number, number]>): Record<string, number | string> {
  return Object.fromEntries(
    Array.from(numbers, ([step, value]) => [step, Number.isFinite(value) ? value : String(value)]),
  );
}

function numbersFromJson(json: Record<string, number | string>): Map<number, number> {
  return new Map(Object.entries(json).map(([step, value]) => [Number(step), Number(value)]));
}
