/**
 * Keys in memory. Customer keys leave when unused or old, which is how fast an erasure elsewhere takes effect;
 * standing keys (business, secret, epoch) stay, so that acknowledging a message never waits for the database.
 */
export class KeyCache {
  private readonly standing = new Map<string, { key: Buffer; freshUntilMs: number }>();
  private readonly recent = new Map<string, { key: Buffer; freshUntilMs: number }>();

  constructor(
    private readonly freshForMs: number,
    private readonly maxRecent: number,
    private readonly nowMs: () => number,
  ) {}

  getStanding(id: string): { key: Buffer; isStale: boolean } | undefined {
    const entry = this.standing.get(id);
    return entry && { key: entry.key, isStale: entry.freshUntilMs <= this.nowMs() };
  }

  putStanding(id: string, key: Buffer): void {
    this.standing.set(id, { key, freshUntilMs: this.nowMs() + this.freshForMs });
  }

  getRecent(id: string): Buffer | undefined {
    const entry = this.recent.get(id);
    if (!entry) return undefined;
    this.recent.delete(id);
    if (entry.freshUntilMs <= this.nowMs()) return undefined;
    this.recent.set(id, entry);
    return entry.key;
  }

  putRecent(id: string, key: Buffer): void {
    this.recent.delete(id);
    this.recent.set(id, { key, freshUntilMs: this.nowMs() + this.freshForMs });
    if (this.recent.size > this.maxRecent) {
      const oldest = this.recent.keys().next();
      if (!oldest.done) this.recent.delete(oldest.value);
    }
  }

  drop(id: string): void {
    this.standing.delete(id);
    this.recent.delete(id);
  }

  dropWhere(matches: (id: string) => boolean): void {
    for (const id of [...this.standing.keys(), ...this.recent.keys()]) if (matches(id)) this.drop(id);
  }
}
