import { expect } from "expect";
import { float } from "../../experiment/mod.ts";
import { openJournalStorage } from "../../sweep/mod.ts";
import { watchSweep } from "./watch_sweep.ts";

async function watched(terminal: boolean, { stopped = false } = {}): Promise<string[]> {
  const folder = await Deno.makeTempDir();
  const space = { rate: float(0, 1) };
  const study = { name: "one", direction: "maximize" as const, space, experiment: "{}" };
  const storage = await openJournalStorage(`${folder}/study.jsonl`, study);
  const texts: string[] = [];
  // It looks once at the beginning and once at the end.
  const stop = new AbortController();
  const { signal } = stop;
  const options = { limit: 2, terminal, everyMs: 1e6, signal, write: (text: string) => texts.push(text) };
  try {
    const first = watchSweep(storage, options);
    while (texts.length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    const trial = await storage.claim({
      worker: "me",
      limit: 2,
      isAbandoned: () => false,
      propose: () => ({ rate: 0.5 }),
    });
    await storage.finish(trial!, { state: "complete", value: 0.75 });
    if (stopped) stop.abort();
    await first();
    await first(); // ending twice shows it once
    return texts;
  } finally {
    await storage.close();
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("watchSweep() draws its table anew in place on a terminal", async () => {
  const [first, second, ...more] = await watched(true);
  expect(more).toEqual([]);
  expect(first.startsWith("\r\x1b[J")).toBe(true);
  const lines = first.split("\n").length - 1;
  expect(second.startsWith(`\x1b[${lines}A\r\x1b[J`)).toBe(true);
  expect(second).toContain("1 of 2 trials");
  expect(second).toMatch(/0 +best +- +0\.7500 +0\.500/);
});

Deno.test("watchSweep() draws below what was said when it was stopped", async () => {
  const [, second] = await watched(true, { stopped: true });
  expect(second.startsWith("\r\x1b[J")).toBe(true);
});

Deno.test("watchSweep() writes plain lines elsewhere, and only news", async () => {
  const texts = await watched(false);
  expect(texts[0]).toBe("0/2 trials: 0 complete, 0 pruned, 0 failed, 0 running; best -\n");
  expect(texts[1]).toMatch(/^1\/2 trials: 1 complete, .* best 0\.7500 \(trial 0\); .* trials an hour, \d+ min left\n$/);
  expect(texts.join("")).not.toContain("\x1b");
});
