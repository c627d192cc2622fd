import { openVault } from '@provisie/engines';
import { SECRETS } from '@provisie/privacy';

/** Prints what a worker needs of the vault at `PROVISIE_VAULT`, such as `sqlite:data/vault.sqlite`. */
const vault = await openVault(process.env['PROVISIE_VAULT'] ?? 'sqlite:data/vault.sqlite');
try {
  await print('PROVISIE_CUSTOMER_KEY', SECRETS.customerKeys);
  await print('PROVISIE_IP_KEY', SECRETS.ipHashes);
} finally {
  vault.close();
}

async function print(variable: string, secret: string): Promise<void> {
  const bytes = await vault.secret(secret);
  console.log(`${variable}=${Buffer.from(bytes).toString('base64')}`);
}
