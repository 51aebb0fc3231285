import { expect } from "expect";
import postgres from "postgres";
import { peerCheck } from "../../testing/mod.ts";
import { openPostgresStorage } from "./postgres_storage.ts";
import { claim, storageContract, study } from "./storage_contract_fixture.ts";
import { withPostgres } from "./with_postgres_fixture.ts";

peerCheck(
  "openPostgresStorage() keeps the contract of a storage",
  { tools: ["postgres-local"] },
  ({ tool }) =>
    withPostgres(tool, async ({ url }) => {
      const sql = postgres(url);
      for (const [place, { name, check }] of storageContract.entries()) {
        await sql`create database ${sql(`place_${place}`)}`;
        try {
          await check((study) => openPostgresStorage(url.replace(/\w+$/, `place_${place}`), study), 8);
        } catch (error) {
          throw new Error(`it ${name}: ${(error as Error).message}`, { cause: error });
        }
      }
    }),
);

peerCheck(
  "openPostgresStorage() refuses tables of a newer version, with both versions, and a server that isn't there",
  {
    tools: ["postgres-local"],
  },
  ({ tool }) =>
    withPostgres(tool, async ({ url }) => {
      await (await openPostgresStorage(url, study)).close();
      const sql = postgres(url);
      await sql`update auscult.version set version = 99`;
      await sql.end();
      await expect(openPostgresStorage(url, study)).rejects.toThrow(
        /tables of version 1 or older but found version 99/,
      );
      const nobody = url.replace(/:\d+\//, ":9/");
      await expect(openPostgresStorage(nobody, study)).rejects.toThrow(/a PostgreSQL server but found .*ECONNREFUSED/);
      await expect(openPostgresStorage(`${url}x`, study)).rejects.toThrow(/database "auscultx" does not exist/);
    }),
);

peerCheck("openPostgresStorage() waits for a server that is restarted, and nothing is done twice", {
  tools: ["postgres-local"],
}, ({ tool }) =>
  withPostgres(tool, async ({ url, restart }) => {
    const storages = await Promise.all([0, 1, 2].map(() => openPostgresStorage(url, study)));
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
    for (let times = 0; times < 3; times++) {
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
  }));
