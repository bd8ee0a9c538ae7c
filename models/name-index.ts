import type { CustomerId } from '#domain/ids';

/** The names of one business's customers, in memory: what is encrypted cannot be searched in the database. */
export class NameIndex {
  private readonly words = new Map<CustomerId, string[]>();

  set(id: CustomerId, name: string): void {
    this.words.set(id, wordsOf(name));
  }

  remove(id: CustomerId): void {
    this.words.delete(id);
  }

  /** Customers of whose name every word of the query begins some word, best matches (whole words) first. */
  search(query: string, limit: number): CustomerId[] {
    const asked = wordsOf(query);
    if (asked.length === 0) return [];
    const found: { id: CustomerId; whole: number }[] = [];
    for (const [id, words] of this.words) {
      if (!asked.every((start) => words.some((word) => word.startsWith(start)))) continue;
      found.push({ id, whole: asked.filter((word) => words.includes(word)).length });
    }
    return found
      .sort((a, b) => b.whole - a.whole)
      .slice(0, limit)
      .map(({ id }) => id);
  }
}

/** Lower case and without accents: "Zoë" is found as "zoe". */
function wordsOf(text: string): string[] {
  return text
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .toLowerCase()
    .split(/[^\p{Letter}\p{Number}]+/u)
    .filter((word) => word !== '');
}
