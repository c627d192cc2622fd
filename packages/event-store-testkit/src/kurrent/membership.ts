import gossip from '@eventstore/db-client/generated/gossip_pb.js';
import features from '@eventstore/db-client/generated/serverfeatures_pb.js';
import { uuid } from './responses.ts';
import type { Address } from './server-errors.ts';

export interface Member extends Address {
  readonly isLeader: boolean;
  readonly isAlive?: boolean;
}

export function clusterInfo(members: readonly Member[]): gossip.ClusterInfo {
  const info = new gossip.ClusterInfo();
  info.setMembersList(members.map(memberInfo));
  return info;
}

function memberInfo({ host, port, isLeader, isAlive = true }: Member): gossip.MemberInfo {
  const { FOLLOWER, LEADER } = gossip.MemberInfo.VNodeState;
  const endPoint = new gossip.EndPoint();
  endPoint.setAddress(host);
  endPoint.setPort(port);
  const member = new gossip.MemberInfo();
  member.setInstanceId(uuid(crypto.randomUUID()));
  member.setTimeStamp(String(Date.now()));
  member.setState(isLeader ? LEADER : FOLLOWER);
  member.setIsAlive(isAlive);
  member.setHttpEndPoint(endPoint);
  return member;
}

export function supportedMethods(): features.SupportedMethods {
  const methods = ['append', 'batchappend', 'read', 'delete', 'tombstone'].map((name) => {
    const method = new features.SupportedMethod();
    method.setServiceName('event_store.client.streams.streams');
    method.setMethodName(name);
    return method;
  });
  const supported = new features.SupportedMethods();
  supported.setEventStoreServerVersion('24.10.0');
  supported.setMethodsList(methods);
  return supported;
}
