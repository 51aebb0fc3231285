import { expect } from "expect";
import { fileURLToPath } from "node:url";
import { webgpuAdapter } from "../../lib/engines/mod.ts";

Deno.test("the page says what card is here and which engine trains, and takes no imitation of a card", async () => {
  const page = fileURLToPath(import.meta.resolve("./graphics_card.ts"));
  const { success, stdout } = await new Deno.Command("deno", { args: ["run", "-q", "-P=train", page] }).output();
  const said = new TextDecoder().decode(stdout);
  const adapter = await webgpuAdapter();
  expect([success, said]).toEqual([true, expect.stringContaining(adapter?.name ?? "no graphics card")]);
  expect(said).toMatch(adapter?.software ?? true ? /run on (ort|wasm|cpu) / : /run on (ort|ort-webgpu|webgpu) /);
});
