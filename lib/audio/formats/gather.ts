/** Room for channels whose length is known before they are decoded, and are filled piece by piece, so that no piece is kept. */
export function gather(channels: number, length: number) {
  const whole = Array.from({ length: channels }, () => new Float32Array(length));
  return {
    /** Samples a channel so far, beyond the length too. */
    count: 0,
    /** The next samples; what is beyond the length is dropped. */
    add(piece: readonly Float32Array[]): void {
      if (piece.length === 0) return;
      const room = Math.max(0, length - this.count);
      if (room > 0) whole.forEach((channel, c) => channel.set(piece[c].subarray(0, room), this.count));
      this.count += piece[0].length;
    },
    /** As far as they were filled. */
    channelData(): Float32Array[] {
      return whole.map((channel) => channel.subarray(0, this.count));
    },
  };
}
