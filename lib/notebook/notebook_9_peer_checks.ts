import { expect } from "expect";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { peerCheck } from "../testing/mod.ts";
import { type CodeCell, parseNotebook } from "./notebook_format.ts";
import { runNotebook } from "./run_notebook.ts";

peerCheck("notebook 9 hears children whom its listener has never heard, and shows it", {
  datasets: ["circor"],
  programs: ["deno"],
}, async (peers) => {
  const out = await Deno.makeTempDir();
  const file = fileURLToPath(new URL("../../notebooks/09_what_a_heartbeat_looks_like.ipynb", import.meta.url));
  const parameters = { data: resolve(peers.dataset("circor")), recordings: 12 };
  const run = await runNotebook(file, { parameters, out });
  expect(run.failure).toBeUndefined();
  const { cells } = parseNotebook(await Deno.readTextFile(run.notebook), file);
  const outputs = cells.flatMap((cell) => cell.cell_type === "code" ? (cell as CodeCell).outputs : []);
  const shown = JSON.stringify(outputs);
  expect(shown.match(/"image\/png"/g)!.length).toBeGreaterThan(5);
  expect(shown.match(/<audio /g)!.length).toBe(4);
  const [, within] = shown.match(/Within 5 beats a minute are (\d\.\d\d)/)!.map(Number);
  expect(within).toBeGreaterThan(0.7);
  expect(shown).toMatch(/no heart sounds can be followed/);
  await Deno.remove(out, { recursive: true });
});
