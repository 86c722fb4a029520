import type { RequestRules } from '../../../shared/operation/validate';
import { id } from '../../../shared/parameters/parsers';

/** The list that an operation is about, for `{list}` in its URL: by number, or OnlyFans' own. */
export const listInPath: RequestRules['path'] = {
	list: ['Fan List', 'fanList.value', id('1234567890 or fans', undefined, 'the ID of a list')],
};
