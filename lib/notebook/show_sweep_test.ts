import { expect } from "expect";
import { float } from "../experiment/mod.ts";
import { openJournalStorage } from "../sweep/mod.ts";
import type { MimeBundle } from "./display_bundle.ts";
import { watchSweep } from "./show_sweep.ts";

Deno.test("watchSweep() shows a study without trials, then what became of it, in the same place", async () => {
  const folder = await Deno.makeTempDir();
  const space = { rate: float(0, 1) };
  const study = { name: "one <b>", direction: "maximize" as const, space, experiment: "{}" };
  const storage = await openJournalStorage(`${folder}/study.jsonl`, study);
  const shown: { text: string; html: string; id?: string; update?: boolean }[] = [];
  const show = (bundle: MimeBundle, { displayId, update }: { displayId?: string; update?: boolean } = {}) => {
    shown.push({ text: String(bundle["text/plain"]), html: String(bundle["text/html"]), id: displayId, update });
    return Promise.resolve();
  };
  try {
    const endWatching = await watchSweep(storage, { limit: 2, everyMs: 1e6, show });
    while (shown.length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    const propose = () => ({ rate: 0.5 });
    const trial = await storage.claim({ worker: "me", limit: 2, isAbandoned: () => false, propose });
    await storage.finish(trial!, { state: "complete", value: 0.75 });
    await endWatching();
    const [first, last] = [shown[0], shown.at(-1)!];
    expect(first.text).toBe("0/2 trials: 0 complete, 0 pruned, 0 failed, 0 running; best -");
    expect(last.text).toMatch(/^1\/2 trials: 1 complete, .* best 0\.7500 \(trial 0\)/);
    expect([first.update, last.update, last.id]).toEqual([false, true, first.id]);
    expect(last.html).toContain("one &lt;b&gt;");
    expect(last.html).not.toContain("NaN");
  } finally {
    await storage.close();
    await Deno.remove(folder, { recursive: true });
  }
});
