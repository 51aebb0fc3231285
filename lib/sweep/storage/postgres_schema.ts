import type postgres from "postgres";
import { DataError } from "../../errors/mod.ts";

/** What brings the tables from one version to the next; the first makes them. */
const MIGRATIONS = [
  `
  create table auscult.study (
    id serial primary key,
    name text not null unique,
    description text not null, -- JSON in the order in which it was written
    notes jsonb not null default '{}'
  );
  create sequence auscult.trial_end;
  create table auscult.trial (
    id bigserial primary key,
    study int not null references auscult.study on delete cascade,
    number int not null,
    state text not null check (state in ('running', 'complete', 'pruned', 'fail', 'waiting')),
    value float8,
    fixed jsonb not null default '{}', -- set by whoever put it in line
    params json not null default '{}',
    intermediate jsonb not null default '{}',
    notes jsonb not null default '{}',
    worker text,
    token uuid unique, -- of the call that made, claimed or ended it: a call that is repeated does nothing twice
    claims int not null default 0,
    losses int not null default 0,
    beats int not null default 0,
    started_at timestamptz,
    finished_at timestamptz,
    end_order bigint,
    changed xid8 not null default pg_current_xact_id(),
    unique (study, number)
  );
  create index trial_changed on auscult.trial (study, changed);
  create index trial_open on auscult.trial (study, number) where state in ('running', 'waiting');
  create function auscult.touch() returns trigger language plpgsql as
    'begin new.changed := pg_current_xact_id(); return new; end';
  create trigger touch before update on auscult.trial for each row execute function auscult.touch();

  -- Takes an abandoned or returned trial, else a waiting one, else makes a new one. Rows that another claim has in hand
  -- are skipped, not waited for; only new trials, which are numbered, are made one after the other. Of the abandoned
  -- ones (numbers, claims and beats as they were judged) only those that gave no sign of life since are taken; one that
  -- was abandoned too often has failed.
  create function auscult.take_trial(
    of_study int, by_worker text, at_most int, gone_number int[], gone_claims int[], gone_beats int[],
    losses_until_failed int, lost_too_often text, claim_token uuid
  ) returns setof auscult.trial language plpgsql as $$
  begin
    return query select * from auscult.trial where token = claim_token; -- the answer to this claim was lost
    if found then return; end if;
    update auscult.trial set state = 'fail', notes = notes || jsonb_build_object('error', lost_too_often),
      finished_at = clock_timestamp(), end_order = nextval('auscult.trial_end')
    where id in (
      select id from auscult.trial where study = of_study and state = 'running' and worker is not null
        and (number, claims, beats) in (select * from unnest(gone_number, gone_claims, gone_beats))
        and losses + 1 >= losses_until_failed
      for update skip locked);
    return query
      update auscult.trial t set state = 'running', worker = by_worker, claims = t.claims + 1, token = claim_token,
        losses = t.losses + (t.state = 'running' and t.worker is not null)::int,
        started_at = case t.state when 'waiting' then clock_timestamp() else t.started_at end
      where id = (
        select id from auscult.trial where study = of_study and (state = 'waiting' or state = 'running' and (
          worker is null or (number, claims, beats) in (select * from unnest(gone_number, gone_claims, gone_beats))))
        order by state = 'waiting', number limit 1 for update skip locked)
      returning t.*;
    if found then return; end if;
    perform from auscult.study where id = of_study for update;
    return query
      insert into auscult.trial as t (study, number, state, worker, claims, token, started_at)
      select of_study, count(*), 'running', by_worker, 1, claim_token, clock_timestamp()
      from auscult.trial where study = of_study having count(*) < at_most
      returning t.*;
  end $$;
  create function auscult.enqueue_trial(of_study int, with_params jsonb, own_token uuid) returns void
  language plpgsql as $$
  begin
    perform from auscult.study where id = of_study for update;
    insert into auscult.trial (study, number, state, fixed, token)
    select of_study, count(*), 'waiting', with_params, own_token from auscult.trial where study = of_study
    on conflict (token) do nothing;
  end $$;
  `,
];

/**
 * Makes the tables in the schema `auscult`, or brings those that are there up to date; one process at a time.
 *
 * @throws {DataError} where a newer Auscult made them.
 */
export async function preparePostgresSchema(sql: postgres.Sql, where: string): Promise<void> {
  await sql.begin(async (transaction) => {
    await transaction`select pg_advisory_xact_lock(hashtext('auscult schema'))`;
    await transaction`create schema if not exists auscult`;
    await transaction`create table if not exists auscult.version (version int not null)`;
    const [row] = await transaction`select version from auscult.version`;
    const version: number = row?.version ?? 0;
    if (version > MIGRATIONS.length) {
      const expected = `tables of version ${MIGRATIONS.length} or older`;
      const found = `version ${version}, of a newer Auscult`;
      throw new DataError({ expected, found, where, remedy: "use that Auscult, or another database" });
    }
    if (version === MIGRATIONS.length) return;
    for (const migration of MIGRATIONS.slice(version)) await transaction.unsafe(migration);
    await transaction`delete from auscult.version`;
    await transaction`insert into auscult.version values (${MIGRATIONS.length})`;
  });
}
