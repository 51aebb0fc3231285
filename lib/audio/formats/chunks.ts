import { letters } from "./damage.ts";

/** How the chunks of a container are written. */
export interface ChunkForm {
  /** Bytes of a name: 4, or 16 in Wave64, whose names begin with the four letters. */
  nameBytes: 4 | 16;
  sizeBytes: 4 | 8;
  littleEndian: boolean;
  /** Chunks begin at multiples of it. */
  align: 1 | 2 | 8;
}

/** A piece of a file. */
export interface Chunk {
  name: string;
  /** First byte of its content. */
  start: number;
  /** Bytes of its content as stated. */
  size: number;
}

/** More are in no sound file: a file of zeros would hold a hundred thousand a megabyte. */
const MOST_CHUNKS = 1000;

const isName = (letters: string) => /^[\x20-\x7e]{4}$/.test(letters);

/** Chunks from an offset on, as far as their headers lie within the bytes; padding behind one of odd length may be forgotten. */
export function* chunks(view: DataView, at: number, form: ChunkForm): Generator<Chunk> {
  const { nameBytes, sizeBytes, littleEndian, align } = form;
  const head = nameBytes + sizeBytes;
  for (let count = 0; count < MOST_CHUNKS && at + head <= view.byteLength; count++) {
    const name = letters(view, at);
    const size = sizeBytes === 4
      ? view.getUint32(at + nameBytes, littleEndian)
      : Number(view.getBigInt64(at + nameBytes, littleEndian)) - (nameBytes === 16 ? head : 0);
    if (!isName(name)) return;
    yield { name, start: at + head, size };
    if (size < 0) return;
    const end = at + head + size;
    at = end + (align - end % align) % align;
    if (align === 2 && at > end && !isName(letters(view, at)) && isName(letters(view, end))) at = end;
  }
}
