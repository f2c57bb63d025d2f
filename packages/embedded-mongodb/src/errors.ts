import type { Doc } from './bson/types.ts';

/** Names of the server error codes this package answers with. */
export const CODE_NAMES: Readonly<Record<number, string>> = {
  1: 'InternalError',
  2: 'BadValue',
  9: 'FailedToParse',
  14: 'TypeMismatch',
  15: 'Overflow',
  20: 'IllegalOperation',
  22: 'InvalidBSON',
  26: 'NamespaceNotFound',
  27: 'IndexNotFound',
  28: 'PathNotViable',
  34: 'PlanExecutorAlwaysFails',
  40: 'ConflictingUpdateOperators',
  43: 'CursorNotFound',
  48: 'NamespaceExists',
  50: 'MaxTimeMSExpired',
  52: 'DollarPrefixedFieldName',
  53: 'InvalidIdField',
  54: 'NotSingleValueField',
  55: 'InvalidDBRef',
  56: 'EmptyFieldName',
  59: 'CommandNotFound',
  66: 'ImmutableField',
  67: 'CannotCreateIndex',
  72: 'InvalidOptions',
  73: 'InvalidNamespace',
  85: 'IndexOptionsConflict',
  86: 'IndexKeySpecsConflict',
  115: 'CommandNotSupported',
  123: 'NotAReplicaSet',
  168: 'InvalidPipelineOperator',
  171: 'CannotIndexParallelArrays',
  197: 'InvalidIndexSpecificationOption',
  224: 'QueryFeatureNotAllowed',
  238: 'NotImplemented',
  241: 'ConversionFailure',
  10334: 'BSONObjectTooLarge',
  11000: 'DuplicateKey',
  40415: 'IDLUnknownField',
};

/** An error the client is told about, with the server's own code; anything else that is thrown is a bug. */
export class ServerError extends Error {
  readonly code: number;
  readonly extra: Doc | undefined;

  constructor(code: number, message: string, extra?: Doc) {
    super(message);
    this.code = code;
    this.extra = extra;
  }

  /** The server's symbolic name of the code, `Location<code>` when it has none. */
  get codeName(): string {
    return CODE_NAMES[this.code] ?? `Location${this.code}`;
  }
}

/** Throws code 2, BadValue. */
export function badValue(message: string): never {
  throw new ServerError(2, message);
}

/** Throws code 9, FailedToParse. */
export function failedToParse(message: string): never {
  throw new ServerError(9, message);
}

/** Throws code 14, TypeMismatch. */
export function typeMismatch(message: string): never {
  throw new ServerError(14, message);
}
