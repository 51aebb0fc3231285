import { setTimeout as delay } from "node:timers/promises";
import postgres from "postgres";
import { DataError, UsageError } from "../../errors/mod.ts";

/** A server that may go away for a while. */
export interface PostgresConnection {
  /**
   * Runs queries, again and again while the server can't be reached. What it runs must do no harm when it is repeated:
   * a commit may have come through although its answer did not.
   *
   * @param patienceSeconds How long it is waited for. @default {600}
   * @throws {DataError} where it doesn't come back.
   */
  persist<Answer>(run: (sql: postgres.Sql) => Promise<Answer>, patienceSeconds?: number): Promise<Answer>;
  close(): Promise<void>;
}

/** Codes of PostgreSQL (class 08, 57P0x, serialisation failures), of the driver and of the system. */
const PASSING =
  /^(08...|57P0[1-5]|40001|40P01|53300|CONNECTION_\w+|CONNECT_TIMEOUT|ECONN\w+|EPIPE|ETIMEDOUT|EHOSTUNREACH)$/;

export interface ConnectPostgresOptions {
  /** How long a server that can't be reached at first is waited for. @default {3} */
  patienceSeconds?: number;
  /** Told when the server has gone and when it is back. @default {console.error} */
  onNotice?: (line: string) => void;
}

/**
 * Connects to a server, by one connection: workers are many.
 *
 * @throws {UsageError} where it can't be reached or refuses.
 */
export async function connectPostgres(
  url: string,
  { patienceSeconds: patienceAtFirst = 3, onNotice = console.error }: ConnectPostgresOptions = {},
): Promise<PostgresConnection> {
  const { host, pathname, username } = new URL(url);
  const where = `${username ? `${username}@` : ""}${host}${pathname}`;
  let sql = await firstAnswer(open(url), { where, seconds: patienceAtFirst });
  return {
    close: () => sql.end({ timeout: 5 }),
    async persist(run, patienceSeconds = 600) {
      const end = performance.now() + patienceSeconds * 1000;
      for (let tries = 0;; tries++) {
        const used = sql;
        try {
          const answer = await withinTime(run(used), Math.min(ANSWER_SECONDS, patienceSeconds));
          if (tries > TRIES_IN_SILENCE) onNotice(`The storage ${where} answers again.`);
          return answer;
        } catch (cause) {
          if (!isPassing(cause)) throw cause;
          // A driver whose server went away is not trusted with the next one: calls of it may never be answered.
          if (used === sql) {
            sql = open(url);
            used.end({ timeout: 0 }).catch(() => {});
          }
          if (performance.now() > end) {
            const found = `${sentence(cause)} for ${patienceSeconds} s`;
            const remedy = "see to the server; nothing that was stored is lost, and the same command goes on";
            throw new DataError({ expected: "the storage to answer", found, where, remedy, cause });
          }
          if (tries === TRIES_IN_SILENCE) {
            onNotice(`The storage ${where} doesn't answer (${sentence(cause)}): waiting for it.`);
          }
          await delay(Math.min(2000, 100 * 2 ** tries));
        }
      }
    },
  };
}

function open(url: string): postgres.Sql {
  return postgres(url, { max: 1, connect_timeout: 10, onnotice() {}, connection: { application_name: "auscult" } });
}

/** A server as soon as it answers. */
async function firstAnswer(sql: postgres.Sql, { where, seconds }: { where: string; seconds: number }) {
  for (const end = performance.now() + seconds * 1000;; await delay(500)) {
    try {
      await sql`select 1`;
      return sql;
    } catch (cause) {
      if (isPassing(cause) && performance.now() < end) continue;
      await sql.end({ timeout: 0 });
      const remedy = "start it, or correct --storage (the password may come from PGPASSWORD)";
      throw new UsageError({ expected: "a PostgreSQL server", found: sentence(cause), where, remedy, cause });
    }
  }
}

function isPassing(error: unknown): boolean {
  return PASSING.test((error as { code?: string }).code ?? "");
}

const TRIES_IN_SILENCE = 2;

/** Longer than any query takes: no answer for so long means that the server, or the way to it, has gone. */
const ANSWER_SECONDS = 20;

async function withinTime<Answer>(answer: Promise<Answer>, seconds: number): Promise<Answer> {
  const { promise, reject } = Promise.withResolvers<never>();
  const late = Object.assign(new Error(`no answer for ${seconds} s`), { code: "ETIMEDOUT" });
  const timer = setTimeout(() => reject(late), seconds * 1000);
  try {
    return await Promise.race([answer, promise]);
  } finally {
    clearTimeout(timer);
  }
}

function sentence(error: unknown): string {
  const { message, code, errors } = error as { message?: string; code?: string; errors?: Error[] };
  return message || errors?.[0]?.message || code || String(error);
}
