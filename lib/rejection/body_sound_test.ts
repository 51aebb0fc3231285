import { expect } from "expect";
import { bodySound } from "./body_sound.ts";

Deno.test("bodySound() goes by the dataset, then by the experiment's folder, then by the preset", () => {
  const input = (preset: "pcg" | "respirenet") => ({ preset, seconds: 4, padding: "zero" }) as const;
  // Murmurs of children are heard with the preset of lung sounds.
  expect(bodySound("lung/odd", { sound: "heart", input: input("respirenet") })).toBe("heart");
  expect(bodySound("heart/circor_murmur", { input: input("respirenet") })).toBe("heart");
  expect(bodySound("lung/hls", { sound: "both", input: input("pcg") })).toBe("lung");
  expect(bodySound("demo", { sound: "both", input: input("pcg") })).toBe("heart");
  expect(bodySound("demo", { input: input("respirenet") })).toBe("lung");
});
