// A study outside of the clone in which everything that can be one's own is, by its command lines.

import { expect } from "expect";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { generateSynthetic, loadDataset } from "../../datasets/mod.ts";
import { openRun } from "../../runs/mod.ts";
import { openStudy } from "../../sweep/mod.ts";
import { peerCheck } from "../../testing/mod.ts";
import { openChromium } from "../../testing/open_chromium.ts";
import { openReport } from "../../testing/open_report.ts";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const EIGHT = fileURLToPath(import.meta.resolve("./eight_parts_fixture.ts"));
const KINDS = ["augmentation", "callback", "dataset", "input", "loss", "model", "sampler", "score"];

/** Runs a task in a folder; both streams in one text. */
async function task(cwd: string, ...args: string[]): Promise<{ code: number; said: string; out: string }> {
  const { code, stdout, stderr } = await new Deno.Command("deno", { args: ["task", ...args], cwd, stdin: "null" })
    .output();
  const out = new TextDecoder().decode(stdout);
  return { code, out, said: out + new TextDecoder().decode(stderr) };
}

async function done(cwd: string, ...args: string[]): Promise<string> {
  const { code, said, out } = await task(cwd, ...args);
  expect(code === 0 ? [] : [args.join(" "), code, said]).toEqual([]);
  return out;
}

/** Synthetic hearts in the layout that the study's own dataset reads. */
async function writeHearts(folder: string, seed: number): Promise<void> {
  const made = await Deno.makeTempDir();
  await generateSynthetic(made, { kind: "heart", subjects: 14, recordings: 2, unusable: 0, seed });
  const { rows } = await loadDataset("synthetic", { folder: made, task: "murmur-2" });
  const lines = ["recording,subject,label"];
  for (const { recording, subject, label } of rows) {
    lines.push(`${recording},${subject},${label === "murmur" ? "murmur" : "normal"}`);
    await Deno.mkdir(join(folder, dirname(recording)), { recursive: true });
    await Deno.copyFile(join(made, recording), join(folder, recording));
  }
  await Deno.writeTextFile(join(folder, "labels.csv"), lines.join("\n"));
  await Deno.remove(made, { recursive: true });
}

/** Begins the experiment and kills it as soon as an epoch has been kept. */
async function killAmidTraining(study: string, args: string[]): Promise<void> {
  const child = new Deno.Command("deno", {
    args: ["task", ...args],
    cwd: study,
    stdin: "null",
    stdout: "null",
    stderr: "piped",
  }).spawn();
  const lines = child.stderr.pipeThrough(new TextDecoderStream());
  let said = "";
  for await (const text of lines) {
    said += text;
    if (/epoch 1:/.test(said)) break;
  }
  expect(said).toMatch(/epoch 1:/);
  const below = await new Deno.Command("pgrep", { args: ["-P", `${child.pid}`] }).output();
  const pids = new TextDecoder().decode(below.stdout).trim().split("\n").filter((pid) => pid !== "");
  expect(pids.length).toBe(1); // the program that the task runs
  Deno.kill(Number(pids[0]), "SIGKILL");
  expect((await child.status).success).toBe(false);
}

/** What a live page answers about a recording, with no complaint and no request. */
async function answerOf(live: string, sound: string): Promise<number[]> {
  const browser = await openChromium();
  try {
    const { page, complaints } = await openReport(browser, live);
    await page.locator("#file").setInputFiles(sound);
    const card = page.locator(".error");
    await card.waitFor();
    const answer = await card.getAttribute("data-probabilities");
    expect([complaints, answer ?? await card.innerText()]).toEqual([[], expect.stringMatching(/^\[/)]);
    return JSON.parse(answer!);
  } finally {
    await browser.close();
  }
}

peerCheck(
  "eight parts of one's own, in a study outside of the clone, go the whole way",
  { programs: ["pgrep", "chromium"] },
  async () => {
    const root = await Deno.makeTempDir();
    const study = join(root, "my study");
    const module = join(study, "experiments/eight.ts");
    try {
      await done(ROOT, "new", study);
      await Deno.copyFile(EIGHT, module);
      await done(study, "check");
      await writeHearts(join(study, "data/hearts"), 1);
      await writeHearts(join(study, "data/others"), 2);

      // Trained, killed, resumed: the same answers as of a run that was left alone.
      const train = ["experiment", "experiments/eight.ts", "--data", "data/hearts", "--threads", "1"];
      await killAmidTraining(study, train);
      expect(await done(study, ...train, "--resume")).not.toMatch(/There is no unfinished run/);
      const resumed = await openRun(join(study, "results/eight"));
      await done(study, ...train);
      const run = await openRun(join(study, "results/eight"));
      expect(run.folder).not.toBe(resumed.folder);
      expect(await resumed.readText("predictions.csv")).toBe(await run.readText("predictions.csv"));
      const { parts } = await run.config();
      expect(parts!.map(({ part }) => part).toSorted()).toEqual(KINDS);
      for (const { part, kind } of parts!) expect(await run.has(`code/${part}-${kind}/eight.ts`)).toBe(true);
      expect((await run.history()).length).toBe(4); // its callback ended it
      const report = await run.readText("report.html");
      for (const words of ["Youden", "small-net", "shares", "made by a computer"]) expect(report).toContain(words);

      // Searched by two workers, which import the same module.
      await done(study, "sweep", "experiments/eight.ts", "--data", "data/hearts", "--trials", "4", "--workers", "2");
      const storage = await openStudy("eight", { folder: join(study, "results/sweeps/eight") });
      expect((await storage.trials()).map(({ state }) => state)).not.toContain("fail");
      await storage.close();

      // Judged elsewhere, and asked about one recording: by the code that the person names, if it is the same.
      const parts8 = ["--parts", "experiments/eight.ts"];
      await done(study, "evaluate", "results/eight", "--data", "data/others", ...parts8);
      const sound =
        [...(await Deno.readTextFile(join(study, "data/others/labels.csv"))).matchAll(/^[^,\n]+\.wav/gm)][0][0];
      const predict = ["predict", "results/eight", `data/others/${sound}`, "--json"], live = ["live", "results/eight"];
      for (const asked of [predict, live]) {
        const without = await task(study, ...asked);
        expect([without.code, without.said]).toEqual([1, expect.stringMatching(/shares.*--parts/s)]);
      }
      const text = await Deno.readTextFile(module);
      await Deno.writeTextFile(module, text.replace("1e-6", "1e-5"));
      for (const asked of [predict, live]) {
        const changed = await task(study, ...asked, ...parts8);
        expect([changed.code, changed.said]).toEqual([1, expect.stringMatching(/shares/)]);
      }
      await Deno.writeTextFile(module, text);
      const [{ probabilities }] = (await done(study, ...predict, ...parts8)).trim().split("\n").map((line) =>
        JSON.parse(line)
      );
      expect(probabilities[0] + probabilities[1]).toBeCloseTo(1, 6);
      const page = join(study, (await done(study, ...live, ...parts8)).trim());
      const inPage = await answerOf(page, join(study, "data/others", sound));
      expect(inPage.length).toBe(2);
      inPage.forEach((p, c) => expect(Math.abs(p - probabilities[c])).toBeLessThan(1e-4));
    } finally {
      await Deno.remove(root, { recursive: true });
    }
  },
);
