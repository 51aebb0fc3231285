import { beginningWords } from "../../runs/mod.ts";
import type { PaperRun } from "../paper_run.ts";
import { listed, settings } from "./settings.ts";

export function trainingSentences({ config, history, beginning }: PaperRun["run"]): string[] {
  if (!config) return [];
  const { epochs, batchSize, patience, augment, ema, callbacks, linearProbe, ...all } = config.experiment.training;
  const { optimizer: _, schedule: __, warmUp: ___, ...unstepped } = all;
  const choices = linearProbe ? unstepped : all;
  const trained = new Set((history ?? []).map(({ fold, seed }) => `${fold}/${seed}`)).size;
  const said = Object.entries(choices).filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${CHOICES[name] ?? name}: ${settings(value)}`);
  return [
    ...(history ? [`${trained} ${trained === 1 ? "network was" : "networks were"} trained.`] : []),
    ...(beginning ? [beginningWords(beginning)] : []),
    ...(config.experiment.metadata
      ? [
        `Beside the sound each was given ${
          listed(config.experiment.metadata)
        }: numbers, or one a category, standardised on ` +
        "its training part, with a mark where nothing was known, joined to what its last layer decides by.",
      ]
      : []),
    ...(linearProbe
      ? [
        "The last layer of each is a logistic regression with an L2 penalty over what the layers before it give, which " +
        `were left as they were; its inverse strength is that of ${
          listed(linearProbe.c)
        } with the best validation score.`,
      ]
      : []),
    ...(epochs === undefined || linearProbe ? [] : [
      `Training took ${epochs} ${epochs === 1 ? "epoch" : "epochs"} at most, in batches of ${batchSize}` +
      `${patience === undefined ? "" : `, with a patience of ${patience} epochs`}.`,
    ]),
    ...(said.length > 0 ? [`Settings of the training: ${said.join("; ")}.`] : []),
    augment.length > 0
      ? `Augmentations, in this order: ${augment.map(settings).join("; ")}.`
      : "There was no augmentation.",
    ...(Array.isArray(callbacks) && callbacks.length > 0 ? [`Callbacks: ${callbacks.map(settings).join("; ")}.`] : []),
    ...(ema === undefined ? [] : [`A moving average of the weights with decay ${ema} predicted in their place.`]),
    `${config.seeds.length === 1 ? "The seed is" : "The seeds are"} ${listed(config.seeds)}.`,
  ];
}

/** What keys of a training are called. */
const CHOICES: Record<string, string> = {
  labelSmoothing: "label smoothing",
  classWeights: "class weights",
  warmUp: "warm-up of the learning rate, in epochs",
};
