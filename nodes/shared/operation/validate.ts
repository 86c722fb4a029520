import type { IDataObject, IExecuteSingleFunctions, IHttpRequestOptions } from 'n8n-workflow';
import type { Pair } from '../model/pair';
import { recordAt } from '../model/values';
import { id, Invalid, required, wholeNumber } from '../parameters/parsers';
import type { Parser } from '../parameters/parsers';
import type { Validation } from '../parameters/validation';
import { baseUrlError, originOf } from '../transport/baseUrl';
import { DEFAULT_CONCURRENCY } from '../transport/rateLimiter';
import { parameterOf, validationOf } from './parameter';
import { enterAttempt, perAttempt } from './run';
import { checkSwitches } from './switches';

/** What an operation has to say about its request before the request may leave. */
export interface RequestRules {
	/**
	 * What fills the URL's `{name}` besides `{account}` and `{chat}`: the name users see, the
	 * parameter, the parser.
	 */
	path?: Record<string, [field: string, parameter: string, parser: Parser<string>]>;
	/**
	 * How to read each field of the query: its name in the request, then the name users see and the
	 * parser.
	 */
	query?: Record<string, [field: string, parser: Parser]>;
	/**
	 * The same for the body; last the parameter of a field that has no routing of its own. n8n
	 * evaluates a field with one once more.
	 */
	body?: Record<string, [field: string, parser: Parser, parameter?: string]>;
	/**
	 * Query fields that take more than their value to read, such as a time in the workflow's time
	 * zone.
	 */
	extraQuery?(context: IExecuteSingleFunctions, validation: Validation): IDataObject;
	/**
	 * Rules that concern several fields; `filled` holds the values as they will be sent, and those
	 * refused.
	 */
	afterFields?(validation: Validation, filled: IDataObject): void;
	/** The body as it is sent, where that differs from the fields. */
	beforeSending?(body: IDataObject): IDataObject;
	/** Rules for parameters that are not sent as they are. */
	afterAll?(context: IExecuteSingleFunctions, validation: Validation): unknown;
}

/**
 * A preSend hook that checks the whole request before the first byte leaves (promise 3): what
 * stands in the path, every field of the query and the body, and what holds between them.
 * Everything that is wrong is named at once. Fills `{account}`, `{chat}` and the like in the URL.
 *
 * What it finds is kept for `runItem`, which throws it or makes an item of it: n8n checks the items
 * of a run before it starts the first request, so that a send knows of all of them.
 *
 * The address is the credential's Base URL. As an expression in the node's `requestDefaults` n8n
 * would evaluate it twice for each item.
 */
export function validate(pair: Pair, rules: RequestRules) {
	return async function (
		this: IExecuteSingleFunctions,
		options: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> {
		const { invalid } = enterAttempt(this);
		const validation = validationOf(this, (options.method ?? 'GET') === 'GET');
		const checked = validateRequest(this, rules, options, validation);
		const error = validation.error();
		// Before anything is waited for: see above.
		if (error !== undefined) invalid.set(this.getItemIndex(), error);

		const baseURL = await originIn(this, pair);
		if (error !== undefined) return options;
		if (baseURL !== undefined) return atOrigin(checked, baseURL);
		invalid.set(this.getItemIndex(), baseUrlError(this.getNode()));
		return options;
	};
}

/** By the name of the credential. */
const originsOf = perAttempt(() => new Map<string, Promise<string | undefined>>());

/** The origin in the credential, read once in a try: n8n decrypts it each time it is asked. */
async function originIn(context: IExecuteSingleFunctions, pair: Pair): Promise<string | undefined> {
	const origins = originsOf(context);
	const origin =
		origins.get(pair.credential) ??
		context.getCredentials(pair.credential).then(({ baseUrl }) => originOf(baseUrl));
	origins.set(pair.credential, origin);
	return await origin;
}

/**
 * The request at this origin. Where the credential allows certain domains only, n8n adds the host
 * of a node's own address to them; it did so with that of `requestDefaults`.
 */
function atOrigin(request: IHttpRequestOptions, baseURL: string): IHttpRequestOptions {
	const { allowedDomains } = request;
	const { hostname } = new URL(baseURL);
	// With a comma in it a name would be read as two.
	if (allowedDomains === undefined || hostname.includes(',')) return { ...request, baseURL };
	return { ...request, baseURL, allowedDomains: `${hostname}, ${allowedDomains}` };
}

function validateRequest(
	context: IExecuteSingleFunctions,
	rules: RequestRules,
	options: IHttpRequestOptions,
	validation: Validation,
): IHttpRequestOptions {
	const inPath: Record<string, string | undefined> = {};
	if (options.url.includes('{account}')) {
		inPath.account = validation.chosenId('account', 'Account', id('acct_a1b2c3'));
	}
	if (options.url.includes('{chat}')) {
		inPath.chat = validation.chosenId('chat', 'Chat', id('123456789', /^\d+$/));
	}
	for (const [name, [field, parameter, parser]] of Object.entries(rules.path ?? {})) {
		inPath[name] = validation.parameter(parameter, field, required(parser));
	}

	const query = readFields(context, rules.query, options.qs, validation);
	const more = rules.extraQuery?.(context, validation);
	const body = readFields(context, rules.body, options.body, validation);
	rules.afterFields?.(validation, { ...query.filled, ...body.filled });
	validation.read(
		parameterOf(context, 'options.concurrency', DEFAULT_CONCURRENCY),
		'Max Parallel Requests',
		wholeNumber(1),
	);
	checkSwitches(validation);
	rules.afterAll?.(context, validation);

	return {
		...options,
		url: options.url.replace(/\{(\w+)\}/g, (_, name: string) =>
			encodeURIComponent(inPath[name] ?? ''),
		),
		...(rules.query !== undefined && { qs: { ...query.read, ...more } }),
		...(rules.body !== undefined && { body: rules.beforeSending?.(body.read) ?? body.read }),
	};
}

/** Reads the fields of a body or a query; `filled` also holds those that were refused. */
function readFields(
	context: IExecuteSingleFunctions,
	rules: RequestRules['body'] = {},
	values: unknown,
	validation: Validation,
): { read: IDataObject; filled: IDataObject } {
	const given = recordAt(values);
	const read: IDataObject = {};
	const filled: IDataObject = {};
	for (const [name, [field, parser, parameter]] of Object.entries(rules)) {
		const held = parameter === undefined ? given[name] : parameterOf(context, parameter);
		const value = parser(held, field);
		if (value instanceof Invalid) validation.add(value.problem);
		else if (value !== undefined) Object.assign(read, { [name]: value });
		// What was refused was filled in all the same: nothing is said to be missing for it.
		if (value !== undefined) {
			Object.assign(filled, { [name]: value instanceof Invalid ? held : value });
		}
	}
	return { read, filled };
}
