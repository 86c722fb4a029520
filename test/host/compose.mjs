import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { N8N_HOME, ROOT } from './paths.mjs';

/** The example of n8n in queue mode, which the tests of queue mode start their processes by. */
export function readCompose() {
	const { parse } = createRequire(join(N8N_HOME, 'node_modules', 'n8n', 'package.json'))('yaml');
	// Merge keys, as Docker reads them.
	return parse(readFileSync(join(ROOT, 'examples', 'compose.yaml'), 'utf8'), { merge: true });
}
