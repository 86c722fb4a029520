import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { isRecord } from '../../../shared/model/values';
import { parameterOf } from '../../../shared/operation/parameter';
import { singleRequest } from '../../../shared/operation/singleRequest';
import { simplifyField } from '../../../shared/parameters/fields';
import { Invalid, required, text } from '../../../shared/parameters/parsers';
import type { Parser } from '../../../shared/parameters/parsers';
import { ofapiOnlyFans } from '../../pair';
import { simplifyFanList } from './simplify';

const showOnlyForFanListCreate = { show: { resource: ['fanList'], operation: ['create'] } };

/** The most characters of a list's name. */
const LONGEST = 64;

const listName: Parser<string> = (value, field) => {
	const name = text(value, field);
	return typeof name === 'string' && name.length > LONGEST
		? new Invalid(`'${field}' can have ${LONGEST} characters at most`)
		: name;
};

/** `POST /api/{account}/user-lists`: docs/providers.md. */
export const create: INodePropertyOptions = {
	name: 'Create',
	value: 'create',
	action: 'Create a fan list',
	description: 'Make a new, empty list of fans and get its ID. One credit.',
	routing: singleRequest(ofapiOnlyFans, {
		request: { method: 'POST', url: '/api/{account}/user-lists' },
		rules: { body: { name: ['Name', required(listName)] } },
		isRepeatable: false,
		output: (body, { account }, context) => {
			if (!isRecord(body.data)) return undefined;
			return parameterOf(context, 'simplify', true) === false
				? body.data
				: simplifyFanList(body.data, account);
		},
	}),
};

export const createFields: INodeProperties[] = [
	{
		displayName: 'Name',
		name: 'name',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. Whales',
		displayOptions: showOnlyForFanListCreate,
		description: 'The name of the new list, up to 64 characters',
		routing: { send: { type: 'body', property: 'name' } },
	},
	simplifyField(showOnlyForFanListCreate),
];
