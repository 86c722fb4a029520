import type { INodeListSearchItems } from 'n8n-workflow';
import type { CommonFile } from '../model/media';
import { label } from './picker';

const KINDS = { audio: 'Audio', gif: 'GIF', photo: 'Photo', video: 'Video' };

/** Seconds as `1:05`. */
const lengthOf = (seconds: number) =>
	`${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`;

/**
 * A file of the vault as an entry: its name or else its kind, how long it is, and when it came, in
 * UTC. Without its address, which would stand in the workflow and let others see the file.
 */
export function fileEntry(file: CommonFile): INodeListSearchItems[] {
	const { id, type, fileName, duration, createdAt } = file;
	if (id === null) return [];
	const kind = type === null ? `File ${id}` : KINDS[type];
	const length = duration === null ? '' : ` (${lengthOf(duration)})`;
	const time = createdAt === null ? '' : `, ${createdAt.slice(0, 16).replace('T', ' ')}`;
	return [{ name: `${label(fileName, undefined, kind)}${length}${time}`, value: id }];
}
