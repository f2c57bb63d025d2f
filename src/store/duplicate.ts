import mongoose from 'mongoose';

/** True for a unique-index violation (E11000): somebody was there first, which is an expected outcome here. */
export const isDuplicate = (error: unknown): boolean =>
  error instanceof mongoose.mongo.MongoServerError && error.code === 11000;
