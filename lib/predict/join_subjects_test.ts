import { expect } from "expect";
import type { Bundle } from "../runs/mod.ts";
import { type FilePrediction, joinSubjects, readSubjects, subjectWords } from "./mod.ts";

const said = (file: string, sick: number): FilePrediction => ({
  ...{ file, notes: [], verdict: "answer", label: "x", probabilities: [1 - sick, sick], timeline: [], reasons: [] },
  ...{ duration: 1, novelty: null, known: false, resembles: [], heart: null, states: [] },
});
const bundleOf = (subjectDecision?: Record<string, unknown>) =>
  ({ classes: ["healthy", "murmur"], subjectDecision }) as unknown as Bundle;

Deno.test("joinSubjects() reads a patient from all answered recordings, by the run's rule or their mean", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const table = `${folder}/about.csv`;
    await Deno.writeTextFile(table, "file;patient\na_AV.wav;7\na_MV.wav;7\na_TV.wav;7\n");
    const subjectOf = await readSubjects(table);
    const files: FilePrediction[] = [
      said("x/a_AV.wav", 0.2),
      said("x/a_MV.wav", 0.6),
      { file: "x/a_TV.wav", error: "broken" },
      said("x/b.wav", 0.9),
    ];
    const [first, second] = joinSubjects(files, { bundle: bundleOf(), subjectOf });
    expect(first).toMatchObject({ subject: "7", label: "healthy", left: ["x/a_TV.wav"] });
    expect(first.files).toEqual(["x/a_AV.wav", "x/a_MV.wav"]);
    expect(first.probabilities![1]).toBeCloseTo(0.4, 9);
    expect(second).toMatchObject({ subject: "x/b.wav", label: "murmur" }); // the table doesn't name it
    // Healthy only if all recordings are: 1 - 0.8 * 0.4.
    const [noisy] = joinSubjects(files, { bundle: bundleOf({ aggregation: "noisy-or", threshold: 0.5 }), subjectOf });
    expect(noisy.label).toBe("murmur");
    expect(noisy.probabilities![1]).toBeCloseTo(0.68, 9);
    expect(subjectWords(noisy, ["healthy", "murmur"])).toBe(
      "7: murmur (healthy 32 %, murmur 68 %), from 2 recordings, 1 refused or not read",
    );
    const [none] = joinSubjects([files[2]], { bundle: bundleOf(), subjectOf });
    expect(none).toMatchObject({ label: null, probabilities: null, files: [] });

    await Deno.writeTextFile(table, "file;age\na.wav;7\n");
    await expect(readSubjects(table)).rejects.toThrow("a column subject");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
