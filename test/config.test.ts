import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../src/config.ts';

const real = {
  FEISHU_APP_ID: 'cli_0123456789abcdef',
  FEISHU_APP_SECRET: 'canary-secret',
  FEISHU_ENCRYPT_KEY: 'canary-key',
  FEISHU_VERIFICATION_TOKEN: 'canary-token',
  MONGODB_URI: 'mongodb://127.0.0.1:27017/zhibu',
};
const secrets = ['FEISHU_APP_ID', 'FEISHU_APP_SECRET', 'FEISHU_ENCRYPT_KEY', 'FEISHU_VERIFICATION_TOKEN'];

function faultsOf(env: Record<string, string | undefined>): readonly string[] {
  const read = readConfig(env);
  return read.ok ? [] : read.faults;
}

describe('the local mode', () => {
  it('needs nothing', () => {
    expect(readConfig({ PATH: '/bin' })).toEqual({
      ok: true,
      config: {
        mode: 'local',
        PORT: 3000,
        HOST: '127.0.0.1',
        DATA_DIR: './data',
        FEISHU_DOMAIN: 'https://open.feishu.cn',
        FEISHU_GROUP_MESSAGES: 'mention',
        ADMIN_OPEN_IDS: [],
        POLICY_FILE: 'policies/wuhua-xietong-2020.yaml',
        HOLIDAYS_DIR: 'holidays',
        ORG_ZONE: 'Asia/Shanghai',
        LOG_LEVEL: 'info',
        CLOCK_URL: null,
        MONGODB_URI: null,
        SANDBOX_PORT: 3001,
        SANDBOX_NOW: null,
        WORLD_FILE: 'fixtures/college.json',
      },
    });
  });

  it('takes what is stated, and blank lines for nothing', () => {
    const read = readConfig({
      PORT: '0',
      SANDBOX_PORT: '',
      ADMIN_OPEN_IDS: 'ou_a, ou_b',
      SANDBOX_NOW: '2026-11-02T09:00:00+08:00',
    });
    expect(read).toMatchObject({ ok: true, config: { PORT: 0, SANDBOX_PORT: 3001, ADMIN_OPEN_IDS: ['ou_a', 'ou_b'] } });
  });
});

describe('the real mode', () => {
  it('takes all four secrets and a database', () => {
    expect(readConfig(real)).toMatchObject({
      ok: true,
      config: { mode: 'real', HOST: '0.0.0.0', FEISHU_ENCRYPT_KEY: ['canary-key'], MONGODB_URI: real.MONGODB_URI },
    });
  });

  it('takes two keys while rotating, and neither three nor a blank one', () => {
    expect(readConfig({ ...real, FEISHU_ENCRYPT_KEY: 'new, old' })).toMatchObject({
      config: { FEISHU_ENCRYPT_KEY: ['new', 'old'] },
    });
    expect(faultsOf({ ...real, FEISHU_ENCRYPT_KEY: 'new,' })).toEqual(['config: FEISHU_ENCRYPT_KEY has a blank part']);
    expect(faultsOf({ ...real, FEISHU_ENCRYPT_KEY: 'a,b,c' })).toHaveLength(1);
  });

  it.each(secrets)('refuses %s blank or missing', (name) => {
    for (const blank of ['', ' ', '\t\n', '\u3000'])
      expect(faultsOf({ ...real, [name]: blank })).toEqual([`config: ${name} is blank`]);
    expect(faultsOf({ ...real, [name]: undefined })).toEqual([`config: ${name} is missing`]);
  });

  it.each(secrets)('begins with %s alone, even blank', (name) => {
    const faults = faultsOf({ [name]: '' });
    expect(faults).toContain(`config: ${name} is blank`);
    expect(faults).toContain('config: MONGODB_URI is missing');
    expect(faults).toHaveLength(5);
  });
});

describe('faults', () => {
  it.each([
    ['FEISHU_APP_ID', 'cli_0123'],
    ['FEISHU_APP_ID', 'cli_0123456789ABCDEF'],
    ['FEISHU_DOMAIN', 'https://open.feishu.cn/'],
    ['FEISHU_DOMAIN', 'open.feishu.cn'],
    ['FEISHU_GROUP_MESSAGES', 'some'],
    ['MONGODB_URI', 'http://127.0.0.1'],
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['PORT', '0x10'],
    ['ADMIN_OPEN_IDS', 'ou_a,,ou_b'],
    ['ORG_ZONE', 'Asia/Nowhere'],
    ['LOG_LEVEL', 'loud'],
    ['CLOCK_URL', 'not an address'],
  ])('%s=%s is one line that names it', (name, value) => {
    const faults = faultsOf({ ...real, [name]: value });
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatch(new RegExp(`^config: ${name} `));
    expect(faults[0]).not.toContain('canary');
  });

  it('are all told at once', () => {
    expect(faultsOf({ ...real, FEISHU_APP_SECRET: ' ', PORT: 'x', LOG_LEVEL: 'loud' })).toHaveLength(3);
  });

  it('allow a clock only between loopback addresses', () => {
    const sandbox = 'http://127.0.0.1:3001';
    const withClock = (clock: string, domain: string) => faultsOf({ ...real, CLOCK_URL: clock, FEISHU_DOMAIN: domain });
    for (const clock of [sandbox, 'http://localhost:1', 'http://[::1]:1'])
      expect(withClock(clock, sandbox)).toEqual([]);
    expect(withClock(sandbox, 'https://open.feishu.cn')).toHaveLength(1);
    expect(withClock('http://10.0.0.1:3001', sandbox)).toHaveLength(1);
    expect(withClock('http://127.0.0.1.evil.example', sandbox)).toHaveLength(1);
  });
});

it('.env.example states nothing, and names what is read', () => {
  const lines = readFileSync(new URL('../.env.example', import.meta.url), 'utf8').split('\n');
  expect(lines.filter((line) => line !== '' && !line.startsWith('#'))).toEqual([]);
  const named = lines.flatMap((line) => /^# ([A-Z_]+)=/.exec(line)?.[1] ?? []);
  const read = ['local', 'real'].flatMap((mode) => {
    const result = readConfig(mode === 'real' ? real : {});
    return result.ok ? Object.keys(result.config) : [];
  });
  expect(new Set(named)).toEqual(new Set(read.filter((name) => name !== 'mode')));
});
