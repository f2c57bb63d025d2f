import mongoose from 'mongoose';

/** True for a unique-index violation (E11000): somebody was there first, which is an expected outcome here. */
export const isDuplicate = (error: unknown): boolean =>
  error instanceof mongoose.mongo.MongoServerError && error.code === 11000;

/**
 * True when an unordered insert found rows that were there before, and did the rest. The driver wraps a lost connection
 * and an unmet write concern in the same error; those are not that.
 */
export const onlyDuplicates = (error: unknown): boolean => {
  if (!(error instanceof mongoose.mongo.MongoBulkWriteError) || error.result.getWriteConcernError()) return false;
  const failures = [error.writeErrors].flat();
  return failures.length > 0 && failures.every((failed) => failed.code === 11000);
};
