import { KurrentDouble } from './kurrent-double.ts';
import { ServerLog } from './server-log.ts';
import type { ServerLogOptions } from './server-log.ts';

/** Some doubles with one log: one leads, the others refuse what only the leader may answer. */
export class KurrentCluster {
  readonly nodes: readonly KurrentDouble[];
  #leader: number | null = 0;

  private constructor(nodes: readonly KurrentDouble[]) {
    this.nodes = nodes;
    for (const [index, node] of nodes.entries()) {
      node.join(
        () =>
          this.#leader === index || this.#leader === null ? null : this.#addressOf(this.#leader),
        () =>
          nodes.map((member, at) => ({
            ...member.address,
            isLeader: at === this.#leader,
            isAlive: member.isRunning,
          })),
      );
    }
  }

  static async start(size = 3, options: ServerLogOptions = {}): Promise<KurrentCluster> {
    const log = new ServerLog(options);
    const nodes: KurrentDouble[] = [];
    for (let node = 0; node < size; node += 1) nodes.push(await KurrentDouble.start({ log }));
    return new KurrentCluster(nodes);
  }

  get leader(): KurrentDouble {
    return this.#node(this.#leader ?? 0);
  }

  /** With all hosts. */
  get connectionString(): string {
    const hosts = this.nodes.map(({ address: { host, port } }) => `${host}:${port}`);
    return `kurrentdb://${hosts.join(',')}?tls=false&discoveryInterval=20&gossipTimeout=1`;
  }

  elect(node: number): void {
    this.#leader = node;
  }

  async stop(): Promise<void> {
    for (const node of this.nodes) await node.stop();
  }

  #addressOf(node: number) {
    return this.#node(node).address;
  }

  #node(index: number): KurrentDouble {
    const node = this.nodes[index];
    if (node === undefined) throw new RangeError(`The cluster has no node ${index}.`);
    return node;
  }
}
