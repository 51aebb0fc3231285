import { expect } from "expect";
import { evaluatePredictions } from "../evaluation/mod.ts";
import { type Prediction } from "../scores/mod.ts";
import { plainWords as sentences } from "./plain_words.ts";
import { type ReportView, reportView } from "./report_view.ts";
import type { RunFiles } from "./read_run_files.ts";

const CLASSES = ["Normal", "Wheeze"];

/** Predictions that say `said[i]` of a sound labelled `labels[i]`, each a subject of its own unless given. */
function view(
  labels: string,
  said: string,
  options: { sources?: string; subjects?: string; sure?: number } = {},
): ReportView {
  const { sources = "", subjects, sure = 0.9 } = options;
  const name = (letter: string) => letter === "N" ? "Normal" : "Wheeze";
  const predictions = [...labels].map((letter, i): Prediction => ({
    fold: 0,
    seed: 0,
    part: "test",
    recording: `${i}.wav`,
    subject: subjects?.[i] ?? `${i}`,
    source: sources[i] ?? "a",
    start: 0,
    end: 1,
    label: name(letter),
    predicted: name(said[i]),
    probabilities: said[i] === "N" ? [sure, 1 - sure] : [1 - sure, sure],
  }));
  const test = evaluatePredictions(predictions, { classes: CLASSES, seed: 0, resamples: 200 });
  const run: RunFiles = {
    folder: "",
    config: null,
    environment: null,
    data: null,
    status: null,
    splits: null,
    history: null,
    bundle: null,
    examples: null,
    frames: null,
    problems: [],
    external: [],
    notes: [],
    predictions: { predictions, classes: CLASSES },
    metrics: { version: 1, classes: CLASSES, parts: { test }, warnings: [] },
  };
  return reportView(run, "cards");
}

/** As they are read. */
function plainWords(view: ReportView) {
  const { can, cannot } = sentences(view);
  return { can: can.map(({ text }) => text), cannot: cannot.map(({ text }) => text) };
}

Deno.test("plainWords() counts false alarms and misses of a hundred", () => {
  // 20 normal of which 5 are called wheeze, 10 wheezes of which 2 are missed.
  const { can } = plainWords(view("N".repeat(20) + "W".repeat(10), "N".repeat(15) + "W".repeat(13) + "NN"));
  expect(can).toContain("Of 100 sounds labelled Normal, it calls 75 so and raises a false alarm for the other 25.");
  expect(can).toContain("Of 100 sounds labelled Wheeze, it finds 80 and misses 20.");
  expect(can[0]).toBe("The model was judged on 30 sounds of 30 subjects. It had heard none of them in training.");
});

Deno.test("plainWords() says so where a model is no better than the most frequent answer", () => {
  const { can } = plainWords(view("N".repeat(20) + "W".repeat(10), "N".repeat(30)));
  expect(can.join(" ")).toContain("This run does not show that the network is of use.");
});

Deno.test("plainWords() says so where the floor lies inside the interval", () => {
  // 7 of 12 right with balanced classes: 0.58 against 0.5.
  const { can } = plainWords(view("NNNNNNWWWWWW", "NNNNWWWWWNNN"));
  expect(can.join(" ")).toContain("may be chance");
});

Deno.test("plainWords() says when probabilities are too high, and how high", () => {
  const { cannot } = plainWords(view("NNNNWWWW", "NNWWWWNN", { sure: 0.99 }));
  expect(cannot.join(" ")).toContain(
    "Its probabilities are too high: on average it says 99 % for its first choice, which is right in 50 %.",
  );
});

Deno.test("plainWords() names a source that does worse and classes that are rare, and never claims a diagnosis", () => {
  const labels = "NW".repeat(60), said = "NW".repeat(44) + "WN".repeat(16);
  const { cannot } = plainWords(view(labels, said, { sources: "a".repeat(80) + "b".repeat(40) }));
  expect(cannot.join(" ")).toContain("It does worse on b than overall");
  const hopeless = plainWords(
    view(labels, "NW".repeat(40) + "WN".repeat(20), { sources: "a".repeat(80) + "b".repeat(40) }),
  );
  expect(hopeless.cannot.join(" ")).toContain("On b it does no better than its floor");
  const rare = plainWords(view("N".repeat(40) + "WWW", "N".repeat(40) + "WWW"));
  expect(rare.cannot.join(" ")).toContain("What is said of Wheeze (3) rests on fewer than 30 sounds.");
  expect(cannot.at(-1)).toBe("It is a research result. It is no medical device and gives no diagnosis.");
});

Deno.test("plainWords() of a run without predictions claims nothing", () => {
  const empty = { ...view("NW", "NW") };
  const { can } = plainWords({ ...empty, predictions: [], metrics: null });
  expect(can).toEqual([]);
});

Deno.test("plainWords() claims nothing of a training that nobody here has seen", () => {
  const ours = view("NNWW", "NNWW");
  const config = { imported: { file: "theirs.csv", sha256: "" }, references: [], experiment: { evaluation: {} } };
  const theirs = { ...ours, run: { ...ours.run, config: config as unknown as RunFiles["config"] } };
  expect(plainWords(theirs).can[0]).toMatch(/Whether it had heard them in training is not known/);
  const told = { ...theirs, run: { ...theirs.run, splits: [] } };
  expect(plainWords(told).can[0]).toMatch(/By the table of its predictions, it had heard none/);
});

Deno.test("plainWords() tells what was left out source by source by the mean over them", () => {
  // Source a: 4 of 4 right; source b, of 16: half. Together 12 of 20, in the mean three quarters.
  const shown = view("NWNWNWNWNWNWNWNWNWNW", "NWNWNNNNNNNNNNNNNNNN", { sources: "aaaabbbbbbbbbbbbbbbb" });
  const config = (protocol: string) =>
    ({ experiment: { evaluation: { scores: [], protocol: { kind: protocol } } }, references: [] }) as never;
  const told = (protocol: string) =>
    plainWords({ ...shown, run: { ...shown.run, config: config(protocol) } }).can.find((one) =>
      /alone reaches/.test(one)
    );
  expect(told("leave-one-source-out")).toMatch(/the mean over the sources, is 0\.75;/);
  expect(told("grouped-folds")).toMatch(/is 0\.60;/);
});

Deno.test("plainWords() says that a mean over sources counts items where the run is read by subject", () => {
  // Each source: nine sounds of one subject, all right, and one of each of three, all wrong: 9 of 12 items, 1 of 4 subjects.
  const said = "NNNNNNNNNWWW", subjects = "AAAAAAAAABCDEEEEEEEEEFGH";
  const shown = view("N".repeat(24), said + said, { sources: "a".repeat(12) + "b".repeat(12), subjects });
  const evaluation = { scores: ["accuracy"], unit: "subject", protocol: { kind: "leave-one-source-out" } };
  const config = { experiment: { evaluation }, references: [] } as never;
  const { can } = plainWords({ ...shown, run: { ...shown.run, config } });
  expect(can.join(" ")).toMatch(/Accuracy, the mean over the sources, by item, is 0\.75;/);
});
