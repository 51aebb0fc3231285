import { z } from "zod";
import type { CalledPart, DescribedBy, Options, Part } from "../parts/mod.ts";
import { defineModel, type ModelDefinition, models } from "./define_model.ts";
import {
  cnn6Options,
  cnnOptions,
  crnnOptions,
  fcnOptions,
  fineTunedOptions,
  gruOptions,
  headOptions,
  lightCnnOptions,
} from "./model_options.ts";

type Family<Name extends string, Shape extends z.ZodRawShape> = Part<"model", ModelDefinition<Name, Options<Shape>>>;

// Their layers are loaded when one is built: tfjs takes a moment.
const cnn: Family<"cnn", typeof cnnOptions> = defineModel({
  name: "cnn",
  options: z.strictObject(cnnOptions),
  build: async (options, shape) => (await import("./cnn.ts")).cnn(options, shape),
});
const cnn6: Family<"cnn6", typeof cnn6Options> = defineModel({
  name: "cnn6",
  options: z.strictObject(cnn6Options),
  build: async (options, shape) => (await import("./cnn6.ts")).cnn6(options, shape),
});
const lightCnn: Family<"lightCnn", typeof lightCnnOptions> = defineModel({
  name: "lightCnn",
  options: z.strictObject(lightCnnOptions),
  build: async (options, shape) => (await import("./light_cnn.ts")).lightCnn(options, shape),
});
const crnn: Family<"crnn", typeof crnnOptions> = defineModel({
  name: "crnn",
  options: z.strictObject(crnnOptions),
  build: async (options, shape) => (await import("./crnn.ts")).crnn(options, shape),
});
const head: Family<"head", typeof headOptions> = defineModel({
  name: "head",
  options: z.strictObject(headOptions),
  build: async (options, shape) => (await import("./head.ts")).head(options, shape),
});
const gru: Family<"gru", typeof gruOptions> = defineModel({
  name: "gru",
  options: z.strictObject(gruOptions),
  build: async (options, shape) => (await import("./gru.ts")).gru(options, shape),
});
const fcn: Family<"fcn", typeof fcnOptions> = defineModel({
  name: "fcn",
  options: z.strictObject(fcnOptions),
  build: async (options, shape) => (await import("./fcn.ts")).fcn(options, shape),
});

const ENCODER = "encoder/";

/**
 * An encoder that goes on learning on one's own recordings: `fineTuned({ encoder: speechEmbedding() })` behind the input
 * `speechEmbedding({ gives: "frames" })`. Its layers become `encoder/` and the name of their node.
 */
export const fineTuned: Family<"fineTuned", typeof fineTunedOptions> = defineModel({
  name: "fineTuned",
  options: z.strictObject(fineTunedOptions),
  build: async (options, shape) => await (await import("./fine_tuned.ts")).fineTuned(options, shape, ENCODER),
  learned: (layer) => layer.startsWith(ENCODER),
});

/** A network as it is described in an experiment: what is left out takes its default. */
export type ModelOptions =
  | DescribedBy<
    | typeof cnn
    | typeof cnn6
    | typeof lightCnn
    | typeof crnn
    | typeof head
    | typeof gru
    | typeof fcn
    | typeof fineTuned
  >
  | CalledPart<"model">;

/** A network and its hyper-parameters; `kind` names the family. */
export const modelOptions = models.schema as z.ZodType<CalledPart<"model">, ModelOptions>;
