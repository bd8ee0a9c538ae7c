/** A file the customer sent; the bytes stay where they are until they are fetched and checked. */
export interface MediaRef {
  url: string;
  contentType: string;
}

/** What a customer said, as the ingress read it; plain data, small enough for a workflow signal. */
export interface InboundMessage {
  /** Twilio's MessageSid, or the browser's own id on web chat. */
  messageId: string;
  text: string;
  media: MediaRef[];
  receivedAtMs: number;
  profileName?: string;
  /** The customer tapped a quick reply: its payload. */
  buttonPayload?: string;
  /** Set when the phone was over its rate: answered only once this moment has passed. */
  throttledUntilMs?: number;
  /** Why nothing may answer this message although it is stored (a group message gets a polite refusal instead). */
  kind: 'text' | 'media' | 'location' | 'button' | 'group' | 'reaction' | 'unsupported';
  location?: { latitude: number; longitude: number; label?: string };
}

/** Why a message is done although no reply of its own was written. */
export type CoverReason = 'opt_out' | 'takeover' | 'throttled' | 'filtered' | 'group' | 'reaction' | 'fallback';
