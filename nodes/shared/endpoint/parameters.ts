import type { IDataObject, IExecuteSingleFunctions, IHttpRequestMethods } from 'n8n-workflow';
import type { Pair } from '../model/pair';
import { isRecord, recordsIn } from '../model/values';
import { parameterOf } from '../operation/parameter';
import type { RequestRules } from '../operation/validate';
import { id, Invalid, oneOf, required, toggle, wholeNumber } from '../parameters/parsers';
import type { Parser } from '../parameters/parsers';
import type { Validation } from '../parameters/validation';

/** How a pair's endpoints are reached, and how their lists go on. */
export interface EndpointSource {
	pair: Pair;
	/**
	 * What the paths of the pair begin with, and of which of them they are not, where another
	 * platform's lie among them.
	 */
	start: string;
	except?: string;
	/** Where in an answer its list may stand, itself or inside; the first that holds one counts. */
	payloads(body: IDataObject): unknown[];
	/** The query parameters that say where a page begins: the next page has its own. */
	positions: string[];
	/** The query parameters that lead to the next page; undefined at the end. */
	next(body: IDataObject, query: URLSearchParams, rowCount: number): URLSearchParams | undefined;
}

/** What the user wants to be asked. */
export interface Call {
	method: IHttpRequestMethods;
	path: string;
	query: URLSearchParams;
	body: IDataObject | IDataObject[] | undefined;
	returnsAllPages: boolean;
	maxPages: number;
}

const METHODS: IHttpRequestMethods[] = ['DELETE', 'GET', 'PATCH', 'POST', 'PUT'];

const METHODS_WITH_BODY: IHttpRequestMethods[] = ['DELETE', 'PATCH', 'POST', 'PUT'];

/** What stands in a path for the chosen account, as in the providers' documentation. */
const ACCOUNT = '{account}';

/**
 * A path below the provider's own address. Only plain segments: whatever a server or a proxy could
 * read as another host, a step up, an escape or a query is not one.
 */
function pathOf({ start, except }: EndpointSource): Parser<string> {
	return (value, field) => {
		const path = typeof value === 'string' ? value.trim() : '';
		if (path === '') return undefined;
		if (path.includes('?')) {
			return new Invalid(
				`'${field}' has to end before the question mark: put what comes after it ` +
					`into 'Query Parameters'`,
			);
		}
		const segments = path.split('/').slice(1);
		// A slash at the end leaves an empty segment there alone.
		if (segments.at(-1) === '') segments.pop();
		const isPlain =
			path.startsWith(start) &&
			segments.every(
				(segment) => segment === ACCOUNT || (/^[\w.~-]+$/.test(segment) && !/^\.+$/.test(segment)),
			);
		if (!isPlain) {
			return new Invalid(
				`'${field}' has to start with ${start} and to have only letters, digits and - _ . ~ ` +
					`between its slashes, or ${ACCOUNT}`,
			);
		}
		if (except !== undefined && `${path}/`.startsWith(except)) {
			return new Invalid(
				`'${field}' has to be a path of this platform: use another node for ${except}`,
			);
		}
		return path;
	};
}

/** A number beyond this is not what the user wrote any more. */
function isInexact(value: unknown): boolean {
	if (typeof value === 'number') return Number.isInteger(value) && !Number.isSafeInteger(value);
	return typeof value === 'object' && value !== null && Object.values(value).some(isInexact);
}

const queryValue: Parser<string> = (value, field) => {
	if (value === undefined || value === null) return '';
	if (isInexact(value)) {
		return new Invalid(`'${field}' has a number that is too long to be exact: pass it as text`);
	}
	if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
		return String(value);
	}
	return new Invalid(`'${field}' has to be text, a number, true or false`);
};

const queryName: Parser<string> = (value, field) =>
	typeof value === 'string' && value.trim() !== ''
		? value.trim()
		: new Invalid(`'${field}' has to be text`);

const jsonBody: Parser<IDataObject | IDataObject[]> = (value, field) => {
	const isEmpty =
		value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
	if (isEmpty) return undefined;
	let parsed: unknown;
	try {
		parsed = typeof value === 'string' ? JSON.parse(value) : value;
	} catch {
		return new Invalid(`'${field}' has to be JSON, such as {"text": "Hello"}`);
	}
	if (isInexact(parsed)) {
		return new Invalid(`'${field}' has a number that is too long to be exact: put it in quotes`);
	}
	if (isRecord(parsed)) return parsed;
	const entries = recordsIn(parsed);
	if (Array.isArray(parsed) && entries.length === parsed.length) return entries;
	return new Invalid(`'${field}' has to be a JSON object or a list of them`);
};

/** The path with the chosen account in it. The account may turn it into one of another platform. */
function readPath(source: EndpointSource, validation: Validation): string {
	const path = validation.parameter('path', 'Path', required(pathOf(source))) ?? '';
	if (!path.split('/').includes(ACCOUNT)) return path;
	const account = validation.chosenId('pathAccount', 'Account', id('acct_a1b2c3'));
	if (account === undefined) return path;
	return validation.read(path.replaceAll(ACCOUNT, account), 'Path', pathOf(source)) ?? '';
}

/** Reads what is to be asked; what is wrong with it goes into the validation. */
export function readCall(
	context: IExecuteSingleFunctions,
	source: EndpointSource,
	validation: Validation,
): Call {
	const chosen = validation.parameter('method', 'Method', required(oneOf(...METHODS)));
	const method = METHODS.find((one) => one === chosen) ?? 'GET';
	const query = new URLSearchParams();
	for (const entry of recordsIn(parameterOf(context, 'queryParameters.parameter', []))) {
		const name = validation.read(entry.name, 'Query Parameters › Name', queryName);
		const value = validation.read(entry.value, 'Query Parameters › Value', queryValue);
		if (name !== undefined && value !== undefined) query.append(name, value);
	}
	const isReading = method === 'GET';
	return {
		method,
		path: readPath(source, validation),
		query,
		body: METHODS_WITH_BODY.includes(method)
			? validation.parameter('body', 'Body', jsonBody)
			: undefined,
		returnsAllPages:
			isReading && validation.parameter('returnAllPages', 'Return All Pages', toggle) === true,
		// Zero or nothing is no limit.
		maxPages:
			(isReading &&
				validation.parameter('options.maxPages', 'Max Pages', (value, field) =>
					value === '' ? undefined : wholeNumber(0)(value, field),
				)) ||
			Infinity,
	};
}

/** The check of a call of any endpoint: nothing leaves unless it is one of the pair's own. */
export function endpointRules(source: EndpointSource): RequestRules {
	return { afterAll: (context, validation) => readCall(context, source, validation) };
}
