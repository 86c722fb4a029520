import { tryToParseDateTime } from 'n8n-workflow';
import type { IDataObject, IExecuteSingleFunctions, INodeProperties } from 'n8n-workflow';
import { parameterOf } from '../../../shared/operation/parameter';
import { time } from '../../../shared/parameters/parsers';
import type { Validation } from '../../../shared/parameters/validation';

/**
 * Start Date and End Date of the filters as the query has them: the documents want dates, both or
 * none; a time without a zone is in the workflow's, and so is the date of one.
 */
export function datesIn(context: IExecuteSingleFunctions, validation: Validation): IDataObject {
	const zone = context.getTimezone();
	const isEmpty = (path: string) => time(zone)(parameterOf(context, path), path) === undefined;
	const start = validation.parameter('filters.startDate', 'Start Date', time(zone));
	const end = validation.parameter('filters.endDate', 'End Date', time(zone));
	validation.require(
		!isEmpty('filters.startDate') || isEmpty('filters.endDate'),
		"'Start Date' is empty, and 'End Date' needs it",
	);
	validation.require(
		!isEmpty('filters.endDate') || isEmpty('filters.startDate'),
		"'End Date' is empty, and 'Start Date' needs it",
	);
	if (start === undefined || end === undefined) return {};
	validation.require(start <= end, "'End Date' is before 'Start Date'");
	const dateOf = (milliseconds: number) =>
		tryToParseDateTime(new Date(milliseconds), zone).toISODate();
	return { start_date: dateOf(start), end_date: dateOf(end) };
}

/** The two fields. `within` says what is returned, without the day that ends it. */
export function dateFields(
	within: string,
	displayOptions?: INodeProperties['displayOptions'],
): INodeProperties[] {
	const field = (name: string, displayName: string, bound: string, other: string) => ({
		displayName,
		name,
		type: 'dateTime' as const,
		default: '',
		...(displayOptions && { displayOptions }),
		description:
			`${within} ${bound}. Needs ${other} too. ` +
			"Only the date counts, in the workflow's time zone.",
	});
	return [
		field('endDate', 'End Date', 'up to this day', 'a Start Date'),
		field('startDate', 'Start Date', 'from this day on', 'an End Date'),
	];
}
