import { expect } from "expect";
import { beats, writeFixtureBundle } from "../../predict/fixture_bundle.ts";
import { loadBundle, predictSound } from "../../predict/mod.ts";
import { speechEmbedding } from "../../features/mod.ts";
import { type Bundle, openBundle, openBundleApart, readBundle, runIn } from "../mod.ts";

async function withBundle(check: (folder: string, bundle: Bundle) => Promise<void>, changes: Partial<Bundle> = {}) {
  const folder = await Deno.makeTempDir();
  try {
    await writeFixtureBundle(folder, { ...WHOLE, ...changes });
    await check(`${folder}/model`, JSON.parse(await Deno.readTextFile(`${folder}/model/bundle.json`)));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** A bundle that has everything. */
const WHOLE: Partial<Bundle> = {
  decision: { temperature: 1.5, threshold: 0.4, weights: [1, 2], isotonic: { x: [0.1, 0.9], y: [0.2, 0.8] } },
  quality: { sound: "heart", poor: 0.9, unusable: 0.99, heldOut: { recordings: 10, accepted: 9 } },
  worth: {
    ...{
      score: "balancedAccuracy",
      part: "test",
      value: 0.8,
      low: 0.7,
      high: 0.9,
      level: 0.95,
      n: 70,
      unit: "subject",
    },
    ...{ floor: 0.5, by: "majority", lower: false },
  },
  known: "0123456789ab",
};

const RATE = { sampleRate: 2000 };

/** What a bundle answers, or `null` where it is refused before it answers. */
async function answer(folder: string): Promise<string | null> {
  const loaded = await loadBundle(folder).catch(() => null);
  if (loaded === null) return null;
  try {
    return JSON.stringify(await predictSound(loaded, beats(2), RATE));
  } finally {
    await loaded.dispose();
  }
}

/** Copies of a value, each with one number in it changed. */
function* changedNumbers(value: unknown, put: (changed: unknown) => unknown): Generator<unknown> {
  if (typeof value === "number") yield* [value + 1, value === 0 ? 1e30 : 0].map(put);
  else if (typeof value === "object" && value !== null) {
    for (const [key, inner] of Object.entries(value)) {
      const place = (changed: unknown) =>
        Array.isArray(value) ? value.with(Number(key), changed) : { ...value, [key]: changed };
      yield* changedNumbers(inner, (changed) => put(place(changed)));
    }
  }
}

Deno.test("a bundle of which one number was changed is refused, whichever it is", () =>
  withBundle(async (folder, bundle) => {
    expect(await answer(folder)).toContain('"verdict":"answer"');
    const run = runIn(folder);
    let count = 0;
    for (const changed of changedNumbers(bundle, (value) => value)) {
      await run.writeJson("bundle.json", changed);
      await expect(readBundle(folder)).rejects.toThrow(/bundle\.json/);
      count++;
    }
    expect(count).toBeGreaterThan(2 * 2 * 2 * bundle.bands); // mean and std of two networks
  }));

Deno.test("a bundle of earlier versions, which said nMels, is read as it was meant", () =>
  withBundle(async (folder, bundle) => {
    const { bands: nMels, channels: _, digest: _digest, files: _files, ...rest } = bundle;
    await runIn(folder).writeJson("bundle.json", { ...rest, nMels });
    const { bundle: read } = await readBundle(folder);
    expect([read.bands, read.channels]).toEqual([nMels, 1]);
  }));

const MEMBER = (change: Record<string, unknown>) => (bundle: Bundle) => ({
  ...bundle,
  members: [{ ...bundle.members[0], ...change }, bundle.members[1]],
});
const IMPOSSIBLE: Record<string, (bundle: Bundle) => unknown> = {
  "a mean of one band too few": (b) => MEMBER({ mean: b.members[0].mean.slice(1) })(b),
  "a deviation of one band too many": (b) => MEMBER({ std: [...b.members[0].std, 1] })(b),
  "deviations of 0": (b) => MEMBER({ std: b.members[0].std.map(() => 0) })(b),
  "a mean that is no number": (b) => MEMBER({ mean: b.members[0].mean.with(3, null as unknown as number) })(b),
  "a temperature of 0": MEMBER({ temperature: 0 }),
  "a temperature of 1e-9": MEMBER({ temperature: 1e-9 }),
  "a rule of temperature 1e9": (b) => ({ ...b, decision: { temperature: 1e9 } }),
  "weights of a rule for other classes": (b) => ({ ...b, decision: { weights: [1, 1, 1] } }),
  "a map that doesn't rise": (b) => ({ ...b, decision: { isotonic: { x: [0.9, 0.1], y: [0.1, 0.9] } } }),
  "an unknown key in the rule": (b) => ({ ...b, decision: { treshold: 0.5 } }),
  "a class twice": (b) => ({ ...b, classes: ["murmur", "murmur"] }),
  "windows that the input doesn't give": (b) => ({ ...b, frames: b.frames + 1 }),
  "windows of an hour": (b) => ({ ...b, input: { ...b.input, seconds: 3600 } }),
  "a hop of a microsecond": (b) => ({ ...b, input: { ...b.input, hop: 1e-6 } }),
  "neighbours of a class that isn't there": (b) => ({
    ...b,
    neighbours: { mean: [0], std: [1], points: "AAAA", labels: [7, 0, 0], limit: 1 },
  }),
  "fewer neighbours than it says": (b) => ({
    ...b,
    neighbours: { mean: [0], std: [1], points: "AAAA", labels: [0, 0, 0, 0, 0, 0], limit: 1 },
  }),
};

for (const [what, change] of Object.entries(IMPOSSIBLE)) {
  Deno.test(`readBundle() refuses ${what}, also in a bundle without checksums`, () =>
    withBundle(async (folder, { digest: _digest, files: _files, ...bundle }) => {
      await runIn(folder).writeJson("bundle.json", bundle);
      const { warnings } = await readBundle(folder);
      expect(warnings.join()).toMatch(/no checksums/);
      await runIn(folder).writeJson("bundle.json", change(bundle));
      await expect(readBundle(folder)).rejects.toThrow(/bundle\.json .* at \S+: /);
    }));
}

Deno.test("openBundleApart() says what openBundle() does, and ends with its signal amid a network", () =>
  withBundle(async (folder, { frames, bands, channels }) => {
    const count = 3;
    const inputs = Float32Array.from({ length: count * frames * bands * channels }, (_, i) => Math.sin(i));
    const here = await openBundle(folder, { threads: 1 });
    const stop = new AbortController();
    const apart = await openBundleApart(folder, { threads: 1, signal: stop.signal });
    for (const [i, network] of here.networks.entries()) {
      expect(apart.networks[i].statistics).toEqual(network.statistics);
      expect(await apart.networks[i].predict(inputs, count)).toEqual(await network.predict(inputs, count));
    }
    const many = 5000;
    const endless = apart.networks[0].predict(new Float32Array(many * frames * bands * channels), many);
    stop.abort();
    await expect(endless).rejects.toThrow(/abort/i);
    await apart.dispose();
    await here.dispose();
  }));

Deno.test("openBundleApart() opens what hears by an encoder", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await writeFixtureBundle(folder, { input: { ...speechEmbedding(), seconds: 2, padding: "zero" } });
    const apart = await openBundleApart(`${folder}/model`, { threads: 1 });
    expect(apart.networks.length).toBe(2);
    await apart.dispose();
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("openBundle() refuses damaged networks: any byte counts", () =>
  withBundle(async (folder) => {
    const path = `${folder}/model-1.onnx`;
    const bytes = await Deno.readFile(path);
    for (let at = 0; at < bytes.length; at += Math.ceil(bytes.length / 60)) {
      const damaged = bytes.slice();
      damaged[at] ^= 1 << at % 8;
      await Deno.writeFile(path, damaged);
      await expect(loadBundle(folder)).rejects.toThrow(/a file that was changed since in .*model-1\.onnx/);
    }
  }));

for (const name of ["../../../../etc/passwd", "/dev/zero", "other.onnx"]) {
  Deno.test(`openBundle() opens no network ${name}`, () =>
    withBundle(async (folder, { digest: _digest, files: _files, ...bundle }) => {
      await runIn(folder).writeJson("bundle.json", MEMBER({ onnx: name })(bundle));
      await expect(loadBundle(folder)).rejects.toThrow(/the name of a file in the same folder|found none/);
    }));
}
