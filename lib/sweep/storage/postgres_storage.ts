import type postgres from "postgres";
import { UsageError } from "../../errors/mod.ts";
import { claimedSetting } from "../samplers/sampler.ts";
import { connectPostgres, type ConnectPostgresOptions, type PostgresConnection } from "./postgres_connection.ts";
import { postgresTrials, trialOfRow, type TrialRow } from "./postgres_trials.ts";
import { preparePostgresSchema } from "./postgres_schema.ts";
import { parseStudy } from "./parse_study.ts";
import { isMendedStudy, MENDED } from "./same_study.ts";
import {
  LOSSES_UNTIL_FAILED,
  LOST_TOO_OFTEN,
  type StoredTrial,
  type StudyDescription,
  type StudyStorage,
} from "./study_storage.ts";

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
  const { changeIfOwned, ...trialsOf } = postgresTrials({ persist });
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
    ...trialsOf,
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
