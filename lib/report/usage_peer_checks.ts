import { expect } from "expect";
import cpuBackend from "@tensorflow/tfjs-backend-cpu/dist/tf-backend-cpu.min.js" with { type: "text" };
import core from "@tensorflow/tfjs-core/dist/tf-core.min.js" with { type: "text" };
import layers from "@tensorflow/tfjs-layers/dist/tf-layers.min.js" with { type: "text" };
import { decodeAudio, encodeWav, fitLength } from "../audio/mod.ts";
import type { Aggregation } from "../decision/mod.ts";
import { writePipeline } from "../experiment/mod.ts";
import { deltasInput, logMelInput, openInput } from "../features/mod.ts";
import { formatNpy } from "../files/mod.ts";
import { beats, writeFixtureBundle } from "../predict/fixture_bundle.ts";
import { loadBundle, predictSound } from "../predict/mod.ts";
import { type Run, type RunData, runIn } from "../runs/mod.ts";
import { peerCheck } from "../testing/mod.ts";
import { renderModelCard } from "./mod.ts";
import { pythonProgram } from "./model_card/python_usage.ts";
import { openChromium } from "../testing/open_chromium.ts";

// The programs that stand in a model card, run as they stand there.

const tfjs = [core, layers, cpuBackend].join("\n");

const INPUTS = {
  "heart sounds": { preset: "pcg", seconds: 1, hop: 0.5, padding: "zero" },
  "lung sounds": { preset: "respirenet", seconds: 1.28, padding: "circular" },
  "heart sounds and their deltas": {
    ...deltasInput({ of: logMelInput({ preset: "pcg" }) }),
    seconds: 1,
    padding: "zero",
  },
} as const;

/** A run folder with networks, exports and a card; a sound of 3.3 s with spikes lies beside it as `recording.wav`. */
async function withCard(
  input: typeof INPUTS[keyof typeof INPUTS],
  check: (run: Run, programs: (language: string) => string[], samples: Float32Array) => Promise<void>,
) {
  const folder = await Deno.makeTempDir();
  try {
    const run = runIn(folder);
    await writeFixtureBundle(folder, { input });
    await run.save("data", await learnedFrom(run));
    await writePipeline(run);
    const { sampleRate } = openInput(input);
    const sound = Float32Array.from({ length: Math.round(3.3 * sampleRate) }, (_, i) => {
      const beat = beats2k[Math.floor(i * 2000 / sampleRate)];
      return i % Math.round(1.37 * sampleRate) < 3 ? 0.98 : 0.1 * beat;
    });
    const bytes = encodeWav(sound, { sampleRate });
    await run.write("recording.wav", bytes);
    const { samples } = await decodeAudio(bytes, "recording.wav");
    const card = await Deno.readTextFile(await renderModelCard(folder));
    const programs = (language: string) =>
      [...card.matchAll(new RegExp(`\`\`\`${language}\n([^]*?)\n\`\`\``, "g"))].map(([, program]) => program);
    await check(run, programs, samples);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** What the export says of the data. */
async function learnedFrom(run: Run): Promise<RunData> {
  const { classes } = await run.bundle();
  const amount = { subjects: 0, recordings: 0, items: 0, seconds: 0 };
  const named = {
    dataset: "fixture",
    task: "sounds",
    title: "A fixture",
    licence: "CC BY 4.0",
    citation: "Nobody 2026",
  };
  const nothing = { byClass: [], bySource: [], byPart: [], passedOver: [], leakCheck: [] };
  return { version: 1, ...named, classes, total: amount, ...nothing };
}

const beats2k = beats(3.4);

/** The window of the first second or so, and what the first network says of it. */
async function firstNetwork(run: Run, samples: Float32Array) {
  const { bundle, networks: [first], dispose } = await loadBundle(run.folder);
  const input = openInput(bundle.input), { sampleRate } = input;
  const data = await input.compute(fitLength(input.prepare(samples, { sampleRate }), input.samples, "zero"));
  const { probabilities } = await predictSound(
    { bundle: { ...bundle, decision: {}, neighbours: undefined }, networks: [first] },
    samples,
    { sampleRate, evenPoor: true },
  ).then(({ timeline }) => timeline[0]);
  await dispose();
  return { data, frames: input.frames, width: input.bands * input.channels, probabilities };
}

/** What the program prints: the probabilities of a line each. */
async function python(program: string, path: string, cwd: string): Promise<number[]> {
  const { code, stdout, stderr } = await new Deno.Command(path, { args: ["-c", program], cwd }).output();
  expect([code, new TextDecoder().decode(stderr)]).toEqual([0, ""]);
  return new TextDecoder().decode(stdout).trim().split("\n").flatMap((line) => Object.values<number>(JSON.parse(line)));
}

function expectClose(found: readonly number[], expected: readonly number[]) {
  expect(found.length).toBe(expected.length);
  found.forEach((p, c) => expect(Math.abs(p - expected[c])).toBeLessThan(1e-4));
}

for (const [name, input] of Object.entries(INPUTS)) {
  peerCheck(
    `the card's Python programs give the probabilities of predict: ${name}`,
    { python: ["onnxruntime", "numpy", "scipy", "soundfile"] },
    ({ python: path }) =>
      withCard(input, async (run, programs, samples) => {
        const [whole, alone] = programs("python");
        const loaded = await loadBundle(run.folder);
        const { sampleRate } = openInput(loaded.bundle.input);
        const { probabilities } = await predictSound(loaded, samples, { sampleRate, evenPoor: true });
        await loaded.dispose();
        expectClose(await python(whole, path, run.folder), probabilities!);
        const first = await firstNetwork(run, samples);
        await run.write("window.npy", formatNpy({ shape: [first.frames, first.width], data: first.data }));
        expectClose(await python(alone, path, run.folder), first.probabilities);
      }),
  );
}

peerCheck(
  "the card's Python program joins windows by every rule as predict does",
  { python: ["onnxruntime", "numpy", "scipy", "soundfile"] },
  ({ python: path }) =>
    withCard(INPUTS["heart sounds"], async (run, _, samples) => {
      const loaded = await loadBundle(run.folder);
      const rules: Aggregation[] = ["mean", "max", "noisy-or", "any-positive", { kind: "learned", exponent: 3 }];
      const programs: string[] = [], expected: number[] = [];
      const isotonic = { x: [0.1, 0.4, 0.45, 0.9], y: [0.05, 0.05, 0.7, 0.95] };
      const decisions = [...rules.map((aggregation) => ({ aggregation, temperature: 1.5 })), { isotonic }];
      for (const decision of decisions) {
        const bundle = { ...loaded.bundle, decision };
        programs.push(pythonProgram(bundle));
        const predicted = await predictSound({ ...loaded, bundle }, samples, { sampleRate: 2000, evenPoor: true });
        expect(predicted.timeline.length).toBeGreaterThan(3);
        expected.push(...predicted.probabilities!);
      }
      await loaded.dispose();
      expectClose(await python(programs.join("\n"), path, run.folder), expected);
    }),
);

peerCheck(
  "the card's program for the browser gives the probabilities of predict",
  { programs: ["chromium"] },
  () =>
    withCard(INPUTS["heart sounds"], async (run, programs, samples) => {
      const first = await firstNetwork(run, samples);
      const [program] = programs("js");
      const page = `<!doctype html><script>${tfjs.replaceAll("</script", "<\\/script")}</script><script type="module">
      const features = Float32Array.from(${JSON.stringify(Array.from(first.data))});
      ${program}
      document.title = JSON.stringify(Array.from(probabilities));
    </script>`;
      const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, async (request) => {
        const path = new URL(request.url).pathname;
        if (path === "/") return new Response(page, { headers: { "content-type": "text/html; charset=utf-8" } });
        return await Deno.readFile(`${run.folder}${path}`).then(
          (bytes) => new Response(bytes),
          () => new Response("", { status: 404 }),
        );
      });
      const browser = await openChromium();
      try {
        const tab = await browser.newPage();
        const errors: string[] = [];
        tab.on("pageerror", (error) => errors.push(error.message));
        await tab.goto(`http://127.0.0.1:${server.addr.port}/`);
        await tab.waitForFunction(() => document.title.startsWith("["), null, { timeout: 20_000 }).catch(() => {});
        expect(errors).toEqual([]);
        expectClose(JSON.parse(await tab.title()), first.probabilities);
      } finally {
        await browser.close();
        await server.shutdown();
      }
    }),
);
