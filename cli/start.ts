import { readEnvFile } from '../src/main.ts';

/** `npm start`: against the real Feishu as soon as one of its secrets is defined, else the whole thing on this machine. */
readEnvFile();
const secrets = ['FEISHU_APP_ID', 'FEISHU_APP_SECRET', 'FEISHU_ENCRYPT_KEY', 'FEISHU_VERIFICATION_TOKEN'];
const real = secrets.some((name) => process.env[name] !== undefined);
if (real) await (await import('../src/main.ts')).main();
else await import('../local/main.ts');
