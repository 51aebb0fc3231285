import { expect } from "expect";
import { goldens } from "./fixtures/goldens.ts";
import { powerToDb, type PowerToDbOptions } from "./power_to_db.ts";

const golden = goldens.power_to_db;

for (
  const [name, options, wanted] of [
    ["reference 1, 80 dB", {}, golden.ref1_top80],
    ["reference maximum, 80 dB", { reference: "max" }, golden.refmax_top80],
    ["reference 1, no clip", { topDb: null }, golden.ref1_notop],
  ] satisfies [string, PowerToDbOptions, number[]][]
) {
  Deno.test(`powerToDb() is librosa's for ${name}`, () => {
    const found = powerToDb(Float32Array.from(golden.in), options);
    found.forEach((value, i) => expect(value).toBeCloseTo(wanted[i], 4));
  });
}

Deno.test("powerToDb() of squares is librosa's amplitude_to_db", () => {
  const squares = Float32Array.from(golden.in, (amplitude) => amplitude ** 2);
  powerToDb(squares).forEach((value, i) => expect(value).toBeCloseTo(golden.amplitude_to_db_ref1_top80[i], 4));
});

Deno.test("powerToDb() of silence is 0 below its maximum and -100 below 1", () => {
  expect([...powerToDb(new Float32Array(3), { reference: "max" })]).toEqual(golden.zeros_refmax);
  expect([...powerToDb(new Float32Array(3))]).toEqual(golden.zeros_ref1);
});

Deno.test("powerToDb() refuses what librosa refuses, and takes the size of a negative reference as it does", () => {
  const power = Float32Array.of(1, 0.1);
  expect(() => powerToDb(power, { aMin: 0 })).toThrow(/aMin to be above 0 but found 0/);
  expect(() => powerToDb(power, { aMin: -1 })).toThrow(/aMin/);
  expect(() => powerToDb(power, { topDb: -1 })).toThrow(/topDb to be 0 dB or more, or null but found -1/);
  expect(() => powerToDb(power, { topDb: NaN })).toThrow(/topDb/);
  expect(() => powerToDb(power, { reference: NaN })).toThrow(/reference/);
  expect([...powerToDb(power, { reference: -10 })]).toEqual([-10, -20]);
});
