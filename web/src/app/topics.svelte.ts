/** Bridges the sync store's topics to Svelte: what reads a topic runs again when the topic changes. */
import { createSubscriber } from 'svelte/reactivity';

interface Topic {
  readonly subscribe: () => void;
  update: () => void;
}

export class Topics {
  private readonly topics = new Map<string, Topic>();

  /** Makes the running effect or derived value depend on `name`. */
  read(name: string): void {
    if (!$effect.tracking()) return;
    let topic = this.topics.get(name);
    if (!topic) {
      topic = { subscribe: this.subscriber(name), update: () => undefined };
      this.topics.set(name, topic);
    }
    topic.subscribe();
  }

  changed(names: Iterable<string>): void {
    for (const name of names) this.topics.get(name)?.update();
  }

  private subscriber(name: string): () => void {
    return createSubscriber((update) => {
      const topic = this.topics.get(name);
      if (topic) topic.update = update;
      return () => this.topics.delete(name);
    });
  }
}
