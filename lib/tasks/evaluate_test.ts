import { expect } from "expect";
import { join } from "node:path";
import { type TestFile, withFolder } from "../datasets/fixtures/with_folder.ts";
import { resolveExperiment, runExperiment } from "../experiment/mod.ts";
import { endlessNetwork } from "./endless_fixture.ts";

const experiment = resolveExperiment({
  ...{ name: "test/evaluate", title: "A test", question: "?", dataset: { name: "csv", task: "labels" } },
  input: { preset: "pcg", seconds: 0.5, padding: "circular" },
  model: { kind: "cnn", filters: [2] },
  training: { epochs: 1, batchSize: 16 },
  evaluation: { protocol: { kind: "grouped-folds", folds: 2 }, resamples: 100 },
});

/** Recordings of noise, one a subject, below `sounds/`. */
function noises(subjects: number, from = 0): Record<string, TestFile> {
  return Object.fromEntries(
    Array.from({ length: subjects }, (_, i) => [`sounds/${i}.wav`, { seconds: 1, seed: from + i }]),
  );
}

function table(subjects: number, folder: string): string {
  const rows = Array.from({ length: subjects }, (_, i) => `${folder}/${i}.wav,p${i},${i % 2 ? "wheeze" : "normal"}\n`);
  return `path,subject,label\n${rows.join("")}`;
}

/** Runs the task, which may write below the folder; `act` is called once it has said which run it is. */
async function evaluate(home: string, args: string[], act?: (process: Deno.ChildProcess) => Promise<void>) {
  const rights = ["--allow-read", "--allow-env", "--allow-ffi", `--allow-write=${home},data`];
  const process = new Deno.Command("deno", {
    args: ["run", "--quiet", "--no-check", "--no-prompt", ...rights, "lib/tasks/evaluate.ts", ...args],
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const err = new Response(process.stderr).text();
  let out = "";
  for await (const text of process.stdout.pipeThrough(new TextDecoderStream())) {
    if (out === "") await act?.(process);
    out += text;
  }
  return { code: (await process.status).code, out, err: await err };
}

Deno.test("evaluate reads what was named, says what lets it look elsewhere, and ends on Ctrl-C amid a network that never ends", async () => {
  await withFolder({ ...noises(16), "mine.csv": table(16, "sounds") }, async (home) => {
    const { run } = await runExperiment(experiment, {
      ...{ data: `${home}/mine.csv`, out: `${home}/results`, cacheFolder: `${home}/features`, threads: 1 },
      ...{ engine: "ort", command: "test" },
    });
    await withFolder(noises(4, 100), async (elsewhere) => {
      const sounds = join(elsewhere, "sounds");
      await Deno.mkdir(`${home}/ü #1`);
      const other = `${home}/ü #1/other.csv`;
      await Deno.writeTextFile(other, table(4, sounds));
      const refused = await evaluate(home, [run.folder, "--data", other]);
      expect([refused.code, refused.err]).toEqual([1, expect.stringContaining(`--read ${sounds}`)]);
      const read = await evaluate(home, [run.folder, "--data", other, "--read", sounds]);
      expect([read.code, read.out, read.err]).toEqual([0, expect.stringContaining("report.html"), expect.anything()]);

      const { digest: _digest, files: _files, ...bundle } = JSON.parse(await run.readText("model/bundle.json"));
      await run.writeJson("model/bundle.json", bundle);
      for (const { onnx } of bundle.members) await run.write(`model/${onnx}`, endlessNetwork());
      const stopped = await evaluate(home, [run.folder, "--data", other, "--read", sounds], async (process) => {
        await new Promise((resolve) => setTimeout(resolve, 4000));
        process.kill("SIGINT");
      });
      expect([stopped.code, stopped.err]).toEqual([130, expect.stringMatching(/stopping[^]*\nstopped\n$/)]);
    });
  });
});
