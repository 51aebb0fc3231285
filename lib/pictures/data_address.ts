/** An address that holds the bytes themselves, for a page that may load nothing. */
export function dataAddress(type: string, bytes: Uint8Array): string {
  return `data:${type};base64,${bytes.toBase64()}`;
}

/** An address of bytes that this browser holds until it is revoked. */
export function objectAddress(type: string, bytes: Uint8Array): string {
  return URL.createObjectURL(new Blob([bytes as Uint8Array<ArrayBuffer>], { type }));
}
