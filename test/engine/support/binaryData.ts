import { existsSync, readdirSync } from 'node:fs';
import { Container } from '@n8n/di';
import { BinaryDataConfig, BinaryDataService, StorageConfig } from 'n8n-core';
import type { IBinaryData, INodeExecutionData } from 'n8n-workflow';

/** n8n's store of binary data, as a server sets it up. */

const service = () => Container.get(BinaryDataService);

const usualFolder = () => Container.get(StorageConfig).storagePath;

/** Files on the disk, as n8n has it by default; below a file instead of a folder nothing can be stored. */
export async function keepBinaryDataOnDisk(folder = usualFolder()): Promise<void> {
	Object.assign(Container.get(BinaryDataConfig), { mode: 'filesystem', localStoragePath: folder });
	await service()
		.init()
		.catch(() => undefined);
}

/** Everything in memory, inside of the items. */
export async function keepBinaryDataInMemory(): Promise<void> {
	Container.get(BinaryDataConfig).mode = 'default';
	await service().init();
}

export function binaryOf(item: INodeExecutionData | undefined, property = 'data'): IBinaryData {
	const binary = item?.binary?.[property];
	if (binary === undefined) throw new Error(`the item has no binary field ${property}`);
	return binary;
}

/** The bytes of an item's file. */
export async function bytesOf(
	item: INodeExecutionData | undefined,
	property?: string,
): Promise<Buffer> {
	return await service().getAsBuffer(binaryOf(item, property));
}

/** Names of the files that are on the disk, without their descriptions. */
export function storedFiles(): string[] {
	const folder = Container.get(BinaryDataConfig).localStoragePath;
	if (!existsSync(folder)) return [];
	const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
		entry.isFile(),
	);
	return files.map(({ name }) => name).filter((name) => !name.endsWith('.metadata'));
}
