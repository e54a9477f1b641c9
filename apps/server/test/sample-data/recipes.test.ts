import {
  campaignCreateInputSchema,
  clientCreateInputSchema,
  formatOfFileName,
  mayCarry,
  roleNamed,
} from '@vitrine/schema';
import { describe, expect, it } from 'vitest';
import { halden } from '../../src/sample-data/clients/halden.ts';
import { nordlys } from '../../src/sample-data/clients/nordlys.ts';
import { oriel } from '../../src/sample-data/clients/oriel.ts';

const clients = [halden, nordlys, oriel];
const assets = clients.flatMap((client) => client.assets);

describe('the sample agency', () => {
  it('has three clients, five campaigns in every state and about sixty files of all four kinds', () => {
    const campaigns = clients.flatMap((client) => client.campaigns);
    expect(clients).toHaveLength(3);
    expect(campaigns).toHaveLength(5);
    expect(new Set(campaigns.map(({ input }) => input.status))).toEqual(
      new Set(['draft', 'active', 'archived']),
    );
    expect(assets.length).toBeGreaterThanOrEqual(60);
    expect(new Set(assets.map(({ file }) => formatOfFileName(file)?.type))).toEqual(
      new Set(['image', 'video', 'audio', 'document']),
    );
  });

  it.each(clients)('gives $folder a description, a brand and campaigns that the schema accepts', (client) => {
    const { description, brandGuidelines } = clientCreateInputSchema.parse(client.input);
    expect(description.length).toBeGreaterThan(80);
    expect(brandGuidelines?.colors).toHaveLength(5);
    for (const { input } of client.campaigns) {
      const clientId = '01980c5e-7a10-7c3e-9f51-5f0a5d1f2b01';
      expect(campaignCreateInputSchema.parse({ ...input, clientId }).brief?.keyMessages).not.toEqual([]);
    }
  });

  it('uses only roles that the kind may carry, and every visual and audio role somewhere but none on documents', () => {
    const wrong = assets.filter(({ file, tags }) => {
      const type = formatOfFileName(file)?.type ?? 'document';
      return tags.some((tag) => {
        const role = roleNamed(tag);
        return role !== null && !mayCarry(type, role);
      });
    });
    expect(wrong.map(({ file }) => file)).toEqual([]);
    expect(new Set(assets.flatMap(({ tags }) => tags.flatMap((tag) => roleNamed(tag) ?? []))).size).toBe(9);
  });

  it.each(clients)('names every file of $folder once, with campaigns and sources that exist', (client) => {
    const files = client.assets.map(({ file }) => file);
    expect(new Set(files).size).toBe(files.length);
    for (const { campaign, make } of client.assets) {
      if (campaign !== null) expect(client.campaigns[campaign]).toBeDefined();
      const sources = client.assets.filter(({ file }) => make.needs?.includes(file));
      expect(new Set(make.needs ?? []).size).toBe(sources.length);
      // Two rounds are made: what needs other files may need only those of the first round.
      expect(sources.filter((source) => source.make.needs)).toEqual([]);
    }
  });
});
