/** So many signatures are remembered, as by Jupyter's own Session (`digest_history_size`). */
const REMEMBERED = 1 << 16;

/** Remembers the signatures of messages: one that comes again was recorded by a stranger and sent once more. */
export function signatureHistory(): { add(signature: string): void } {
  const known = new Set<string>();
  return {
    /** @throws {Error} where the signature is known. */
    add(signature) {
      if (known.has(signature)) throw new Error("Expected a new message but found one that came before.");
      known.add(signature);
      if (known.size > REMEMBERED) known.delete(known.values().next().value!); // the oldest
    },
  };
}
