import { createServer, type Server } from 'node:http';
import type Koa from 'koa';

/** A server that slow or silent clients cannot hold: the webhook's own body time-out is the shorter one. */
export function createWebServer(app: Koa): Server {
  return createServer(
    { headersTimeout: 5_000, requestTimeout: 10_000, keepAliveTimeout: 75_000, connectionsCheckingInterval: 1_000 },
    app.callback(),
  );
}
