// From a run over its queue to a run that learned from the verdicts, on a table of which some labels are wrong.
import { expect } from "expect";
import { testWav, withFolder } from "../../datasets/fixtures/with_folder.ts";
import { appendVerdict, compareTrainings, itemKey, type Verdict } from "../../listening/mod.ts";
import { readTests } from "../read_tests.ts";
import { trained } from "./fixture_training.ts";
import { openSounds } from "./open_sounds.ts";
import { reportListening } from "./report_listening.ts";

const signal = new AbortController().signal;
const wrong = ["p03.wav", "p07.wav", "p08.wav"];
const truth = (recording: string) => Number(recording.slice(1, 3)) % 2 ? "wheeze" : "normal";

/** Sixteen subjects with a recording each; two labels say the opposite. */
function table() {
  const names = Array.from({ length: 16 }, (_, i) => `p${`${i + 1}`.padStart(2, "0")}.wav`);
  const rows = names.map((name) => {
    const right = truth(name);
    const label = wrong.includes(name) ? { wheeze: "normal", normal: "wheeze" }[right] : right;
    return `${name},${name.slice(0, 3)},${label}\n`;
  });
  const sounds = Object.fromEntries(names.map((name, i) => [name, { seconds: 1, seed: i + 1 }]));
  return { ...sounds, "manifest.csv": `path,subject,label\n${rows.join("")}` };
}

function verdict(item: string, { recording, label }: { recording: string; label: string | null }): Verdict {
  return {
    ...{ item, rater: "Anna", queue: "wrong-labels", label, verdict: truth(recording), certainty: "sure", blind: true },
    ...{ events: [], remark: "", seconds: 3, time: "2026-05-01T12:30:00.000Z" },
  };
}

Deno.test("what listeners said of a run trains the next one, and both are compared by both kinds of labels", async () => {
  await withFolder(table(), async (data) => {
    const given = await trained(data, "as-given");
    const { source, folder, run } = await openSounds(given.folder, { signal });
    expect([run, folder]).toEqual([true, given.folder]);
    await expect(reportListening(await openSounds(given.folder, { signal }), { files: [] })).rejects.toThrow(
      /none yet/,
    );
    const verdicts = `${given.folder}/verdicts.csv`;
    for (const one of source.table.items) await appendVerdict(verdicts, verdict(one.item, one));

    const verified = await trained(data, "verified", { verdicts: [verdicts], from: "majority" });
    const folds = await Promise.all([given, verified].map((run) => Deno.readTextFile(run.path("splits.json"))));
    expect(folds[1]).toBe(folds[0]);
    const labels = await verified.labels();
    const changed = labels.filter(({ given, used }) => given !== used);
    expect(changed.map(({ recording }) => recording)).toEqual(wrong);
    for (const { recording, used } of labels) expect(used).toBe(truth(recording));

    const told = await reportListening(await openSounds(verified.folder, { signal }), {
      ...{ files: [verdicts], given: given.folder },
    });
    expect(told).toMatch(/Judged by the labels as given[^]*Judged by the labels as listeners verified them/);
    expect(await Deno.readTextFile(`${verified.folder}/listening.html`)).toContain(
      "Trained with the verdicts and without",
    );
    const tests = await Promise.all([verified, given].map(async (one) => (await readTests(one.folder)).tests));
    const [first, second] = tests, { classes } = source.table;
    const { asGiven, asVerified } = compareTrainings({ predictions: first, labels }, { predictions: second }, {
      classes,
    });
    expect(told).toContain(`${asVerified.items} items of 16 subjects that both judged`);
    const accuracyOf = (by: (recording: string) => string, predictions: typeof first) => {
      return predictions.filter(({ recording, predicted }) => predicted === by(recording)).length / predictions.length;
    };
    const original = new Map(labels.map(({ recording, given }) => [recording, given]));
    for (
      const [comparison, by] of [[asGiven, (name: string) => original.get(name)!], [asVerified, truth]] as const
    ) {
      const { first: with_, second: without } = comparison.differences.find(({ score }) => score === "accuracy")!;
      expect(with_).toBeCloseTo(accuracyOf(by, first), 9);
      expect(without).toBeCloseTo(accuracyOf(by, second), 9);
    }
  });
});

Deno.test("a run whose recordings sound otherwise by now isn't listened to", async () => {
  await withFolder(table(), async (data) => {
    const { folder } = await trained(data, "as-given");
    await Deno.writeFile(`${data}/p05.wav`, testWav({ seconds: 1, seed: 99 }));
    await expect(openSounds(folder, { signal })).rejects.toThrow(/1 that have changed since, the first p05\.wav/);
    await Deno.remove(`${data}/p05.wav`);
    await expect(openSounds(folder, { signal })).rejects.toThrow(/p05\.wav|bring them back/);
  });
});

Deno.test("a table's sounds are listened to with the labels that it gives, a folder's without", async () => {
  await withFolder(table(), async (data) => {
    for (const what of [data, `${data}/manifest.csv`]) {
      const { source, run } = await openSounds(what, { signal });
      const { classes, items } = source.table;
      expect([run, [...classes].sort(), items.length]).toEqual([false, ["normal", "wheeze"], 16]);
      expect(items.find(({ recording }) => recording === "p03.wav")?.label).toBe("normal");
      expect(items[0].item).toBe(itemKey(items[0]));
    }
    await Deno.remove(`${data}/manifest.csv`);
    const { source } = await openSounds(data, { signal });
    expect(source.table.items.every(({ label }) => label === null)).toBe(true);
  });
  await expect(openSounds("sprsuond", { signal })).rejects.toThrow(/sprsound.* found nothing of this name in sprsuond/);
  await expect(openSounds("sprsound", { signal })).rejects.toThrow(/events-2, events-7.*--task/);
});
