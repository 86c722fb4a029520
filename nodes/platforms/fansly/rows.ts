import type { IDataObject, IExecuteSingleFunctions } from 'n8n-workflow';
import { parameterOf } from '../../shared/operation/parameter';
import type { Subject } from '../../shared/transport/response';

/** What one request gives at once as a list: an item for each row. */

/** What the rows are about. */
export type About = Subject & { account: string };

/**
 * The output of a `singleRequest` that gives rows. `find` is undefined where the answer does not
 * have them; `simplify` makes the item of one unless Simplify is off.
 */
export function rowsOutput(
	find: (body: IDataObject) => IDataObject[] | undefined,
	simplify: (row: IDataObject, about: About) => IDataObject,
) {
	return (
		body: IDataObject,
		about: About,
		context: IExecuteSingleFunctions,
	): IDataObject[] | undefined => {
		const rows = find(body);
		return parameterOf(context, 'simplify', true) === false
			? rows
			: rows?.map((row) => simplify(row, about));
	};
}
