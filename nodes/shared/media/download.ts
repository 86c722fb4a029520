import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import type {
	DeclarativeRestApiSettings,
	IBinaryData,
	IDataObject,
	IExecuteSingleFunctions,
	IHttpRequestOptions,
	INodeExecutionData,
} from 'n8n-workflow';
import type { Pair } from '../model/pair';
import { numberOf, textOf } from '../model/values';
import { cancelledError, requestOf, runItem, subjectOf } from '../operation/item';
import { parameterOf } from '../operation/parameter';
import { throttledRequest } from '../operation/rateLimit';
import { isOver } from '../operation/run';
import { Invalid } from '../parameters/parsers';
import type { Parser } from '../parameters/parsers';
import { isLoopback } from '../transport/baseUrl';
import { bounded, Ended } from '../transport/bounded';
import { noAnswerError } from '../transport/errors';
import { bodyOrThrow, isStream, requestWithoutCredentials } from '../transport/request';
import { isSuccess } from '../transport/response';
import type { Chunks } from '../transport/request';
import type { HttpResponse, Subject } from '../transport/response';

/** How often a download may lead on to another address. */
const MAX_REDIRECTS = 3;

/** Milliseconds without a byte that end a download, unless the node's Timeout says otherwise. */
const MAX_SILENCE = 60_000;

/** The address of a file on the platform's own servers; `hosts` fits the names of these. */
export function cdnUrl(hosts: RegExp, example: string): Parser<string> {
	return (value, field) => {
		const text = textOf(value)?.trim();
		if (text === undefined) return undefined;
		const url = URL.canParse(text) ? new URL(text) : undefined;
		const isThere =
			url !== undefined &&
			url.protocol === 'https:' &&
			url.host === url.hostname &&
			url.username === '' &&
			url.password === '' &&
			hosts.test(url.hostname);
		return isThere
			? text
			: new Invalid(
					`'${field}' has to be the address of a file on the platform's own servers, such as ` +
						`${example}`,
				);
	};
}

/**
 * The function of an operation that downloads one file into binary data, piece by piece: n8n keeps
 * it where it keeps binary data, and it is never in memory as a whole unless n8n keeps it there.
 *
 * A provider answers with the file, or with the address of another server that has it. That second
 * request is made here and holds no API key (promise 5). Throws as `bodyOrThrow` does, and a
 * NodeOperationError where the other server does not give the file.
 */
export function download(pair: Pair) {
	return async function (
		this: IExecuteSingleFunctions,
		requestData: DeclarativeRestApiSettings.ResultOptions,
	): Promise<INodeExecutionData[]> {
		return await runItem(this, async () => {
			const subject = subjectOf(this);
			const requested = requestOf(requestData);
			const request: IHttpRequestOptions = {
				...requested,
				encoding: 'stream',
				headers: { ...requested.headers, accept: '*/*' },
			};
			const first = await throttledRequest(this, pair, request, subject);
			const response = isElsewhere(first) ? await follow(this, pair, request, first) : first;
			return [await store(this, pair, response, subject)];
		});
	};
}

const isElsewhere = ({ statusCode }: HttpResponse) => statusCode >= 300 && statusCode < 400;

/** Asks the other server for the file, without any credential. */
async function follow(
	context: IExecuteSingleFunctions,
	pair: Pair,
	request: IHttpRequestOptions,
	first: HttpResponse,
): Promise<HttpResponse> {
	let response = first;
	let from = request.baseURL ?? '';
	for (let hops = 0; isElsewhere(response) && hops < MAX_REDIRECTS; hops++) {
		const url = safeTarget(response, from, request.baseURL ?? '');
		if (url === undefined) {
			throw failure(
				context,
				`${pair.provider} led to an address that is not safe`,
				'A file is only fetched over https. Nothing was downloaded.',
			);
		}
		from = url;
		response = await requestWithoutCredentials(context, { ...request, method: 'GET', url }, () =>
			isOver(context),
		);
	}
	if (isSuccess(response)) return response;
	if (response.cause !== undefined) {
		throw noAnswerError(context.getNode(), pair, response.cause, subjectOf(context));
	}
	throw failure(
		context,
		`The file could not be fetched (status ${response.statusCode})`,
		'The address of a file is valid for a short time only: list the media again, and ' +
			'download from a fresh address.',
	);
}

/**
 * Where a redirect leads, if it may be followed: over https, or from a simulator on this machine to
 * another one.
 */
function safeTarget({ headers }: HttpResponse, from: string, home: string): string | undefined {
	const location = textOf(headers.location);
	if (location === undefined || !URL.canParse(location, from)) return undefined;
	const url = new URL(location, from);
	if (url.username !== '' || url.password !== '') return undefined;
	if (url.protocol === 'https:') return url.href;
	return url.protocol === 'http:' && isLoopback(url.href) && isLoopback(home)
		? url.href
		: undefined;
}

async function store(
	context: IExecuteSingleFunctions,
	pair: Pair,
	response: HttpResponse,
	subject: Subject,
): Promise<INodeExecutionData> {
	const { headers, body, stop } = response;
	if (!isSuccess(response) || !isStream(body)) {
		await bodyOrThrow(context, pair, response, subject);
		throw failure(
			context,
			`${pair.provider} sent no file`,
			'Check the Base URL in the credential.',
		);
	}
	const url = textOf(parameterOf(context, 'cdnUrl')) ?? '';
	const field = textOf(parameterOf(context, 'binaryPropertyName', 'data'))?.trim() ?? 'data';
	const mimeType = textOf(headers['content-type'])?.split(';')[0]?.trim();
	const binary = await keep(context, { body, stop }, nameIn(headers) ?? lastPart(url), mimeType);
	const { fileName, mimeType: type, bytes } = binary;
	return {
		json: { fileName: fileName ?? null, mimeType: type, bytes: bytes ?? null },
		binary: { [field]: binary },
	};
}

/**
 * Puts the file into n8n's binary data as it comes. Throws a NodeApiError where it breaks off, or
 * where no byte comes for the node's Timeout (a minute without one), and a NodeOperationError where
 * the execution is over.
 */
async function keep(
	context: IExecuteSingleFunctions,
	{ body, stop }: { body: Chunks; stop?: () => void },
	name: string,
	mimeType: string | undefined,
): Promise<IBinaryData> {
	const timeout = numberOf(context.getNodeParameter('requestOptions.timeout', 0)) ?? 0;
	const silence = timeout > 0 ? timeout : MAX_SILENCE;
	let heardAt = Date.now();
	const heard = body.map((piece: Uint8Array) => {
		heardAt = Date.now();
		return piece;
	});
	// It may end before anybody reads it.
	body.on('error', () => undefined);
	const bounds = { deadline: () => heardAt + silence, isOver: () => isOver(context) };
	return await bounded(
		bounds,
		async () => await context.helpers.prepareBinaryData(heard, name, mimeType),
		() => stop?.(),
	).catch((error: unknown) => {
		if (!(error instanceof Ended)) {
			throw brokenError(
				context,
				'The download was interrupted',
				'Only part of the file arrived. Run this again.',
			);
		}
		if (!error.isLate) throw cancelledError(context);
		throw brokenError(
			context,
			'The download stopped',
			`Nothing came for ${silence / 1000} seconds, and only a part of the file before. Run ` +
				'this again, or set a longer Timeout among the Request Options.',
		);
	});
}

function brokenError(
	context: IExecuteSingleFunctions,
	message: string,
	description: string,
): NodeApiError {
	const itemIndex = context.getItemIndex();
	return new NodeApiError(
		context.getNode(),
		{ message },
		{
			message: `${message} [item ${itemIndex}]`,
			description,
			httpCode: 'none',
			itemIndex,
			failure: { cause: 'temporarily-unavailable' },
		},
	);
}

/** The name that the server gives the file. */
function nameIn(headers: IDataObject): string | undefined {
	const disposition = textOf(headers['content-disposition']) ?? '';
	const encoded = /filename\*=UTF-8''([^;]+)/i.exec(disposition)?.[1];
	if (encoded !== undefined) return baseName(decoded(encoded));
	return baseName(/filename="?([^";]+)"?/i.exec(disposition)?.[1]);
}

function lastPart(address: string): string {
	const { pathname } = new URL(address);
	return baseName(decoded(pathname)) ?? 'file';
}

/** Without the folders in front of it: only a name may come from outside. */
function baseName(path: string | undefined): string | undefined {
	return textOf(path?.split(/[\\/]/).at(-1));
}

function decoded(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}

function failure(
	context: IExecuteSingleFunctions,
	message: string,
	description: string,
): NodeOperationError {
	const itemIndex = context.getItemIndex();
	return new NodeOperationError(context.getNode(), `${message} [item ${itemIndex}]`, {
		itemIndex,
		description,
	});
}
