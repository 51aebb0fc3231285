/** An address that holds the bytes themselves, for a page that may load nothing. */
export function dataAddress(type: string, bytes: Uint8Array): string {
  return `data:${type};base64,${bytes.toBase64()}`;
}
