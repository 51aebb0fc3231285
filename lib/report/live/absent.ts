import { InputError } from "../../errors/mod.ts";

let reading = true;

/** From here on the modules have been read: what is absent says so when it is called. */
export function doneReading(): void {
  reading = false;
}

/**
 * What a module imports, of which a page has only so much. All else can be called while the module is read, as networks
 * and experiments are that stand beside an input, and gives nothing.
 *
 * @param name Of what is imported.
 * @param there What the page has of it. @default {none of it}
 */
export function absent(name: string, there: object = {}): object {
  const call = () => {
    if (reading) return self;
    throw new InputError({ expected: "an input that needs only what a page has", found: name });
  };
  const self: object = new Proxy(function () {}, {
    get(_, key) {
      if (key in there) return Reflect.get(there, key);
      return key === Symbol.toPrimitive ? () => "" : absent(`${name} ${String(key)}`);
    },
    getPrototypeOf: () => self, // bundlers make namespaces that inherit from what is imported
    apply: call,
    construct: call,
  });
  return self;
}
