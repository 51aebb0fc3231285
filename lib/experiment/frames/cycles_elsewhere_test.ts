import { expect } from "expect";
import { encodeWav } from "../../audio/mod.ts";
import { loadBundle, predictFiles } from "../../predict/mod.ts";
import { randomStream } from "../../random/mod.ts";
import { liveScript, renderLivePage, renderModelCard } from "../../report/mod.ts";
import { openRun } from "../../runs/mod.ts";
import { CHILD_CYCLES, writeChildHearts } from "../fixtures/child_hearts.ts";
import { evaluateBundle, itemEmbeddings, resolveExperiment, runExperiment } from "../mod.ts";

Deno.test("networks of heart cycles say elsewhere what they said in their run, and the same of strangers by file", async () => {
  const folder = await Deno.makeTempDir(), data = `${folder}/circor`;
  try {
    await writeChildHearts(data, 12);
    const places = { data, out: `${folder}/results`, cacheFolder: `${folder}/features`, threads: 1 };
    const { run } = await runExperiment(resolveExperiment(CHILD_CYCLES, ["training.epochs=8"]), {
      ...{ ...places, command: "test", engine: "ort", epochLines: false },
    });

    // Its own children are judged by the networks that haven't seen them: as in the run, to the score.
    const again = await evaluateBundle(run, { ...places, out: `${folder}/own`, adapt: ["prior"] });
    const answers = async (of: typeof run) => {
      const { predictions } = await of.predictions();
      const judged = predictions.filter(({ part }) => part !== "validation");
      return judged.toSorted((a, b) => a.recording.localeCompare(b.recording));
    };
    const [own, told] = [await answers(run), await answers(again)];
    expect(told.map(({ recording }) => recording)).toEqual(own.map(({ recording }) => recording));
    told.forEach(({ predicted, probabilities }, i) => {
      expect(predicted).toBe(own[i].predicted);
      probabilities.forEach((p, c) => expect(Math.abs(p - own[i].probabilities[c])).toBeLessThan(1e-6));
    });
    const [{ pooled: scores }] = Object.values((await again.metrics()).parts);
    const { pooled } = (await run.metrics()).parts.test;
    expect(scores.subject!["circor-murmur"].value).toBeCloseTo(pooled.subject!["circor-murmur"].value!, 9);
    await expect(evaluateBundle(run, { ...places, out: `${folder}/own`, adapt: ["statistics"] }))
      .rejects.toThrow("hear each recording by its own mean");
    await expect(itemEmbeddings(run, places)).rejects.toThrow("answer by frame");

    // Strangers are judged by the mean of all networks, and a copy of the model alone says the same of their files.
    const other = `${folder}/other`;
    await writeChildHearts(other, 15);
    for (let id = 100; id < 112; id++) await Deno.remove(`${other}/training_data/${id}_AV.wav`);
    const { predictions } = await (await evaluateBundle(run, { ...places, data: other, out: `${folder}/strangers` }))
      .predictions();
    expect(predictions.map(({ subject }) => subject)).toEqual(["112", "113", "113"]);
    const copy = `${folder}/copy`;
    await Deno.mkdir(copy);
    for await (const { name } of Deno.readDir(run.path("model"))) {
      await Deno.copyFile(run.path("model", name), `${copy}/${name}`);
    }
    const noise = randomStream(0, "noise");
    const hiss = Float32Array.from({ length: 40_000 }, () => 0.1 * noise.normal());
    await Deno.writeFile(`${folder}/hiss.wav`, encodeWav(hiss, { sampleRate: 4000 }));
    const model = await loadBundle(copy);
    const files = [...predictions.map(({ recording }) => `${other}/${recording}`), `${folder}/hiss.wav`];
    const said = await Array.fromAsync(predictFiles(model, files));
    await model.dispose();
    for (const [i, { label, probabilities }] of predictions.entries()) {
      const one = said[i];
      if (one.error !== undefined) throw new Error(one.error);
      if (one.verdict === "refused") {
        expect(label).toBe("Unknown");
        continue;
      }
      probabilities.forEach((p, c) => expect(Math.abs(p - one.probabilities![c])).toBeLessThan(1e-6));
      // A heart of 0.82 s and more a cycle, all of it in one state after the other.
      const cycle = 0.7 + 0.01 * (12 + i);
      expect(one.heart!.heartRate).toBeCloseTo(60 / cycle, -1);
      expect(one.states[0].start).toBe(0);
      expect(one.states.at(-1)!.end).toBeCloseTo(one.duration, 1);
      one.states.slice(1).forEach(({ start }, k) => expect(start).toBeCloseTo(one.states[k].end, 9));
      for (const { probabilities } of one.states) expect(probabilities.reduce((a, b) => a + b)).toBeCloseTo(1, 5);
    }
    expect(said.map((one) => "verdict" in one && one.verdict)).toContain("answer");
    expect(said.at(-1)).toMatchObject({ verdict: "refused", states: [] });

    expect(await Deno.readTextFile(await renderModelCard(run.folder))).toContain("hidden semi-Markov");
    expect(await renderLivePage(run.folder, { script: await liveScript() })).toContain("live.html");
    expect((await (await openRun(run.folder)).bundle()).worth!.score).toBe("circor-murmur");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
