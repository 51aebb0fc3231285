import { expect } from "expect";
import { requireDeno } from "./child_kernel.ts";

Deno.test("requireDeno() takes this version and newer ones", () => {
  for (const version of [Deno.version.deno, "2.9.0", "2.10.1", "3.0.0-rc.1+abc"]) requireDeno(version);
});

Deno.test("requireDeno() refuses an older version, and says what to do", () => {
  expect(() => requireDeno("2.8.14")).toThrow(
    'This kernel needs Deno 2.9.0 or newer but runs on 2.8.14: run "deno upgrade" and restart it.',
  );
});
