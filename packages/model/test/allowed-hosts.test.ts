import assert from 'node:assert/strict';
import { test } from 'node:test';
import { host, requireAllowedHosts } from '../src/index.ts';

const refuses = (url: string, ...allowed: string[]) =>
  assert.rejects(requireAllowedHosts(['http://127.0.0.1', url], allowed), { code: 'HOST_NOT_ALLOWED' }, url);

test('load goes to this machine, to private networks and to Services without a question', async () => {
  const near = ['127.9.9.9', 'localhost', '10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1', '[::1]'];
  const also = [
    '169.254.1.1',
    '100.64.0.1',
    '[fd00::1]',
    '[fe80::1]',
    '[::ffff:10.0.0.1]',
    '0x7f.1',
    '2130706433',
  ];
  const services = ['shop.shop.svc', 'shop.shop.svc.cluster.local', 'no-such-name.invalid'];
  await requireAllowedHosts(
    [...near, ...also, ...services].map((name) => `http://${name}:8080/path`),
    [],
  );
});

test('any other host is refused until it is named, however its address is written', async () => {
  const far = [
    '8.8.8.8',
    '172.32.0.1',
    '100.128.0.1',
    '11.0.0.1',
    '[2001:db8::1]',
    '[::ffff:8.8.8.8]',
    '134744072',
  ];
  for (const name of far) await refuses(`https://${name}/`);
  await refuses('http://8.8.8.8', '8.8.4.4');
  await requireAllowedHosts(['http://8.8.8.8:80', 'http://134744072'], ['8.8.8.8']);
  await requireAllowedHosts(['http://[2001:0db8::1]'], [host.parse('2001:db8::1') ?? '']);
});

test('a host is named without scheme, port and path', () => {
  assert.equal(host.parse('Shop.Example.TEST'), 'shop.example.test');
  assert.equal(host.parse('[2001:0db8::1]'), '2001:db8::1');
  for (const text of ['', 'http://a.test', 'a.test:80', 'a.test/b', 'me@a.test', 'a b'])
    assert.equal(host.parse(text), undefined, text);
});
