import { NodeOperationError } from 'n8n-workflow';
import type {
	IBinaryData,
	IDataObject,
	IExecuteSingleFunctions,
	INodeExecutionData,
} from 'n8n-workflow';
import { idOf } from '../model/values';
import { isOver } from '../operation/run';
import { Invalid, oneOf, required } from '../parameters/parsers';
import type { Parser } from '../parameters/parsers';
import type { Validation } from '../parameters/validation';
import { csv, jsonLines } from './fileFormats';
import type { FileFormat } from './fileFormats';
import { TextStream } from './textStream';

/** The file that the user asked for. */
export interface FileRequest {
	format: FileFormat;
	/** The item's binary field. */
	property: string;
	/** Undefined where the name is ours to choose. */
	name: string | undefined;
}

const fieldName: Parser<string> = (value, field) => {
	if (value === undefined || value === null || value === '') return undefined;
	return typeof value === 'string' && /^\w[\w -]*$/.test(value)
		? value
		: new Invalid(`'${field}' has to be a name such as data`);
};

// Control characters and what the file systems of this world keep for themselves.
const fileName: Parser<string> = (value, field) => {
	if (value === undefined || value === null || value === '') return undefined;
	const isName =
		typeof value === 'string' &&
		value.trim() !== '' &&
		value.length <= 200 &&
		!/[/\\:*?"<>|\p{Cc}]/u.test(value) &&
		!/^\.+$/.test(value.trim());
	return isName
		? value.trim()
		: new Invalid(`'${field}' has to be a file name without a path, such as history.csv`);
};

/** Reads what is asked for; undefined for items. What is wrong with it goes into the validation. */
export function readFileRequest(validation: Validation): FileRequest | undefined {
	if (validation.parameter('output', 'Output', oneOf('items', 'file')) !== 'file') return undefined;
	const format = validation.parameter('fileFormat', 'File Format', required(oneOf('csv', 'jsonl')));
	const property = validation.parameter(
		'binaryProperty',
		'Put Output in Field',
		required(fieldName),
	);
	const name = validation.parameter('options.fileName', 'File Name', fileName);
	return { format: format === 'jsonl' ? jsonLines : csv, property: property ?? '', name };
}

/**
 * A file of messages in n8n's binary data, written as the pages come: however long the history,
 * only a page of it is held.
 */
export class MessageFile {
	private readonly stream = new TextStream();
	private readonly stored: Promise<{ binary: IBinaryData } | { error: unknown }>;
	private count = 0;
	private newestId: string | null = null;
	private oldestId: string | null = null;

	constructor(
		private readonly context: IExecuteSingleFunctions,
		private readonly file: FileRequest,
		private readonly chatId: string,
	) {
		const { format, name = `messages-${chatId}` } = file;
		const fullName = /\.[a-z]\w*$/i.test(name) ? name : `${name}.${format.extension}`;
		this.stored = context.helpers
			.prepareBinaryData(this.stream.readable, fullName, format.mimeType)
			.then(
				(binary) => ({ binary }),
				(error: unknown) => {
					// Who gave up before reading would leave the writer waiting for ever.
					this.stream.fail();
					return { error };
				},
			);
	}

	/** Writes messages, newest first. Throws a NodeOperationError where n8n cannot store them. */
	async add(messages: IDataObject[], shape: (message: IDataObject) => IDataObject): Promise<void> {
		const { format } = this.file;
		const lines = messages.map((message) => format.line(shape(message))).join('');
		await this.stream.write(this.count === 0 ? format.head + lines : lines);
		if (this.stream.isClosed) throw await this.storeError();
		this.count += messages.length;
		this.newestId ??= idOf(messages[0]?.id) ?? null;
		this.oldestId = idOf(messages.at(-1)?.id) ?? this.oldestId;
	}

	/**
	 * Ends the file; gives the item that holds it. Throws a NodeOperationError where n8n could not
	 * store it.
	 */
	async finish(isComplete: boolean): Promise<INodeExecutionData[]> {
		if (isOver(this.context)) throw await this.discard(cancelledError(this.context));
		if (this.count === 0) await this.stream.write(this.file.format.head);
		this.stream.end();
		const stored = await this.stored;
		if ('error' in stored) throw await this.storeError();
		const {
			count: messageCount,
			newestId: newestMessageId,
			oldestId: oldestMessageId,
			chatId,
		} = this;
		const json = {
			fileName: stored.binary.fileName ?? null,
			chatId,
			messageCount,
			newestMessageId,
			oldestMessageId,
			isComplete,
		};
		return [{ json, binary: { [this.file.property]: stored.binary } }];
	}

	/** Leaves nothing of the file; gives back why. */
	async discard<T extends Error>(reason: T): Promise<T> {
		this.stream.fail(reason);
		await this.stored;
		return reason;
	}

	private async storeError(): Promise<NodeOperationError> {
		const stored = await this.stored;
		const itemIndex = this.context.getItemIndex();
		const cause =
			'error' in stored && stored.error instanceof Error
				? ` n8n says: ${stored.error.message}`
				: '';
		return new NodeOperationError(
			this.context.getNode(),
			`n8n could not store the file [item ${itemIndex}]`,
			{
				itemIndex,
				description: `Check the space and the settings for binary data of the n8n server.${cause}`,
			},
		);
	}
}

function cancelledError(context: IExecuteSingleFunctions): NodeOperationError {
	const itemIndex = context.getItemIndex();
	return new NodeOperationError(
		context.getNode(),
		`The execution was cancelled before the file was complete [item ${itemIndex}]`,
		{
			itemIndex,
			description: 'No file was kept.',
		},
	);
}
