/** A refusal as Twilio's REST API words it: HTTP status, Twilio code, message. */
export class TwilioError extends Error {
  readonly status: number;
  readonly code: number;

  constructor(status: number, code: number, message: string) {
    super(message);
    this.name = 'TwilioError';
    this.status = status;
    this.code = code;
  }

  toJSON() {
    return {
      code: this.code,
      message: this.message,
      more_info: `https://www.twilio.com/docs/errors/${this.code}`,
      status: this.status,
    };
  }
}

export const notAuthenticated = () => new TwilioError(401, 20003, 'Authenticate');
export const notFound = (path: string) => new TwilioError(404, 20404, `The requested resource ${path} was not found`);
export const tooManyRequests = () => new TwilioError(429, 20429, 'Too Many Requests');
export const internalError = () => new TwilioError(500, 20500, 'Internal Server Error');
export const serviceUnavailable = () => new TwilioError(503, 20503, 'Service unavailable');
export const deliveryNotCompleted = () => new TwilioError(409, 20009, 'Cannot delete message because delivery has not been completed.');
export const cannotBeCanceled = () => new TwilioError(400, 30409, 'This message cannot be canceled');
export const invalidParameter = (message: string) => new TwilioError(400, 20001, message);
export const badRequest = (code: number, message: string) => new TwilioError(400, code, message);

/** Titles of codes that reach the customer of the API in a message's `error_message` and in `ErrorMessage` of callbacks. */
export const DELIVERY_ERRORS: Readonly<Record<number, string>> = {
  11200: 'HTTP retrieval failure',
  30001: 'Queue overflow',
  30003: 'Unreachable destination handset',
  30004: 'Message blocked',
  30005: 'Unknown destination handset',
  30006: 'Landline or unreachable carrier',
  30007: 'Message filtered',
  30008: 'Unknown error',
  30036: 'Validity Period Expired',
  63003: 'Channel could not find To address',
  63010: "Twilio's platform encountered an internal error processing this message",
  63012: 'Channel provider returned an internal service error',
  63013: 'Channel policy violation',
  63014: 'Channel message blocked by user action',
  63016: 'Failed to send freeform message because you are outside the allowed window. If you are using WhatsApp, please use a Message Template.',
  63018: 'Rate limit exceeded for Channel',
  63019: 'Media failed to download',
  63024: 'Invalid message recipient',
  63028: 'Number of parameters provided does not match the expected number of parameters',
  63033: 'Recipient blocked to receive message',
  21703: 'The Messaging Service does not have a phone number available to send a message',
};
