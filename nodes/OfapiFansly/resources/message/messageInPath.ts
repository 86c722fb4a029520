import { id } from '../../../shared/check';
import type { RequestRules } from '../../../shared/check';

/** The message that an operation is about, for `{message}` in its URL. */
export const messageInPath: RequestRules['path'] = { message: ['Message ID', 'messageId', id('400000000000000003', /^\d+$/)] };
