// Whole ablations with real processes, by their command line.

import { expect } from "expect";
import { fileURLToPath } from "node:url";
import { generateSynthetic } from "../../datasets/mod.ts";
import { findRuns } from "../../report/mod.ts";
import { hashBytes } from "../../files/mod.ts";
import { peerCheck } from "../../testing/mod.ts";
import { queueEmpty, withSlurm } from "../sweep/with_slurm_fixture.ts";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));

/** A place for a check: where its studies go, and what every ablation here is told. */
async function inPlace(check: (place: { out: string; args: string[] }) => Promise<void>): Promise<void> {
  const data = await Deno.makeTempDir();
  const out = `results/ablations-check-${crypto.randomUUID().slice(0, 8)}`;
  try {
    await generateSynthetic(data, { kind: "heart", subjects: 12, recordings: 2, unusable: 0 });
    const small = ["model.filters=[2]", "training.epochs=8", "training.batchSize=16"].flatMap((set) => ["--set", set]);
    await check({ out, args: ["experiments/demo.ts", "--data", data, "--shares", "50", ...small] });
  } finally {
    await Deno.remove(data, { recursive: true });
    await Deno.remove(`${ROOT}${out}`, { recursive: true }).catch(() => {});
  }
}

function start(args: string[], env: Record<string, string> = {}): Deno.ChildProcess {
  const run = ["run", "--quiet", "--no-check", "-P=sweep", "lib/tasks/ablate.ts", ...args];
  return new Deno.Command("deno", { args: run, cwd: ROOT, env, stdin: "null", stdout: "piped", stderr: "piped" })
    .spawn();
}

async function wellEnded(child: Deno.ChildProcess): Promise<void> {
  const { code, stderr } = await child.output();
  expect([code, new TextDecoder().decode(stderr)]).toEqual([0, expect.anything()]);
}

/** What each setting's runs judged, by the setting; and the page's numbers without folders. */
async function found(study: string): Promise<unknown> {
  const { runs, unreadable } = await findRuns(`${ROOT}${study}/runs`);
  expect(unreadable).toEqual([]);
  const judged = runs.map(async ({ folder, status }) => {
    const hash = hashBytes(await Deno.readFile(`${ROOT}${study}/runs/${folder}/predictions.csv`));
    return [folder.split("/")[0], status?.state, hash];
  });
  const results = await Deno.readTextFile(`${ROOT}${study}/ablations.json`);
  return [
    (await Promise.all(judged)).toSorted(),
    results.replaceAll(/"(folder|createdAt|command|hash)": "[^"]*"/g, '"$1": ""').replaceAll(study, ""),
  ];
}

peerCheck(
  "an ablation by two workers that is killed at three moments trains each setting once, to the bytes of one left alone",
  { programs: ["ps"] },
  () =>
    inPlace(async ({ out, args }) => {
      const by = (name: string) => [...args, "--workers", "2", "--out", `${out}/${name}`];
      await wellEnded(start(by("whole")));
      for (const seconds of [2, 3, 4]) {
        const ablation = start(by("killed"));
        const said = ablation.output();
        await new Promise((resolve) => setTimeout(resolve, 1000 * seconds));
        const children = await new Deno.Command("ps", { args: ["--ppid", `${ablation.pid}`, "-o", "pid="] }).output();
        const [worker] = new TextDecoder().decode(children.stdout).match(/\d+/g) ?? [];
        for (const pid of [Number(worker ?? ablation.pid), ablation.pid]) {
          try {
            Deno.kill(pid, "SIGKILL");
          } catch {
            // It has just ended.
          }
        }
        await said;
      }
      await wellEnded(start(by("killed")));
      expect(await found(`${out}/killed/demo`)).toEqual(await found(`${out}/whole/demo`));
    }),
);

peerCheck(
  "an ablation on a Slurm array leaves its page",
  { tools: ["slurm-local"] },
  ({ tool }) =>
    inPlace(({ out, args }) =>
      withSlurm(tool, async (env) => {
        await wellEnded(start([...args, "--workers", "2", "--launcher", "slurm", "--out", out], env));
        await queueEmpty(env);
        const { settings, curve } = JSON.parse(await Deno.readTextFile(`${ROOT}${out}/demo/ablations.json`));
        expect([settings.length, curve.length]).toEqual([3, 2]);
        expect((await findRuns(`${ROOT}${out}/demo/runs`)).runs).toHaveLength(5);
      })
    ),
);
