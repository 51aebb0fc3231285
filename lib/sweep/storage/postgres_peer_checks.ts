import { expect } from "expect";
import postgres from "postgres";
import { peerCheck } from "../../testing/mod.ts";
import { openPostgresStorage } from "./postgres_storage.ts";
import { claim, storageContract, study } from "./storage_contract_fixture.ts";
import { type LentPostgres, withPostgres } from "./with_postgres_fixture.ts";

// One server for all three: each takes seconds to start.
peerCheck(
  "openPostgresStorage() keeps the contract, waits for a restarted server, and refuses newer tables and no server",
  { tools: ["postgres-local"] },
  ({ tool }) =>
    withPostgres(tool, async (server) => {
      await keepsTheContract(server);
      await waitsForRestarts(server);
      await refuses(server);
    }),
);

async function keepsTheContract({ url }: LentPostgres): Promise<void> {
  const sql = postgres(url, { onnotice() {} });
  for (const { name, check } of storageContract) {
    await sql`drop schema if exists auscult cascade`;
    try {
      await check((study, options) => openPostgresStorage(url, study, options), 8);
    } catch (error) {
      throw new Error(`it ${name}: ${(error as Error).message}`, { cause: error });
    }
  }
  await sql.end();
}

/** While three workers are busy the server goes down and comes back; nothing is lost or done twice. */
async function waitsForRestarts({ url, restart }: LentPostgres): Promise<void> {
  const own = { ...study, name: "restarts" };
  const storages = await Promise.all([0, 1, 2].map(() => openPostgresStorage(url, own)));
  let stop = false;
  const numbers: number[] = [];
  const work = storages.map(async (storage, i) => {
    while (!stop) {
      const trial = (await storage.claim({ ...claim, limit: 1e6, worker: `w${i}` }))!;
      expect(await storage.report(trial, { step: 1, value: trial.number })).toBe(true);
      expect(await storage.finish(trial, { state: "complete", value: trial.number })).toBe(true);
      numbers.push(trial.number);
    }
  });
  for (let times = 0; times < 2; times++) {
    await new Promise((resolve) => setTimeout(resolve, 300));
    await restart(0.5);
  }
  await new Promise((resolve) => setTimeout(resolve, 300));
  stop = true;
  await Promise.all(work);
  const trials = await storages[0].trials();
  expect(numbers.toSorted((a, b) => a - b)).toEqual(trials.map(({ number }) => number));
  expect(trials.every(({ state, value, number }) => state === "complete" && value === number)).toBe(true);
  await Promise.all(storages.map((storage) => storage.close()));
}

async function refuses({ url }: LentPostgres): Promise<void> {
  const sql = postgres(url);
  await sql`update auscult.version set version = 99`;
  await sql.end();
  await expect(openPostgresStorage(url, study)).rejects.toThrow(/tables of version 1 or older but found version 99/);
  const nobody = url.replace(/:\d+\//, ":9/");
  const options = { patienceSeconds: 0 };
  await expect(openPostgresStorage(nobody, study, options)).rejects.toThrow(/PostgreSQL server .*found .*ECONNREFUSED/);
  await expect(openPostgresStorage(`${url}x`, study)).rejects.toThrow(/database "auscultx" does not exist/);
}
