import type { RequestRules } from '../../../shared/operation/validate';
import { id } from '../../../shared/parameters/parsers';

/** The message that an operation is about, for `{message}` in its URL. */
export const messageInPath: RequestRules['path'] = {
	message: ['Message ID', 'messageId', id('400000000000000003', /^\d+$/)],
};
