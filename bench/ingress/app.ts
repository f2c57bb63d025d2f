/** The app that the servers and the load agree on. */
export const app = {
  path: '/feishu/webhook',
  appId: 'cli_0123456789abcdef',
  encryptKey: 'bench-encrypt-key',
  token: 'bench-verification-token',
};

export const cases = ['bare-koa', 'sdk-adapter', 'own-volatile', 'own-durable', 'own-durable-unbatched'] as const;
export type Case = (typeof cases)[number];
