/** Quorum and votes (domain §3.3), in whole numbers. 半数以上 includes the half, 超过半数 does not. */

/** A general meeting may vote: half of the voting members expected are there. */
export const canVote = (expectedVoting: number, presentVoting: number): boolean => 2 * presentVoting >= expectedVoting;
/** A general meeting agrees: more than half of those expected, not of those present. */
export const passes = (expectedVoting: number, yes: number): boolean => 2 * yes > expectedVoting;
/** A committee meeting is valid with half of its members. */
export const committeeIsValid = (members: number, present: number): boolean => 2 * present >= members;
/** Accepting or confirming a member needs more than half to be there … */
export const canVoteOnMember = (expectedVoting: number, presentVoting: number): boolean =>
  2 * presentVoting > expectedVoting;
/** … and more than half to agree, written opinions given beforehand included. */
export const passesMember = (expectedVoting: number, yes: number, writtenYes = 0): boolean =>
  2 * (yes + writtenYes) > expectedVoting;
/** An election assembly is valid from exactly four fifths on. */
export const electionIsValid = (expectedVoting: number, presentVoting: number): boolean =>
  5 * presentVoting >= 4 * expectedVoting;
/** A candidate wins with more than half of those present. */
export const isElected = (presentVoting: number, yes: number): boolean => 2 * yes > presentVoting;
/** 优秀 is usually given to at most a third; more is a warning, no fault. */
export const isWithinExcellentCap = (members: number, excellent: number): boolean => 3 * excellent <= members;
/** A joint Party and administrative meeting needs two thirds … */
export const jointMeetingIsValid = (expected: number, present: number): boolean => 3 * present >= 2 * expected;
/** … and more than half of those expected to agree. */
export const jointMeetingPasses = (expected: number, yes: number): boolean => 2 * yes > expected;
