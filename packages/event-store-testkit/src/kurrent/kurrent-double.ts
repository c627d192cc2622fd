import { once } from 'node:events';
import { Server, ServerCredentials } from '@grpc/grpc-js';
import gossipServices from '@eventstore/db-client/generated/gossip_grpc_pb.js';
import featureServices from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js';
import streamServices from '@eventstore/db-client/generated/streams_grpc_pb.js';
import { Calls } from './calls.ts';
import { Faults } from './faults.ts';
import { clusterInfo, supportedMethods } from './membership.ts';
import type { Member } from './membership.ts';
import type { Address } from './server-errors.ts';
import { ServerLog } from './server-log.ts';
import type { ServerLogOptions } from './server-log.ts';
import { streamHandlers } from './stream-handlers.ts';

export interface KurrentDoubleOptions extends ServerLogOptions {
  /** Shared by the nodes of a cluster; default one of its own. */
  readonly log?: ServerLog;
  /** PEM; default an insecure port. */
  readonly tls?: { readonly key: Buffer; readonly certificate: Buffer };
  /** Calls without these are refused; only a secure port can be told them. */
  readonly credentials?: { readonly username: string; readonly password: string };
  /** Name in gossip and addresses; default 127.0.0.1. */
  readonly host?: string;
}

/**
 * A server that speaks EventStoreDB's and KurrentDB's gRPC protocol on a loopback port, for tests. Its log
 * lives in memory and outlasts `stop` and `start`; `faults` tell it to misbehave.
 */
export class KurrentDouble {
  readonly log: ServerLog;
  readonly faults = new Faults();
  readonly calls = new Calls();
  readonly #options: KurrentDoubleOptions;
  #server: Server | null = null;
  #port = 0;
  #leader: (() => Address | null) | null = null;
  #members: (() => readonly Member[]) | null = null;

  private constructor(options: KurrentDoubleOptions) {
    this.#options = options;
    this.log = options.log ?? new ServerLog(options);
  }

  static async start(options: KurrentDoubleOptions = {}): Promise<KurrentDouble> {
    const double = new KurrentDouble(options);
    await double.start();
    return double;
  }

  get address(): Address {
    return { host: this.#options.host ?? '127.0.0.1', port: this.#port };
  }

  get connectionString(): string {
    const { host, port } = this.address;
    return `kurrentdb://${host}:${port}?tls=${this.#options.tls !== undefined}`;
  }

  get isRunning(): boolean {
    return this.#server !== null;
  }

  /** On the same port as before. */
  async start(): Promise<void> {
    const server = new Server();
    this.#addServices(server);
    const address = `127.0.0.1:${this.#port}`;
    this.#port = await new Promise<number>((resolve, reject) => {
      server.bindAsync(address, this.#credentials(), (error, port) => {
        if (error === null) resolve(port);
        else reject(error);
      });
    });
    this.#server = server;
  }

  /** At once: connections break, calls under way fail. What was written stays. */
  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    this.calls.abortAll();
    server?.forceShutdown();
    this.log.forgetCache();
    await new Promise((resolve) => setImmediate(resolve));
  }

  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  /** Breaks every connection; the server goes on. */
  breakConnections(): void {
    this.#server?.drain(`127.0.0.1:${this.#port}`, 0);
  }

  /** Resolves when so many subscriptions are open. */
  async subscribed(count = 1): Promise<void> {
    while (this.calls.subscriptions < count) await once(this.calls.events, 'subscribed');
  }

  /** Makes it a node of a cluster: `leader` gives null on the leader itself. */
  join(leader: () => Address | null, members: () => readonly Member[]): void {
    this.#leader = leader;
    this.#members = members;
  }

  #credentials(): ServerCredentials {
    const { tls } = this.#options;
    return tls === undefined
      ? ServerCredentials.createInsecure()
      : ServerCredentials.createSsl(null, [{ private_key: tls.key, cert_chain: tls.certificate }]);
  }

  #addServices(server: Server): void {
    const handlers = streamHandlers({
      log: this.log,
      faults: this.faults,
      calls: this.calls,
      leader: () => this.#leader?.() ?? null,
      breakConnections: () => this.breakConnections(),
      authorization: this.#authorization(),
    });
    server.addService(streamServices.StreamsService, handlers);
    server.addService(gossipServices.GossipService, this.#gossip());
    server.addService(featureServices.ServerFeaturesService, this.#features());
  }

  #gossip(): gossipServices.IGossipServer {
    return {
      read: (_call, callback) => {
        const fault = this.faults.take('gossip');
        if (fault?.kind === 'silent') return;
        const members = this.#members?.() ?? [{ ...this.address, isLeader: true }];
        if (fault?.kind === 'fail') callback(fault.error());
        else callback(null, clusterInfo(members));
      },
    };
  }

  #features(): featureServices.IServerFeaturesServer {
    return {
      getSupportedMethods: (_call, callback) => {
        this.calls.count('features');
        callback(null, supportedMethods());
      },
    };
  }

  #authorization(): string | null {
    const { credentials } = this.#options;
    if (credentials === undefined) return null;
    const { username, password } = credentials;
    return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
  }
}
