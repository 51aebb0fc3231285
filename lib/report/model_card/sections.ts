import { scoreName } from "../../scores/mod.ts";
import { groupRows } from "../group_rows.ts";
import { judgedAmount } from "../read_run_files.ts";
import { plainWords } from "../plain_words.ts";
import { encoderWords } from "../encoder_words.ts";
import { headlineNames, pooledScore, type ReportView } from "../report_view.ts";
import { analyses, externalData } from "./analyses.ts";
import { plainText } from "../../files/mod.ts";
import { section } from "./section.ts";
import { usage } from "./usage.ts";
import { beginningWords, engineWords, framesAlone, labelWords } from "../../runs/mod.ts";

/** The card's sections in the order of Mitchell et al. 2019. */
export function cardSections(view: ReportView): string[] {
  return [
    title(view),
    details(view),
    intendedUse(view),
    factors(view),
    metrics(view),
    evaluationData(view),
    trainingData(view),
    analyses(view),
    externalData(view),
    ethics(),
    caveats(view),
    usage(view),
    reproduction(view),
  ].filter((section) => section !== "");
}

function title({ run: { config } }: ReportView): string {
  return `# ${plainText(config?.title ?? "A model of Auscult")}\n\n${plainText(config?.question ?? "")}`.trim();
}

function details({ run: { config, environment, status }, classes }: ReportView): string {
  const model = config?.experiment.model;
  const input = config?.experiment.input;
  return section("Model details", [
    config &&
    `Experiment ${plainText(config.name)}, configuration ${config.hash}, trained on ${config.createdAt.slice(0, 10)}.`,
    model?.kind &&
    `A ${plainText(model.kind)} on ${
      input?.kind && input.kind !== "log-mel"
        ? `the input ${plainText(String(input.kind))}`
        : `log-Mel spectrograms by the preset ${plainText(input?.preset ?? "unknown")}`
    }, windows of ${input?.seconds ?? "unknown"} s.`,
    classes.length > 0 &&
    `${
      config && framesAlone(config.experiment)
        ? TARGET_CLASSES[config.experiment.targets!.kind]
        : "Classes, the healthy one first"
    }: ${classes.map(plainText).join(", ")}.`,
    config && `Trained by ${plainText(engineWords(config, status?.engineChanges))}, seeds ${config.seeds.join(", ")}.`,
    environment &&
    `Auscult ${environment.auscult}, Deno ${environment.deno}, commit ${environment.gitCommit ?? "unknown"}.`,
    "Formats: tfjs-layers (`model/model.json`), ONNX of each network (`model/model.onnx`)" +
    `${config?.experiment.targets || config?.experiment.metadata ? "" : ", ONNX of all (`model/pipeline.onnx`)"}.`,
  ]);
}

/** What the classes are that the figures of other targets than items count. */
const TARGET_CLASSES: Record<string, string> = {
  frames: "Classes of frames",
  recordings: "Learned without labels; what a crop is found to be of",
};

function intendedUse({ run: { data } }: ReportView): string {
  return section("Intended use", [
    "Research on the classification of heart and lung sounds: comparison of methods, teaching, error analysis.",
    data && `Recordings like those of "${plainText(data.title)}": the same kind of device, patients and labels.`,
    "Out of scope: diagnosis, triage, screening or any decision about a patient. It is no medical device.",
  ]);
}

function factors(view: ReportView): string {
  const sources = view.run.data?.bySource ?? [];
  const attributes = [...new Set(groupRows(view).map(({ attribute }) => plainText(attribute)))];
  return section("Factors", [
    view.run.config && framesAlone(view.run.config.experiment)
      ? "Figures are of all sources together."
      : sources.length > 1
      ? `Figures are given for each source (sub-database, device or site): ${
        sources.map(({ source }) => plainText(source)).join(", ")
      }.`
      : "The data name a single source: nothing can be said of other devices or sites.",
    attributes.length > 0
      ? `Groups of patients and recordings are compared by ${attributes.join(", ")}, as far as the data say.`
      : "The data say neither age nor sex nor device: no group of patients is told apart.",
    "Skin and the thickness of the chest wall are not told apart.",
  ]);
}

function metrics(view: ReportView): string {
  const heldOut = view.run.bundle?.neighbours?.heldOut;
  const words = headlineNames(view).map((name) => scoreName(name, pooledScore(view, name)?.score));
  return section("Metrics", [
    words.length > 0 && `${words.map(({ name, meaning }) => `${plainText(name)}: ${plainText(meaning)}`).join("; ")}.`,
    heldOut &&
    `Refusal: of ${heldOut.recordings} test recordings, ${heldOut.accepted} sounded enough like a training recording to be answered.`,
    "Intervals: 95 %, by resampling subjects. Floor: the best that is reached with no sound, or by a simple model.",
    `${
      view.run.config && framesAlone(view.run.config.experiment)
        ? "The checkpoint was"
        : "Checkpoint, temperature and thresholds were"
    } chosen on inner validation, never on the test part.`,
  ]);
}

function evaluationData({ run: { data, status }, part }: ReportView): string {
  if (!data) return section("Evaluation data", ["Unknown: data.json is missing."]);
  const { folds, amount: own } = judgedAmount({ data, status, part });
  return section("Evaluation data", [
    own &&
    `Part ${plainText(part)}${folds > 1 ? ` of ${folds} folds together` : ""}: ` +
      `${own.items} items, ${own.recordings} recordings, ${own.subjects} subjects.`,
    ...data.leakCheck.map(plainText),
  ]);
}

function trainingData({ run: { data, config, beginning } }: ReportView): string {
  if (!data) return section("Training data", ["Unknown: data.json is missing."]);
  const own = data.byPart.find((row) => row.part === "train");
  return section("Training data", [
    `${plainText(data.title)}, task ${plainText(data.task)}. Licence: ${plainText(data.licence || "none stated")}.`,
    data.citation && `Cite: ${plainText(data.citation)}.`,
    ...encoderWords(config?.experiment).map(plainText),
    beginning && plainText(beginningWords(beginning)),
    data.labels && labelWords(data.labels),
    own &&
    `Part train (first fold): ${own.items} items, ${own.recordings} recordings, ${own.subjects} subjects; ${
      Object.entries(own.byClass).map(([label, count]) => `${plainText(label)} ${count}`).join(", ")
    }.`,
    data.passedOver.length > 0 &&
    `${data.passedOver.length} files or items were left out; the report says which and why.`,
  ]);
}

function ethics(): string {
  return section("Ethical considerations", [
    "Recordings of the body are personal data. The model runs where the recording is; nothing is sent anywhere.",
    "A missed murmur or wheeze can harm a patient who trusts the answer, a false alarm can harm by needless tests.",
    "Groups that the data hold few of are judged less well than the pooled figures say.",
  ]);
}

function caveats(view: ReportView): string {
  return section("Caveats and recommendations", [
    ...plainWords(view).cannot.map(({ text }) => plainText(text)),
    ...(view.run.metrics?.warnings ?? []).map(plainText),
    ...view.run.problems.map(({ file, problem }) => `${plainText(file)}: ${plainText(problem)}`),
  ]);
}

function reproduction({ run: { config, environment } }: ReportView): string {
  if (!config) return "";
  return [
    "## How to reproduce",
    "```sh",
    config.command,
    "```",
    environment ? `Dataset fingerprint: \`${environment.dataset.fingerprint}\`.` : "",
  ].join("\n").trim();
}
