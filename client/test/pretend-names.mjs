// Planted: names that resolve to several addresses of this machine, as those of a headless Service do.
import dns from 'node:dns';
import { syncBuiltinESMExports } from 'node:module';

const addresses = ['127.0.0.1', '127.0.0.2', '127.0.0.3'].map((address) => ({ address, family: 4 }));
const real = dns.promises.lookup;
// What a load must not go to without being asked; no socket gets this address.
const far = [...addresses, { address: '203.0.113.7', family: 4 }];
const planted = { 'three.test': addresses, 'far.test': far };
dns.promises.lookup = async (name, options) => planted[name] ?? real(name, options);
dns.lookup = (_name, options, callback) =>
  options.all ? callback(null, addresses) : callback(null, addresses[0].address, 4);
syncBuiltinESMExports();
