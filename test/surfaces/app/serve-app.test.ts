import { expect, test } from 'vitest';
import { readAppSettings } from '../../../src/surfaces/app/serve-app.ts';

test('settings come from the environment', () => {
  const env = {
    APP_ID: '12',
    PRIVATE_KEY: 'line one\\nline two',
    WEBHOOK_SECRET: 'a secret',
    GITHUB_API_URL: 'https://ghes.example/api/v3/',
    HOST: '0.0.0.0',
    PORT: '8080',
    PARASOL_DATA: '/srv/parasol',
  };
  expect(readAppSettings(env)).toEqual({
    appId: 12,
    privateKey: 'line one\nline two',
    webhookSecret: 'a secret',
    baseUrl: 'https://ghes.example/api/v3',
    host: '0.0.0.0',
    port: 8080,
    pace: 'github',
    clones: { folder: '/srv/parasol/clones' },
  });
});

test('what is not set is github.com, this machine and port 3000, with nothing secret made up', () => {
  expect(readAppSettings({})).toEqual({
    appId: Number.NaN,
    privateKey: '',
    webhookSecret: '',
    baseUrl: 'https://api.github.com',
    host: '127.0.0.1',
    port: 3000,
    pace: 'github',
  });
});

test.each([
  ['a port that is none', { PORT: 'http' }, 'PORT is "http", which is not a port.'],
  ['a key that is not there', { PRIVATE_KEY_PATH: '/nowhere.pem' }, 'The private key at /nowhere.pem cannot be read.'],
])('%s is refused with what to do', (_title, env, message) => {
  expect(() => readAppSettings(env)).toThrow(expect.objectContaining({ code: 'usage', message }));
});
