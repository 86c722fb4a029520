import { requireSupportedNode } from '../test/host/node-version.mjs';

requireSupportedNode();
// Loaded only now: an old Node could not even read it.
const { main } = await import('./packing.mjs');
await main(process.argv.slice(2));
