import type { EventEmitter } from 'node:events';
import type { Request, Response } from 'express';
import type { BusinessId, ConversationId, MemberId } from '#domain/ids';
import type { Metrics } from '#platform/metrics';
import type { ComposedInstallation } from '#services/compose';
import type { ServiceContext } from '#services/context';
import type { EventHub } from '#services/events/event-hub';
import type { RateLimits } from './rate-limits.ts';

/** What every route of one server shares. */
export interface ApiScope {
  installation: ComposedInstallation;
  metrics: Metrics;
  limits: RateLimits;
  events: EventHub;
  /** Aborted when the server starts to shut down; open streams end then. */
  stopping: AbortSignal;
  /** Emits `end` with a session id when somebody signs out, so that their open streams end at once. */
  sessionEnds: EventEmitter<{ end: [string] }>;
}

/** A request anybody may make. */
export interface OpenCall extends ApiScope {
  req: Request;
  res: Response;
  requestId: string;
}

/** A request of a member's browser or of an API key: one business, and nothing else within reach. */
export interface StaffCall extends OpenCall {
  ctx: ServiceContext;
  /** Absent for an API key. */
  member?: { id: MemberId; name: string; role: string };
  /** Throws when the key or the session no longer stands. Long-lived streams ask again from time to time. */
  recheck(): Promise<void>;
}

export interface Visitor {
  businessId: BusinessId;
  /** The channel's opaque address of the visitor. */
  address: string;
  conversationId: ConversationId;
}

/** A request from a web chat, authorised by a visitor token. */
export interface VisitorCall extends OpenCall {
  ctx: ServiceContext;
  visitor: Visitor;
}

/** Who may use a route. There is no default: a route that does not say so does not compile. */
export interface Calls {
  open: OpenCall;
  staff: StaffCall;
  visitor: VisitorCall;
  /** Somebody on this machine, or the holder of the demo key; test mode only. */
  operator: OpenCall;
}

export type Access = keyof Calls;
