/** What follows the `?` of a connection string, in the client's names. */
export interface ConnectionSettings {
  readonly tls?: boolean;
  readonly tlsCAFile?: string;
  readonly userCertFile?: string;
  readonly userKeyFile?: string;
  readonly connectionName?: string;
  readonly nodePreference?: 'leader' | 'follower' | 'random' | 'read_only_replica';
  readonly maxDiscoverAttempts?: number;
  /** Milliseconds. */
  readonly discoveryInterval?: number;
  /** Seconds. */
  readonly gossipTimeout?: number;
  /** Milliseconds; -1 is never. */
  readonly keepAliveInterval?: number;
  readonly keepAliveTimeout?: number;
}

const flags = ['tls'] as const;
const texts = ['tlsCAFile', 'userCertFile', 'userKeyFile', 'connectionName'] as const;
const numbers = [
  'maxDiscoverAttempts',
  'discoveryInterval',
  'gossipTimeout',
  'keepAliveInterval',
  'keepAliveTimeout',
] as const;
/** The client has these; here every append has a time limit of its own and a conflict is a value. */
const withoutEffect = ['defaultDeadline', 'throwOnAppendFailure'];
const preferences = {
  leader: 'leader',
  follower: 'follower',
  random: 'random',
  readonlyreplica: 'read_only_replica',
} as const;

/** The setting, or what is wrong with it, without its value. */
export function settingOf(key: string, value: string): ConnectionSettings | string {
  const name = flat(key);
  const decoded = decodedOf(value);
  if (decoded === null || decoded === '')
    return `the setting ${shownKey(key)} has no value that can be read`;
  const flag = flags.find((known) => flat(known) === name);
  if (flag !== undefined) return flagOf(flag, decoded);
  const text = texts.find((known) => flat(known) === name);
  if (text !== undefined) return { [text]: decoded };
  const number = numbers.find((known) => flat(known) === name);
  if (number !== undefined) return numberOf(number, decoded);
  if (name === 'nodepreference') return preferenceOf(decoded);
  if (name === 'tlsverifycert') return verificationOf(decoded);
  if (withoutEffect.some((known) => flat(known) === name)) return {};
  return `the setting ${shownKey(key)} is unknown`;
}

function flagOf(key: 'tls', value: string): ConnectionSettings | string {
  if (value !== 'true' && value !== 'false') return `the setting ${key} must be true or false`;
  return { [key]: value === 'true' };
}

function numberOf(key: (typeof numbers)[number], value: string): ConnectionSettings | string {
  const number = Number(value);
  const least = key.startsWith('keepAlive') ? -1 : 1;
  if (!Number.isSafeInteger(number) || number < least) {
    return `the setting ${key} must be a whole number from ${least}`;
  }
  return { [key]: number };
}

function preferenceOf(value: string): ConnectionSettings | string {
  for (const [name, nodePreference] of Object.entries(preferences)) {
    if (name === flat(value)) return { nodePreference };
  }
  return 'the setting nodePreference must be leader, follower, random or readOnlyReplica';
}

/** The client would warn and go on verifying. */
function verificationOf(value: string): ConnectionSettings | string {
  if (value === 'true') return {};
  return 'the setting tlsVerifyCert=false is not offered; name the authority that signed the certificates with tlsCAFile';
}

function flat(key: string): string {
  return key.trim().toLowerCase().replaceAll(/[_-]/g, '');
}

/** A password with a ? in it may end up here: only what looks like a name is shown. */
function shownKey(key: string): string {
  return /^[A-Za-z_-]{1,30}$/.test(key) ? key : 'after the ?';
}

function decodedOf(value: string): string | null {
  try {
    return decodeURIComponent(value.trim());
  } catch {
    return null;
  }
}
