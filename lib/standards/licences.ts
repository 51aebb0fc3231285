/** Addresses of the licences of the catalogue that let data be passed on; all others say nothing of it, or forbid it. */
export const OPEN_LICENCES: Readonly<Record<string, string>> = {
  "CC BY 4.0": "https://creativecommons.org/licenses/by/4.0/",
  "CC0": "https://creativecommons.org/publicdomain/zero/1.0/",
  "MIT": "https://opensource.org/license/mit",
  "ODC-By 1.0": "https://opendatacommons.org/licenses/by/1-0/",
};
