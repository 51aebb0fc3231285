import { expect } from "expect";
import { secondsPerUnit } from "./time_unit.ts";

Deno.test("secondsPerUnit() reads the unit of a header, and refuses what is no time", () => {
  const headers = ["start", "Start (s)", "Onset [ms]", "start_ms", "End (min)", "offset (µs)", "xmin", "tmin", "Ende"];
  expect(headers.map((header) => secondsPerUnit(header, "a.csv"))).toEqual([1, 1, 1e-3, 1e-3, 60, 1e-6, 1, 1, 1]);
  for (const header of ["Start (samples)", "start_sample", "onset frames", "End [hh:mm:ss]"]) {
    expect(() => secondsPerUnit(header, "a.csv")).toThrow(/times in seconds.*a\.csv/);
  }
});
