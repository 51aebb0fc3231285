import { expect } from "expect";
import { attributeName, columnRoles } from "../mod.ts";

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
