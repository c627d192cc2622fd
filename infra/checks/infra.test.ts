import { existsSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { isMissing, ROOT, run } from './tool.ts';

const folder = mkdtempSync(join(tmpdir(), 'provisie-infra-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');

describe('the cluster’s compose file', () => {
  const filledIn = {
    KURRENTDB_ADMIN_PASSWORD: 'a',
    KURRENTDB_OPS_PASSWORD: 'b',
    POSTGRES_PASSWORD: 'c',
    GRAFANA_PASSWORD: 'd',
  };

  test.skipIf(isMissing('go'))(
    'is one for Docker Compose’s own loader, and wants its passwords',
    { timeout: 300_000 },
    () => {
      const binary = join(folder, 'compose-check');
      const build = ['build', '-o', binary, '.'];
      expect(() => run('go', build, { cwd: join(ROOT, 'infra/checks/compose') })).not.toThrow();
      const file = 'infra/cluster/compose.yaml';
      expect(() => run(binary, [file], { env: filledIn })).not.toThrow();
      const unfilled = { ...filledIn, POSTGRES_PASSWORD: '' };
      expect(() => run(binary, [file], { env: unfilled })).toThrow(
        'required variable POSTGRES_PASSWORD is missing a value',
      );
    },
  );

  test('asks for exactly the passwords that the example lists', () => {
    const wanted = [...read('infra/cluster/compose.yaml').matchAll(/\$\{(\w+):\?\}/g)];
    const listed = [...read('infra/cluster/.env.example').matchAll(/^(\w+PASSWORD)=/gm)];
    const names = (matches: readonly RegExpExecArray[]) => new Set(matches.map(([, name]) => name));
    expect(names(wanted)).toEqual(names(listed));
    expect(names(wanted)).toEqual(new Set(Object.keys(filledIn)));
  });

  test.skipIf(isMissing('openssl'))(
    'gets certificates that its nodes accept from each other',
    () => {
      const certificates = join(folder, 'certificates');
      expect(() => run('bash', ['infra/cluster/certificates.sh', certificates])).not.toThrow();
      for (const node of ['kurrentdb-1', 'kurrentdb-2', 'kurrentdb-3']) {
        for (const purpose of ['sslserver', 'sslclient']) {
          const verify = ['-CAfile', `${certificates}/ca/ca.crt`, '-purpose', purpose];
          const of = ['-verify_hostname', node, `${certificates}/${node}/node.crt`];
          expect(() => run('openssl', ['verify', ...verify, ...of])).not.toThrow();
        }
      }
      const authority = readFileSync(`${certificates}/ca/ca.crt`, 'utf8');
      expect(() => run('bash', ['infra/cluster/certificates.sh', certificates])).not.toThrow();
      expect(readFileSync(`${certificates}/ca/ca.crt`, 'utf8')).toBe(authority);
    },
  );
});

describe('Caddy', () => {
  test.each(['infra/cluster/Caddyfile', 'infra/systemd/Caddyfile'])(
    '%s is in the tests',
    (file) => {
      expect(existsSync(join(ROOT, file))).toBe(true);
    },
  );
  for (const file of globSync('infra/*/Caddyfile', { cwd: ROOT })) {
    test.skipIf(isMissing('caddy'))(`takes ${file}`, () => {
      const validate = ['validate', '--adapter', 'caddyfile', '--config', file];
      expect(() => run('caddy', validate, { env: { TLS_ISSUER: 'internal' } })).not.toThrow();
      expect(run('caddy', ['fmt', file])).toBe(read(file));
    });
  }
});

describe('Prometheus', () => {
  const config = 'infra/cluster/prometheus';

  test.skipIf(isMissing('promtool'))('takes the configuration and the alerts', () => {
    expect(() =>
      run('promtool', ['check', 'config', '--syntax-only', `${config}/prometheus.yml`]),
    ).not.toThrow();
    expect(() => run('promtool', ['check', 'rules', `${config}/alerts.yml`])).not.toThrow();
  });
  test.skipIf(isMissing('promtool'))('raises the alerts when it should', () => {
    expect(() => run('promtool', ['test', 'rules', `${config}/alerts.test.yml`])).not.toThrow();
  });

  test('and Grafana ask for metrics that a process of ours gives', () => {
    const asked = [`${config}/alerts.yml`, 'infra/cluster/grafana/dashboards/provisie.json']
      .flatMap((file) => read(file).match(/\bprovisie_\w+/g) ?? [])
      .map((name) => name.replace(/^provisie_|_bucket$/g, ''));
    const sources = globSync('{packages,services}/*/src/**/*.ts', { cwd: ROOT })
      .filter((file) => !file.endsWith('.test.ts'))
      .map(read)
      .join('\n');
    const unknown = [...new Set(asked)].filter((name) => !sources.includes(name));
    expect(asked.length).toBeGreaterThan(10);
    expect(unknown).toEqual([]);
  });
});

describe('the images', () => {
  test.skipIf(isMissing('hadolint'))('are written as the linter wants', () => {
    expect(() => run('hadolint', ['infra/docker/Dockerfile'])).not.toThrow();
  });

  test('start what is there and isn’t left out', () => {
    const started = [
      ...read('infra/docker/Dockerfile').matchAll(/CMD \["(?:node", ")?([^"]+\.(?:ts|mjs))"/g),
    ];
    const files = started.map(([, file]) => file ?? '');
    expect(files).toHaveLength(5);
    expect(files.filter((file) => !existsSync(join(ROOT, file)))).toEqual([]);
  });
});

describe('the units of systemd', () => {
  const units = globSync('infra/systemd/*.{service,timer}', { cwd: ROOT });

  test.skipIf(isMissing('systemd-analyze'))('are units', () => {
    expect(units.length).toBeGreaterThan(4);
    const output = run('systemd-analyze', ['verify', ...units]);
    // It also looks whether what they start is installed on this machine.
    const faults = output
      .split('\n')
      .filter((line) => line.includes('provisie') && !line.includes('is not executable'));
    expect(faults).toEqual([]);
  });

  test('run commands that exist', () => {
    const help = new Set(['serve', 'backup', 'verify']);
    for (const unit of units.filter((file) => file.endsWith('.service'))) {
      const command = /cli\.ts (\w+)/.exec(read(unit))?.[1] ?? '';
      expect([unit, help.has(command)]).toEqual([unit, true]);
    }
  });
});
