import { NodeOperationError, sleep } from 'n8n-workflow';
import type {
	IDataObject,
	IExecuteFunctions,
	IExecuteSingleFunctions,
	IGetNodeParameterOptions,
	IHttpRequestOptions,
	INodeExecutionData,
	INodeProperties,
	NodeConnectionType,
} from 'n8n-workflow';
import { numberOf, recordAt, textOf } from '../model/values';
import { errorOfItem } from '../parameters/validation';
import { isOwnError } from '../transport/request';
import { errorItem, requestOf } from './item';
import { parameterOf, rawParameterOf } from './parameter';
import type { OperationRouting } from './routing';
import { enterAttempt } from './run';

/**
 * An operation as n8n's custom operation, which n8n runs in the place of its own routing: the same
 * hooks in the same order, and the same settings of the node for its requests.
 *
 * n8n's routing evaluates all fields of the node twice for each item before it asks the hooks, which
 * evaluate them once more. Here the hooks alone do: for an operation that workflows run once for
 * each message. Where an agent calls the node by itself, n8n still takes its routing.
 *
 * `fields` are the operation's own: the routing of those in collections fills the request's body.
 */
export function customOperation(
	{ routing }: { routing: OperationRouting },
	fields: INodeProperties[],
) {
	return async function (this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const { size, pause } = batchesOf(this);
		const runs: Array<Promise<INodeExecutionData[]>> = [];
		for (const itemIndex of this.getInputData().keys()) {
			if (pause > 0 && itemIndex > 0 && itemIndex % size === 0) await sleep(pause);
			// None is rejected before all items have begun: nobody would handle that during a pause.
			runs.push(runHooks(itemContext(this, itemIndex), routing, fields));
		}
		// Also after a rejection the others come to their end before the node does.
		await Promise.allSettled(runs);
		return [(await Promise.all(runs)).flat()];
	};
}

/** Checks an item's request and makes it. Throws a NodeApiError or a NodeOperationError. */
async function runHooks(
	item: IExecuteSingleFunctions,
	{ request, send, operations }: OperationRouting,
	fields: INodeProperties[],
): Promise<INodeExecutionData[]> {
	const { invalid } = enterAttempt(item);
	const noHooks = { preSend: [], postReceive: [], requestOperations: {} };
	let options = requestOf({ options: request, ...noHooks });
	try {
		options = { ...options, ...connectionOf(item), body: bodyOf(item, fields) };
		for (const hook of send.preSend) options = await hook.call(item, options);
	} catch (error) {
		// Such as an expression that n8n can't evaluate: as wrong as a field that was refused.
		invalid.set(item.getItemIndex(), ownError(item, error));
	}
	try {
		return await operations.pagination.call(item, { options, ...noHooks });
	} catch (error) {
		if (!item.continueOnFail()) throw ownError(item, error);
		return [errorItem(item, ownError(item, error))];
	}
}

const ownError = (item: IExecuteSingleFunctions, error: unknown) =>
	isOwnError(error) ? error : errorOfItem(item, error);

const NONE = {};

/** What those fields of collections that the user added put into the body. */
function bodyOf(item: IExecuteSingleFunctions, fields: INodeProperties[]): IDataObject {
	const body: IDataObject = {};
	for (const collection of fields.filter(({ type }) => type === 'collection')) {
		const added = recordAt(rawParameterOf(item, collection.name, NONE));
		for (const field of collection.options ?? []) {
			const property = field.name in added && 'type' in field && field.routing?.send?.property;
			if (!property) continue;
			const path = `${collection.name}.${field.name}`;
			const value = parameterOf(item, path, '', field.type === 'resourceLocator');
			Object.assign(body, { [property]: value });
		}
	}
	return body;
}

/** How many items start at once, and the milliseconds until the next do; 0 for all at once. */
function batchesOf(context: IExecuteFunctions): { size: number; pause: number } {
	const batch = context.getNodeParameter('requestOptions.batching.batch', 0, NONE);
	const { batchSize, batchInterval } = recordAt(batch);
	return { size: Math.max(1, numberOf(batchSize) ?? 1), pause: numberOf(batchInterval) ?? 0 };
}

/** Milliseconds that n8n's routing gives a request where the user sets no time. */
const USUAL_TIMEOUT = 300_000;

/** How the item's requests reach the server. Throws a NodeOperationError for a wrong proxy. */
function connectionOf(item: IExecuteSingleFunctions): Partial<IHttpRequestOptions> {
	const options = recordAt(parameterOf(item, 'requestOptions', NONE));
	const { proxy, timeout, allowUnauthorizedCerts } = options;
	const address = textOf(proxy)?.trim();
	return {
		timeout: numberOf(timeout) || USUAL_TIMEOUT,
		...(allowUnauthorizedCerts === true && { skipSslCertificateValidation: true }),
		...(address !== undefined && { proxy: proxyAt(item, address) }),
	};
}

function proxyAt(item: IExecuteSingleFunctions, address: string): IHttpRequestOptions['proxy'] {
	const url = URL.canParse(address) ? new URL(address) : undefined;
	// What n8n can't use it leaves out, and the request goes without a proxy.
	if (url === undefined || !/^https?:$/.test(url.protocol)) {
		const itemIndex = item.getItemIndex();
		throw new NodeOperationError(
			item.getNode(),
			`The proxy is not a web address [item ${itemIndex}]`,
			{
				itemIndex,
				description:
					"In the node's settings, enter one such as http://127.0.0.1:3128. Nothing was sent.",
			},
		);
	}
	const { protocol, hostname, port, username, password } = url;
	const usualPort = protocol === 'https:' ? 443 : 80;
	return {
		protocol: protocol.replace(':', ''),
		host: hostname,
		port: port === '' ? usualPort : Number(port),
		// As they stand in the address: n8n makes an address of all this again.
		...(username !== '' && { auth: { username, password } }),
	};
}

/** The context of one item, as n8n's routing has it. */
function itemContext(context: IExecuteFunctions, itemIndex: number): IExecuteSingleFunctions {
	const { helpers } = context;
	const itemHelpers = {
		assertBinaryData: (name: string) => helpers.assertBinaryData(itemIndex, name),
		getBinaryDataBuffer: async (name: string) => await helpers.getBinaryDataBuffer(itemIndex, name),
	};
	inherit(itemHelpers, helpers);
	const item = {
		getItemIndex: () => itemIndex,
		getInputData: (inputIndex?: number, type?: NodeConnectionType) =>
			context.getInputData(inputIndex, type)[itemIndex] ?? { json: {} },
		getNodeParameter: (name: string, fallback?: unknown, options?: IGetNodeParameterOptions) =>
			context.getNodeParameter(name, itemIndex, fallback, options),
		getCredentials: async <T extends object>(type: string) =>
			await context.getCredentials<T>(type, itemIndex),
		getWorkflowDataProxy: () => context.getWorkflowDataProxy(itemIndex),
		helpers: itemHelpers,
	};
	inherit(item, context);
	return item;
}

/** Gives an object all members of another that it does not have itself. */
function inherit<T extends object, U extends object>(
	own: T,
	base: U,
): asserts own is T & Omit<U, keyof T> {
	Object.setPrototypeOf(own, base);
}
