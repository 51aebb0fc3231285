// A whole experiment on a graphics card, which is here Chromium's Vulkan, computed by the processor: trained, judged,
// explained, bundled, judged on other data; and one whose card is lost in its second epoch.
import { expect } from "expect";
import { join } from "node:path";
import { generateSynthetic } from "../datasets/mod.ts";
import { CARD, SWIFTSHADER } from "../engines/ort/testing/swiftshader.ts";
import { openRun, runIn } from "../runs/mod.ts";
import { peerCheck } from "../testing/mod.ts";

const ROOT = join(import.meta.dirname!, "../..");
const FAILING = new URL("../engines/ort/testing/fail_on_card.ts", import.meta.url).href;
const SMALL = [
  ...["model.filters=[4]", "model.dropout=0", "training.epochs=2", "training.augment=[]", "training.batchSize=64"],
  ...["input.change.nMels=8", "evaluation.resamples=100"],
].flatMap((value) => ["--set", value]);

/** What a task ends with. */
async function task(name: string, args: string[], { preload = [] as string[], env = {} } = {}) {
  const rights = name === "experiment" ? "train" : name;
  const run = [
    "run",
    "--quiet",
    "--no-check",
    "--no-prompt",
    `-P=${rights}`,
    ...preload,
    `lib/tasks/${name}.ts`,
    ...args,
  ];
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    ...{ args: run, cwd: ROOT, env: { VK_ICD_FILENAMES: SWIFTSHADER, ...env }, stdin: "null" },
  }).output();
  const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, said: decode(stdout), errors: decode(stderr) };
}

/** Hearts, and a folder for runs. */
async function inPlace(check: (place: { data: string; out: string; args: string[] }) => Promise<void>): Promise<void> {
  const data = await Deno.makeTempDir(), out = `results/card-check-${crypto.randomUUID().slice(0, 8)}`;
  try {
    await generateSynthetic(data, { kind: "heart", subjects: 12, recordings: 2, unusable: 0 });
    const args = ["experiments/demo.ts", "--data", data, "--out", out, "--engine", "ort-webgpu", ...SMALL];
    await check({ data, out, args });
  } finally {
    await Deno.remove(data, { recursive: true });
    await Deno.remove(join(ROOT, out), { recursive: true }).catch(() => {});
  }
}

peerCheck("a whole experiment runs on a card: trained, explained, bundled, judged on other data", CARD, async () => {
  await inPlace(async ({ data, out, args }) => {
    const { code, errors } = await task("experiment", args);
    expect([code, errors.split("\n")[0]]).toEqual([0, expect.stringMatching(/^warning: ort-webgpu .*slower than/)]);
    const run = await openRun(join(ROOT, out, "demo"));
    expect((await run.config()).engine).toMatchObject({ name: "ort-webgpu" });
    const examples = await run.examples();
    expect(examples.map(({ heat }) => heat)).toEqual(examples.map(() => true));
    // The bundle on the processor answers what the network on the card did.
    const again = await task("evaluate", [run.folder, "--data", data, "--name", "again", "--seen", "keep"]);
    expect([again.code, again.errors]).toEqual([0, ""]);
    const { predictions } = await runIn(run.path("evaluations", "again")).predictions();
    const judged = new Map(predictions.map((one) => [`${one.recording} ${one.window}`, one.probabilities]));
    for (const one of (await run.predictions()).predictions.filter(({ part }) => part === "test")) {
      judged.get(`${one.recording} ${one.window}`)!.forEach((p, c) => expect(p).toBeCloseTo(one.probabilities[c], 3));
    }
  });
});

peerCheck("a card that is lost amid training ends in one sentence or goes on without it", CARD, async () => {
  const failing = { preload: ["--preload", FAILING], env: { FAIL_ON_CARD_AT: "6" } };
  await inPlace(async ({ out, args }) => {
    const stopped = await task("experiment", args, failing);
    expect([stopped.code, stopped.errors.match(/^error:/gm)?.length]).toEqual([1, 1]);
    expect(stopped.errors).toMatch(/a graphics card that answers .*--resume .*--engine ort --other-engine /);
    const resumed = await task("experiment", [...args, "--engine", "ort", "--other-engine"]);
    expect([resumed.code, resumed.said]).toEqual([0, expect.stringContaining("Report: ")]);
    const run = await openRun(join(ROOT, out, "demo"));
    expect((await run.status()).engineChanges).toMatchObject([{ network: 0, after: 1, name: "ort" }]);
    expect(await run.readText("report.html")).toContain("after epoch 1 of network 1");

    const gone = await task("experiment", [...args, "--seed", "1", "--on-card-loss", "cpu"], failing);
    expect([gone.code, gone.errors]).toEqual([0, expect.stringContaining("warning: the graphics card was lost")]);
    const { state, engineChanges } = await (await openRun(join(ROOT, out, "demo"))).status();
    expect([state, engineChanges?.length, engineChanges?.[0].name]).toEqual(["complete", 1, "ort"]);
  });
});
