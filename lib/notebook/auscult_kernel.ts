/** How Jupyter knows the kernel in whose cells figures and tables show themselves. */
export const AUSCULT_KERNEL = {
  name: "auscult-deno",
  displayName: "Auscult (Deno)",
  displays: import.meta.resolve("./displays.ts"),
};
