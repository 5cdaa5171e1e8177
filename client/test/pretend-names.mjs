// Planted: names that resolve to several addresses of this machine, as those of a headless Service do.
import dns from 'node:dns';
import { syncBuiltinESMExports } from 'node:module';

const addresses = ['127.0.0.1', '127.0.0.2', '127.0.0.3'].map((address) => ({ address, family: 4 }));
const real = dns.promises.lookup;
dns.promises.lookup = async (name, options) => (name === 'three.test' ? addresses : real(name, options));
dns.lookup = (_name, options, callback) =>
  options.all ? callback(null, addresses) : callback(null, addresses[0].address, 4);
syncBuiltinESMExports();
