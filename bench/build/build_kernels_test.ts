import { expect } from "expect";
import { compileKernels } from "./build_kernels.ts";

Deno.test("every *_wasm.ts is what AssemblyScript makes of its *.as", async () => {
  const kernels = await compileKernels();
  expect(kernels.length).toBeGreaterThan(0);
  for (const { target, text } of kernels) {
    expect([target, await Deno.readTextFile(target) === text]).toEqual([target, true]);
  }
});
