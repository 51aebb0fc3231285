import { expect } from "expect";
import type { Prediction } from "../scores/mod.ts";
import { agreement, compareTrainings, itemKey, listeningTable, type Verdict, whatItGave } from "../listening/mod.ts";
import { renderListening } from "./mod.ts";

const HTML = "<img src=x onerror=alert(1)>";
const classes = ["Normal", `Murmur ${HTML}`];

/** Sixteen sounds, of which one has a wrong label, and what two listeners say of them. */
function heard() {
  const predictions = Array.from({ length: 16 }, (_, i): Prediction => ({
    ...{
      fold: 0,
      seed: 0,
      part: "test",
      recording: `${HTML}${i}.wav`,
      subject: `${i >> 1}`,
      source: "",
      start: 0,
      end: 1,
    },
    ...{ label: classes[i % 2], predicted: classes[i % 2], probabilities: i % 2 ? [0.3, 0.7] : [0.8, 0.2] },
  }));
  const verdicts = ["Ada", HTML].flatMap((rater) =>
    predictions.map((one, i): Verdict => ({
      ...{ item: itemKey(one), rater, queue: "random", label: one.label, certainty: "sure", blind: true, events: [] },
      verdict: i === 0 || rater !== "Ada" && i === 5 ? classes[(i + 1) % 2] : one.label,
      ...{ remark: "", seconds: 3, time: `2026-05-01T10:00:${10 + i}.000Z` },
    }))
  );
  return { predictions, verdicts };
}

Deno.test("renderListening() shows what was found, agreed on and learned, and names of others stay text", async () => {
  const { predictions, verdicts } = heard();
  const labels = [{ ...predictions[0], given: classes[0], used: classes[1] }];
  const folder = await Deno.makeTempDir();
  try {
    const path = await renderListening({
      title: HTML,
      agreed: agreement(verdicts, { classes, seed: 0, resamples: 50 }),
      gave: whatItGave(listeningTable({ classes, predictions }), verdicts),
      trained: { ...compareTrainings({ predictions, labels }, { predictions }, { classes }), scores: ["accuracy"] },
    }, folder);
    const page = await Deno.readTextFile(path);
    const body = page.slice(page.indexOf("<main"), page.indexOf("</main>"));
    expect(body).not.toContain("<img");
    const text = body.replaceAll(/<[^>]+>/g, " ").replaceAll(/\s+/g, " ");
    expect(text).toMatch(/random 16 15 1 6\.7 %/); // both agree that one is wrong, and differ on another
    expect(text).toMatch(/5\.wav 0\.000-1\.000 s .*: Normal; Ada: Murmur/);
    expect(text).toMatch(/as given accuracy 1\.000 1\.000 0\.000/);
    expect(text).toMatch(/as verified accuracy 0\.938 0\.938 0\.000/);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
