import { expect } from "expect";
import { peerCheck } from "../testing/mod.ts";
import { cellTraceback, type RanCell } from "./cell_positions.ts";
import { interruptibleCode } from "./interruptible_code.ts";
import { RUNTIME } from "./fenced_kernel.ts";

const cell = (count: number, code: string): RanCell => ({
  count,
  code,
  sent: interruptibleCode(code).code,
});

// The tracebacks are those that Deno 2.9.6 gave of these cells: it ran what was left without types and empty lines.

peerCheck(
  "cellTraceback() finds the lines as they were written, and shows the one that failed",
  { programs: ["deno"] },
  async () => {
    const code = "interface A {\n  a: number;\n}\n// note\nconst list = [\n  1,\n  2,\n];\n\nthrow new Error('x');";
    expect(await cellTraceback("Error: x\n    at <anonymous>:6:21", [cell(1, code)]))
      .toBe("Error: x\n    at <anonymous>:10:7\n\n  10 | throw new Error('x');");
  },
);

peerCheck("cellTraceback() finds the column on the first line, which the kernel begins with words of its own", {
  programs: ["deno"],
}, async () => {
  const column = `"use strict"; void 0;${RUNTIME}.result(JSON.`.length + 1;
  expect(await cellTraceback(`E: x\n    at <anonymous>:1:${column}`, [cell(1, "JSON.parse('{x');")]))
    .toBe("E: x\n    at <anonymous>:1:6\n\n  1 | JSON.parse('{x');");
});

peerCheck(
  "cellTraceback() finds a function of an earlier cell, the newest that has it there",
  { programs: ["deno"] },
  async () => {
    const cells = [
      cell(1, "function g(x: number) { return x; }"),
      cell(
        2,
        "// a note\n\n\nfunction g<T>(x: T): T {\n  if (x) {\n\n    throw new TypeError('bad');\n  }\n  return x;\n}",
      ),
      cell(3, "\n\ng(4);"),
    ];
    const traceback =
      "TypeError: bad\n    at g (<anonymous>:4:25)\n    at Array.map (<anonymous>)\n    at <anonymous>:1:36 {\n  a: 1\n}";
    const lines = (await cellTraceback(traceback, cells)).split("\n");
    expect(lines[1]).toBe("    at g (cell [2]:7:11)");
    expect(lines[2]).toBe("    at Array.map (<anonymous>)");
    expect(lines[3]).toBe("    at <anonymous>:3:1 {");
  },
);

peerCheck(
  "cellTraceback() leaves frames of modules and what it can't place as they are",
  { programs: ["deno"] },
  async () => {
    const traceback = "Error: x\n    at f (file:///a/b.ts:3:4)\n    at lost (<anonymous>:99:1)";
    expect(await cellTraceback(traceback, [cell(1, "f();")])).toBe(traceback);
  },
);
