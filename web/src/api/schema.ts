/** The server's types, under the names of its document: docs/openapi.json. */
import type { components, paths } from './generated';

type Schemas = components['schemas'];

/** A body as the server takes it: what has a default may be left out. */
export type Body<Name extends keyof Schemas> = Schemas[Name];

/** A body as the server gives it: everything is there. */
export type Answer<Name extends keyof Schemas> = Whole<Schemas[Name]>;

type Whole<T> = T extends readonly (infer Item)[]
  ? Whole<Item>[]
  : T extends object
    ? { [Key in keyof T]-?: Whole<Exclude<T[Key], undefined>> }
    : T;

type Filled<Path extends string> = Path extends `${infer Start}{${string}}${infer Rest}`
  ? `${Start}${string}${Filled<Rest>}`
  : Path;

/** A path of the API with its blanks filled in, and perhaps a query. */
export type Address = Filled<keyof paths> | `${Filled<keyof paths>}?${string}`;
