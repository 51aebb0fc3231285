import { expect } from "expect";
import { inputSchema } from "../../features/mod.ts";
import { type Run } from "../../runs/mod.ts";
import { importPredictions, type ImportPredictionsOptions } from "../mod.ts";

const input = inputSchema.parse({ preset: "respirenet", seconds: 1 });

/** What a table is judged as, in a folder of its own. */
async function withImport(
  text: string,
  options: Partial<ImportPredictionsOptions>,
  check: (run: Run) => Promise<void>,
): Promise<void> {
  const out = await Deno.makeTempDir();
  await Deno.writeTextFile(`${out}/theirs.csv`, text);
  await check(await importPredictions(`${out}/theirs.csv`, { name: "theirs", input, out, command: "", ...options }))
    .finally(() => Deno.remove(out, { recursive: true }));
}

/** A line a subject, who is right unless listed. */
function table(subjects: number, wrong: number[], extra: (s: number) => string = () => "", header = ""): string {
  const lines = Array.from({ length: subjects }, (_, s) => {
    const label = s % 2, said = wrong.includes(s) ? 1 - label : label;
    return `r${s}.wav,s${s},${["N", "W"][label]},${[0.8, 0.2][said]},${[0.2, 0.8][said]}${extra(s)}`;
  });
  return `recording,subject,label,p_N,p_W${header}\n${lines.join("\n")}\n`;
}

Deno.test("importPredictions() judges a table without recordings, and says what can't be known", async () => {
  await withImport(table(40, [0, 1, 2]), {}, async (run) => {
    const { parts, warnings } = await run.metrics();
    expect(Object.keys(parts)).toEqual(["test"]);
    // Of 20 and 20, 2 and 1 are wrong.
    const { accuracy, sensitivity, specificity } = parts.test.pooled.item!;
    expect([accuracy.value, sensitivity.value, specificity.value]).toEqual([37 / 40, 19 / 20, 18 / 20]);
    expect(Object.keys(accuracy.floors).sort()).toEqual(["all-positive", "majority", "prior"]);
    expect(warnings.join()).toMatch(/Without --data there are no floors/);
    expect((await run.data()).leakCheck.join()).toMatch(/isn't known, so that no leak can be ruled out/);
    expect((await run.config()).imported?.file).toBe("theirs.csv");
  });
});

Deno.test("importPredictions() names subjects that were judged and trained on, by parts or by folds", async () => {
  const byPart = table(40, [], (s) => s < 30 ? ",train" : ",test", ",part") + "r99.wav,s3,W,0.2,0.8,test\n";
  await withImport(byPart, {}, async (run) => {
    expect((await run.metrics()).leaks).toEqual([expect.stringMatching(/^LEAK: 1 subject .*\(s3\)/)]);
  });
  const byFold = table(40, [], (s) => `,${s % 4}`, ",fold") + "r99.wav,s7,W,0.2,0.8,0\n";
  await withImport(byFold, {}, async (run) => {
    expect((await run.metrics()).leaks).toEqual([expect.stringMatching(/^LEAK: 1 subject .*\(s7\)/)]);
    expect((await run.splits()).folds.length).toBe(4);
  });
  await withImport(table(40, [], (s) => `,${s % 4}`, ",fold"), {}, async (run) => {
    expect((await run.metrics()).leaks).toEqual([]);
    expect((await run.data()).leakCheck.join()).toMatch(/No subject that was judged stands among/);
  });
});

Deno.test("importPredictions() judges visits one by one where the table tells them apart", async () => {
  const twice = table(40, [], (s) => `,${s}`, ",visit").replaceAll("s39,", "s38,");
  await withImport(twice, { unit: "subject" }, async (run) => {
    const { predictions } = await run.predictions();
    expect(predictions.slice(38).map(({ subject, visit }) => [subject, visit])).toEqual([["s38", "38"], ["s38", "39"]]);
    expect((await run.data()).leakCheck.join()).toMatch(/1 of 39 subjects has several visits.*each visit.*40 in all/);
    expect((await run.metrics()).warnings.join()).not.toMatch(/several labels/);
  });
  await withImport(table(40, []).replaceAll("s39,", "s38,"), { unit: "subject" }, async (run) => {
    expect((await run.metrics()).warnings.join()).toMatch(
      /Nothing is scored by subject: 1 of 39 .*s38 \(N, W\).*visit/,
    );
  });
});

Deno.test("importPredictions() takes names, times and subjects from a run of ours on the same items", async () => {
  await withImport(table(20, [0]).replaceAll(/\n(r\d+)/g, "\nwav/$1"), { name: "ours" }, async (like) => {
    const bare = table(20, [1]).split("\n").map((line) => line.replace(/,s\d+/, "").replace("subject,", "")).join("\n");
    await withImport(bare + "z.wav,N,0.8,0.2\n", { like }, async (run) => {
      const { predictions } = await run.predictions();
      expect(predictions[7]).toMatchObject({ recording: "wav/r7.wav", subject: "s7" });
      expect((await run.metrics()).warnings.join()).toMatch(/1 of the judged items are none of/);
    });
  });
});

Deno.test("importPredictions() refuses a name that leads out of the folder, and recordings that aren't there", async () => {
  await expect(withImport(table(20, []), { name: "../x" }, () => Promise.resolve())).rejects.toThrow(/--name/);
  const data = await Deno.makeTempDir();
  await expect(withImport(table(20, []), { data }, () => Promise.resolve())).rejects.toThrow(
    /none for 20, the first r0\.wav in line 2/,
  );
  await Deno.remove(data);
});
