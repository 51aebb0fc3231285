import { expect } from "expect";
import { plausibleRows } from "./read_dataset.ts";
import type { ManifestRow } from "./manifest.ts";

const row = (change: Partial<ManifestRow>): ManifestRow => ({
  ...{
    recording: "a.wav",
    subject: "1",
    start: 0,
    end: 1,
    label: "normal",
    source: "s",
    part: "train",
    attributes: {},
  },
  ...change,
});
const found = (rows: ManifestRow[]) => ({
  ...{ rows, events: [], passedOver: [], warnings: [] },
  classes: ["normal", "murmur"],
});

Deno.test("plausibleRows() passes over labels of no class, also those that every object has, and what is no stretch of time", () => {
  const odd: Partial<ManifestRow>[] = [
    ...["constructor", "toString", "", "Normal"].map((label) => ({ label })),
    { label: undefined as unknown as string },
    { label: Object.prototype.constructor as unknown as string },
    ...[{ end: Infinity }, { start: NaN }, { start: -1 }, { start: 2 }, { start: 1 }],
  ];
  const { rows, passedOver } = plausibleRows(found([row({}), ...odd.map(row)]));
  expect(rows).toEqual([row({})]);
  expect(passedOver.length).toBe(odd.length);
  expect(passedOver.every(({ path, mislabelled }) => path === "a.wav" && mislabelled)).toBe(true);
});

Deno.test("plausibleRows() leaves out numbers that aren't finite and ages that nobody has, and says so", () => {
  const attributes = { age: 131, height: NaN, weight: 5.1, sex: "female" };
  const { rows, warnings } = plausibleRows(found([row({ attributes })]));
  expect(rows[0].attributes).toEqual({ weight: 5.1, sex: "female" });
  expect(warnings).toEqual([expect.stringMatching(/^2 values .*age 131 of a\.wav.*height NaN of a\.wav/)]);
});

Deno.test("plausibleRows() passes over events that end before they begin", () => {
  const event = (start: number, end: number) => ({ recording: "a.wav", start, end, label: "S1" });
  const { events, passedOver } = plausibleRows(
    { ...found([row({})]), events: [event(0, 1), event(1, 0), event(0, Infinity)] },
  );
  expect(events).toEqual([event(0, 1)]);
  expect(passedOver.length).toBe(2);
});
