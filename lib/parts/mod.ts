/**
 * The door through which everything comes that an experiment is made of: networks, inputs, augmentations, losses, scores,
 * datasets, samplers, callbacks; the built-in ones and a user's own alike.
 *
 * @example
 * ```ts
 * import { expect } from "expect";
 * import { z } from "zod";
 * import { PartKind } from "./mod.ts";
 * const horns = new PartKind<{ sound(options: { times: number }): string }>("callback", "a horn");
 * const horn = horns.define({
 *   name: "car",
 *   options: z.strictObject({ times: z.int().default(2) }),
 *   sound: ({ times }: { times: number }) => "honk ".repeat(times).trim(),
 * });
 * expect(horn({ times: 3 })).toEqual({ kind: "car", times: 3 });
 * const { kind, ...options } = horns.schema.parse("car") as { kind: string; times: number };
 * expect(horns.find(kind).definition.sound(options)).toBe("honk honk");
 * ```
 *
 * @module
 */
export * from "./part_kind.ts";
export * from "./own_code.ts";
export * from "./ask_part.ts";
