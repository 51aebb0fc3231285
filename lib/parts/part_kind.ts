import { z } from "zod";
import { UsageError } from "../errors/mod.ts";

/** What can be brought to an experiment. */
export type PartType = "model" | "input" | "augmentation" | "loss" | "score" | "dataset" | "sampler" | "callback";

/** What every definition says of itself, beside the functions of its type. */
export interface PartBase {
  /** Stands as `kind` in the description of an experiment: `"two-ears"`. */
  name: string;
  /** Its options; each with a default or optional, if the part is to be named without any. */
  options: z.ZodObject;
}

/** Options of a part by their shape, for parts that a package exports: it says their types without inferring any. */
export type Options<Shape extends z.ZodRawShape> = z.ZodObject<Shape, z.core.$strict>;

declare const OF: unique symbol;

/** Where a resolved part keeps what defined it, out of sight of JSON. */
const DEFINED = Symbol("the part's definition");

/** A part that was called with its options: plain data, `{ kind, ...options }`. Only a call makes one. */
export interface CalledPart<Type extends PartType> {
  kind: string;
  /** For the compiler alone: a typing error in a built-in's options is not taken for somebody's own part. */
  readonly [OF]: Type;
}

/** A defined part: called with options it gives what stands in an experiment. */
export interface Part<Type extends PartType, Definition extends PartBase> {
  (options?: z.input<Definition["options"]>): CalledPart<Type> & Described<Definition>;
  readonly definition: Definition;
}

/** What an experiment may say of a part: its `kind` and options, what has a default left out. */
export type Described<Definition extends PartBase> =
  & { kind: Definition["name"] }
  // Of no options zod makes what may hold no key at all, `kind` neither.
  & (string extends keyof z.input<Definition["options"]> ? unknown : z.input<Definition["options"]>);

/** The same of any of several parts, or its name alone: `DescribedBy<typeof cnn | typeof crnn>`. */
export type DescribedBy<Parts extends { definition: PartBase }> = Parts extends { definition: PartBase }
  ? Described<Parts["definition"]> | Parts["definition"]["name"]
  : never;

/** Of the definition of any part of a type: its functions take no options that somebody else could know. */
export type AnyOptions = z.ZodObject & z.ZodType<never>;

/** A definition as a {@linkcode PartKind} holds it. */
export interface KnownPart<Functions> {
  definition: PartBase & Omit<Functions, keyof PartBase>;
  /** `{ kind, ...options }`. */
  schema: z.ZodObject;
  /** URL of the module that defined it; none where that was a notebook's cell. */
  module?: string;
}

/**
 * All parts of one type that have been defined in this process: the built-in ones, and those of the modules that were
 * imported. Whoever needs a part imports the module that defines it; the name alone finds nothing.
 */
export class PartKind<Functions extends object> {
  readonly #parts = new Map<string, KnownPart<Functions>>();
  /** Of options that are data: takes `{ kind, ...options }`, or the name alone, of any part that is known by then. */
  readonly schema: z.ZodType;

  /** What is meant where no `kind` is said. */
  readonly #usual?: string;

  /** @param type What its parts are. @param noun With its article, for sentences: `"a network"`. */
  constructor(readonly type: PartType, readonly noun: string, { usual }: { usual?: string } = {}) {
    this.#usual = usual;
    this.schema = this.schemaWith({});
    kinds.push(this);
  }

  /** The same of options that stand with others: as the windows of an input, whichever it is. */
  schemaWith(others: z.ZodRawShape): z.ZodType {
    const whole = ({ schema }: KnownPart<Functions>) =>
      schema.clone({ ...schema.def, shape: { ...schema.shape, ...others } });
    const schema = z.unknown().transform((value, context) => this.#parse(value, { context, whole }));
    behind.set(schema, () => this.all().map(whole));
    return schema;
  }

  /**
   * A new part. Defined again by the same module (a cell that is run again), it takes the place of the one before.
   *
   * @throws {UsageError} where another module has defined one of that name.
   */
  define<const Definition extends KnownPart<Functions>["definition"]>(
    definition: Definition,
  ): Part<PartType, Definition> {
    const { name, options } = definition;
    if (!/^[a-zA-Z][\w-]*$/.test(name)) {
      throw new UsageError({ expected: `${this.noun} named by letters, digits, _ and -`, found: `"${name}"` });
    }
    const module = definingModule();
    const before = this.#parts.get(name);
    if (before && before.module !== module) {
      const expected = `${this.noun} of one name in one place`;
      const where = [before.module, module].map((from) => from ?? "a notebook's cell").join(" and ");
      throw new UsageError({ expected, found: `"${name}" twice`, where, remedy: "give one of them another name" });
    }
    const kind = z.literal(name);
    const schema = options.clone({
      ...options.def,
      shape: { kind: name === this.#usual ? kind.default(name) : kind, ...options.shape },
    });
    this.#parts.set(name, { definition, schema, module });
    const call = (given: Record<string, unknown> = {}) => ({ kind: name, ...given });
    return Object.assign(call, { definition }) as unknown as Part<PartType, Definition>;
  }

  /** Every part that is known, in the order of their definition. */
  all(): KnownPart<Functions>[] {
    return [...this.#parts.values()];
  }

  /**
   * The part of that name.
   *
   * @throws {UsageError} naming those that are known.
   */
  find(name: string): KnownPart<Functions> {
    const part = this.#parts.get(name);
    if (part) return part;
    const expected = `${this.noun} that is known (${[...this.#parts.keys()].join(", ")})`;
    throw new UsageError({ expected, found: `"${name}"`, remedy: "import the module that defines it" });
  }

  /** The value as one that says how the part of that name is used, for {@linkcode partsIn}. */
  mark<T extends object>(value: T, name: string): T {
    const part = this.#parts.get(name);
    return part ? Object.defineProperty(value, DEFINED, { value: { type: this.type, ...part } }) : value;
  }

  #parse(
    value: unknown,
    { context, whole }: { context: z.RefinementCtx; whole: (part: KnownPart<Functions>) => z.ZodObject },
  ): unknown {
    const described = typeof value === "string" ? { kind: value } : value;
    const kind = (described as { kind?: unknown } | null | undefined)?.kind ?? this.#usual;
    const part = typeof kind === "string" ? this.#parts.get(kind) : undefined;
    if (part === undefined && takeUnknown && typeof kind === "string") return described;
    if (part === undefined) {
      const names = [...this.#parts.keys()].map((name) => `'${name}'`).join(" | ");
      context.addIssue({ code: "custom", path: ["kind"], message: `Invalid option: expected ${names}` });
      return z.NEVER;
    }
    const parsed = whole(part).safeParse(described);
    if (parsed.success) return this.mark(parsed.data, kind as string);
    for (const issue of parsed.error.issues) context.addIssue({ ...issue } as Parameters<typeof context.addIssue>[0]);
    return z.NEVER;
  }
}

/** The parts of any type that a resolved description holds, at any depth. */
export function partsIn(value: unknown): (KnownPart<object> & { type: PartType })[] {
  if (typeof value !== "object" || value === null) return [];
  const own = (value as { [DEFINED]?: KnownPart<object> & { type: PartType } })[DEFINED];
  return [...(own ? [own] : []), ...Object.values(value).flatMap(partsIn)];
}

/** Every part of any type that has been defined in this process. */
export function knownParts(): (KnownPart<object> & { type: PartType })[] {
  return kinds.flatMap((kind) => kind.all().map((part) => ({ type: kind.type, ...part })));
}

const kinds: PartKind<object>[] = [];

/** What parses a description that is only shown: a part that nobody has defined here stays the data that it is. */
export function withUnknownParts<Result>(parse: () => Result): Result {
  takeUnknown = true;
  try {
    return parse();
  } finally {
    takeUnknown = false;
  }
}

let takeUnknown = false;

const behind = new WeakMap<z.ZodType, () => z.ZodObject[]>();

/** The schemas of all parts that a schema takes; none where it isn't that of a {@linkcode PartKind}. */
export function partSchemas(schema: z.ZodType): z.ZodObject[] | undefined {
  return behind.get(schema)?.();
}

/**
 * URL of the module that calls a `define…`: the first on the stack that isn't one of the doors. None where code has no
 * file of its own, as a notebook's cells.
 */
function definingModule(): string | undefined {
  const url = callers().find((url) => url === undefined || !isDoor(url));
  return /^(?:file|https?):/.test(url ?? "") ? url!.replace(/[?#].*$/, "") : undefined;
}

/** URLs of the calling functions' modules, the nearest first; the stack as text has them decoded. */
function callers(): (string | undefined)[] {
  const { prepareStackTrace } = Error;
  try {
    Error.prepareStackTrace = (_, sites) => sites.map((site) => site.getScriptNameOrSourceURL() ?? undefined);
    const sites: unknown = new Error().stack;
    return Array.isArray(sites) ? sites : []; // browsers other than Chromium have text alone
  } finally {
    Error.prepareStackTrace = prepareStackTrace;
  }
}

const LIB = new URL("../", import.meta.url).href;

function isDoor(url: string): boolean {
  return url.startsWith(LIB) && /\/(?:define_\w+(?<!_test)|part_kind)\.ts/.test(url);
}
