import type { IDataObject, IExecuteSingleFunctions, INodeProperties } from 'n8n-workflow';
import type { CommonFan } from '../../shared/model/people';
import type { CommonTransaction } from '../../shared/model/transaction';
import { idOf, numberOf, textOf } from '../../shared/model/values';
import { parameterOf } from '../../shared/operation/parameter';
import { time } from '../../shared/parameters/parsers';
import type { Validation } from '../../shared/parameters/validation';
import { besideEntry, foundEntries } from './entries';
import { simplifyFanslyUser } from './fan';
import { filtersField, withZone } from './fields';
import { rowsOutput } from './rows';
import type { About } from './rows';
import { dollarsFromThousandths, fanslyTime } from './values';

/**
 * What fans pay on Fansly, which providers hand through as it is: thousandths of a dollar,
 * milliseconds, numbers for the types (docs/providers.md).
 */

/** Money in USD. `amount` is what fans paid, `net` what is left for the creator. */
interface Earned extends IDataObject {
	amount: number | null;
	fee: number | null;
	net: number | null;
	currency: 'USD';
}

function earned(gross: unknown, net: unknown): Earned {
	const [paid, left] = [numberOf(gross), numberOf(net)];
	return {
		amount: dollarsFromThousandths(paid),
		// Subtracted before the division: thousandths are whole numbers.
		fee: paid === undefined || left === undefined ? null : dollarsFromThousandths(paid - left),
		net: dollarsFromThousandths(left),
		currency: 'USD',
	};
}

/** Fansly's numbers for what was paid for are not documented: they stay as they are, as text. */
const typeOf = (row: IDataObject): string | null => idOf(row.type) ?? null;

/** Where a supporter's own ID may stand: in other answers each of these is sometimes the creator's. */
const SUPPORTER_FIELDS = ['supporterId', 'correlationAccountId', 'accountId'];

/** The rows of Fansly's top supporters, each with the account beside it that it refers to. */
export function supporterEntries(payload: unknown): IDataObject[] | undefined {
	const names = ['supporters', 'topSupporters', 'data'];
	for (const field of SUPPORTER_FIELDS) {
		const entries = foundEntries(payload, names, { accounts: field });
		if (entries?.some((entry) => besideEntry(entry, 'accounts').id !== undefined)) return entries;
	}
	return foundEntries(payload, names);
}

/**
 * A supporter as the common fan, with what is left of it for the creator. The ID is null where two
 * could be the fan's.
 */
export function simplifyFanslySupporter(entry: IDataObject, accountId: string): CommonFan {
	const account = besideEntry(entry, 'accounts');
	const ids = new Set(SUPPORTER_FIELDS.flatMap((field) => idOf(entry[field]) ?? []));
	const [only] = ids.size === 1 ? ids : [];
	return {
		...simplifyFanslyUser(account, accountId),
		id: idOf(account.id) ?? only ?? null,
		totalSpent: dollarsFromThousandths(entry.totalGross),
		totalNet: dollarsFromThousandths(entry.totalNet),
	};
}

/** What one fan paid, of the rows by type: the sums, and those of each type. */
function fanslyTotals(rows: IDataObject[], accountId: string, fanId: string | null): IDataObject {
	const sum = (of: IDataObject[], name: string) =>
		of.reduce((total, row) => total + (numberOf(row[name]) ?? 0), 0);
	const sums = (of: IDataObject[]) => earned(sum(of, 'totalGross'), sum(of, 'totalNet'));
	const types = [...new Set(rows.map(typeOf))];
	return {
		accountId,
		fanId,
		...sums(rows),
		byType: types.map((type) => ({
			type,
			...sums(rows.filter((row) => typeOf(row) === type)),
		})),
	};
}

/** A tip as the common transaction. The unit of Fansly's own tips: thousandths of a dollar. */
export function simplifyFanslyTip(tip: IDataObject, fanId: string | null): CommonTransaction {
	return {
		id: idOf(tip.id) ?? null,
		fanId,
		fanName: null,
		type: 'tip',
		...earned(tip.amount, undefined),
		createdAt: fanslyTime(tip.createdAt),
		messageId: idOf(tip.messageId) ?? null,
		status: idOf(tip.status) ?? null,
	};
}

/** What was earned with one type in one stretch of time. */
export function simplifyFanslyStatistic(row: IDataObject, accountId: string): IDataObject {
	return {
		accountId,
		type: typeOf(row),
		...earned(row.totalGross, row.totalNet),
		date: fanslyTime(row.timestamp),
	};
}

/**
 * What was earned in one month, such as `2026-05`; `month` is null for the last 30 days, which Fansly
 * puts in front.
 */
export function simplifyFanslyMonth(row: IDataObject, accountId: string): IDataObject {
	const [year, month] = [numberOf(row.year) ?? 0, numberOf(row.month) ?? 0];
	return {
		accountId,
		month: year > 0 && month > 0 ? `${year}-${String(month).padStart(2, '0')}` : null,
		...earned(row.totalGross, row.totalNet),
		from: fanslyTime(row.after),
		to: fanslyTime(row.before),
	};
}

/** An entry of the wallet as the common transaction: it names no fan. */
export function simplifyFanslyTransaction(entry: IDataObject): CommonTransaction {
	const gross = numberOf(entry.amount);
	const tax = numberOf(entry.destinationTax);
	return {
		id: idOf(entry.transactionId) ?? idOf(entry.id) ?? null,
		fanId: null,
		fanName: null,
		type: typeOf(entry),
		...earned(gross, gross === undefined || tax === undefined ? undefined : gross - tax),
		createdAt: fanslyTime(entry.createdAt),
		messageId: null,
		status: idOf(entry.status) ?? textOf(entry.status) ?? null,
	};
}

/** Since; `description` says of what, in whole sentences. */
export function sinceField(description: string): INodeProperties {
	return {
		displayName: 'Since',
		name: 'since',
		type: 'dateTime',
		default: '',
		description: withZone(description),
	};
}

/** Since and Until as filters; `without` says what holds without Since. */
export function periodField(
	displayOptions: INodeProperties['displayOptions'],
	without: string,
): INodeProperties {
	return filtersField(displayOptions, [
		sinceField(`Count only what was paid after this time. ${without}`),
		{
			displayName: 'Until',
			name: 'until',
			type: 'dateTime',
			default: '',
			description:
				'Count only what was paid before this time. Without this field, everything up to now. ' +
				"Without a time zone, the workflow's is used.",
		},
	]);
}

/**
 * Since and Until as a provider's `after` and `before`; `write` makes its form out of milliseconds.
 */
export function period(write: (milliseconds: number) => string) {
	return (context: IExecuteSingleFunctions, validation: Validation): IDataObject => {
		const read = (name: string, field: string) =>
			validation.parameter(`filters.${name}`, field, time(context.getTimezone()));
		const [since, until] = [read('since', 'Since'), read('until', 'Until')];
		validation.require(
			since === undefined || until === undefined || since < until,
			"'Since' is not before 'Until'",
		);
		return {
			...(since !== undefined && { after: write(since) }),
			...(until !== undefined && { before: write(until) }),
		};
	};
}

/** The same in ISO 8601. */
export const isoPeriod = period((milliseconds) => new Date(milliseconds).toISOString());

/** The same in milliseconds. */
export const millisecondsPeriod = period(String);

/**
 * The output of an operation on what one fan paid: the sums; with Simplify off the rows by type, as
 * they came. `payload` finds them in the answer's body.
 */
export function totalsOutput(payload: (body: IDataObject) => unknown) {
	return (
		body: IDataObject,
		{ account, fan }: About,
		context: IExecuteSingleFunctions,
	): IDataObject | IDataObject[] | undefined => {
		const rows = foundEntries(payload(body), ['stats', 'data']);
		if (rows === undefined || parameterOf(context, 'simplify', true) === false) return rows;
		return fanslyTotals(rows, account, fan ?? null);
	};
}

/** The output of an operation on what one fan paid each month. `payload` as above. */
export const monthsOfFan = (payload: (body: IDataObject) => unknown) =>
	rowsOutput(
		(body) => foundEntries(payload(body), ['months', 'data']),
		(row, { account, fan }) => ({ fanId: fan ?? null, ...simplifyFanslyMonth(row, account) }),
	);
