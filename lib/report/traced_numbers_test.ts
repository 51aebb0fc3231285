import { expect } from "expect";
import { writeFixtureRun } from "./fixture_run.ts";
import { renderReport } from "./mod.ts";

/** Numbers of the report's own words, which no file holds. */
const OWN_WORDS = [
  "95 of 100 recordings of subjects that were left out", // how the limit of neighbours is defined
  "poorer than 99 of 100 of this run's own", // how the limit of quality is
  "Is 80 % right in 80 of 100 cases", // how a calibration curve is read
  "Of 100 ", // a share in plain words
  "for the other ", // of those 100
  "fewer than 30 sounds",
  "scale 0 to 1",
  "0 for guessing", // what a score means
  "F1", // a score's name
];

/** The text that readers see, without what says where it comes from, and without commands, names and drawn axes. */
function untraced(page: string, names: string[]): string {
  const body = page.slice(page.indexOf("<main"), page.indexOf("</main>"));
  const hidden = /<(data|code|pre|svg|script)\b.*?<\/\1>|<div class="(hz|seconds)" aria-hidden="true">.*?<\/div>/gs;
  const text = body.replace(hidden, " ").replace(/<[^>]*>/g, " ").replace(/\s+/g, " ");
  return [...OWN_WORDS, ...names].reduce((rest, known) => rest.replaceAll(known, " "), text);
}

Deno.test("renderReport() says of every number in its text which file and key it was read from", async () => {
  const results = await Deno.makeTempDir();
  try {
    const run = await writeFixtureRun(results, { subjects: 12, examples: 3, seconds: 1 });
    const page = await Deno.readTextFile(await renderReport(run.folder));
    const config = JSON.parse(await run.readText("config.json"));
    const data = JSON.parse(await run.readText("data.json"));
    const splits: { folds: { test: string[] }[] } = JSON.parse(await run.readText("splits.json"));
    // Names and quotations: texts of a file that happen to hold digits.
    const names = [
      ...config.references.flatMap(({ what, source }: { what: string; source: string }) => [what, source]),
      ...[config.title, config.question, config.name, data.title, data.citation, data.task, data.licence],
      ...data.passedOver.flatMap(({ path, reason }: { path: string; reason: string }) => [path, reason]),
      ...splits.folds.flatMap(({ test }) => test).toSorted((a, b) => b.length - a.length),
      "SPRSound 1-1",
      "SPRSound 1-2",
    ].filter(Boolean);
    const pseudonym = /(subject|recording|sound) \d+/g;
    const left = untraced(page, names).replace(pseudonym, " ");
    expect(left.match(/.{0,40}\d.{0,40}/g)).toBeNull();
    expect(page.match(/<data [^>]*title="[\w./]+: [^"]+">/g)!.length).toBeGreaterThan(200);
  } finally {
    await Deno.remove(results, { recursive: true });
  }
});
