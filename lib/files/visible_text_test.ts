import { expect } from "expect";
import fc from "fast-check";
import { visibleText } from "./mod.ts";
import { plainText } from "./visible_text.ts";

// ECMA-48: what a terminal obeys begins with a character of C0 or C1; UAX 9: characters that reverse what is read.
Deno.test("visibleText() leaves nothing that a terminal obeys, and all else as it is", () => {
  expect(visibleText("\x1b]0;title\x07\x9b2J\r\u202egpj.exe")).toBe("\\x1b]0;title\\x07\\x9b2J\\x0d\\u202egpj.exe");
  expect(visibleText("Müller, 心音\tline\nnext")).toBe("Müller, 心音\tline\nnext");
  const codes = fc.array(fc.integer({ min: 0, max: 0x2100 }));
  fc.assert(fc.property(codes, (text) => {
    return !/(?![\t\n])[\p{Cc}\u202a-\u202e\u2066-\u2069]/u.test(visibleText(String.fromCharCode(...text)));
  }));
});

Deno.test("plainText() leaves neither markup nor characters that command a terminal", () => {
  const text = plainText("<b>a</b>\x1b[2J\x07 | \u202eb\r\nc");
  // deno-lint-ignore no-control-regex
  expect(text).not.toMatch(/[\x00-\x1f\x7f\u202e<]/);
  expect(text).toContain("\\x1b");
  expect(text.endsWith("b c")).toBe(true);
});
