// Sweeps that are killed at random moments, by their command line:
// AUSCULT_KILLS=40 deno test -P=peers lib/tasks/sweep/sweep_kills_peer_checks.ts

import { expect } from "expect";
import { join } from "node:path";
import { generateSynthetic } from "../../datasets/mod.ts";
import { type RandomStream, randomStream } from "../../random/mod.ts";
import { openStudy } from "../../sweep/mod.ts";
import { peerCheck } from "../../testing/mod.ts";

const KILLS = Number(Deno.env.get("AUSCULT_KILLS") ?? 4);
const ROOT = join(import.meta.dirname!, "../../..");

/** What a finished study holds, and every file of it, without what tells of times and of who worked. */
async function contents(out: string): Promise<unknown> {
  const folder = join(ROOT, out, "kills");
  const storage = await openStudy("kills", { folder });
  const trials = (await storage.trials()).map(({ number, state, params, value, intermediate, fixed, notes }) => //
  ({ number, state, params, value, intermediate: [...intermediate], fixed, notes }));
  const notes = await storage.notes();
  await storage.close();
  const lines = (await Deno.readTextFile(join(folder, "study.jsonl"))).trimEnd().split("\n");
  const ends = lines.map((line) => JSON.parse(line)).filter(({ op_code, state }) => op_code === 6 && state > 0);
  return { trials, notes, ends: ends.map(({ trial_id }) => trial_id).toSorted(), files: await timeless(folder) };
}

async function timeless(folder: string, below = ""): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  for await (const { name, isDirectory } of Deno.readDir(join(folder, below))) {
    const path = join(below, name);
    // A worker that was killed leaves the file that told of its life.
    if (isDirectory && name !== "workers") Object.assign(files, await timeless(folder, path));
    if (!isDirectory) files[path] = withoutTimes(path, await Deno.readTextFile(join(folder, path)));
  }
  return files;
}

function withoutTimes(path: string, text: string): string {
  if (path === "study.jsonl") return withoutWorkers(text);
  if (path !== "report.html") return text;
  return text.replace(/(<script[^>]* id="figure-timeline">).*?(?=<\/script>)/, "$1") // who worked when
    .replace(/(data-figure="figure-timeline" style=)"[^"]*"/, "$1") // a row a worker
    .replaceAll(/It took \d[^<]*?(hours|minutes|seconds)( \(\d[^)]*\))?\./g, "It took TIME.")
    .replaceAll(/<td class="n">[^<]*<\/td><\/tr>/g, '<td class="n">MINUTES</td></tr>');
}

/**
 * A journal is never written anew, so it keeps who took a trial over, and a step that was trained again once more: each line
 * once, without the worker and the time, and none that tells of workers alone.
 */
function withoutWorkers(journal: string): string {
  const lines = journal.trimEnd().split("\n").flatMap((line) => {
    const { worker_id: _worker, datetime_start: _start, datetime_complete: _end, ...record } = JSON.parse(line);
    const keys = Object.keys(record.system_attr ?? {});
    return keys.some((key) => /^auscult:(worker|beats|losses)$/.test(key)) ? [] : [JSON.stringify(record)];
  });
  return [...new Set(lines)].toSorted().join("\n");
}

function start(args: string[]): Deno.ChildProcess {
  const run = ["run", "--quiet", "--no-check", "-P=sweep", "lib/tasks/sweep.ts", ...args];
  return new Deno.Command("deno", { args: run, cwd: ROOT, stdin: "null", stdout: "null", stderr: "piped" }).spawn();
}

/** Kills the sweep or one of its workers after a while; resolves to what was killed, if it was still there. */
async function killed(sweep: Deno.ChildProcess, stream: RandomStream, most: number): Promise<string | undefined> {
  const signal = stream.integer(2) === 0 ? "SIGKILL" : "SIGTERM";
  const worker = stream.integer(2) === 0;
  const ended = await Promise.race([
    sweep.status,
    new Promise<void>((resolve) => setTimeout(resolve, stream.uniform(0, most))),
  ]);
  if (ended !== undefined) return undefined;
  const children = await new Deno.Command("ps", { args: ["--ppid", `${sweep.pid}`, "-o", "pid="] }).output();
  const pids = new TextDecoder().decode(children.stdout).trim().split(/\s+/).filter((pid) => pid !== "").map(Number);
  const pid = worker && pids.length > 0 ? pids[stream.integer(pids.length)] : sweep.pid;
  try {
    Deno.kill(pid, signal);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof TypeError) return undefined; // it has just ended
    throw error;
  }
  return `${pid === sweep.pid ? "sweep" : "worker"} by ${signal}`;
}

const SWEEPS = {
  1: ["--sampler", "random", "--pruner", "median", "--warm-up", "2", "--workers", "1"],
  // Whether a trial is pruned would depend on how far the other worker is.
  2: ["--sampler", "random", "--pruner", "none", "--workers", "2"],
};

for (const workers of [1, 2] as const) {
  peerCheck(
    `a sweep of ${workers} at a time that is killed at random moments leaves the study and every file of one that was left alone`,
    { programs: ["ps"] },
    async () => {
      const data = await Deno.makeTempDir();
      const out = `results/sweep-kills-${crypto.randomUUID().slice(0, 8)}`;
      const stream = randomStream(workers, "kills");
      try {
        await generateSynthetic(data, { kind: "heart", subjects: 10, recordings: 2, unusable: 0 });
        const small = ["model.filters=[2]", "training.epochs=30", "training.batchSize=16"].flatMap((
          set,
        ) => ["--set", set]);
        const args = ["experiments/demo.ts", "--data", data, "--out", out, "--study", "kills", "--trials", "5"];
        const whole = async () => {
          const { code, stderr } = await start([...args, ...small, ...SWEEPS[workers]]).output();
          expect([code, new TextDecoder().decode(stderr)]).toEqual([0, expect.anything()]);
          return await contents(out);
        };
        await whole(); // builds the features, which takes a while of its own
        await Deno.remove(join(ROOT, out), { recursive: true });
        const begun = performance.now();
        const expected = await whole();
        const most = performance.now() - begun;
        const kills: string[] = [];
        for (let studies = 0; kills.length < KILLS / 2; studies++) {
          await Deno.remove(join(ROOT, out), { recursive: true });
          const before = kills.length;
          for (let done = false; !done && kills.length < KILLS / 2;) {
            const sweep = start([...args, ...small, ...SWEEPS[workers]]);
            const said = new Response(sweep.stderr).text();
            const kill = await killed(sweep, stream, most);
            if (kill) kills.push(kill);
            const { code } = await sweep.status;
            await said;
            done = code === 0;
          }
          expect([kills.slice(before), await whole()]).toEqual([kills.slice(before), expected]);
        }
        console.log(`${kills.length} kills: ${kills.join(", ")}`);
      } finally {
        await Deno.remove(data, { recursive: true });
        await Deno.remove(join(ROOT, out), { recursive: true }).catch(() => {});
      }
    },
  );
}
