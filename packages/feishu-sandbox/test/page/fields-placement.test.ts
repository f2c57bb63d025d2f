import { describe, expect, it } from 'vitest';
import { placement } from '../../page/cards/interactive/placement.ts';

const WINDOW = { width: 360, height: 800 };
const button = (top: number, left: number, width = 200) => ({ top, bottom: top + 34, left, width });

describe('a list that hangs on a button', () => {
  it('opens below, as wide as the button', () => {
    expect(placement(button(100, 20), WINDOW)).toEqual({
      top: '138px',
      bottom: 'auto',
      left: '20px',
      minWidth: '200px',
      maxHeight: '654px',
    });
  });

  it('opens upwards at the foot of the window', () => {
    expect(placement(button(740, 20), WINDOW)).toMatchObject({ top: 'auto', bottom: '64px', maxHeight: '728px' });
  });

  it('stays below when there is even less room above', () => {
    expect(placement(button(50, 20), { width: 360, height: 200 })).toMatchObject({ top: '88px' });
  });

  it('never leaves the window', () => {
    expect(placement(button(100, 340, 40), WINDOW)).toMatchObject({ left: '192px', minWidth: '160px' });
    expect(placement(button(100, -5), WINDOW)).toMatchObject({ left: '8px' });
  });
});
