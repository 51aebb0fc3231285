import { expect } from "expect";
import { LOCK, lockText, trimLock } from "./trim_lock.ts";

Deno.test("deno.lock holds nothing that trim_lock.ts takes out", async () => {
  const text = await Deno.readTextFile(LOCK);
  expect(lockText(trimLock(JSON.parse(text)))).toBe(text);
});

Deno.test("what only an unused package needs goes with it, whatever else needs it under another name stays", () => {
  const entry = (...dependencies: string[]) => dependencies.length > 0 ? { dependencies } : {};
  const { npm } = trimLock({
    specifiers: { "npm:meyda@5.6.3": "5.6.3", "npm:other@^1": "1.2.0_peer@1.0.0", "jsr:@std/path@1": "1.0.0" },
    npm: {
      "meyda@5.6.3": entry("fftjs", "wav"),
      "fftjs@0.0.4": {},
      "wav@1.0.2": entry("debug", "long@4.0.0"),
      "debug@2.6.9": {},
      "long@4.0.0": {},
      "long@5.0.0": {},
      "other@1.2.0_peer@1.0.0": entry("alias@npm:long@5.0.0"),
    },
  });
  expect(npm).toEqual({
    "meyda@5.6.3": entry("fftjs"),
    "fftjs@0.0.4": {},
    "long@5.0.0": {},
    "other@1.2.0_peer@1.0.0": entry("alias@npm:long@5.0.0"),
  });
  expect(JSON.parse(lockText({ specifiers: {}, npm })).npm).toEqual(npm);
});
