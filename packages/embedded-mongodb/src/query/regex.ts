import { Regex, type Value } from '../bson/types.ts';
import { badValue, ServerError } from '../errors.ts';

/** Compiles a BSON regular expression to JavaScript's dialect; what cannot be carried over is refused with code 51091. */
export function compileRegex(regex: Regex): RegExp {
  const inline = /^\(\?([a-z]+)\)/.exec(regex.pattern);
  const pattern = inline === null ? regex.pattern : regex.pattern.slice(inline[0].length);
  const flags = flagsOf(regex.options + (inline?.[1] ?? ''));
  try {
    return new RegExp(pattern, `${flags}u`);
  } catch {
    return withoutUnicode(pattern, flags);
  }
}

/** Unicode mode refuses harmless escapes such as `\-`; the second try accepts them. */
function withoutUnicode(pattern: string, flags: string): RegExp {
  try {
    return new RegExp(pattern, flags);
  } catch (error) {
    throw new ServerError(51091, `Regular expression is invalid: ${error instanceof Error ? error.message : ''}`);
  }
}

function flagsOf(options: string): string {
  let flags = '';
  for (const option of new Set(options)) {
    if (option === 'i' || option === 'm' || option === 's') flags += option;
    else if (option !== 'u') throw new ServerError(51108, `invalid flag in regex options: ${option}`);
  }
  return flags;
}

/** The regular expression of `$regex` with its sibling `$options`. */
export function regexOperand(operand: Value, options: Value | undefined): Regex {
  if (options !== undefined && typeof options !== 'string') badValue('$options has to be a string');
  if (typeof operand === 'string') return new Regex(operand, options ?? '');
  if (!(operand instanceof Regex)) badValue('$regex has to be a string');
  if (options !== undefined && operand.options !== '')
    throw new ServerError(51075, 'options set in both $regex and $options');
  return options === undefined ? operand : new Regex(operand.pattern, options);
}
