/** Bits one behind the other, the highest first. */
export class BitWriter {
  #bytes = new Uint8Array(1 << 16);
  #held = 0;
  #count = 0;
  /** Whole bytes so far. */
  length = 0;

  /** The lowest `width` bits of a whole number, at most 32; negative ones in two's complement. */
  write(value: number, width: number): void {
    if (width > 16) {
      this.write(Math.floor(value / 65536), width - 16);
      return this.write(value & 0xffff, 16);
    }
    this.#held = (this.#held << width | value & (1 << width) - 1) >>> 0;
    this.#count += width;
    while (this.#count >= 8) {
      this.#count -= 8;
      this.#push(this.#held >>> this.#count & 0xff);
    }
    this.#held &= (1 << this.#count) - 1;
  }

  /** A signed number: its sign folded in, the part above `parameter` bits in unary, the rest as it is. */
  writeRice(value: number, parameter: number): void {
    const folded = value >= 0 ? 2 * value : -2 * value - 1;
    let zeros = folded >>> parameter;
    for (; zeros >= 16; zeros -= 16) this.write(0, 16);
    this.write(1, zeros + 1);
    this.write(folded & (1 << parameter) - 1, parameter);
  }

  /** Zeros up to a whole byte. */
  align(): void {
    if (this.#count > 0) this.write(0, 8 - this.#count);
  }

  /** What was written from a byte on; a view. */
  from(start: number): Uint8Array {
    return this.#bytes.subarray(start, this.length);
  }

  bytes(): Uint8Array<ArrayBuffer> {
    return this.#bytes.slice(0, this.length);
  }

  #push(byte: number): void {
    if (this.length === this.#bytes.length) {
      const larger = new Uint8Array(2 * this.length);
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    this.#bytes[this.length++] = byte;
  }
}
