import type { Request, Response } from 'express';
import type { Fault } from './faults.ts';
import type { TwilioError } from './twilio.errors.ts';
import { badRequest, internalError, serviceUnavailable, tooManyRequests } from './twilio.errors.ts';
import type { World } from './world.ts';

/** What the caller will see of an answer that a fault breaks after the work was done. */
export function seenThrough(fault: Fault | undefined, httpStatus: number): { httpStatus: number | null; faulted?: string } {
  if (!fault) return { httpStatus };
  const broken = fault.kind === 'reset-after' || fault.kind === 'hang' ? null : fault.kind === '500-after' ? 500 : httpStatus;
  return { httpStatus: broken, faulted: fault.kind };
}

/** The refusal a fault puts in place of the work, if it is of that kind. */
export function refusedByFault(fault: Fault | undefined): TwilioError | undefined {
  switch (fault?.kind) {
    case '429':
      return tooManyRequests();
    case '500-before':
      return internalError();
    case '503-before':
      return serviceUnavailable();
    case 'refuse':
      return badRequest(fault.errorCode ?? 21612, 'Refused on demand');
    default:
      return undefined;
  }
}

/** True when the fault swallowed the request before any work; the connection is then reset, at once or after hanging. */
export function swallowedBefore(world: World, fault: Fault | undefined, request: Request): boolean {
  if (fault?.kind === 'drop' || fault?.kind === 'reset-before') {
    request.socket.resetAndDestroy();
    return true;
  }
  if (fault?.kind === 'hang-before') {
    hang(world, fault, request);
    return true;
  }
  return false;
}

/** Gives the answer of work that is done, unless the fault breaks or delays it. */
export async function answerThrough(world: World, fault: Fault | undefined, request: Request, response: Response, answer: () => void): Promise<void> {
  switch (fault?.kind) {
    case '500-after':
      response.status(500).json(internalError());
      return;
    case 'reset-after':
      request.socket.resetAndDestroy();
      return;
    case 'hang':
      hang(world, fault, request);
      return;
    case 'delay':
      await world.timers.sleep(fault.ms ?? 1_000);
      answer();
      return;
    default:
      answer();
  }
}

function hang(world: World, fault: Fault, { socket }: Request): void {
  const timer = setTimeout(() => socket.resetAndDestroy(), fault.ms ?? world.settings.current.hangMs);
  socket.once('close', () => clearTimeout(timer));
}
