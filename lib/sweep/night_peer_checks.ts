// What may happen at night, with real processes.

import { expect } from "expect";
import { randomStream } from "../random/mod.ts";
import { peerCheck } from "../testing/mod.ts";
import { endOf, expectWholeNight, inFolder, seconds, startSleeping, trialsOf, workAsCrowd } from "./night_fixture.ts";
import { openSleeping, type SleepingOptions } from "./sleeping_worker_fixture.ts";
import { LOST_TOO_OFTEN } from "./storage/study_storage.ts";
import { withPostgres } from "./storage/with_postgres_fixture.ts";
import { superviseWorkers } from "./supervise_workers.ts";
import { workerName } from "./worker_life.ts";

/** Kills three workers at random moments, mostly at a trial, and replaces them; then lets the rest finish. */
async function killAtNight(
  options: SleepingOptions,
  { kills, meanwhile }: { kills: number; meanwhile?: () => unknown },
) {
  const random = randomStream(7, "kills");
  const storage = await openSleeping(options);
  const start = () => {
    const worker = workerName();
    return { worker, child: startSleeping(options, { name: worker }) };
  };
  const workers = [start(), start(), start()];
  for (let kill = 0; kill < kills;) {
    await seconds(random.uniform(0, 0.3));
    const running = (await storage.trials()).filter(({ state }) => state === "running");
    // One more loss than two would make it a failed trial, as it should.
    const spared = running.filter(({ losses }) => losses === 2).map(({ worker }) => worker);
    const busy = workers.filter(({ worker }) => running.some((trial) => trial.worker === worker));
    const victim = random.shuffle(kill % 4 === 0 ? workers : busy).find(({ worker }) => !spared.includes(worker));
    if (victim === undefined) continue;
    victim.child.kill("SIGKILL");
    await victim.child.output();
    workers[workers.indexOf(victim)] = start();
    if (++kill === Math.floor(kills / 2)) await meanwhile?.();
  }
  await storage.close();
  const ends = await Promise.all(workers.map(({ child }) => endOf(child)));
  expect(ends.map(({ code, said }) => code === 0 ? "" : said)).toEqual(["", "", ""]);
  await expectWholeNight(options, { interruptions: kills });
  const takenOver = (await trialsOf(options)).reduce((sum, { claims }) => sum + claims - 1, 0);
  expect(takenOver).toBeGreaterThanOrEqual(kills / 2);
}

peerCheck(
  "kill -9 of workers at 20 random moments loses no trial and runs none twice, and dead ones are known at once",
  {},
  () => inFolder((folder) => killAtNight({ folder, trials: 24, steps: 8, sleep: 100 }, { kills: 20 })),
);

peerCheck(
  "workers on PostgreSQL are killed while the server is restarted, and no trial is lost or run twice",
  {
    tools: ["postgres-local"],
  },
  ({ tool }) =>
    inFolder((folder) =>
      withPostgres(tool, ({ url, restart }) =>
        killAtNight({ folder, storage: url, trials: 16, steps: 8, sleep: 100 }, {
          kills: 8,
          meanwhile: () => restart(1),
        }))
    ),
);

peerCheck(
  "a trial that throws, is no number or runs out of memory has failed with its message, and the sweep goes on",
  {},
  () =>
    inFolder(async (folder) => {
      const options = { folder, trials: 8, steps: 1, sleep: 10, throws: [0], nan: [2], memory: [4] };
      expect(await supervised(options)).toBe("done");
      const trials = await trialsOf(options);
      expect(trials.map(({ state }) => state)).toEqual([
        ...["fail", "complete", "fail", "complete", "fail", "complete", "complete", "complete"],
      ]);
      expect(trials[0].notes.error).toBe("trial 0 can't be trained");
      expect(trials[2].notes.error).toMatch(/validation score.*NaN/);
      expect(trials[4].notes.error).toMatch(/ran out of memory .*heap limit/i);
    }),
);

peerCheck("three trials in a row that fail stop the sweep, whether they throw or kill their workers", {}, async () => {
  for (const how of ["throws", "memory"] as const) {
    await inFolder(async (folder) => {
      const options = { folder, trials: 9, steps: 1, sleep: 10, [how]: [2, 3, 4, 5, 6, 7, 8] };
      await expect(supervised(options)).rejects.toThrow(/3 in a row that failed, the last with/);
      expect((await trialsOf(options)).length).toBe(5);
    });
  }
});

/** One worker process that is replaced when it dies. */
async function supervised(options: SleepingOptions): Promise<string> {
  const storage = await openSleeping(options);
  const flags = ["--v8-flags=--max-old-space-size=48"];
  try {
    return await superviseWorkers({
      storage,
      workers: 1,
      start: (name) => startSleeping(options, { name, flags }),
      signal: new AbortController().signal,
    });
  } finally {
    await storage.close();
  }
}

peerCheck("a trial at which three workers died without a supervisor has failed", {}, () =>
  inFolder(async (folder) => {
    const options = { folder, trials: 2, steps: 1, sleep: 10, memory: [0] };
    const flags = ["--v8-flags=--max-old-space-size=48"];
    for (let death = 0; death < 3; death++) expect((await endOf(startSleeping(options, { flags }))).code).not.toBe(0);
    expect((await endOf(startSleeping(options))).said).toBe("");
    const trials = await trialsOf(options);
    expect(trials.map(({ state }) => state)).toEqual(["fail", "complete"]);
    expect(trials[0].notes.error).toBe(LOST_TOO_OFTEN);
  }));

peerCheck(
  "a clock that jumps days forth and back makes nobody take a trial from a worker that lives",
  {},
  () =>
    inFolder(async (folder) => {
      const options = {
        folder,
        trials: 6,
        steps: 4,
        sleep: 400,
        beatSeconds: 0.2,
        abandonedSeconds: 2,
        clock: 2 * 864e5,
      };
      // One machine's files tell who is dead; these two must go by heartbeats.
      const ends = await Promise.all(
        ["elsewhere-1", "elsewhere-2"].map((name) => endOf(startSleeping(options, { name }))),
      );
      expect(ends.map(({ said }) => said)).toEqual(["", ""]);
      await expectWholeNight(options, { interruptions: 0 });
      expect((await trialsOf(options)).map(({ claims }) => claims)).toEqual(Array(6).fill(1));
    }),
);

peerCheck(
  "a worker elsewhere that gives no sign of life loses its trial to one other",
  {},
  () =>
    inFolder(async (folder) => {
      const options = { folder, trials: 3, steps: 3, sleep: 200, beatSeconds: 0.2, abandonedSeconds: 1.5 };
      const lost = startSleeping({ ...options, sleep: 600 }, { name: "elsewhere-1" });
      while ((await trialsOf(options))[0]?.intermediate.size !== 1) await seconds(0.1);
      lost.kill("SIGKILL");
      await lost.output();
      const heirs = await Promise.all([1, 2].map(() => endOf(startSleeping(options))));
      expect(heirs.map(({ said }) => said)).toEqual(["", ""]);
      await expectWholeNight(options, { interruptions: 1 });
      expect((await trialsOf(options)).map(({ claims }) => claims)).toEqual([2, 1, 1]);
    }),
);

peerCheck("a full disk ends a worker with a clear message, and the sweep goes on when there is space", {
  programs: ["mount"],
}, async () => {
  for (const journalElsewhere of [false, true]) {
    await inFolder(async (folder) => {
      const small = `${folder}/small`;
      await Deno.mkdir(small);
      await run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", small);
      try {
        const storage = journalElsewhere ? { storage: `${folder}/study.jsonl` } : {};
        const options: SleepingOptions = { folder: small, trials: 30, steps: 4, sleep: 5, ...storage };
        // Slow enough that the disk is full long before the last trial.
        const first = startSleeping({ ...options, sleep: 200 });
        while ((await trialsOf(options)).length < 3) await seconds(0.05);
        await fill(`${small}/filler`);
        const { code, said } = await endOf(first);
        expect([code, said]).toEqual([1, expect.stringMatching(/error: .*No space left.*space/)]);
        await Deno.remove(`${small}/filler`);
        expect((await endOf(startSleeping(options))).said).toBe("");
        expect((await trialsOf(options)).map(({ state }) => state)).toEqual(Array(30).fill("complete"));
      } finally {
        await run("umount", small);
      }
    });
  }
});

/** Writes until there is no space. */
async function fill(path: string): Promise<void> {
  const file = await Deno.open(path, { create: true, append: true });
  try {
    for (;;) await file.write(new Uint8Array(512));
  } catch (error) {
    if ((error as { code?: string }).code !== "ENOSPC") throw error;
  } finally {
    file.close();
  }
}

async function run(program: string, ...args: string[]): Promise<void> {
  const { success, stderr } = await new Deno.Command(program, { args }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
}

peerCheck("64 workers on PostgreSQL and 16 on the journal lose no trial and run none twice", {
  tools: ["postgres-local"],
}, ({ tool }) =>
  withPostgres(tool, async ({ url }) => {
    for (const crew of [{ workers: 64, storage: url }, { workers: 16 }]) {
      await inFolder(async (folder) => {
        const { perSecond, ideal } = await workAsCrowd({ folder, ...crew });
        console.log(`${crew.workers} workers: ${perSecond.toFixed(0)} trials/s of ${ideal} that the sleep allows`);
      });
    }
  }));
