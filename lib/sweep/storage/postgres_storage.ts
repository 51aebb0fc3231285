import type postgres from "postgres";
import { UsageError } from "../../errors/mod.ts";
import { claimedSetting } from "../samplers/sampler.ts";
import { connectPostgres, type ConnectPostgresOptions, type PostgresConnection } from "./postgres_connection.ts";
import { preparePostgresSchema } from "./postgres_schema.ts";
import { LOSSES_UNTIL_FAILED, LOST_TOO_OFTEN, parseStudy } from "./study_storage.ts";
import type { StoredTrial, StudyDescription, StudyStorage } from "./study_storage.ts";
import { isMendedStudy, MENDED } from "./same_study.ts";

/**
 * A study in a PostgreSQL server (13 or newer), for workers on any number of machines. Each change is one transaction
 * on the rows that it concerns; a server that goes away for some minutes is waited for.
 *
 * @param study What the study is to be, made where it isn't there; or the name of one that is.
 * @throws {UsageError} where the server can't be reached, or holds a study of this name with another space, direction
 * or experiment.
 */
export async function openPostgresStorage(
  url: string,
  study: StudyDescription | string,
  options: ConnectPostgresOptions & { mended?: boolean } = {},
): Promise<StudyStorage> {
  const connection = await connectPostgres(url, options);
  const { host, pathname } = new URL(url);
  try {
    await connection.persist((sql) => preparePostgresSchema(sql, `${host}${pathname}`));
    const opened = await connection.persist((sql) => openRow(sql, study, { ...options, where: `${host}${pathname}` }));
    return postgresStudy({ ...connection, ...opened });
  } catch (error) {
    await connection.close();
    throw error;
  }
}

async function openRow(
  sql: postgres.Sql,
  study: StudyDescription | string,
  { where, mended }: { where: string; mended?: boolean },
): Promise<{ studyId: number; study: StudyDescription }> {
  const name = typeof study === "string" ? study : study.name;
  if (typeof study !== "string") {
    await sql`insert into auscult.study (name, description) values (${name}, ${JSON.stringify(study)})
      on conflict (name) do nothing`;
  }
  const [row] = await sql`select id, description from auscult.study where name = ${name}`;
  if (row === undefined) throw new UsageError({ expected: `the study "${name}"`, found: "none of that name", where });
  if (typeof study === "string") return { studyId: row.id, study: parseStudy(row.description, where) };
  const trials = (await sql<TrialRow[]>`select * from auscult.trial where study = ${row.id}`).map(trialOfRow);
  if (isMendedStudy(study, { stored: row.description, where, trials, mended })) {
    const note = { [MENDED]: String(trials.length) };
    await sql`update auscult.study set description = ${JSON.stringify(study)}, notes = notes || ${sql.json(note)}
      where id = ${row.id}`;
  }
  return { studyId: row.id, study };
}

function postgresStudy(
  { persist, close, studyId, study }: PostgresConnection & { studyId: number; study: StudyDescription },
): StudyStorage {
  const { changeIfOwned, told } = postgresTrials({ persist });
  const known: StoredTrial[] = [];
  let horizon = "0";

  /** Reads the rows that changed since the last call; a change that isn't committed yet is found by the next one. */
  const refresh = async (): Promise<readonly StoredTrial[]> => {
    const rows = await persist((sql) =>
      sql<(TrialRow & { horizon: string })[]>`
        select *, pg_snapshot_xmin(pg_current_snapshot())::text as horizon from auscult.trial
        where study = ${studyId} and changed >= ${horizon}::text::xid8 order by number`
    );
    for (const row of rows) known[row.number] = trialOfRow(row);
    horizon = rows.at(-1)?.horizon ?? horizon;
    return [...known];
  };

  return {
    study,
    trials: refresh,
    async claim({ worker, limit, isAbandoned, propose, left = () => Infinity }) {
      const token = crypto.randomUUID();
      const trials = await refresh();
      const abandoned = trials.filter((one) => one.state === "running" && one.worker !== null && isAbandoned(one));
      // Two that see one setting left both ask; the server counts and makes one trial.
      const atMost = Math.min(limit, trials.length + left(trials));
      const [row] = await persist((sql) =>
        sql<TrialRow[]>`select * from auscult.take_trial(
          ${studyId}, ${worker}, ${atMost},
          ${abandoned.map(({ number }) => number)}::int[],
          ${abandoned.map(({ claims }) => claims)}::int[],
          ${abandoned.map(({ beats }) => beats)}::int[],
          ${LOSSES_UNTIL_FAILED}, ${LOST_TOO_OFTEN}, ${token})`
      );
      if (row === undefined) return null;
      const trial = trialOfRow(row);
      if (Object.keys(trial.params).length > 0) return trial;
      const others = (await refresh()).filter(({ number }) => number !== trial.number);
      const params = claimedSetting(study.space, trial, propose(others, trial.number));
      await changeIfOwned(trial, (sql) => sql`params = ${sql.json(params)}`);
      return { ...trial, params };
    },
    async enqueue(params) {
      const token = crypto.randomUUID();
      await persist((sql) => sql`select auscult.enqueue_trial(${studyId}, ${sql.json(params)}, ${token})`);
    },
    ...told,
    async note(key, value) {
      const note = { [key]: value };
      await persist((sql) => sql`update auscult.study set notes = notes || ${sql.json(note)} where id = ${studyId}`);
    },
    async notes() {
      const [{ notes }] = await persist((sql) => sql`select notes from auscult.study where id = ${studyId}`);
      return notes;
    },
    close,
  };
}

/** What a worker tells a server about its trial, and how one is changed if it still belongs to the claim that asks. */
function postgresTrials({ persist }: Pick<PostgresConnection, "persist">) {
  const changeIfOwned = async (
    { id, worker, claims }: StoredTrial,
    change: (sql: postgres.Sql) => postgres.PendingQuery<postgres.Row[]>,
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

  const told: Pick<StudyStorage, "report" | "beat" | "finish" | "release"> = {
    report: (trial, { step, value }) =>
      changeIfOwned(trial, (sql) =>
        // JSON knows no NaN and no infinities: they are kept as text.
        sql`intermediate = intermediate || ${sql.json({ [step]: Number.isFinite(value) ? value : String(value) })},
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
  return { changeIfOwned, told };
}

/** A row of `auscult.trial` as the driver gives it. */
interface TrialRow extends Omit<StoredTrial, "id" | "intermediate" | "startedAt" | "finishedAt" | "endOrder"> {
  id: string;
  intermediate: Record<string, number | string>;
  started_at: Date | null;
  finished_at: Date | null;
  end_order: string | null;
}

function trialOfRow(row: TrialRow): StoredTrial {
  const { number, state, value, params, fixed, notes, worker, claims, losses, beats, started_at, finished_at } = row;
  return {
    ...{ id: Number(row.id), number, state, value, params, fixed, notes, worker, claims, losses, beats },
    intermediate: new Map(Object.entries(row.intermediate).map(([step, value]) => [Number(step), Number(value)])),
    startedAt: started_at?.toISOString() ?? null,
    finishedAt: finished_at?.toISOString() ?? null,
    endOrder: row.end_order === null ? null : Number(row.end_order),
  };
}
