import { expect } from "expect";
import { soundMeaning } from "./mod.ts";

// Names as the datasets spell them; the words are those that the field uses for each (Bohadana 2014, Chizner 2008).
const SAID: Record<string, RegExp> = {
  Wheeze: /musical .* above 100 Hz/,
  Rhonchi: /below 200 Hz/,
  Stridor: /larynx or windpipe/,
  "Fine Crackle": /high pitch/,
  "Coarse Crackle": /low pitch/,
  "Wheeze+Crackle": /together/,
  DAS: /crackles/,
  CAS: /wheezes, rhonchi or stridor/,
  "Poor Quality": /too poor to judge/,
  Present: /between the heart sounds/,
  Absent: /nothing beyond/,
  Abnormal: /something beyond/,
  Normal: /nothing beyond/,
  MVP: /click/,
};

for (const [label, words] of Object.entries(SAID)) {
  Deno.test(`soundMeaning() knows ${label}`, () => expect(soundMeaning(label)!.meaning).toMatch(words));
}

Deno.test("soundMeaning() invents nothing for a name that it doesn't know", () => {
  expect(soundMeaning("class 7")).toBeNull();
});
