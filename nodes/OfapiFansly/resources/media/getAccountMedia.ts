import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { foundEntries } from '../../../platforms/fansly/entries';
import { fanslyFile } from '../../../platforms/fansly/media';
import { rowsOutput } from '../../../platforms/fansly/rows';
import { idOf, numberOf, valueAt } from '../../../shared/model/values';
import { validationOf } from '../../../shared/operation/parameter';
import { singleRequest } from '../../../shared/operation/singleRequest';
import { simplifyField } from '../../../shared/parameters/fields';
import { id, list, required } from '../../../shared/parameters/parsers';
import { ofapiFansly } from '../../pair';

const showOnlyForMediaGetAccountMedia = {
	show: { resource: ['media'], operation: ['getAccountMedia'] },
};

const accountMediaIds = required(list(id('500000000000000001', /^\d+$/)));

/** `GET /api/fansly/{fanslyAccount}/account-media/{ids}`: docs/providers.md. */
export const getAccountMedia: INodePropertyOptions = {
	name: 'Get Account Media',
	value: 'getAccountMedia',
	action: 'Get media of the account',
	description:
		'Get files by the IDs that messages have, for example to see whether a video is ready. One ' +
		'credit for all of them.',
	routing: singleRequest(ofapiFansly, {
		request: { method: 'GET', url: '/api/fansly/{account}/account-media/' },
		rules: {
			afterAll: (_context, validation) =>
				validation.parameter('accountMediaIds', 'Account Media IDs', accountMediaIds),
		},
		prepare: (request, _about, context) => ({
			...request,
			url: `${request.url}${(
				validationOf(context).parameter('accountMediaIds', 'Account Media IDs', accountMediaIds) ??
				[]
			).join(',')}`,
		}),
		output: rowsOutput(
			(body) => foundEntries(body.data, ['accountMedia', 'data']),
			(row) => ({
				...fanslyFile(row),
				accountMediaId: idOf(row.id) ?? null,
				status: numberOf(valueAt(row, 'media', 'status')) ?? null,
			}),
		),
	}),
};

export const getAccountMediaFields: INodeProperties[] = [
	{
		displayName: 'Account Media IDs',
		name: 'accountMediaIds',
		type: 'string',
		default: '',
		required: true,
		placeholder: 'e.g. 500000000000000001',
		displayOptions: showOnlyForMediaGetAccountMedia,
		description:
			"The files' IDs, separated by commas: 'id' in the media of a listed message. These are not " +
			'the IDs of uploads.',
	},
	simplifyField(showOnlyForMediaGetAccountMedia),
];
