/**
 * The control of the crash suite, run in place of dist/src/main.js: the same bot over a store that says a plan is saved
 * and does not save it. After a crash a message is then decided anew, which design §2.1 is there to prevent.
 */
import { readConfig } from '../../dist/src/config.js';
import { connect, createLog, loadRules, run } from '../../dist/src/main.js';

const { config } = readConfig(process.env);
const store = await connect(config.MONGODB_URI);
const forgetful = { ...store, inbox: { ...store.inbox, savePlan: async () => true } };
const log = createLog(config.LOG_LEVEL);
const { port } = await run({ config, store: forgetful, rules: loadRules(config), log, takenPort: 'refuse' });
process.stdout.write(`bot ready http://${config.HOST}:${port}\n`);
