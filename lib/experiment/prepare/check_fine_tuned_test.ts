import { expect } from "expect";
import { speechEmbedding } from "../../features/mod.ts";
import { fineTuned } from "../../models/mod.ts";
import { resolveExperiment } from "../mod.ts";
import { checkFineTuned } from "./check_fine_tuned.ts";

const check = (change: Parameters<typeof speechEmbedding>[0], input = {}) =>
  checkFineTuned(resolveExperiment({
    ...{ name: "test", title: "A test", question: "?", dataset: { name: "synthetic", task: "murmur-2" } },
    input: { ...speechEmbedding({ playbackRate: 8, gives: "frames", ...input }), seconds: 8, padding: "circular" },
    model: fineTuned({ encoder: speechEmbedding(change) }),
    ...{ training: {}, evaluation: { protocol: { kind: "hold-out" } } },
  }));

Deno.test("checkFineTuned() refuses to hear by an encoder that is described otherwise than the one that learns", () => {
  check({ playbackRate: 8, step: 32 });
  expect(() => check({ playbackRate: 4 })).toThrow(/playbackRate 4.* found 8/);
  expect(() => check({ playbackRate: 8 }, { normalisation: "none" })).toThrow(/normalisation .* found "none"/);
  expect(() => check({ playbackRate: 8 }, { gives: "embeddings" })).toThrow(/frames.* found its embeddings/);
});
