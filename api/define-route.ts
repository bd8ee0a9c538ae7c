import type { z } from 'zod';
import type { Access, Calls } from './calls.ts';
import type { ErrorCode } from './error-codes.ts';

type Schema = z.ZodType;
type Parsed<S extends Schema | undefined> = S extends Schema ? z.output<S> : undefined;

export interface RouteInput<P extends Schema | undefined, Q extends Schema | undefined, B extends Schema | undefined> {
  params: Parsed<P>;
  query: Parsed<Q>;
  body: Parsed<B>;
}

interface RouteFacts<A extends Access> {
  /** operationId; the generated client names its function after it. */
  operation: string;
  method: 'get' | 'post';
  /** Express path; `:name` is documented as `{name}`. */
  path: `/${string}`;
  access: A;
  summary: string;
  tag: 'Sign-in' | 'Conversations' | 'Live updates' | 'Web chat' | 'Webhook log' | 'Test mode' | 'Settings';
  /** The first is sent unless the handler sets another on `call.res`. */
  success: { status: number; about: string; example?: unknown }[];
  /** Codes of its own, beside those every route of this access has. */
  errors?: readonly ErrorCode[];
  /** Which limit of configuration counts this route. */
  limit?: 'chatSessions' | 'chatSends' | 'chatReads' | 'signIn';
  onlyInTestMode?: boolean;
  /** Origins outside this installation may call it when they are on the CORS allow-list. */
  crossOrigin?: boolean;
  /** The handler answers by itself (server-sent events). */
  stream?: boolean;
  bodyExample?: unknown;
}

interface RouteDefinition<
  A extends Access,
  P extends Schema | undefined,
  Q extends Schema | undefined,
  B extends Schema | undefined,
  O extends Schema | undefined,
> extends RouteFacts<A> {
  params?: P;
  query?: Q;
  body?: B;
  output?: O;
  handler(call: Calls[A], input: RouteInput<P, Q, B>): Promise<O extends Schema ? z.input<O> : void>;
}

/** A route as the table holds it: parsed on the way in, stripped to its declared fields on the way out. */
export interface Route extends RouteFacts<Access> {
  params?: Schema;
  query?: Schema;
  body?: Schema;
  output?: Schema;
  handler(call: never, input: never): Promise<unknown>;
}

/** Ties a handler's types to its contract; the same object validates requests and documents them. */
export const defineRoute = <
  A extends Access,
  P extends Schema | undefined = undefined,
  Q extends Schema | undefined = undefined,
  B extends Schema | undefined = undefined,
  O extends Schema | undefined = undefined,
>(
  definition: RouteDefinition<A, P, Q, B, O>,
): RouteDefinition<A, P, Q, B, O> & Route => definition as RouteDefinition<A, P, Q, B, O> & Route;
