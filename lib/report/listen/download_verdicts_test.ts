import { expect } from "expect";
import { parseVerdicts, type Verdict } from "../../listening/mod.ts";
import { verdictLines } from "./download_verdicts.ts";

Deno.test("verdictLines() gives a file that is read as it was said, formulas and quotes included", () => {
  const said: Verdict = {
    item: "a, b/1.wav 0.000-2.250 s",
    rater: "=Anna",
    queue: "random",
    label: null,
    verdict: "-1",
    certainty: "likely",
    blind: true,
    events: [{ start: 0.5, end: 0.75, label: 'a "crackle", fine' }],
    remark: '+SUM(A1) "loud", <b>then</b> soft',
    seconds: 12.5,
    time: "2026-05-01T12:30:00.000Z",
  };
  const cannot: Verdict = { ...said, verdict: null, events: [], remark: "", blind: false, label: "Normal" };
  const text = verdictLines([said, cannot]);
  expect(parseVerdicts(text, "verdicts.csv")).toEqual([said, cannot]);
  expect(text).toContain(`"'+SUM`);
});
