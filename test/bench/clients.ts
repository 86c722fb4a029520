import { Agent } from 'node:http';
import axios from 'axios';
import type { AxiosResponse } from 'axios';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { recordsAt } from '../../nodes/shared/model/values';
import { run } from '../engine/support/harness';
import type { RunRequest } from '../engine/support/harness';
import { byId } from '../engine/support/world';
import { DEFAULT_KEYS } from '../simulator';
import { httpRequest, splitOut } from './baseNodes';
import type { Served } from './target';

/** The ways to get a chat's messages that are compared. */

export interface Client {
	name: string;
	/** Gets everything; `messages` then picks the messages out of what came, outside the measured time. */
	get(): Promise<Got>;
}

export interface Got {
	messages(): IDataObject[];
}

interface PageBody {
	data: IDataObject[];
	_pagination: { next_page: string | null };
}

const PAGE_SIZE = 100;
const API_KEY = DEFAULT_KEYS.ofapi;

/** The first is what the others are compared with. */
export function clientsOf(
	{ url, chat }: Served,
	account: string,
	withBaseNodes: boolean,
): Client[] {
	const first = `${url}/api/${account}/chats/${chat}/messages`;
	const list = (simplify: boolean) => ({
		operation: 'list',
		account: byId(account),
		chat: byId(chat),
		returnAll: true,
		simplify,
	});
	const clients: Client[] = [
		{ name: 'axios, plain loop', get: () => getWithAxios(first) },
		{ name: 'This node, Simplify on', get: () => getWithNode(url, list(true)) },
		{ name: 'This node, Simplify off', get: () => getWithNode(url, list(false)) },
	];
	if (!withBaseNodes) return clients;
	return [
		...clients,
		{ name: 'HTTP Request, pages', get: () => getWithHttpRequest(url, first) },
		{ name: 'HTTP Request and Split Out', get: () => getWithHttpRequestAndSplitOut(url, first) },
	];
}

async function getWithAxios(first: string): Promise<Got> {
	const httpAgent = new Agent({ keepAlive: true });
	const messages: IDataObject[] = [];
	let next: string | null = first;
	while (next !== null) {
		const response: AxiosResponse<PageBody> = await axios.get(next, {
			httpAgent,
			headers: { Authorization: `Bearer ${API_KEY}` },
			params: { limit: PAGE_SIZE },
		});
		messages.push(...response.data.data);
		next = response.data._pagination.next_page;
	}
	httpAgent.destroy();
	return { messages: () => messages };
}

/** Runs a node on n8n's engine; gives the items of its first output. */
async function itemsOf(
	baseUrl: string,
	parameters: INodeParameters,
	given: Partial<RunRequest> = {},
): Promise<IDataObject[]> {
	const { items, error } = await run({
		node: 'ofapiOnlyFans',
		parameters,
		credential: { apiKey: API_KEY, baseUrl },
		...given,
	});
	if (error !== undefined) throw error;
	return items.map(({ json }) => json);
}

async function getWithNode(baseUrl: string, parameters: INodeParameters): Promise<Got> {
	const messages = await itemsOf(baseUrl, parameters);
	return { messages: () => messages };
}

/** The HTTP Request node gives an item for each page. */
async function getPages(baseUrl: string, first: string): Promise<IDataObject[]> {
	const { parameters, ...type } = httpRequest(first, PAGE_SIZE);
	return await itemsOf(baseUrl, parameters, { settings: type });
}

async function getWithHttpRequest(baseUrl: string, first: string): Promise<Got> {
	const pages = await getPages(baseUrl, first);
	return { messages: () => pages.flatMap((page) => recordsAt(page, 'data')) };
}

/** As items, the messages take one more node. */
async function getWithHttpRequestAndSplitOut(baseUrl: string, first: string): Promise<Got> {
	const pages = await getPages(baseUrl, first);
	const { parameters, ...type } = splitOut;
	const messages = await itemsOf(baseUrl, parameters, { settings: type, items: pages });
	return { messages: () => messages };
}
