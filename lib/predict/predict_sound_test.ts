import { expect } from "expect";
import { loadModel } from "../runs/mod.ts";
import { bandpass, removeSpikes } from "../audio/mod.ts";
import { fitNeighbours, soundDescriptor } from "../rejection/mod.ts";
import { logMel, presets } from "../features/mod.ts";
import { loadTfjs } from "../models/mod.ts";
import { randomStream } from "../random/mod.ts";
import { heartWords } from "./sound_prediction.ts";
import { beats, writeFixtureBundle } from "./fixture_bundle.ts";
import { loadBundle, type LoadedBundle, predictSound } from "./mod.ts";

const RATE = { sampleRate: 2000 };

async function withBundle(
  check: (bundle: LoadedBundle, folder: string) => Promise<void>,
  changes: Parameters<typeof writeFixtureBundle>[1] = {},
) {
  const folder = await Deno.makeTempDir();
  await writeFixtureBundle(folder, changes);
  const bundle = await loadBundle(folder);
  try {
    await check(bundle, folder);
  } finally {
    await bundle.dispose();
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("predictSound() is the mean of the networks, tempered, as tfjs computes it step by step", () =>
  withBundle(async (loaded, folder) => {
    const { bundle } = loaded;
    const samples = beats(1);
    const { probabilities, label, verdict, timeline } = await predictSound(loaded, samples, RATE);

    const tf = await loadTfjs();
    const filtered = removeSpikes(bandpass(samples, { ...RATE, low: 25, high: 400, order: 4, zeroPhase: true }), RATE);
    const { data } = logMel(filtered, presets.pcg);
    const means = [0, 0];
    for (const { model: file, mean, std } of bundle.members) {
      const model = await loadModel(`${folder}/model/${file}`);
      const standard = data.map((value, i) => (value - mean[i % bundle.bands]) / std[i % bundle.bands]);
      const logits = model.predict(
        tf.tensor4d(standard, [1, bundle.frames, bundle.bands, 1]),
      ) as import("@tensorflow/tfjs").Tensor;
      tf.softmax(logits).dataSync().forEach((p, c) => means[c] += p / bundle.members.length);
      model.dispose();
    }
    // Temperature 1.5 on the logarithms, then the sum is 1 again.
    const tempered = means.map((p) => p ** (1 / 1.5));
    const expected = tempered.map((p) => p / (tempered[0] + tempered[1]));
    expected.forEach((p, c) => expect(probabilities![c]).toBeCloseTo(p, 4));
    expect(label).toBe(expected[1] >= 0.4 ? "murmur" : "healthy");
    expect(verdict).toBe("answer");
    expect(timeline).toHaveLength(1);
  }));

Deno.test("predictSound() hears the same at another sample rate, within what the resampling filter changes", () =>
  withBundle(async (loaded) => {
    const tone = (rate: number) =>
      Float32Array.from({ length: 3 * rate }, (_, i) => {
        const phase = i / rate % 0.8;
        return Math.exp(-phase * 30) * Math.sin(2 * Math.PI * 60 * phase) * 0.5;
      });
    const slow = await predictSound(loaded, tone(2000), { sampleRate: 2000, evenPoor: true });
    const fast = await predictSound(loaded, tone(8000), { sampleRate: 8000, evenPoor: true });
    expect(fast.probabilities![0]).toBeCloseTo(slow.probabilities![0], 1);
  }));

Deno.test("predictSound() tells a timeline that covers the recording, each piece a distribution", () =>
  withBundle(async (loaded) => {
    const { timeline, duration } = await predictSound(loaded, beats(5.5), RATE);
    expect(timeline[0].start).toBe(0);
    expect(timeline.at(-1)!.end).toBeCloseTo(duration, 6);
    for (const { probabilities } of timeline) expect(probabilities[0] + probabilities[1]).toBeCloseTo(1, 6);
  }));

const CLIPPED = beats(4).map((value) => Math.max(-0.02, Math.min(0.02, value)));
const REFUSED: Record<string, { samples: Float32Array; says: RegExp }> = {
  silence: { samples: new Float32Array(8000), says: /silent/ },
  "a third of a second": { samples: beats(0.3), says: /lasts 0\.30 s only/ },
  clipping: { samples: CLIPPED, says: /clipped/ },
  "an hour": { samples: new Float32Array(2000 * 3600), says: /60 minutes: cut out/ },
};

for (const [name, { samples, says }] of Object.entries(REFUSED)) {
  Deno.test(`predictSound() refuses ${name}, with the reason and without an answer`, () =>
    withBundle(async (loaded) => {
      const { verdict, label, probabilities, reasons } = await predictSound(loaded, samples, RATE);
      expect([verdict, label, probabilities]).toEqual(["refused", null, null]);
      expect(reasons.join("; ")).toMatch(says);
    }));
}

Deno.test("predictSound() isn't sure of a recording longer than all others where one window of many is enough", async () => {
  for (const [aggregation, doubted] of [["noisy-or", true], ["mean", false]] as const) {
    await withBundle(async (loaded) => {
      const said = async (seconds: number) => (await predictSound(loaded, beats(seconds), RATE)).reasons.join();
      expect(await said(2)).toBe("");
      expect(/it has \d+ windows, the longest .* had 2/.test(await said(6))).toBe(doubted);
    }, { mostWindows: 2, decision: { temperature: 1.5, threshold: 0.4, aggregation } });
  }
});

Deno.test("predictSound() refuses what is unlike the training recordings, or answers it as unsure where asked to", () =>
  withBundle(
    async (loaded) => {
      const refused = await predictSound(loaded, beats(3), RATE);
      expect(refused.verdict).toBe("refused");
      expect(refused.reasons[0]).toMatch(
        /unlike every training recording: .*\(distance \d\.\d\d from the nearest, .*limit \d\.\d\d\)/,
      );
      const unsure = await predictSound(loaded, beats(3), { ...RATE, evenPoor: true });
      expect(unsure.verdict).toBe("unsure");
      expect(unsure.label).not.toBeNull();
    },
    { neighbours: neighboursOf("a hiss", hiss) },
  ));

Deno.test("predictSound() answers what sounds like the training recordings, and says what they are", () =>
  withBundle(
    async (loaded) => {
      const { verdict, novelty, resembles } = await predictSound(loaded, beats(3, "new"), RATE);
      expect(verdict).toBe("answer");
      expect(novelty!).toBeLessThan(loaded.bundle.neighbours!.limit);
      expect(resembles).toEqual(new Array(5).fill("murmur"));
    },
    { neighbours: neighboursOf("beats", (name) => beats(3, name)) },
  ));

Deno.test("predictSound() counts the beats of a heart, says of noise why it can't, and of a lung nothing", () =>
  withBundle(async (loaded) => {
    const heartOf = async (samples: Float32Array, name: string) =>
      (await predictSound({ ...loaded, bundle: { ...loaded.bundle, name } }, samples, { ...RATE, evenPoor: true }))
        .heart;
    const beating = await heartOf(beats(10), "heart/murmurs");
    expect(Math.abs(beating!.heartRate! - 75)).toBeLessThan(2); // a beat each 0.8 s, its second sound 0.3 s later
    expect(Math.abs(beating!.systolicInterval! - 0.3)).toBeLessThan(0.05);
    expect(heartWords(beating!)).toMatch(/^7\d beats a minute, 0\.\d\d s from S1 to S2$/);
    const noise = await heartOf(hiss("a hiss"), "heart/murmurs");
    expect([noise!.heartRate, noise!.murmur]).toEqual([null, null]);
    expect(heartWords(noise!)).toMatch(/^no rate: /);
    expect(await heartOf(beats(10), "lung/wheezes")).toBeNull();
  }));

for (const [name, verdict] of [["heart/murmurs", "answer"], ["lung/wheezes", "refused"]]) {
  Deno.test(`predictSound() judges the quality of beats by what ${name} listens to, whatever the preset`, () =>
    withBundle(async (loaded) => {
      expect((await predictSound(loaded, beats(4), RATE)).verdict).toBe(verdict);
    }, { name, input: { preset: "respirenet", seconds: 1, padding: "zero" } }));
}

Deno.test("predictSound() refuses only what is poorer than the run's own recordings", () => {
  const limits = { sound: "lung", poor: 1, unusable: 1 } as const;
  return withBundle(async (loaded) => {
    expect((await predictSound(loaded, beats(4), RATE)).verdict).toBe("answer");
    expect((await predictSound(loaded, CLIPPED, RATE)).reasons.join()).toMatch(/clipped/);
  }, { quality: limits });
});

/** Neighbours of one kind of sound, all labelled murmur. */
function neighboursOf(kind: string, sound: (name: string) => Float32Array) {
  const descriptor = (name: string) => soundDescriptor(sound(`${kind}/${name}`), { ...RATE, preset: presets.pcg })!;
  const known = Array.from({ length: 40 }, (_, i) => ({ descriptor: descriptor(`${i}`), label: 1 }));
  return fitNeighbours(known, Array.from({ length: 40 }, (_, i) => ({ descriptor: descriptor(`validation ${i}`) })));
}

/** White noise of 3 s. */
function hiss(name: string): Float32Array {
  const stream = randomStream(0, name);
  return Float32Array.from({ length: 6000 }, () => 0.1 * stream.normal());
}

Deno.test("predictSound() names NaN samples and a rate that is too low", () =>
  withBundle(async (loaded) => {
    const broken = beats(2);
    broken[5] = NaN;
    await expect(predictSound(loaded, broken, RATE)).rejects.toThrow(/NaN/);
    const { verdict, reasons } = await predictSound(loaded, beats(2), { sampleRate: 100 });
    expect([verdict, reasons.join()]).toEqual(["refused", expect.stringContaining("100 Hz")]);
  }));
