import { expect } from "expect";
import { type InputOptions, speechEmbedding } from "../../features/mod.ts";
import { fineTuned } from "../../models/mod.ts";
import { resolveExperiment } from "../mod.ts";
import { checkAugmentations, checkFineTuned } from "./check_settings.ts";

const WINDOW = { seconds: 2, padding: "circular" } as const;
const MEL = { kind: "log-mel", preset: "pcg" };
const checkHeard = (augment: string[], input: object, average?: { responses: number }) =>
  checkAugmentations(resolveExperiment({
    ...{ name: "test", title: "A test", question: "?", dataset: { name: "synthetic", task: "murmur-2" } },
    input: { ...input, ...WINDOW } as InputOptions,
    model: { kind: "cnn" },
    training: { augment: augment as never },
    evaluation: { protocol: { kind: "hold-out" }, average },
  }));

Deno.test("checkAugmentations() refuses what means nothing on what is heard, and names both", () => {
  checkHeard(["time-shift", "random-filter", "device-response"], MEL);
  checkHeard(["device-response"], { kind: "gammatone" });
  checkHeard(["random-filter"], { kind: "z-score", of: MEL });
  checkHeard(["spec-augment", "gain", "mixup"], { kind: "mfcc", preset: "pcg" });
  expect(() => checkHeard(["random-filter"], { kind: "mfcc", preset: "pcg" })).toThrow(
    /random-filter.* found .*"mfcc"/,
  );
  expect(() => checkHeard(["gain", "device-response"], { kind: "z-score", of: MEL })).toThrow(
    /device-response.* found .*"z-score"/,
  );
  checkHeard([], MEL, { responses: 2 });
  expect(() => checkHeard([], { kind: "mfcc", preset: "pcg" }, { responses: 2 })).toThrow(/responses.* found .*"mfcc"/);
  expect(() => checkHeard(["device-response"], { kind: "log-mel", preset: "scl" })).toThrow(
    /stretched.* found .*"log-mel"/,
  );
});

const checkTuned = (change: Parameters<typeof speechEmbedding>[0], input = {}) =>
  checkFineTuned(resolveExperiment({
    ...{ name: "test", title: "A test", question: "?", dataset: { name: "synthetic", task: "murmur-2" } },
    input: { ...speechEmbedding({ playbackRate: 8, gives: "frames", ...input }), seconds: 8, padding: "circular" },
    model: fineTuned({ encoder: speechEmbedding(change) }),
    ...{ training: {}, evaluation: { protocol: { kind: "hold-out" } } },
  }));

Deno.test("checkFineTuned() refuses to hear by an encoder that is described otherwise than the one that learns", () => {
  checkTuned({ playbackRate: 8, step: 32 });
  expect(() => checkTuned({ playbackRate: 4 })).toThrow(/playbackRate 4.* found 8/);
  expect(() => checkTuned({ playbackRate: 8 }, { normalisation: "none" })).toThrow(/normalisation .* found "none"/);
  expect(() => checkTuned({ playbackRate: 8 }, { gives: "embeddings" })).toThrow(/frames.* found its embeddings/);
});
