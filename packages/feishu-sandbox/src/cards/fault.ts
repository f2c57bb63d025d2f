import type { z } from 'zod';

export interface CardFault {
  code: number;
  message: string;
}

export const fault = (code: number, message: string): CardFault => ({ code, message });
const BAD_JSON = 200621;

/** The first thing wrong with a card or a component, in the words of the platform; null = it has the right shape. */
export function shapeFault(schema: z.ZodType, value: unknown, path: string): CardFault | null {
  const result = schema.safeParse(value);
  const issue = result.error?.issues[0];
  if (!issue) return null;
  const where = [path, ...issue.path.map((step) => (typeof step === 'number' ? `[${step}]` : String(step)))].join(
    ' -> ',
  );
  if (issue.code === 'unrecognized_keys') {
    return fault(BAD_JSON, `unknown property, property: ${issue.keys[0]}, path: ${where}`);
  }
  const code: unknown = issue.code === 'custom' ? issue.params?.code : undefined;
  return fault(typeof code === 'number' ? code : BAD_JSON, `${issue.message}, path: ${where}`);
}
