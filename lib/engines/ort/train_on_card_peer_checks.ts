import { expect } from "expect";
import { peerCheck } from "../../testing/peer_check.ts";
import { CASES } from "./testing/layer_cases.ts";
import { CARD, SWIFTSHADER } from "./testing/swiftshader.ts";
import type { CardDifference, MixedDifference } from "./testing/train_on_card.ts";

/**
 * Float32 keeps 6e-8 of a number. A gradient here is a sum of at most some thousand products, whose rounding errors add
 * up to at most the square root of their count times that, and passes through few such sums one after the other.
 */
const TOLERANCE = 1e-5;

/**
 * Half precision keeps 2^-11 of a number. A value on its way through a layer is rounded four times, and again on its way back;
 * a network here has up to eight layers with weights.
 */
const MIXED = 8 * 8 * 2 ** -11;

/** What the program says of these networks, on a Vulkan that Chromium brings along and the processor computes. */
async function differences(...networks: string[]): Promise<CardDifference[]> {
  return await told<CardDifference>(networks, SWIFTSHADER);
}

async function told<Difference>(networks: string[], driver: string): Promise<Difference[]> {
  const program = new URL("./testing/train_on_card.ts", import.meta.url);
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--allow-all", "--no-check", program.href, ...networks],
    env: { VK_ICD_FILENAMES: driver },
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

peerCheck("ort-webgpu refuses mixed precision where the card has no float16", { programs: ["chromium"] }, async () => {
  const [{ refused }] = await told<MixedDifference>(["mixed", "cnn"], SWIFTSHADER);
  expect(refused).toMatch(/float16.*does not support it.*leave training.precision out/s);
});

// SwiftShader has none. Mesa 23 and later has, in software; AUSCULT_FLOAT16_DRIVER names its lvp_icd.json.
const driver = Deno.env.get("AUSCULT_FLOAT16_DRIVER");
Deno.test({
  name: "ort-webgpu in mixed precision is float32 but for what float16 rounds",
  ignore: driver === undefined,
  async fn() {
    const found = await told<MixedDifference>(["mixed", "cnn,lightCnn,crnn"], driver!);
    expect(found.length).toBe(3);
    for (const { off } of found) {
      expect(off).toBeLessThan(MIXED);
      expect(off).toBeGreaterThan(1e-5);
    }
  },
});
