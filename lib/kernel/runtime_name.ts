/** Name of the global variable in the kernel that holds the runtime: one that no cell can know, and so declare. */
export const RUNTIME = `__cell_${crypto.randomUUID().slice(0, 8)}`;
