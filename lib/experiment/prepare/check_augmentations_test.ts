import { expect } from "expect";
import type { InputOptions } from "../../features/mod.ts";
import { resolveExperiment } from "../mod.ts";
import { checkAugmentations } from "./check_augmentations.ts";

const WINDOW = { seconds: 2, padding: "circular" } as const;
const MEL = { kind: "log-mel", preset: "pcg" };
const check = (augment: string[], input: object, average?: { responses: number }) =>
  checkAugmentations(resolveExperiment({
    ...{ name: "test", title: "A test", question: "?", dataset: { name: "synthetic", task: "murmur-2" } },
    input: { ...input, ...WINDOW } as InputOptions,
    model: { kind: "cnn" },
    training: { augment: augment as never },
    evaluation: { protocol: { kind: "hold-out" }, average },
  }));

Deno.test("checkAugmentations() refuses what means nothing on what is heard, and names both", () => {
  check(["time-shift", "random-filter", "device-response"], MEL);
  check(["device-response"], { kind: "gammatone" });
  check(["random-filter"], { kind: "z-score", of: MEL });
  check(["spec-augment", "gain", "mixup"], { kind: "mfcc", preset: "pcg" });
  expect(() => check(["random-filter"], { kind: "mfcc", preset: "pcg" })).toThrow(/random-filter.* found .*"mfcc"/);
  expect(() => check(["gain", "device-response"], { kind: "z-score", of: MEL })).toThrow(
    /device-response.* found .*"z-score"/,
  );
  check([], MEL, { responses: 2 });
  expect(() => check([], { kind: "mfcc", preset: "pcg" }, { responses: 2 })).toThrow(/responses.* found .*"mfcc"/);
  expect(() => check(["device-response"], { kind: "log-mel", preset: "scl" })).toThrow(/stretched.* found .*"log-mel"/);
});
