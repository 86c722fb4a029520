import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { readCompose } from './compose.mjs';
import { HOST, N8N_HOME, readJson } from './paths.mjs';

/** What the Compose Specification has for a file and for a service, as far as the example uses it. */
const FILE = ['name', 'services', 'configs', 'volumes'];
const SERVICE = [
	'build',
	'command',
	'configs',
	'depends_on',
	'deploy',
	'environment',
	'healthcheck',
	'image',
	'ports',
	'restart',
	'stop_grace_period',
	'volumes',
];

/** Where n8n reads its settings. */
const SETTINGS = ['@n8n/config/dist', 'n8n-core/dist/binary-data', 'n8n/dist/commands'];

function codeBelow(folder) {
	return readdirSync(folder, { recursive: true })
		.filter((path) => path.endsWith('.js'))
		.map((path) => readFileSync(join(folder, path), 'utf8'))
		.join('\n');
}

describe('examples/compose.yaml', () => {
	const compose = readCompose();
	const services = Object.entries(compose.services);
	const n8n = ['main', 'worker', 'webhook'].map((name) => compose.services[name]);

	test('has only what the Compose Specification knows', () => {
		const keys = Object.keys(compose).filter((key) => !key.startsWith('x-'));
		assert.deepEqual(
			keys.filter((key) => !FILE.includes(key)),
			[],
		);
		for (const [name, service] of services) {
			const unknown = Object.keys(service).filter((key) => !SERVICE.includes(key));
			assert.deepEqual({ name, unknown }, { name, unknown: [] });
			for (const value of Object.values(service.environment ?? {}))
				assert.ok(['string', 'number'].includes(typeof value), `${name}: ${value}`);
		}
	});

	test('names services, volumes and configs that are there', () => {
		for (const [, { depends_on: needed = {}, volumes = [], configs = [] }] of services) {
			const names = Array.isArray(needed) ? needed : Object.keys(needed);
			for (const name of names) assert.ok(name in compose.services, name);
			for (const volume of volumes) assert.ok(volume.split(':')[0] in compose.volumes, volume);
			for (const { source } of configs) assert.ok(source in compose.configs, source);
		}
		const caddyfile = compose.configs.caddyfile.content;
		for (const name of ['main', 'webhook'])
			assert.match(caddyfile, new RegExp(`\\b${name}[: ]5678`));
	});

	test('sets what n8n knows, and runs the n8n that the package is tested on', () => {
		const code = SETTINGS.map((path) => codeBelow(join(N8N_HOME, 'node_modules', path))).join('\n');
		const names = new Set(n8n.flatMap(({ environment }) => Object.keys(environment)));
		assert.deepEqual(
			[...names].filter((name) => !code.includes(name)),
			[],
		);
		const { n8n: version } = readJson(join(HOST, 'package.json')).dependencies;
		for (const { build } of n8n)
			assert.match(build.dockerfile_inline, new RegExp(`/n8n:${version}\\n`));
	});
});
