import type { Command } from '../src/kit.ts';
import acknowledge from './acknowledge.ts';
import bind from './bind.ts';
import help from './help.ts';
import record from './record.ts';
import todo from './todo.ts';
import undo from './undo.ts';
import waive from './waive.ts';

/** Every command, in the order of the help card. */
export const commands: readonly Command[] = [record, todo, undo, acknowledge, waive, bind, help];
