import type { z } from "zod";
import type { CalledPart, DescribedBy } from "../parts/mod.ts";
import { defineModel, models } from "./define_model.ts";
import { cnn6Options, cnnOptions, crnnOptions, lightCnnOptions } from "./model_options.ts";

// Their layers are loaded when one is built: tfjs takes a moment.
const cnn = defineModel({
  name: "cnn",
  options: cnnOptions,
  build: async (options, shape) => (await import("./cnn.ts")).cnn(options, shape),
});
const cnn6 = defineModel({
  name: "cnn6",
  options: cnn6Options,
  build: async (options, shape) => (await import("./cnn6.ts")).cnn6(options, shape),
});
const lightCnn = defineModel({
  name: "lightCnn",
  options: lightCnnOptions,
  build: async (options, shape) => (await import("./light_cnn.ts")).lightCnn(options, shape),
});
const crnn = defineModel({
  name: "crnn",
  options: crnnOptions,
  build: async (options, shape) => (await import("./crnn.ts")).crnn(options, shape),
});

/** A network as it is described in an experiment: what is left out takes its default. */
export type ModelOptions =
  | DescribedBy<typeof cnn | typeof cnn6 | typeof lightCnn | typeof crnn>
  | CalledPart<"model">;

/** A network and its hyper-parameters; `kind` names the family. */
export const modelOptions = models.schema as z.ZodType<CalledPart<"model">, ModelOptions>;
