/** A write is acknowledged when a majority has it on disk. */
export const writeConcern = { w: 'majority', j: true } as const;
