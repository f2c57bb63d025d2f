import { readCollege } from '../fixtures/college.ts';
import type { Store } from '../src/ports/store.ts';

/** Loads the world's organisation once; answers the open_ids of its 组织部, who administer the demo. */
export const loadCollege = async (file: string, store: Store): Promise<readonly string[]> => {
  const college = readCollege(file);
  const { units, people } = college.organisation;
  if ((await store.directory.organisation()).units.length === 0) {
    const at = new Date(`${college.establishedOn}T00:00:00Z`);
    const bindings = college.bindings.map(({ chatId, unit }) => ({
      _id: chatId,
      cause: 'world',
      revision: 0,
      unit,
      by: 'world',
      at,
    }));
    await store.directory.seed(units, people, bindings);
  }
  return people.filter((person) => person.posts.some((post) => post.role === 'odStaff')).map((person) => person.openId);
};
