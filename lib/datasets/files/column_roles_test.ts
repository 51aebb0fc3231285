import { expect } from "expect";
import { columnRoles } from "./column_roles.ts";

Deno.test("columnRoles() knows the usual headers, whatever their case, blanks and marks", () => {
  const { of, notes } = columnRoles([
    "File Name",
    "Pat-Nr.",
    "Diagnose",
    "Onset (s)",
    "Offset [s]",
    "Hospital",
    "Split",
  ], "x");
  expect(of).toEqual({
    ...{ recording: "File Name", subject: "Pat-Nr.", label: "Diagnose", start: "Onset (s)", end: "Offset [s]" },
    ...{ source: "Hospital", part: "Split" },
  });
  expect(notes).toEqual([]);
});

Deno.test("columnRoles() takes the surest of several and says so; of two labels it asks", () => {
  const { of, notes } = columnRoles(["id", "patient", "filename", "path", "label", "murmur"], "x.csv");
  expect(of).toEqual({ recording: "path", subject: "patient", label: "label" });
  expect(notes).toEqual([
    expect.stringMatching(/recording is taken from "path", not from "filename"/),
    expect.stringMatching(/subject is taken from "patient", not from "id"/),
    expect.stringMatching(/label is taken from "label", not from "murmur"/),
  ]);
  expect(() => columnRoles(["path", "murmur", "outcome"], "x.csv")).toThrow(
    /one column with the labels.*"murmur", "outcome"/,
  );
});

Deno.test("columnRoles() follows the names that it is given", () => {
  const { of } = columnRoles(["path", "label", "Kennung"], "x.csv", { subject: "kennung", label: "label" });
  expect(of.subject).toBe("Kennung");
  expect(() => columnRoles(["path", "label"], "x.csv", { subject: "Pat" })).toThrow(
    /a column of the table for subject \(path, label\) but found "Pat" in x\.csv/,
  );
});
