import { expect } from "expect";
import { peerCheck } from "../../testing/peer_check.ts";
import { CASES } from "./testing/layer_cases.ts";
import { CARD, SWIFTSHADER } from "./testing/swiftshader.ts";
import type { CardDifference } from "./testing/train_on_card.ts";

/**
 * Float32 keeps 6e-8 of a number. A gradient here is a sum of at most some thousand products, whose rounding errors add
 * up to at most the square root of their count times that, and passes through few such sums one after the other.
 */
const TOLERANCE = 1e-5;

/** What the program says of these networks, on a Vulkan that Chromium brings along and the processor computes. */
async function differences(networks: string): Promise<CardDifference[]> {
  const program = new URL("./testing/train_on_card.ts", import.meta.url);
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--allow-all", "--no-check", program.href, networks],
    env: { VK_ICD_FILENAMES: SWIFTSHADER },
  }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
  return new TextDecoder().decode(stdout).trim().split("\n").map((line) => JSON.parse(line));
}

function expectAlike({ network, weights, losses }: CardDifference): void {
  for (const [name, off] of Object.entries(weights)) {
    if (!(off < TOLERANCE)) throw new Error(`${network}: ${name} is off by ${off} after the first step`);
  }
  // Relative, and after steps in which rounding grows.
  for (const off of losses) expect(off).toBeLessThan(10 * TOLERANCE);
}

peerCheck("ort-webgpu trains every network as ort does, all on the card", CARD, async () => {
  const found = await differences("families");
  found.forEach(expectAlike);
  expect(found.length).toBe(8);
  const [{ logits, resumed, losses, parts }] = found;
  expect(losses.length).toBe(3);
  expect(parts.length).toBe(3);
  for (const off of parts) expect(off).toBeLessThan(10 * TOLERANCE);
  expect(logits).toBeLessThan(10 * TOLERANCE);
  // A run that went on from a saved state repeats the uninterrupted one bit by bit.
  expect(resumed).toBe(0);
});

peerCheck("ort-webgpu trains every layer as ort does, all on the card", CARD, async () => {
  const names = Object.keys(CASES);
  const found = await differences(names.join());
  expect(found.map(({ network }) => network)).toEqual(names);
  found.forEach(expectAlike);
});
