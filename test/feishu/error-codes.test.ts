import { describe, expect, it } from 'vitest';
import { knownCodes, type Meaning, meaningOf } from '../../src/feishu/error-codes.ts';

/** The table of the platform's notes, §3.6: what each code means, and what a sender does about it. */
const table: readonly (readonly [number, Meaning, string])[] = [
  [99991400, 'later-all', 'gateway rate limit'],
  [99991661, 'token', 'token missing: none could be had'],
  [99991671, 'puzzling', 'token must start with t- or u-'],
  [99991663, 'token', 'tenant token invalid or expired'],
  [99991664, 'puzzling', 'app token invalid'],
  [99991668, 'puzzling', 'user token invalid'],
  [99991677, 'puzzling', 'user token expired'],
  [99991672, 'puzzling', 'app lacks scope: an administrator must be told'],
  [99991679, 'puzzling', 'user did not grant scope'],
  [99991401, 'puzzling', 'source address not in the allow list'],
  [99992402, 'puzzling', 'field validation failed'],
  [99992351, 'puzzling', 'id does not exist'],
  [99992361, 'puzzling', 'open_id belongs to another app'],
  [230001, 'puzzling', 'invalid parameter'],
  [230002, 'refused', 'bot is not in the group'],
  [230006, 'refused', 'bot ability not enabled'],
  [230009, 'refused', 'recall too old'],
  [230026, 'refused', 'no recall permission'],
  [230011, 'refused', 'message was recalled'],
  [230012, 'refused', 'not the sender'],
  [230017, 'refused', 'not owner of the image or card'],
  [230013, 'refused', 'bot not available to that user'],
  [230015, 'refused', 'group settings'],
  [230018, 'refused', 'no speaking right'],
  [230019, 'refused', 'thread not found'],
  [230035, 'refused', 'sending denied'],
  [230020, 'later-chat', 'frequency limit of a user or group'],
  [230022, 'puzzling', 'sensitive content'],
  [230028, 'puzzling', 'data loss prevention'],
  [230025, 'puzzling', 'content too long'],
  [230027, 'refused', 'insufficient permission'],
  [230029, 'refused', 'recipient resigned'],
  [230023, 'refused', 'too many unread urgent messages'],
  [230031, 'refused', 'card older than 14 days'],
  [230033, 'refused', 'readers of a message older than 7 days'],
  [230034, 'puzzling', 'invalid receive_id'],
  [230038, 'refused', 'cross-tenant private chat'],
  [230049, 'later-chat', 'message being sent, not yet final'],
  [230050, 'refused', 'not visible to operator'],
  [230110, 'refused', 'deleted'],
  [230053, 'refused', 'the user stopped this bot'],
  [230054, 'puzzling', 'unsupported operation type'],
  [230055, 'puzzling', 'file type mismatch'],
  [230071, 'puzzling', 'replying in a thread is not supported'],
  [230072, 'puzzling', 'edited too often'],
  [230099, 'puzzling', 'card rejected'],
  [232009, 'refused', 'group dissolved'],
  [232011, 'refused', 'operator not in chat'],
  [232019, 'later-chat', 'too frequent member operations'],
  [10014, 'puzzling', 'app not authorised'],
  [10015, 'puzzling', 'wrong secret'],
  [19036, 'puzzling', 'over 30 KB'],
  [11232, 'later-chat', 'create-message limit of an old interface'],
  [11233, 'later-chat', 'create-message limit of an old interface'],
  [11247, 'later-chat', 'limit of an old interface'],
];

describe('a code of Feishu', () => {
  it.each(table)('%i means %s (%s)', (code, meaning) => {
    expect(meaningOf(code)).toBe(meaning);
    expect(knownCodes).toContain(code);
  });
  it('is in the table once, and the table has no others', () => {
    expect([...knownCodes].sort()).toEqual(table.map(([code]) => code).sort());
  });
  it.each([1, -1, 230_003, 99_999_999, Number.NaN])('that nobody knows (%d) waits for a person', (code) => {
    expect(meaningOf(code)).toBe('puzzling');
  });
});
