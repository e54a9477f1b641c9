import { initTRPC } from '@trpc/server';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { operationsOf } from './operations.ts';
import { restOperations } from './rest/rest-operation.ts';
import { appRouter } from './root.ts';

describe('the operations', () => {
  const t = initTRPC.meta<{ permission?: string }>().create();

  it('each declare a permission, an output and at most one input', () => {
    const operations = operationsOf(appRouter);
    expect(operations.map(({ name }) => name)).toContain('asset.list');
    for (const { name, meta } of operations) expect(meta.permission, name).toBeTruthy();
  });

  it('keep the server from starting when one declares no permission, naming it', () => {
    const undeclared = t.router({ secret: t.procedure.output(z.string()).query(() => 'x') });
    expect(() => operationsOf(undeclared)).toThrow('secret');
  });

  it('keep the server from starting when one declares a permission that does not exist', () => {
    const invented = t.router({
      odd: t.procedure
        .meta({ permission: 'asset.explode' })
        .output(z.string())
        .query(() => 'x'),
    });
    expect(() => operationsOf(invented)).toThrow('odd');
  });

  it('keep the server from starting when one declares no output', () => {
    const vague = t.router({ vague: t.procedure.meta({ permission: 'public' }).query(() => 'x') });
    expect(() => operationsOf(vague)).toThrow('vague');
  });

  it('that read are GET, or a POST that says it only asks, and those that write are neither, and no two share a method and path', () => {
    const routes = restOperations().map(({ route, operation }) => ({ ...route, operation }));
    const addresses = routes.map(({ method, path }) => `${method} ${path}`);
    expect(addresses.filter((address, index) => addresses.indexOf(address) !== index)).toEqual([]);
    for (const { method, asks = false, operation } of routes) {
      if (asks) expect(method, operation.name).toBe('POST');
      const reads = method === 'GET' || asks;
      expect(reads, `${method} ${operation.name}`).toBe(operation.type === 'query');
    }
  });
});
