import { expect } from "expect";
import { basename } from "node:path";
import { formatNpy } from "../files/mod.ts";
import { type Run, runExamples } from "../runs/mod.ts";
import { writeFixtureRun } from "./fixture_run.ts";
import { renderExternalReport, renderModelCard, renderReport } from "./mod.ts";

async function withRun(check: (run: Run) => Promise<void>, options: Parameters<typeof writeFixtureRun>[1] = {}) {
  const results = await Deno.makeTempDir();
  try {
    await check(await writeFixtureRun(results, { subjects: 12, examples: 2, seconds: 1, ...options }));
  } finally {
    await Deno.remove(results, { recursive: true });
  }
}

const read = async (run: Run) => await Deno.readTextFile(await renderReport(run.folder));

Deno.test("renderReport() shows what was asked, the scores of metrics.json and the command", () =>
  withRun(async (run) => {
    const page = await read(run);
    const { parts } = JSON.parse(await run.readText("metrics.json"));
    const { value } = parts.test.pooled.item.accuracy;
    expect(page).toContain("Which adventitious sound is in this breath");
    expect(page).toContain(
      `<data value="${value}" title="metrics.json: parts.test.pooled.item.accuracy.value">${value.toFixed(3)}</data>`,
    );
    expect(page).toContain("deno task experiment experiments/lung/fixture.ts");
    expect(page).toContain("f".repeat(64));
    expect(page).not.toContain("Missing from this report");
  }));

Deno.test("renderReport() compares groups, says what is refused, and shows a kept leak before the scores", () =>
  withRun(async (run) => {
    const metrics = JSON.parse(await run.readText("metrics.json"));
    const { groups } = metrics.parts.test;
    for (const { differences } of groups) {
      for (const one of Object.values<{ worse: boolean }>(differences)) one.worse = false;
    }
    const { attribute, group } = groups[0];
    groups[0].differences["sprsound-1-2"] = { value: -0.2, low: -0.3, high: -0.1, worse: true };
    await run.writeJson("metrics.json", { ...metrics, leaks: ["2 subjects stand on two sides."] });
    const page = await read(run);
    expect(page.match(/It does worse on [^:]* than on all others/g)).toEqual([
      `It does worse on ${attribute} ${group} than on all others`,
    ]);
    expect(page).toContain('title="metrics.json: parts.test.groups[0].differences.sprsound-1-2.low">−0.300</data>');
    expect(page).toContain(`<tr class="flagged"><th scope="row" class="whole"><data value="${group}" `);
    expect(page).toContain("model/bundle.json: neighbours.heldOut.accepted");
    expect(page).toContain('title="model/bundle.json: quality.heldOut: recordings less accepted">1</data>');
    expect(page.indexOf("2 subjects stand on two sides.")).toBeLessThan(page.indexOf('class="tiles"'));
  }));

Deno.test("renderReport() shows the first three warnings, and folds the others away", () =>
  withRun(async (run) => {
    const metrics = JSON.parse(await run.readText("metrics.json"));
    const warnings = Array.from({ length: 5 }, (_, i) => `Doubt ${"abcde"[i]}.`);
    await run.writeJson("metrics.json", { ...metrics, warnings });
    const [shown, folded] = (await read(run)).match(/<div class="note warning" role="note">(.*?)<\/div>/s)![1]
      .split("<details>");
    const said = (part: string) => warnings.filter((warning) => part.includes(warning));
    expect([said(shown), said(folded)]).toEqual([warnings.slice(0, 3), warnings.slice(3)]);
    expect(folded).toContain("2</data> more");
    await run.writeJson("metrics.json", { ...metrics, warnings: warnings.slice(0, 3) });
    expect((await read(run)).match(/<div class="note warning" role="note">(.*?)<\/div>/s)![1]).not.toContain(
      "<details",
    );
  }));

Deno.test("renderReport() says so where a bundle knows no training recordings, as older ones do", () =>
  withRun(async (run) => {
    const { neighbours: _neighbours, quality: _quality, ...older } = JSON.parse(
      await run.readText("model/bundle.json"),
    );
    await run.writeJson("model/bundle.json", older);
    expect(await read(run)).toContain("holds no training recordings to compare with");
  }));

Deno.test("renderReport() writes the same bytes for the same files", () =>
  withRun(async (run) => expect(await read(run)).toBe(await read(run))));

Deno.test("renderReport() writes each figure as plotly JSON", () =>
  withRun(async (run) => {
    await renderReport(run.folder);
    const names = [...Deno.readDirSync(run.path("figures"))].map((entry) => entry.name).toSorted();
    expect(names).toEqual([
      ...["calibration.json", "confusion.json", "learning-curves.json", "precision-recall.json"],
      ...["risk-coverage.json", "roc.json", "scores.json"],
    ]);
    const roc = JSON.parse(await run.readText("figures/roc.json"));
    expect(roc.layout.xaxis.title.text).toBe("1 − specificity");
  }));

Deno.test("renderReport() forbids every request and every script but its own", () =>
  withRun(async (run) => {
    const page = await read(run);
    const policy = page.match(/Content-Security-Policy" content="([^"]*)"/)![1];
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/https?:|script-src[^;]*'unsafe|\*/);
    const ownMarkup = page.slice(0, page.indexOf('<script type="text/plain"'));
    expect(ownMarkup.match(/(src|href)="(?!data:|#)/g)).toBeNull();
  }));

Deno.test("renderReport() keeps markup in names, labels and events as text", () => {
  const suffix = "<img src=x onerror=alert(1)></script>&amp;";
  return withRun(
    async (run) => {
      const page = await read(run);
      expect(page).not.toContain("<img src=x");
      expect(page.match(/<\/script>/g)!.length).toBe(page.match(/<script/g)!.length);
      expect(page).toContain("Wheeze&lt;img src=x onerror=alert(1)>&lt;/script>&amp;amp;");
    },
    { suffix, classes: ["Normal", `Wheeze${suffix}`] },
  );
});

Deno.test("renderReport() names neither subjects nor recordings on error cards, unless asked to", () =>
  withRun(async (run) => {
    const cards = (page: string) => page.slice(page.indexOf('id="errors"'), page.indexOf('id="curves"'));
    const [{ subject, recording }] = JSON.parse(await run.readText("examples/examples.json"));
    const shown = cards(await read(run));
    expect(shown).toContain("subject 1, recording 1");
    expect(shown).not.toContain(subject);
    expect(shown).not.toContain(recording);
    const named = cards(await Deno.readTextFile(await renderReport(run.folder, { pseudonymise: "nothing" })));
    expect(named).toContain(recording);
    const none = await Deno.readTextFile(await renderReport(run.folder, { pseudonymise: "everything" }));
    expect(none).not.toContain(recording);
    expect(none).not.toMatch(new RegExp(`\\b${subject}\\b`));
  }));

Deno.test("renderReport() makes a page of an empty folder and names what isn't there", async () => {
  const folder = await Deno.makeTempDir();
  const page = await Deno.readTextFile(await renderReport(folder));
  for (const file of ["config.json", "metrics.json", "predictions.csv", "history.csv", "examples/examples.json"]) {
    expect(page).toContain(`<code>${file}</code>: It is missing.`);
  }
  await Deno.remove(folder, { recursive: true });
});

const DAMAGE: Record<string, { content: string | Uint8Array; says: RegExp }> = {
  "config.json": { content: "{", says: /config\.json<\/code>: Expected JSON/ },
  "metrics.json": { content: '{"version": 2}', says: /metrics\.json<\/code>: .*at version/ },
  "predictions.csv": { content: "fold\n1,2\n", says: /predictions\.csv<\/code>: .*line 2/ },
  "history.csv": { content: "fold,seed\n0,1\n", says: /history\.csv<\/code>: .*none called .*epoch/ },
  "splits.json": { content: "[]", says: /splits\.json<\/code>: / },
  "examples/error-01.wav": { content: "no sound", says: /error-01\.wav<\/code>: Expected/ },
  "examples/error-01.npy": {
    content: formatNpy({ shape: [2, 2], data: new Float32Array(4) }),
    says: /error-01\.npy<\/code>: .*the shape is \[2, 2\]/,
  },
};

Deno.test("renderReport() shows no file from outside the run, whatever its examples name", () =>
  withRun(async (run) => {
    const secret = `${run.folder}.secret`;
    await Deno.writeFile(`${secret}.wav`, await run.readBytes("examples/error-01.wav"));
    const listed = await run.readJson("examples/examples.json", runExamples);
    await run.writeJson("examples/examples.json", [{ ...listed[0], id: `../../${basename(secret)}` }]);
    const page = await read(run);
    expect(page).toMatch(/\.wav<\/code>: .*a path out of the folder/);
    expect(page).not.toContain("data:audio/wav");
    await Deno.remove(`${secret}.wav`);
  }));

Deno.test("renderReport() tells no time of a history whose seconds are no numbers", () =>
  withRun(async (run) => {
    const [header, ...rows] = (await run.readText("history.csv")).trimEnd().split("\n");
    const seconds = header.split(",").indexOf("seconds");
    const damaged = rows.map((row) => row.split(",").with(seconds, "abc").join(","));
    await run.write("history.csv", [header, ...damaged, ""].join("\n"));
    const page = await read(run);
    expect(page).toMatch(/history\.csv<\/code>: Expected a number as seconds .*row 1/);
    expect(page).not.toMatch(/NaN (s|min|h)/);
  }));

for (const [file, { content, says }] of Object.entries(DAMAGE)) {
  Deno.test(`renderReport() shows the rest where ${file} is damaged, and says so`, () =>
    withRun(async (run) => {
      await run.write(file, content);
      const page = await read(run);
      expect(page).toMatch(says);
      expect(page).toContain("What this can and can't tell");
    }));
}

Deno.test("renderReport() and renderModelCard() name the files that a reader is sent to and that aren't there", () =>
  withRun(async (run) => {
    for (const file of ["groups.csv", "model/pipeline.onnx"]) await Deno.remove(run.path(file));
    const page = await read(run);
    const card = await Deno.readTextFile(await renderModelCard(run.folder));
    for (const file of ["groups.csv", "model/pipeline.onnx"]) {
      expect(page).toContain(`<code>${file}</code>: It is missing.`);
      expect(card).toContain(`${file.replaceAll("_", "\\_")}: It is missing.`);
    }
  }));

/** A set of other data as `evaluate` leaves it: the run's own figures, under another name and with another floor. */
async function addSet(run: Run, { name, title, floor }: { name: string; title: string; floor: number }) {
  const { parts, ...metrics } = JSON.parse(await run.readText("metrics.json"));
  const part = structuredClone(parts.test);
  for (const scores of Object.values<Record<string, { floor: number; floors: object }>>(part.pooled)) {
    for (const score of Object.values(scores)) Object.assign(score, { floor, floors: { shortcut: floor } });
  }
  await run.writeJson(`evaluations/${name}/metrics.json`, { ...metrics, parts: { [name]: part } });
  await run.writeJson(`evaluations/${name}/data.json`, { ...JSON.parse(await run.readText("data.json")), title });
  await run.write(
    `evaluations/${name}/predictions.csv`,
    (await run.readText("predictions.csv")).replaceAll(",test,", `,${name},`),
  );
}

Deno.test("renderReport() has a section for each set of other data with its own floors, and each set a page", () =>
  withRun(async (run) => {
    await addSet(run, { name: "ward-3", title: "ward 3 <b>", floor: 0.123 });
    await addSet(run, { name: "ward-4", title: "ward 4", floor: 0.987 });
    const page = await read(run);
    expect(page).toContain('<h2 id="external-0-title">External: ward 3 &lt;b></h2>');
    expect(page).toContain('<h2 id="external-1-title">External: ward 4</h2>');
    const at = "parts.ward-4.pooled.item.accuracy.floors.shortcut";
    expect(page).toContain(`title="evaluations/ward-4/metrics.json: ${at}">0.987</data>`);
    expect(page).toContain("evaluations/ward-3/metrics.json: parts.ward-3.pooled.item.accuracy.low");
    expect(page).toContain('href="evaluations/ward-3/report.html"');

    const own = await Deno.readTextFile(await renderExternalReport(run.folder, run.path("evaluations", "ward-4")));
    expect(own).toContain("Judged on other data: ward 4");
    expect(own).toContain("External: ward 4, one count an item");
    expect(own).not.toContain("Part ward-4");
    expect(own).not.toContain("Missing from this report");
    const { title } = JSON.parse(await run.readText("data.json"));
    expect(own).toContain(`only met the recordings of &quot;${title}&quot;`);

    const card = await Deno.readTextFile(await renderModelCard(run.folder));
    expect(card).toMatch(/## External data[^#]*External: ward 4[^#]*0\.987/);
  }));

Deno.test("renderReport() writes a page of places where sources were left out: what failed in each, with where it stands", () =>
  withRun(async (run) => {
    const drawn = { value: 0.8, low: 0.7, high: 0.9 };
    const place = (source: string, failed: "ranking" | "threshold") => ({
      ...{ source, subjects: 4, units: 40, failed, expected: 0.3 },
      thresholds: { carried: 0.61, unlabelled: drawn, labelled: { value: null, low: null, high: null }, half: drawn },
      differs: {
        prevalence: { here: 0.25, elsewhere: 0.5 },
        seconds: { here: 2, elsewhere: 3 },
        level: { here: null, elsewhere: -30 },
      },
      spectrum: { here: [1, 2], elsewhere: [0, 4] },
    });
    await run.save("places", {
      ...{ version: 1, unit: "item", unlabelled: 20, labelled: 10, bandsHz: [100, 200] },
      places: [place("site a", "ranking"), place("site <b>", "threshold")],
    });
    expect(await read(run)).toContain('<a href="places.html">');
    const page = await Deno.readTextFile(run.path("places.html"));
    expect(page).toMatch(/<b>Ranking isn(?:'|&#39;)t shown<\/b>: site a \(/);
    expect(page).toMatch(/<b>Threshold failed<\/b>: site &lt;b> \(/);
    expect(page).toContain('title="places.json: places[1].thresholds.unlabelled.value">0.800</data>');
    const { parts } = JSON.parse(await run.readText("metrics.json"));
    const { value } = parts.test.sources[0].scores.rocAuc;
    expect(page).toContain(
      `title="metrics.json: parts.test.sources[0].scores.rocAuc.value">${value.toFixed(3)}</data>`,
    );
    for (const figure of ["ranking", "thresholds", "spectra"]) expect(page).toContain(`figure-${figure}`);
  }));
