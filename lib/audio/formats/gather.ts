/** Channels that are filled piece by piece. */
export interface Gathered {
  /** Samples a channel so far, beyond the length too. */
  count: number;
  /** The next samples; what is beyond the length is dropped. */
  add(piece: readonly Float32Array[]): void;
  /** The channels, as far as they were filled. */
  channelData(): Float32Array[];
}

/** Room for channels whose length is known before they are decoded, so that no piece is kept. */
export function gather(channels: number, length: number): Gathered {
  const whole = Array.from({ length: channels }, () => new Float32Array(length));
  return {
    count: 0,
    add(piece) {
      if (piece.length === 0) return;
      const room = Math.max(0, length - this.count);
      if (room > 0) whole.forEach((channel, c) => channel.set(piece[c].subarray(0, room), this.count));
      this.count += piece[0].length;
    },
    channelData() {
      return whole.map((channel) => channel.subarray(0, this.count));
    },
  };
}
