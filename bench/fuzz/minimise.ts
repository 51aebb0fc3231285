/** Attempts to make an offender smaller. */
const TRIES = 60;

/**
 * The damage without what doesn't matter: pieces of it are undone, by halves, while the file still offends (delta debugging,
 * Zeller and Hildebrandt 2002). Where bytes were put in or taken out, the end is cut instead.
 */
export async function minimise(
  whole: Uint8Array,
  damaged: Uint8Array,
  offends: (bytes: Uint8Array) => Promise<boolean>,
): Promise<Uint8Array> {
  let smallest = damaged;
  let tries = 0;
  const attempt = async (bytes: Uint8Array) => {
    if (tries++ < TRIES && await offends(bytes)) smallest = bytes;
  };
  if (whole.length === damaged.length) {
    const changed = [...damaged.keys()].filter((at) => damaged[at] !== whole[at]);
    for (let length = Math.ceil(changed.length / 2); length >= 1; length = length === 1 ? 0 : Math.ceil(length / 2)) {
      for (let from = 0; from < changed.length; from += length) {
        const other = smallest.slice();
        for (const at of changed.slice(from, from + length)) other[at] = whole[at];
        await attempt(other);
      }
    }
    return smallest;
  }
  for (let cut = damaged.length >> 1; cut >= 1; cut >>= 1) {
    if (smallest.length > cut) await attempt(smallest.slice(0, smallest.length - cut));
  }
  return smallest;
}
