import { expect } from "expect";
import { parseElapsed } from "./end_programs.ts";

Deno.test("parseElapsed() reads what ps prints", () => {
  expect(["00:05", "01:02", "10:00:00", "2-01:00:01"].map(parseElapsed)).toEqual([5, 62, 36000, 176401]);
});
