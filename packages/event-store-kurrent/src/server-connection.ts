import { readFileSync } from 'node:fs';
import { EventStoreDBClient, UnavailableError } from '@eventstore/db-client';
import type { ChannelCredentialOptions, GossipClusterOptions } from '@eventstore/db-client';
import services from '@eventstore/db-client/generated/streams_grpc_pb.js';
import type messages from '@eventstore/db-client/generated/streams_pb.js';
import { EventStoreError } from '@provisie/event-store';
import type { KurrentAddress } from './connection-string.ts';
import { failureOf } from './failure.ts';

type ReadCall = ReturnType<services.IStreamsClient['read']>;
type Client = InstanceType<typeof services.StreamsClient>;

/**
 * The client, for its discovery, credentials and following of the leader; the calls themselves are made
 * here, each on its own. So an append is never part of the client's batches, whose answers all clients of a
 * process share, and what a read or subscription answers arrives in one order, marks included.
 */
export class ServerConnection extends EventStoreDBClient {
  #client: Client | null = null;

  /** Makes no connection yet. Throws `EventStoreError` when a certificate can't be read. */
  constructor(address: KurrentAddress) {
    super(
      clientSettings(address),
      channelCredentials(address),
      address.credentials === null ? undefined : { ...address.credentials },
    );
    const handleError = this.handleError;
    // It fails when a new connection can't be made meanwhile, and nobody would hear of that.
    this.handleError = (client, error) => handleError(client, error).catch(() => {});
  }

  /** One client-streaming call: `request` first, then the events. Rejects with the error of the call. */
  append(
    requests: readonly messages.AppendReq[],
    milliseconds: number,
  ): Promise<messages.AppendResp> {
    return this.#orReconnect(services.StreamsClient, 'append', (client) => {
      const { promise, resolve, reject } = Promise.withResolvers<messages.AppendResp>();
      const options = this.callArguments({ requiresLeader: true, deadline: milliseconds });
      const call = client.append(...options, (error, response) => {
        if (error === null) resolve(response);
        else reject(error);
      });
      call.on('error', reject);
      for (const request of requests) call.write(request);
      call.end();
      return promise;
    });
  }

  /** A read or subscription that has been asked for. `milliseconds`: for all of it; default no limit. */
  read(request: messages.ReadReq, milliseconds = Infinity): Promise<ReadCall> {
    const deadline = milliseconds === Infinity ? Infinity : Date.now() + milliseconds;
    return this.GRPCStreamCreator(services.StreamsClient, 'read', (client) => {
      this.#client = client;
      return client.read(request, ...this.callArguments({ requiresLeader: true }, { deadline }));
    })();
  }

  /** The next call opens another connection, on another node if the cluster has one. */
  async reconnect(): Promise<void> {
    if (this.#client !== null) await this.handleError(this.#client, new UnavailableError());
  }

  /** Ends every call, and the connection. */
  async disconnect(): Promise<void> {
    await this.dispose();
    this.#client?.getChannel().close();
  }

  /** A server that is silent is as good as gone; the client itself would keep the connection. */
  async #orReconnect<Answer>(
    service: typeof services.StreamsClient,
    name: string,
    work: (client: Client) => Promise<Answer>,
  ): Promise<Answer> {
    try {
      return await this.execute(service, name, (client) => {
        this.#client = client;
        return work(client);
      });
    } catch (error) {
      if (failureOf(error).kind === 'timed_out') await this.reconnect();
      throw error;
    }
  }
}

function clientSettings({ hosts, isCluster, settings }: KurrentAddress): GossipClusterOptions {
  // With an endpoint the client asks no gossip. What the settings say of TLS it passes over here.
  const endpoint = isCluster ? {} : { endpoint: hosts[0] };
  return { ...settings, ...endpoint, endpoints: [...hosts] };
}

function channelCredentials({ settings }: KurrentAddress): ChannelCredentialOptions {
  const { tls = true, tlsCAFile, userCertFile, userKeyFile } = settings;
  if (!tls) return { insecure: true };
  if ((userCertFile === undefined) !== (userKeyFile === undefined)) {
    throw new EventStoreError(
      'store_unavailable',
      'The connection string of the event store must name userCertFile and userKeyFile together.',
    );
  }
  return {
    ...(tlsCAFile === undefined ? {} : { rootCertificate: fileOf('tlsCAFile', tlsCAFile) }),
    ...(userCertFile === undefined ? {} : { userCertFile: fileOf('userCertFile', userCertFile) }),
    ...(userKeyFile === undefined ? {} : { userKeyFile: fileOf('userKeyFile', userKeyFile) }),
  };
}

function fileOf(setting: string, file: string): Buffer {
  try {
    return readFileSync(file);
  } catch {
    throw new EventStoreError(
      'store_unavailable',
      `The file ${file}, which the event store's connection string names as ${setting}, can't be read.`,
    );
  }
}
