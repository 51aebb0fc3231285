import { expect } from "expect";
import { AuscultError, DataError, UsageError } from "./mod.ts";

Deno.test("AuscultError says what was expected, what was found, where, and what to do", () => {
  const error = new UsageError({
    expected: "a preset",
    found: '"mel"',
    where: "--set input.preset",
    remedy: "use pcg",
  });
  expect(error.message).toBe('Expected a preset but found "mel" in --set input.preset: use pcg.');
  expect(error.exitCode).toBe(2);
  expect(error).toBeInstanceOf(AuscultError);
});

Deno.test("AuscultError keeps the cause and leaves out what isn't known", () => {
  const cause = new Deno.errors.NotFound("x");
  const error = new DataError({ expected: "a folder", found: "none", cause });
  expect(error.message).toBe("Expected a folder but found none.");
  expect(error.cause).toBe(cause);
  expect(error.name).toBe("DataError");
});
