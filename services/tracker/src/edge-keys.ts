import { openVault } from '@provisie/engines';
import { SECRETS } from '@provisie/privacy';
import { runAsProcess, UsageError } from '@provisie/process';
import type { Environment } from '@provisie/process';

const PRINTED = [
  ['PROVISIE_CUSTOMER_KEY', SECRETS.customerKeys],
  ['PROVISIE_IP_KEY', SECRETS.ipHashes],
] as const;

/**
 * What a worker needs of the vault at `PROVISIE_VAULT`, a line for each variable. Makes no key: with another one than
 * the log's, a customer would have two names. Throws `UsageError`.
 */
export async function edgeKeys({ PROVISIE_VAULT: address }: Environment): Promise<string[]> {
  if (address === undefined || address === '') {
    throw new UsageError('PROVISIE_VAULT must be the address of the vault, such as sqlite:FILE.');
  }
  const vault = await openVault(address, { mustExist: true });
  try {
    const { secrets } = await vault.exportKeys();
    return PRINTED.map(([variable, name]) => {
      const found = secrets.find((secret) => secret.name === name);
      if (found !== undefined) return `${variable}=${Buffer.from(found.secret).toString('base64')}`;
      throw new UsageError(`The vault has no ${name} yet. Is it the one that the server uses?`);
    });
  } finally {
    vault.close();
  }
}

await runAsProcess(import.meta.filename, async (environment) => {
  const lines = await edgeKeys(environment);
  process.stdout.write(`${lines.join('\n')}\n`);
});
