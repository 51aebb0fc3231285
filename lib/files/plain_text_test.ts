import { expect } from "expect";
import { plainText } from "./plain_text.ts";

Deno.test("plainText() leaves neither markup nor characters that command a terminal", () => {
  const text = plainText("<b>a</b>\x1b[2J\x07 | \u202eb\r\nc");
  // deno-lint-ignore no-control-regex
  expect(text).not.toMatch(/[\x00-\x1f\x7f\u202e<]/);
  expect(text).toContain("\\x1b");
  expect(text.endsWith("b c")).toBe(true);
});
