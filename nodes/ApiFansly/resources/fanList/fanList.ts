import type { IExecuteSingleFunctions, IHttpRequestOptions, INodeProperties } from 'n8n-workflow';
import { fanslyUserId } from '../../../platforms/fansly/fields';
import { idOf } from '../../../shared/model/values';
import { parameterOf } from '../../../shared/operation/parameter';
import { singleRequest } from '../../../shared/operation/singleRequest';
import { DEPENDS_ON_ACCOUNT } from '../../../shared/parameters/fields';
import { id, required } from '../../../shared/parameters/parsers';
import type { Validation } from '../../../shared/parameters/validation';
import { apiFansly } from '../../pair';

/** No way to list the lists is documented: the ID is typed. */
export function fanListField(displayOptions: INodeProperties['displayOptions']): INodeProperties {
	return {
		displayName: 'Fan List',
		name: 'fanList',
		type: 'resourceLocator',
		default: { mode: 'id', value: '' },
		required: true,
		displayOptions,
		typeOptions: DEPENDS_ON_ACCOUNT,
		description:
			"One of the creator's own lists of fans, by its ID on Fansly. ApiFansly has no way to look " +
			'it up.',
		modes: [
			{ displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. 500000000000000001' },
		],
	};
}

const listId = required(id('500000000000000001', /^\d+$/));

const chosenList = (context: IExecuteSingleFunctions) =>
	idOf(parameterOf(context, 'fanList.value'))?.trim();

function checkFanAndList(_context: IExecuteSingleFunctions, validation: Validation): void {
	validation.parameter('fanId', 'Fan ID', required(fanslyUserId));
	validation.parameter('fanList.value', 'Fan List', listId);
}

/** The routing of an operation that changes who is on a list; `done` is the item's own field. */
export const changingFan = (method: 'POST' | 'DELETE', done: string) =>
	singleRequest(apiFansly, {
		request: { method, url: '/api/fansly/{account}/lists/users' },
		rules: { afterAll: checkFanAndList },
		prepare: (request: IHttpRequestOptions, { fan }, context) => ({
			...request,
			body: { userId: fan, listId: chosenList(context) },
		}),
		output: (_body, { fan }, context) => ({
			[done]: true,
			fanId: fan,
			fanListId: chosenList(context),
		}),
	});
