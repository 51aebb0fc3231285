import { z } from "zod";
import { maybeNumber, maybeText, text } from "../files/json_shape.ts";
import { type Unit, unit } from "../scores/score.ts";

type Described = Record<string, unknown>;
/** Of a part its name and, as they were, its options. */
type Named = Described & { kind: string };
const named: z.ZodType<Named> = z.looseObject({ kind: text });

/** A score by its name, or an own one with its options. */
const askedScore: z.ZodType<string | Named> = z.union([text, named]);

/** What of an experiment is asked of a run folder; all else of its description stands beside it as it was. */
export interface RanExperiment extends Described {
  dataset: Described & { name: string; join?: (Described & { name: string; folder?: string })[] };
  input: Described & { preset?: string; seconds?: number };
  metadata?: string[];
  model: Described & { kind?: string };
  /** Of a run whose networks give no class an item. */
  targets?: Named;
  training: Described & { augment: Named[]; linearProbe?: { c: number[] } };
  evaluation: Described & { protocol?: Named; scores: (string | Named)[]; monitor?: string | Named; unit: Unit };
}
/** The same of an experiment as it is run. */
export const ranExperiment: z.ZodType<RanExperiment> = z.looseObject({
  dataset: z.looseObject({
    name: text.default(""),
    join: z.array(z.looseObject({ name: text, folder: maybeText })).optional(),
  }).prefault({}),
  input: z.looseObject({ preset: maybeText, seconds: maybeNumber }).prefault({}),
  metadata: z.array(text).optional(),
  model: z.looseObject({ kind: maybeText }).prefault({}),
  targets: named.optional(),
  training: z.looseObject({
    augment: z.array(named).default([]),
    linearProbe: z.object({ c: z.array(z.number()) }).optional(),
  }).prefault({}),
  evaluation: z.looseObject({
    protocol: named.optional(),
    scores: z.array(askedScore).default([]),
    monitor: askedScore.optional(),
    unit: unit.default("item"),
  }).prefault({}),
});
