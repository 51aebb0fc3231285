import { CardLostError, InputError, TrainingError } from "../../../errors/mod.ts";
import { expect } from "expect";
import { openModel, type Runtime } from "../ort_runtime.ts";
import { WEBGPU } from "../onnx/webgpu.ts";
import { createGraph } from "../graph.ts";
import { cardFailure, lackOfMemory } from "./card_failure.ts";

// As onnxruntime 1.30 words them.
const LOST =
  "/onnxruntime_src/onnxruntime/core/providers/webgpu/buffer_manager.cc:553 void onnxruntime::webgpu::BufferManager::" +
  "Download(WGPUBuffer, void*, size_t) const status == wgpu::MapAsyncStatus::Success was false. Failed to download data " +
  "from buffer. wgpu::MapAsyncStatus value: 3\n";
const LIMIT =
  "Non-zero status code returned while running Split node. Name:'/Split.0' Status Message: Too many storage " +
  "buffers in shader. Current: 13, Max is 12";
const MEMORY = "Non-zero status code returned while running Conv node. Name:'c' Status Message: Out of memory";
const FALLBACK =
  "This session contains graph nodes that are assigned to the default CPU EP, but fallback to CPU EP has " +
  "been explicitly disabled by the user.";

Deno.test("cardFailure() tells a lost card from what a card can't do", () => {
  const lost = cardFailure(new Error(LOST));
  expect(lost).toBeInstanceOf(CardLostError);
  expect(lost.exitCode).toBe(1);
  expect(lost.message).toMatch(
    /^Expected a graphics card that answers but found "Failed to download data from buffer\./,
  );
  const kinds: [string, typeof InputError | typeof TrainingError, RegExp][] = [
    [LIMIT, InputError, /driver can compute .*Max is 12.*--engine ort/],
    [MEMORY, TrainingError, /memory on the graphics card.*batchSize/],
    [FALLBACK, InputError, /all on a graphics card .*--engine ort/],
  ];
  for (const [message, Kind, said] of kinds) {
    const failure = cardFailure(new Error(message));
    expect(failure).toBeInstanceOf(Kind);
    expect(failure).not.toBeInstanceOf(CardLostError);
    expect(failure.message).toMatch(said);
  }
  expect(cardFailure(lost)).toBe(lost);
  // A step that lacks memory is tried again in parts, be its failure a sentence already or not.
  for (const failure of [new Error(MEMORY), cardFailure(new Error(MEMORY))]) expect(lackOfMemory(failure)).toBe(MEMORY);
  for (
    const failure of [lost, new Error(LIMIT), new TrainingError({ expected: "a number", found: 'NaN in "memory"' })]
  ) {
    expect(lackOfMemory(failure)).toBeUndefined();
  }
});

Deno.test("what fails in a session on a card is told in a sentence, be it opened or run", async () => {
  const graph = createGraph({ target: WEBGPU });
  graph.output("y", graph.node("Abs", [graph.input("x", [1])], [1]));
  const model = { graph: graph.finish("test") };
  const opened = (create: () => Promise<unknown>) =>
    openModel({ InferenceSession: { create } } as unknown as Runtime, model, { threads: 1, target: WEBGPU });
  await expect(opened(() => Promise.reject(new Error(LIMIT)))).rejects.toThrow(InputError);
  const session = await opened(() => Promise.resolve({ run: () => Promise.reject(new Error(LOST)) }));
  await expect(session.run({})).rejects.toThrow(CardLostError);
});
