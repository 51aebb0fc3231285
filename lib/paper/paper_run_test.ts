import { expect } from "expect";
import { writeFixtureRun } from "../report/fixture_run.ts";
import type { Run } from "../runs/mod.ts";
import { readPaperRuns } from "./mod.ts";

/** A run of the fixture's experiment whose training has other settings. */
async function trained(
  results: string,
  training: Record<string, unknown>,
  more: { threads?: number } = {},
): Promise<Run> {
  const run = await writeFixtureRun(results, { subjects: 9, examples: 0 });
  const config = await run.config();
  const experiment = {
    ...config.experiment,
    training: { ...config.experiment.training, ...training },
    ablations: { "no patience | at all": ["training.patience=0"] },
  };
  await run.save("config", {
    ...{
      ...config,
      experiment,
      dataFolder: "/home/müller/data",
      command: "deno task experiment a.ts --data /home/müller/data",
    },
    engine: { ...config.engine, threads: more.threads ?? 2 },
  });
  return run;
}

Deno.test("readPaperRuns() calls a run by what sets it apart from most: its ablation's name, or the settings", async () => {
  const results = await Deno.makeTempDir();
  try {
    const runs = [
      await trained(results, { patience: 5 }),
      await trained(results, { patience: 0 }),
      await trained(results, { patience: 5, batchSize: 7 }),
      await trained(results, { patience: 5 }, { threads: 1 }),
    ];
    const read = await readPaperRuns(runs);
    const { title } = await runs[0].config();
    expect(read.map(({ label }) => label.replace(title, ""))).toEqual(
      ["", " (no patience | at all)", " (training.batchSize 7)", ", run 2"],
    );
    expect(new Set(read.map(({ slug }) => slug)).size).toBe(4);
    expect(read[0].command).toBe("deno task experiment a.ts --data DATA");
  } finally {
    await Deno.remove(results, { recursive: true });
  }
});
