import { expect } from "expect";
import { openEngine, webgpuAdapter } from "./mod.ts";

Deno.test("openEngine() opens what was asked for and says so", async () => {
  const { engine, reason } = await openEngine("wasm", { threads: 1 });
  expect(engine.name).toBe("wasm");
  expect(reason).toBe("wasm was asked for.");
});

Deno.test("openEngine() chooses no software adapter by itself, and gives its reason", async () => {
  const adapter = await webgpuAdapter();
  const { engine, reason } = await openEngine("auto", { threads: 1 });
  if (adapter === undefined || adapter.software) expect(["ort", "wasm"]).toContain(engine.name);
  expect(reason).toMatch(/^[A-Z].*\.$/);
});
