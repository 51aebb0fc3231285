import { z } from "zod";

// A package says the types of what it exports without inferring any, so that whoever imports it needs none of its code to
// check their own. The type of a schema made by calls of zod is inferred; that of a shape stands in it.

/** A JSON value: a schema of it, a list with one of its entries, or an object by its keys. */
export type Shape = z.ZodType | readonly [Shape] | { readonly [key: string]: Shape };

export type Shaped<S> = S extends z.ZodType<infer T> ? T
  : S extends readonly (infer Entry)[] ? Shaped<Entry>[]
  :
    & { [K in keyof S as undefined extends Shaped<S[K]> ? never : K]: Shaped<S[K]> }
    & { [K in keyof S as undefined extends Shaped<S[K]> ? K : never]?: Shaped<S[K]> };

/** The schema of a shape: of objects, it leaves out the keys that the shape hasn't. */
export function schemaOf<S>(shape: S): z.ZodType<Shaped<S>>;
export function schemaOf(shape: Shape): z.ZodType {
  if (shape instanceof z.ZodType) return shape;
  if (Array.isArray(shape)) return z.array(schemaOf(shape[0]));
  return z.object(Object.fromEntries(Object.entries(shape).map(([key, inner]) => [key, schemaOf(inner as Shape)])));
}

export const text: z.ZodString = z.string();
export const number: z.ZodNumber = z.number();
export const integer: z.ZodNumber = z.number().int();
export const flag: z.ZodBoolean = z.boolean();
export const maybeText: z.ZodOptional<z.ZodString> = text.optional();
export const maybeNumber: z.ZodOptional<z.ZodNumber> = number.optional();
export const maybeInteger: z.ZodOptional<z.ZodNumber> = integer.optional();
/** `null` where there is none. */
export const numberOrNull: z.ZodNullable<z.ZodNumber> = number.nullable();
/** Numbers by name. */
export const numberOf: z.ZodRecord<z.ZodString, z.ZodNumber> = z.record(text, number);
/** The version of a file's layout. */
export const one: z.ZodLiteral<1> = z.literal(1);
