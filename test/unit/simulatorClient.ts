import { pairs } from '../pairs';
import { DEFAULT_KEYS } from '../simulator';
import type { PairName, Simulator } from '../simulator';

/** What the tests of the simulator know of its default world, and how they ask it. */

export interface Answer {
	status: number;
	headers: Headers;
	body: unknown;
}

export interface Ask {
	method?: string;
	body?: unknown;
	rawBody?: string;
	headers?: Record<string, string>;
	key?: string;
}

export const TOM = {
	ofapiOnlyFans: '500101',
	ofapiFansly: '200000000000000001',
	apiFansly: '200000000000000001',
};
export const SAM = {
	ofapiOnlyFans: '500102',
	ofapiFansly: '200000000000000002',
	apiFansly: '200000000000000002',
};
export const ALEX = {
	ofapiOnlyFans: '500103',
	ofapiFansly: '200000000000000003',
	apiFansly: '200000000000000003',
};
export const LUNA = {
	ofapiOnlyFans: pairs.ofapiOnlyFans.account,
	ofapiFansly: pairs.ofapiFansly.account,
	apiFansly: pairs.apiFansly.account,
};
export const ROOT = { ofapiOnlyFans: '/api', ofapiFansly: '/api/fansly', apiFansly: '/api/fansly' };
export const TEXT_FIELD = { ofapiOnlyFans: 'text', ofapiFansly: 'text', apiFansly: 'content' };

function keyHeaders(pair: PairName, key?: string): Record<string, string> {
	if (pair === 'apiFansly') return { 'x-api-key': key ?? DEFAULT_KEYS.apiFansly };
	return { authorization: `Bearer ${key ?? DEFAULT_KEYS.ofapi}` };
}

export function originOf(simulator: Simulator, pair: PairName): string {
	return pair === 'apiFansly' ? simulator.apiFanslyUrl : simulator.ofapiUrl;
}

/** One request to a pair's provider; `path` may be absolute. */
export async function askAt(
	simulator: Simulator,
	pair: PairName,
	path: string,
	options: Ask = {},
): Promise<Answer> {
	const { method = 'GET', body, rawBody, headers, key } = options;
	const sent = rawBody ?? (body === undefined ? undefined : JSON.stringify(body));
	const response = await fetch(path.startsWith('http') ? path : originOf(simulator, pair) + path, {
		method,
		body: sent,
		redirect: 'manual',
		headers: {
			...keyHeaders(pair, key),
			...(sent === undefined ? {} : { 'content-type': 'application/json' }),
			...headers,
		},
	});
	const text = await response.text();
	const isJson = response.headers.get('content-type')?.startsWith('application/json') === true;
	return {
		status: response.status,
		headers: response.headers,
		body: isJson ? JSON.parse(text) : text,
	};
}

/** The value at a path of keys and indexes. */
export function at(value: unknown, ...path: Array<string | number>): unknown {
	return path.reduce<unknown>(
		(found, key) =>
			typeof found === 'object' && found !== null
				? Object.entries(found).find(([name]) => name === String(key))?.[1]
				: undefined,
		value,
	);
}

export function listAt(value: unknown, ...path: Array<string | number>): unknown[] {
	const found = at(value, ...path);
	if (!Array.isArray(found)) {
		throw new Error(`There is no list at ${path.join('.')} of ${JSON.stringify(value)}`);
	}
	return found;
}

export function keysAt(value: unknown, ...path: Array<string | number>): string[] {
	const found = at(value, ...path);
	return typeof found === 'object' && found !== null ? Object.keys(found).sort() : [];
}

export function words(text: string): string[] {
	return text.trim().split(/\s+/).sort();
}
