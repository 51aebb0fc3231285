import type { z } from "zod";
import { partSchemas } from "../../parts/mod.ts";

/** What this looks at of a schema of any kind. */
interface Def {
  type: string;
  innerType?: z.ZodType;
  options?: readonly z.ZodType[];
  shape?: Record<string, z.ZodType>;
  element?: z.ZodType;
  valueType?: z.ZodType;
  defaultValue?: unknown;
}

/** The schemas that may stand at a path below another: several where kinds differ, none where no kind has such a key. */
export function schemasAt(schema: z.ZodType, [key, ...rest]: readonly string[]): z.ZodType[] {
  const { innerType, options, shape, element, valueType } = defOf(schema);
  const inside = (next: z.ZodType | undefined, path: readonly string[]) => next ? schemasAt(next, path) : [];
  if (innerType) return inside(innerType, key === undefined ? [] : [key, ...rest]);
  if (options) return options.flatMap((option) => schemasAt(option, key === undefined ? [] : [key, ...rest]));
  if (key === undefined) return [schema];
  if (shape) return inside(Object.hasOwn(shape, key) ? shape[key] : undefined, rest);
  if (element) return inside(/^\d+$/.test(key) ? element : undefined, rest);
  return inside(valueType, rest);
}

/** The keys of an object's schema, those that may be left out included; of the given kind alone, where there are kinds. */
export function keysAt(schema: z.ZodType, path: readonly string[], kind?: unknown): string[] {
  const shapes = schemasAt(schema, path).map((one) => defOf(one).shape ?? {});
  const ofKind = shapes.filter(({ kind: of }) => of !== undefined && of.safeParse(kind).success);
  return [...new Set((ofKind.length > 0 ? ofKind : shapes).flatMap(Object.keys))];
}

/** What stands at a path where an experiment says nothing of it. */
export function defaultAt(schema: z.ZodType, path: readonly string[]): unknown {
  const [key, ...rest] = path;
  const { type, innerType, shape, defaultValue } = defOf(schema);
  if (key === undefined) return type === "default" ? structuredClone(defaultValue) : undefined;
  if (innerType) return defaultAt(innerType, path);
  return shape && Object.hasOwn(shape, key) ? defaultAt(shape[key], rest) : undefined;
}

function defOf(schema: z.ZodType): Def {
  const parts = partSchemas(schema);
  return parts ? { type: "union", options: parts } : schema.def as unknown as Def;
}
