/** Letters and digits that cannot be mistaken for one another on paper. */
const alphabet = '23456789ABCDEFGHJKMNPQRSTVWXYZ';

/** FNV-1a, 32 bits: spreads text evenly; not for secrets. */
export const spread = (text: string): number => {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash ^= text.charCodeAt(index);
    hash = Math.imul(hash, 0x01000193);
  }
  return hash >>> 0;
};

/** The `#7K2Q` at a card's foot: the same for one message for ever, so that it can be found again in a chat. */
export const shortCode = (key: string): string => {
  let rest = spread(key);
  let code = '';
  for (let place = 0; place < 5; place += 1) {
    code += alphabet[rest % alphabet.length];
    rest = Math.floor(rest / alphabet.length);
  }
  return code;
};
