import type { PaperRun } from "../paper_run.ts";
import { beginningWords, engineWords } from "../../runs/mod.ts";
import { listed, protocolWords, settings } from "./settings.ts";
import { evaluationSentences } from "./evaluation_sentences.ts";
import { cited } from "./cited.ts";
import { featureSentences } from "./feature_sentences.ts";

/** How results came about, in sentences that cite works as `[@key]`. */
export interface MethodsText {
  sections: { title: string; paragraphs: { title: string; text: string }[] }[];
  /** Citations of datasets by their keys, as their definitions give them. */
  datasets: Map<string, string>;
}

/**
 * The methods of the runs from their files alone: a section for each experiment; of its further runs, what they are called,
 * which says what they differ in.
 */
export function methodsText(runs: readonly PaperRun[]): MethodsText {
  const datasets = new Map<string, string>();
  const sections = [...Map.groupBy(runs, ({ run }) => run.config?.name ?? "")].map(([, [one, ...others]]) => {
    const citation = one.run.data?.citation;
    const known = [...datasets].find(([, text]) => text === citation)?.[0];
    const key = known ?? `dataset${datasets.size + 1}`;
    if (citation) datasets.set(key, citation);
    const paragraphs = Object.entries({
      "Data": dataSentences(one, citation ? key : undefined),
      "Features": featureSentences(one.run),
      "Network": networkSentences(one),
      "Training": trainingSentences(one.run),
      "Evaluation": evaluationSentences(one),
      "Software": softwareSentences(one),
      "Other settings": others.length === 0
        ? []
        : [`Trained and judged besides: ${listed(others.map(({ label }) => label))}.`],
    });
    return {
      title: one.label,
      paragraphs: paragraphs.filter(([, sentences]) => sentences.length > 0)
        .map(([title, sentences]) => ({ title, text: sentences.join(" ") })),
    };
  });
  return { sections, datasets };
}

function dataSentences({ run: { data, config } }: PaperRun, key: string | undefined): string[] {
  if (!data) return [];
  const { title, task, classes, licence, total, passedOver, leakCheck } = data;
  const divided = config ? protocolWords(config) : "",
    left = passedOver.length === 1 ? "file or item" : "files or items";
  return [
    `The data are ${key ? cited(title, key) : title}; the task is ${task}, with the classes ${listed(classes)}.`,
    config?.experiment.targets ? targetWords(config.experiment.targets as unknown as Targets) : "",
    licence ? `Their licence is ${licence}.` : "",
    `${total.items} items in ${total.recordings} recordings of ${total.subjects} subjects were used ` +
    `(${(total.seconds / 3600).toFixed(2)} h), and ${passedOver.length} ${left} left out.`,
    divided ? `The protocol is ${divided}.` : "",
    ...leakCheck,
  ].filter(Boolean);
}

interface Targets {
  kind: string;
  classes: Record<string, string[]>;
  outside?: string;
  onsets?: string[];
  tolerance: number;
  items?: string;
}

const CYCLES =
  " Each item's answer is read from its frames: hidden semi-Markov models of a healthy heart and of hearts with " +
  "a murmur in a part of systole are fitted to what the network says, and a logistic regression, fitted on inner " +
  "validation, tells the classes by their confidences and likelihoods (after McDonald et al. 2024, " +
  "doi:10.1371/journal.pdig.0000436).";

/** What is learned of each frame in place of the task's classes. */
function targetWords({ kind, classes, outside, onsets, tolerance, items }: Targets): string {
  if (kind === "recordings") {
    return "No label was learned from: two crops of one recording are a pair, which the network tells from crops of others " +
      "by a bilinear similarity (COLA, Saeed et al. 2021, doi:10.1109/ICASSP39728.2021.9413528).";
  }
  const names = Object.keys(classes);
  const judged = onsets ?? names.filter((name) => name !== outside);
  return `What is learned and judged is the class of each frame: ${listed(names)}${
    outside === undefined ? "; frames without a word on them are left out" : `, ${outside} where nothing is said`
  }. Onsets of ${listed(judged)} count as found within ${tolerance} s.${items === undefined ? "" : CYCLES}`;
}

function networkSentences({ network, run: { config } }: PaperRun): string[] {
  const total = network?.reduce((sum, { parameters }) => sum + parameters, 0);
  return [
    config && `The network is ${settings(config.experiment.model)}.`,
    network && `It has ${network.length} layers with ${total} parameters, which are listed in the supplement.`,
  ].filter((sentence) => typeof sentence === "string");
}

function softwareSentences({ run: { config, environment, status }, command }: PaperRun): string[] {
  const sentences: string[] = [];
  if (environment) {
    const { auscult, gitCommit, deno, packages, machine: { cpu, cores, memoryGiB, os, arch } } = environment;
    const tfjs = packages["@tensorflow/tfjs-layers"];
    sentences.push(
      `Auscult ${auscult}${gitCommit ? ` (commit ${gitCommit})` : ""} was run on Deno ${deno}` +
        `${tfjs ? ` with ${cited("TensorFlow.js", "smilkov2019")} ${tfjs}` : ""}, on ${cpu}, ${cores} cores, ` +
        `${memoryGiB} GiB, ${os} ${arch}.`,
    );
  }
  if (config) {
    const by = engineWords(config, status?.engineChanges);
    sentences.push(`Training was executed by ${by}. The configuration ${config.hash} is run by: ${command}`);
  }
  return sentences;
}

function trainingSentences({ config, history, beginning }: PaperRun["run"]): string[] {
  if (!config) return [];
  const { training, metadata } = config.experiment;
  const { epochs, batchSize, patience, augment, ema, callbacks, linearProbe, ...all } = training;
  const { optimizer: _, schedule: __, warmUp: ___, ...unstepped } = all;
  const trained = new Set((history ?? []).map(({ fold, seed }) => `${fold}/${seed}`)).size;
  const said = Object.entries(linearProbe ? unstepped : all).filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${CHOICES[name] ?? name}: ${settings(value)}`);
  return [
    history && `${trained} ${trained === 1 ? "network was" : "networks were"} trained.`,
    beginning && beginningWords(beginning),
    metadata &&
    `Beside the sound each was given ${
        listed(metadata)
      }: numbers, or one a category, standardised on its training part, ` +
      "with a mark where nothing was known, joined to what its last layer decides by.",
    linearProbe &&
    "The last layer of each is a logistic regression with an L2 penalty over what the layers before it give, which were " +
      `left as they were; its inverse strength is that of ${listed(linearProbe.c)} with the best validation score.`,
    epochs !== undefined && !linearProbe &&
    `Training took ${epochs} ${epochs === 1 ? "epoch" : "epochs"} at most, in batches of ${batchSize}` +
      `${patience === undefined ? "" : `, with a patience of ${patience} epochs`}.`,
    said.length > 0 && `Settings of the training: ${said.join("; ")}.`,
    augment.length > 0
      ? `Augmentations, in this order: ${augment.map(settings).join("; ")}.`
      : "There was no augmentation.",
    Array.isArray(callbacks) && callbacks.length > 0 && `Callbacks: ${callbacks.map(settings).join("; ")}.`,
    ema !== undefined && `A moving average of the weights with decay ${ema} predicted in their place.`,
    `${config.seeds.length === 1 ? "The seed is" : "The seeds are"} ${listed(config.seeds)}.`,
  ].filter((sentence) => typeof sentence === "string");
}

/** What keys of a training are called. */
const CHOICES: Record<string, string> = {
  labelSmoothing: "label smoothing",
  classWeights: "class weights",
  warmUp: "warm-up of the learning rate, in epochs",
};
