/** Undoes what was set up, last first, each step even when another failed. Node 20 has no AsyncDisposableStack. */
export class Cleanup implements AsyncDisposable {
  private steps: (() => unknown)[] = [];

  defer(step: () => unknown): void {
    this.steps.push(step);
  }

  use<T extends AsyncDisposable>(resource: T): T {
    this.defer(() => resource[Symbol.asyncDispose]());
    return resource;
  }

  /** The steps go to the answer; this one then has nothing left to undo. */
  handOver(): Cleanup {
    const heir = new Cleanup();
    heir.steps = this.steps;
    this.steps = [];
    return heir;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const steps = this.steps.splice(0).reverse();
    const faults: unknown[] = [];
    for (const step of steps) {
      try {
        await step();
      } catch (fault) {
        faults.push(fault);
      }
    }
    if (faults.length > 0) throw new AggregateError(faults, `cleaning up failed: ${faults.map(String).join('; ')}`);
  }
}
