const WINDOW_MS = 24 * 3_600_000;

/** WhatsApp's rule: free text only within 24 hours of the customer's last message to this sender. */
export interface WhatsAppWindow {
  customerWrote(customer: string, sender: string, at: Date): void;
  isOpen(customer: string, sender: string, at: Date): boolean;
  closesAt(customer: string, sender: string): Date | undefined;
  clear(): void;
}

export function createWhatsAppWindow(): WhatsAppWindow {
  const lastWrote = new Map<string, number>();
  const key = (customer: string, sender: string) => `${customer} ${sender}`;
  return {
    customerWrote: (customer, sender, at) => void lastWrote.set(key(customer, sender), at.getTime()),
    isOpen(customer, sender, at) {
      const last = lastWrote.get(key(customer, sender));
      return last !== undefined && at.getTime() - last < WINDOW_MS;
    },
    closesAt(customer, sender) {
      const last = lastWrote.get(key(customer, sender));
      return last === undefined ? undefined : new Date(last + WINDOW_MS);
    },
    clear: () => lastWrote.clear(),
  };
}
