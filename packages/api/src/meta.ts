import type { Permission } from '@vitrine/core';

type HttpMethod = 'GET' | 'POST' | 'PATCH' | 'DELETE';

/** A REST path of a procedure. `{name}` in the path is a field of the input. */
export interface RestRoute {
  readonly method: HttpMethod;
  readonly path: `/api/${string}`;
  readonly summary: string;
  /** Its OpenAPI `operationId`, where a procedure has several paths; the procedure's name unless said. */
  readonly id?: string;
  /** A POST that changes nothing: a question that is asked in a body, being too long or too deep for an address. */
  readonly asks?: true;
}

/** What a procedure declares about itself; REST, OpenAPI and the permission check are derived from it. */
export interface Meta {
  readonly permission: Permission;
  readonly rest?: {
    readonly tag:
      | 'Assets'
      | 'Context'
      | 'Clients'
      | 'Campaigns'
      | 'Tags'
      | 'Collections'
      | 'Sharing'
      | 'Access'
      | 'System';
    readonly routes: readonly [RestRoute, ...RestRoute[]];
    /** The status of a success; 200 unless said. */
    readonly status?: 201;
    /** The answer is a page: its items are the body, the rest goes into `Link` and `X-Total-Count`. */
    readonly page?: true;
    /** `If-Match` carries the input's `rowVersion`. */
    readonly ifMatch?: true;
    /** Other names that a query parameter has: the origin's `asset_type` is the input's `type`. */
    readonly aliases?: Readonly<Record<string, string>>;
  };
}
