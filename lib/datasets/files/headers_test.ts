import { expect } from "expect";
import { secondsPerUnit } from "./headers.ts";
import { attributeName, columnRoles } from "../mod.ts";

Deno.test("secondsPerUnit() reads the unit of a header, and refuses what is no time", () => {
  const headers = ["start", "Start (s)", "Onset [ms]", "start_ms", "End (min)", "offset (µs)", "xmin", "tmin", "Ende"];
  expect(headers.map((header) => secondsPerUnit(header, "a.csv"))).toEqual([1, 1, 1e-3, 1e-3, 60, 1e-6, 1, 1, 1]);
  for (const header of ["Start (samples)", "start_sample", "onset frames", "End [hh:mm:ss]"]) {
    expect(() => secondsPerUnit(header, "a.csv")).toThrow(/times in seconds.*a\.csv/);
  }
});

Deno.test("attributeName() knows age, sex and device in English and German, and leaves ages in other units alone", () => {
  expect(["Alter", "Age (years)", "Geschlecht", "Gerät", "Geraet"].map(attributeName))
    .toEqual(["age", "age", "sex", "device", "device"]);
  expect(["Alter (Monate)", "age [days]", "Notiz"].map(attributeName)).toEqual([
    "Alter (Monate)",
    "age [days]",
    "Notiz",
  ]);
});

Deno.test("columnRoles() takes German columns of device, ward and hospital for the source", () => {
  for (const name of ["Gerät", "Geraet", "Station", "Klinik", "Krankenhaus", "device"]) {
    expect(columnRoles(["path", "label", name], "t.csv").of.source).toBe(name);
  }
});
