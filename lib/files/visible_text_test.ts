import { expect } from "expect";
import fc from "fast-check";
import { visibleText } from "./mod.ts";

// ECMA-48: what a terminal obeys begins with a character of C0 or C1; UAX 9: characters that reverse what is read.
Deno.test("visibleText() leaves nothing that a terminal obeys, and all else as it is", () => {
  expect(visibleText("\x1b]0;title\x07\x9b2J\r\u202egpj.exe")).toBe("\\x1b]0;title\\x07\\x9b2J\\x0d\\u202egpj.exe");
  expect(visibleText("Müller, 心音\tline\nnext")).toBe("Müller, 心音\tline\nnext");
  const codes = fc.array(fc.integer({ min: 0, max: 0x2100 }));
  fc.assert(fc.property(codes, (text) => {
    return !/(?![\t\n])[\p{Cc}\u202a-\u202e\u2066-\u2069]/u.test(visibleText(String.fromCharCode(...text)));
  }));
});
