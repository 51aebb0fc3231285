import { expect } from "expect";
import { openEngine, slowEngine, webgpuAdapter } from "./mod.ts";

Deno.test("openEngine() opens what was asked for and says so", async () => {
  const { engine, reason } = await openEngine("wasm", { threads: 1 });
  expect(engine.name).toBe("wasm");
  expect(reason).toBe("wasm was asked for.");
  expect(engine.description).toMatch(/^tfjs \d+\.\d+\.\d+ wasm, WebAssembly SIMD, one thread$/);
});

Deno.test("openEngine() chooses no software adapter by itself, and gives its reason", async () => {
  const adapter = await webgpuAdapter();
  const { engine, reason } = await openEngine("auto", { threads: 1 });
  if (adapter === undefined || adapter.software) expect(["ort", "wasm"]).toContain(engine.name);
  expect(reason).toMatch(/^[A-Z].*\.$/);
});

Deno.test("openEngine() refuses parts of batches on the engines of tfjs, and names those that have them", async () => {
  const tf = await import("@tensorflow/tfjs");
  const model = tf.sequential({ layers: [tf.layers.dense({ units: 2, inputShape: [3] })] });
  const training = {
    model,
    options: { loss: { kind: "categorical-cross-entropy" }, batchSize: 4, accumulate: 2 },
  } as const;
  expect((await openEngine("ort", { threads: 1, training })).engine.name).toBe("ort");
  await expect(openEngine("cpu", { threads: 1, training })).rejects.toThrow(
    /found training.accumulate: .*--engine ort or ort-webgpu/,
  );
});

/** Runs `act` while WebGPU answers as `adapter` does. */
async function withAdapter(adapter: () => Promise<unknown>, act: () => Promise<void>): Promise<void> {
  const { gpu } = navigator;
  Object.defineProperty(navigator, "gpu", { value: { requestAdapter: adapter }, configurable: true });
  try {
    await act();
  } finally {
    Object.defineProperty(navigator, "gpu", { value: gpu, configurable: true });
  }
}

const CARD = { description: "GeForce", device: "", vendor: "", architecture: "" };

Deno.test("openEngine() goes on without a graphics card that fails in its trial", async () => {
  await withAdapter(() => Promise.resolve({ info: CARD }), async () => {
    const { engine, reason } = await openEngine("auto", { threads: 1 });
    expect(engine.name).toBe("ort");
    expect(reason).toMatch(/^The graphics card failed in its trial \(.*\); ort is the fastest engine/);
  });
});

Deno.test("slowEngine() says before a training what is slow here, and which engine to take", async () => {
  const software = { ...CARD, description: "llvmpipe (LLVM 15.0.6, 256 bits)" };
  await withAdapter(() => Promise.resolve({ info: software }), async () => {
    for (const name of ["webgpu", "ort-webgpu"] as const) {
      expect(await slowEngine(name)).toMatch(new RegExp(`^${name} .*llvmpipe.* slower than --engine ort`));
    }
    for (const name of ["auto", "ort", "wasm", "cpu"] as const) expect(await slowEngine(name)).toBeUndefined();
  });
  await withAdapter(() => Promise.resolve({ info: CARD }), async () => {
    expect(await slowEngine("webgpu")).toBeUndefined();
  });
});

Deno.test("webgpuAdapter() tells a card from a software adapter, and none from both", async () => {
  const software = { ...CARD, description: "SwiftShader Device (Subzero)" };
  const cases: [unknown, unknown][] = [
    [{ info: CARD }, { name: "GeForce", software: false }],
    [{ info: software }, { name: software.description, software: true }],
    [{ info: { ...CARD, isFallbackAdapter: true } }, { name: "GeForce", software: true }],
    [null, undefined],
  ];
  for (const [adapter, expected] of cases) {
    await withAdapter(() => Promise.resolve(adapter), async () => expect(await webgpuAdapter()).toEqual(expected));
  }
});
