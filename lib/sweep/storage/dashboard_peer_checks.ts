import { expect } from "expect";
import { float, oneOf } from "../../experiment/describe/search_space.ts";
import { peerCheck } from "../../testing/mod.ts";
import { openJournalStorage, type StudyDescription } from "../mod.ts";

peerCheck("optuna-dashboard opens a journal that openJournalStorage() wrote, and serves its trials", {
  python: ["optuna_dashboard"],
}, async ({ python }) => {
  const folder = await Deno.makeTempDir();
  const study: StudyDescription = {
    name: "lungs",
    direction: "maximize",
    space: { rate: float(1e-4, 1, { log: true }), kind: oneOf("cnn", "crnn") },
    experiment: "{}",
  };
  const storage = await openJournalStorage(`${folder}/study.jsonl`, study);
  for (let number = 0; number < 12; number++) {
    const propose = () => ({ rate: 10 ** -(number / 3), kind: number % 2 ? "cnn" : "crnn" });
    const trial = await storage.claim({ worker: "one", limit: 12, isAbandoned: () => false, propose });
    await storage.report(trial!, { step: 1, value: number / 20 });
    await storage.finish(trial!, { state: number % 5 === 4 ? "pruned" : "complete", value: number / 20 });
  }
  await storage.close();

  const port = freePort();
  const server = new Deno.Command(python, {
    args: ["-m", "optuna_dashboard._cli", "--host", "127.0.0.1", "--port", `${port}`, `${folder}/study.jsonl`],
    stdout: "null",
    stderr: "piped",
  }).spawn();
  const said = new Response(server.stderr).text();
  let ended = false;
  const end = server.status.then(() => ended = true);
  try {
    const api = async (path: string) => {
      while (!ended) {
        try {
          return await (await fetch(`http://127.0.0.1:${port}/api/${path}`)).json();
        } catch (error) {
          if (!(error instanceof TypeError)) throw error; // until it listens, nobody takes the connection
          await new Promise((resolve) => setTimeout(resolve, 100));
        }
      }
      throw new Error(`optuna-dashboard ended: ${await said}`);
    };
    const { study_summaries: [summary] } = await api("studies");
    expect([summary.study_name, summary.directions]).toEqual(["lungs", ["maximize"]]);
    const { trials, best_trials: [best] } = await api(`studies/${summary.study_id}?after=0`);
    expect(trials.map(({ state }: { state: string }) => state)).toEqual(
      Array.from({ length: 12 }, (_, i) => i % 5 === 4 ? "Pruned" : "Complete"),
    );
    expect([best.number, best.values]).toEqual([11, [0.55]]);
  } finally {
    if (!ended) server.kill("SIGKILL");
    await end;
    await said;
    await Deno.remove(folder, { recursive: true });
  }
});

function freePort(): number {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr as Deno.NetAddr;
  listener.close();
  return port;
}
