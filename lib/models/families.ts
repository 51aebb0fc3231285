import { z } from "zod";
import type { CalledPart, DescribedBy, Options, Part } from "../parts/mod.ts";
import { defineModel, type ModelDefinition, models } from "./define_model.ts";
import * as hyper from "./model_options.ts";

type Family<Name extends string, Shape extends z.ZodRawShape> = Part<"model", ModelDefinition<Name, Options<Shape>>>;
type Build<Shape extends z.ZodRawShape> = ModelDefinition<string, Options<Shape>>["build"];

/** A family whose layers are loaded when one is built: tfjs takes a moment. */
function family<Name extends string, Shape extends z.ZodRawShape>(
  name: Name,
  options: Shape,
  load: () => Promise<Build<Shape>>,
): Family<Name, Shape> {
  const build: Build<Shape> = async (own, shape) => await (await load())(own, shape);
  return defineModel({ name, options: z.strictObject(options), build });
}

family("cnn", hyper.cnnOptions, async () => (await import("./networks.ts")).cnn);
family("cnn6", hyper.cnn6Options, async () => (await import("./networks.ts")).cnn6);
family("lightCnn", hyper.lightCnnOptions, async () => (await import("./networks.ts")).lightCnn);
family("crnn", hyper.crnnOptions, async () => (await import("./networks.ts")).crnn);
family("head", hyper.headOptions, async () => (await import("./head.ts")).head);
family("gru", hyper.gruOptions, async () => (await import("./networks.ts")).gru);
family("fcn", hyper.fcnOptions, async () => (await import("./networks.ts")).fcn);

const ENCODER = "encoder/";

/**
 * An encoder that goes on learning on one's own recordings: `fineTuned({ encoder: speechEmbedding() })` behind the input
 * `speechEmbedding({ gives: "frames" })`. Its layers become `encoder/` and the name of their node.
 */
export const fineTuned: Family<"fineTuned", typeof hyper.fineTunedOptions> = defineModel({
  name: "fineTuned",
  options: z.strictObject(hyper.fineTunedOptions),
  build: async (options, shape) => await (await import("./fine_tuned.ts")).fineTuned(options, shape, ENCODER),
  learned: (layer) => layer.startsWith(ENCODER),
});

/** A network as it is described in an experiment: what is left out takes its default. */
export type ModelOptions =
  | DescribedBy<
    | Family<"cnn", typeof hyper.cnnOptions>
    | Family<"cnn6", typeof hyper.cnn6Options>
    | Family<"lightCnn", typeof hyper.lightCnnOptions>
    | Family<"crnn", typeof hyper.crnnOptions>
    | Family<"head", typeof hyper.headOptions>
    | Family<"gru", typeof hyper.gruOptions>
    | Family<"fcn", typeof hyper.fcnOptions>
    | typeof fineTuned
  >
  | CalledPart<"model">;

/** A network and its hyper-parameters; `kind` names the family. */
export const modelOptions = models.schema as z.ZodType<CalledPart<"model">, ModelOptions>;
