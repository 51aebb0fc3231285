import { expect } from "expect";
import { peerCheck } from "../testing/mod.ts";
import { type KernelSession, readContent, startKernelSession } from "@auscult/jupyter-kernel";

// The stop button during a training and a sweep, in the real Deno kernel.

const lib = (path: string) => JSON.stringify(new URL(`../${path}`, import.meta.url).href);

/** What a cell printed, its errors included; it is stopped when it has printed `stopAt`. */
async function run(session: KernelSession, code: string, stopAt?: string): Promise<string[]> {
  let text = "";
  let stopped = false;
  await session.execute({ code, silent: false, store_history: true, allow_stdin: false }, (output) => {
    const { text: piece = "", ename = "", evalue = "" } = readContent(output);
    text += output.header.msg_type === "error" ? `${ename}: ${evalue}\n` : piece;
    if (stopped || stopAt === undefined || !text.includes(stopAt)) return;
    stopped = true;
    session.interrupt();
  });
  return text.split("\n").filter((line) => line !== "");
}

async function withTrainingCells(check: (session: KernelSession) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  const session = await startKernelSession();
  try {
    const failed = await run(
      session,
      `import { generateSynthetic } from ${lib("datasets/mod.ts")};
      import { openEngine } from ${lib("engines/mod.ts")};
      import { float, resolveExperiment, runExperiment } from ${lib("experiment/mod.ts")};
      import { interruptSignal } from ${lib("kernel/interrupt_signal.ts")};
      import { openJournalStorage, randomSampler, runWorker, trialData, trySetting } from ${lib("sweep/mod.ts")};
      import { bestRow, fileCheckpoints } from ${lib("training/mod.ts")};
      const folder = ${JSON.stringify(folder)};
      const data = folder + "/data";
      const cacheFolder = folder + "/features";
      await generateSynthetic(data, { kind: "heart", subjects: 10, recordings: 2, unusable: 0 });
      const space = { "training.optimizer.learningRate": float(1e-3, 1e-2, { log: true }) };
      const description = {
        name: "stopped", title: "A test", question: "Is there a murmur?",
        dataset: { name: "synthetic", task: "murmur-2" },
        input: { preset: "pcg", seconds: 2.5, padding: "circular" },
        model: { kind: "cnn", filters: [2], dropout: 0 },
        training: { epochs: 10000, batchSize: 16, optimizer: { kind: "adamw", learningRate: 2e-3 } },
        evaluation: { protocol: { kind: "hold-out", test: 0.3 } },
        space,
      };`,
    );
    expect(failed).toEqual([]);
    await check(session);
  } finally {
    await session.close();
    await Deno.remove(folder, { recursive: true });
  }
}

const epochsIn = (lines: string[]) => lines.flatMap((line) => line.match(/^epoch (\d+)$/)?.[1] ?? []).map(Number);

peerCheck(
  "a training that is stopped keeps its best weights, and the same cell goes on",
  {},
  () =>
    withTrainingCells(async (session) => {
      const train = `globalThis.outcome = await runExperiment(resolveExperiment(description), {
        data, cacheFolder, out: folder, resume: true, command: "test", threads: 1, epochLines: false,
        callbacks: [{ onEpochEnd: (history) => console.log("epoch " + history.length) }],
        signal: interruptSignal(),
      });
      console.log(outcome.complete ? "complete" : "stopped");`;
      const first = await run(session, train, "epoch 3\n");
      const epochs = epochsIn(first).at(-1)!;
      expect(first.at(-1)).toBe("stopped");
      const kept = await run(
        session,
        `const kept = await fileCheckpoints(outcome.run.path("checkpoints", "0-0")).load();
      console.log([kept.history.length, kept.best.epoch - bestRow(kept.history).epoch].join(" "));`,
      );
      expect(kept).toEqual([`${epochs} 0`]);
      const second = await run(session, train, `epoch ${epochs + 2}\n`);
      expect(epochsIn(second)[0]).toBe(epochs + 1);
      expect(second.at(-1)).toBe("stopped");
    }),
);

peerCheck(
  "a sweep that is stopped in the middle of a trial goes on with this trial",
  {},
  () =>
    withTrainingCells(async (session) => {
      const sweep = `globalThis.storage = await openJournalStorage(folder + "/study.jsonl", {
        name: "stopped", direction: "maximize", space, experiment: "{}",
      });
      const { engine } = await openEngine("ort", { threads: 1 });
      const pruner = ({ trial }) => {
        console.log("epoch " + Math.max(...trial.intermediate.keys()));
        return false;
      };
      const ended = await runWorker({
        storage, worker: crypto.randomUUID(), sampler: randomSampler, pruner, limit: 1, seed: 0, studyFolder: folder,
        attempt: (params, options) => trySetting(params, {
          description, assignments: [], data: trialData(data, { seed: 0, cacheFolder }), engine, threads: 1, ...options,
        }),
        signal: interruptSignal(),
      });
      console.log(ended);`;
      const look = `const trials = await storage.trials();
      console.log([trials.length, Math.max(...trials[0].intermediate.keys())].join(" "));
      await storage.close();`;
      const first = await run(session, sweep, "epoch 3\n");
      const epochs = epochsIn(first).at(-1)!;
      expect(first.at(-1)).toBe("stopped");
      expect(await run(session, look)).toEqual([`1 ${epochs}`]);
      const second = await run(session, sweep, `epoch ${epochs + 2}\n`);
      expect(epochsIn(second)[0]).toBe(epochs + 1);
      expect(second.at(-1)).toBe("stopped");
      expect(await run(session, look)).toEqual([`1 ${epochsIn(second).at(-1)}`]);
    }),
);
