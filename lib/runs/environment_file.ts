import { z } from "zod";
import { integer, number, one, schemaOf, type Shaped, text } from "../files/json_shape.ts";

const textOrNull: z.ZodNullable<z.ZodString> = text.nullable();

/** `environment.json`: where it was done, and with what. */
const environment = {
  version: one,
  auscult: text,
  deno: text,
  v8: text,
  packages: z.record(text, text) as z.ZodRecord<z.ZodString, z.ZodString>,
  gitCommit: textOrNull,
  lockHash: textOrNull,
  machine: { os: text, arch: text, cpu: text, cores: integer, memoryGiB: number },
  dataset: {
    name: text,
    /** SHA-256 over the manifest and the size of each recording. */
    fingerprint: text,
    recordings: integer,
  },
};
export type RunEnvironment = Shaped<typeof environment>;
export const runEnvironment: z.ZodType<RunEnvironment> = schemaOf(environment);
