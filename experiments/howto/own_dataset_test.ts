import { expect } from "expect";
import { encodeWav } from "../../lib/audio/mod.ts";
import { checkDataset, listDatasets, loadDataset } from "../../lib/datasets/mod.ts";
import { resolveExperiment, runExperiment } from "@auscult/auscult";
import { writeAtomic } from "../../lib/files/mod.ts";
import { ownParts, partsIn } from "../../lib/parts/mod.ts";
import { randomStream } from "../../lib/random/mod.ts";
import { renderModelCard, renderReport } from "../../lib/report/mod.ts";
import own from "./own_dataset.ts";

/** Twenty-four patients, every other one with a noise between the beats. */
async function makeClinic(folder: string): Promise<void> {
  const stream = randomStream(0, "clinic");
  const lines = ["patient,age,sex,murmur"];
  for (let patient = 1; patient <= 24; patient++) {
    const id = `P${String(patient).padStart(2, "0")}`;
    const murmur = patient % 2 === 0;
    lines.push(`${id},${30 + patient},${murmur ? "F" : "M"},${murmur ? "yes" : "no"}`);
    const pitch = 40 + 40 * stream.uniform(), period = Math.round(1200 + 800 * stream.uniform());
    const samples = Float32Array.from({ length: 4 * 2000 }, (_, n) => {
      const beat = Math.sin(2 * Math.PI * pitch * n / 2000) * Math.exp(-(n % period) / 100);
      return 0.5 * beat + (murmur ? 0.2 : 0.02) * stream.normal();
    });
    await writeAtomic(
      `${folder}/${patient > 18 ? 2025 : 2024}/${id}_AV.wav`,
      encodeWav(samples, { sampleRate: 2000 }).slice(),
    );
  }
  await writeAtomic(
    `${folder}/2024/P99_AV.wav`,
    encodeWav(new Float32Array(4000).fill(0.1), { sampleRate: 2000 }).slice(),
  );
  await writeAtomic(`${folder}/patients.csv`, lines.join("\n"));
}

Deno.test("an own dataset is loaded, checked and listed as a published one", async () => {
  const root = await Deno.makeTempDir();
  try {
    const folder = `${root}/clinic`;
    await makeClinic(folder);
    const { rows, absentParts, passedOver } = await loadDataset("clinic", { folder, task: "murmur-2" });
    expect(rows.length).toBe(18);
    expect(rows[1]).toEqual({
      ...{ recording: "2024/P02_AV.wav", subject: "P02", label: "murmur", start: 0, end: 4 },
      ...{ source: "all", part: "train", attributes: { age: 32, sex: "female", site: "AV" } },
    });
    expect([absentParts, passedOver]).toEqual([[], [{
      path: "2024/P99_AV.wav",
      reason: expect.stringMatching(/patients\.csv/),
    }]]);
    expect((await loadDataset("clinic", { folder, task: "murmur-2", parts: ["test"] })).rows.length).toBe(6);
    const { findings, traps } = await checkDataset("clinic", { folder });
    // It holds one value throughout, and is told once though its patient isn't known either.
    expect(findings.map(({ kind, path }) => [kind, path])).toEqual([["damaged", "2024/P99_AV.wav"]]);
    expect(traps).toEqual([expect.stringMatching(/one stethoscope/)]);
    const listed = (await listDatasets(root)).filter(({ here }) => here);
    expect(listed).toMatchObject([{
      info: { name: "clinic" },
      here: { subjects: 24, tasks: { "murmur-2": { murmur: 12 } } },
    }]);
  } finally {
    await Deno.remove(root, { recursive: true });
  }
});

Deno.test("its run names licence and citation, and keeps its code", async () => {
  const root = await Deno.makeTempDir();
  try {
    await makeClinic(`${root}/clinic`);
    const experiment = resolveExperiment(own, [
      "training.epochs=1",
      "model.filters=[4]",
      'evaluation.protocol={"kind":"hold-out"}',
      "evaluation.resamples=100",
    ]);
    expect(await ownParts(partsIn(experiment))).toMatchObject([{ part: "dataset", kind: "clinic" }]);
    const { run } = await runExperiment(experiment, {
      ...{ data: `${root}/clinic`, out: `${root}/results`, cacheFolder: `${root}/cache` },
      ...{ command: "test", epochLines: false },
    });
    const page = await Deno.readTextFile(await renderReport(run.folder));
    const card = await Deno.readTextFile(await renderModelCard(run.folder));
    for (const text of [page, card]) {
      expect(text).toMatch(/not to be passed on/);
      expect(text).toMatch(/Recorded by ourselves/);
    }
    expect(await run.readText("code/dataset-clinic/own_dataset.ts")).toMatch(/patients\.csv/);
  } finally {
    await Deno.remove(root, { recursive: true });
  }
});
