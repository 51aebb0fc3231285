import { expect } from "expect";
import { scoreStatistic } from "./score_statistic.ts";
import { findScore, headlineScores, lowerIsBetter, scoreInfo, scoreTable, usualScores } from "./score_table.ts";

/** Values of every score for a classifier of two classes that is so sure, and right where that is above a half. */
function judged(sure: number): Map<string, number> {
  const labels = Int32Array.of(0, 1, 0, 1, 1, 0);
  const probabilities = Float64Array.from(
    [...labels].flatMap((label) => label === 0 ? [sure, 1 - sure] : [1 - sure, sure]),
  );
  const predicted = labels.map((label) => sure > 0.5 ? label : 1 - label);
  const items = { labels, predicted, probabilities, clusters: labels.map((_, i) => i) };
  const { names, statistic } = scoreStatistic(items, {
    classes: ["Normal", "Abnormal"],
    asked: [...scoreTable.keys()],
  });
  const values = statistic(new Float64Array(labels.length).fill(1));
  return new Map(names.map((name, i) => [name, values[i]]));
}

Deno.test("lowerIsBetter() agrees with what every score gives a right and a wrong classifier", () => {
  const [right, wrong] = [judged(0.95), judged(0.05)];
  for (const [name, value] of right) {
    const other = wrong.get(name)!;
    if (Number.isFinite(value) && Number.isFinite(other) && value !== other) {
      expect([name, lowerIsBetter(name)]).toEqual([name, value < other]);
    }
  }
  expect(right.size).toBeGreaterThan(20);
});

Deno.test("scoreInfo() has ranges that hold every value", () => {
  for (const sure of [0.05, 0.5, 0.95]) {
    for (const [name, value] of judged(sure)) {
      const [from, to] = scoreInfo(name).range;
      if (!Number.isNaN(value)) expect([name, value >= from && value <= to]).toEqual([name, true]);
    }
  }
});

Deno.test("scoreTable tells each score by one name, and nobody else keeps a list of them", async () => {
  const titles = [...scoreTable.values()].map(({ title }) => title);
  expect(new Set(titles).size).toBe(titles.length);
  expect(usualScores.slice(0, headlineScores.length)).toEqual(headlineScores);
  const coined = [...scoreTable.keys()].filter((name) => /[a-z][A-Z]/.test(name));
  const listed = new RegExp(`"(?:${coined.join("|")})"`);
  for (const room of ["experiment", "notebook", "plots", "predict", "report", "runs", "sweep", "tasks"]) {
    for (const path of await sources(new URL(`../${room}/`, import.meta.url))) {
      expect([path.href, listed.exec(await Deno.readTextFile(path))?.[0]]).toEqual([path.href, undefined]);
    }
  }
});

Deno.test("scoreTable has every score that the experiments' pages name", async () => {
  const pages = new URL("../../experiments/", import.meta.url);
  const results = await Deno.readTextFile(new URL("README.md", pages));
  const named = Array.from(results.matchAll(/^\| \w+\/\w+: (\S+) +\|/gm), ([, score]) => score);
  expect(named.length).toBeGreaterThan(10);
  for (const score of named) {
    const { definition: { name = "", parts = {} }, of } = findScore(score);
    expect([score, scoreTable.has(name), of === undefined || of in parts]).toEqual([score, true, true]);
  }
  const reference = await Deno.readTextFile(new URL("REFERENCE.md", pages));
  const [, table] = reference.split(/^## Scores and monitors$/m);
  const rows = Array.from(table.split(/^## /m)[0].matchAll(/^\| `([^`]+)` +\|/gm), ([, score]) => score);
  expect(rows).toEqual([...scoreTable.keys()]);
});

/** Production code of a room. */
async function sources(folder: URL): Promise<URL[]> {
  const found: URL[] = [];
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    const url = new URL(isDirectory ? `${name}/` : name, folder);
    if (isDirectory) found.push(...await sources(url));
    else if (/\.(tsx?|js)$/.test(name) && !/_(test|peer_checks)\.|fixture/.test(name)) found.push(url);
  }
  return found;
}
