import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { IDataObject } from 'n8n-workflow';
import { isRecord } from '../../../nodes/shared/model/values';
import type { PairName } from '../../pairs';

/** What an item looks like: the kind of each value; `null` where none was seen. */
export type Shape = 'boolean' | 'null' | 'number' | 'string' | Shape[] | { [name: string]: Shape };

/** The shape of each operation's items, by `resource.operation`. */
export type Outputs = Record<string, Shape>;

const isShapes = (shape: Shape): shape is Record<string, Shape> =>
	typeof shape === 'object' && !Array.isArray(shape);

export function shapeOf(value: unknown): Shape {
	if (Array.isArray(value)) {
		return value.length === 0 ? [] : [value.map(shapeOf).reduce(united)];
	}
	if (isRecord(value)) {
		return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, shapeOf(one)]));
	}
	if (typeof value === 'boolean' || typeof value === 'number' || typeof value === 'string') {
		return typeof value === 'boolean' ? 'boolean' : typeof value === 'number' ? 'number' : 'string';
	}
	return 'null';
}

/** What two values of one place have together. Throws where they are of different kinds. */
export function united(a: Shape, b: Shape): Shape {
	if (a === 'null' || b === 'null') return a === 'null' ? b : a;
	if (Array.isArray(a) && Array.isArray(b)) {
		const [one, other] = [a[0] ?? 'null', b[0] ?? 'null'];
		return a.length + b.length === 0 ? [] : [united(one, other)];
	}
	if (isShapes(a) && isShapes(b)) {
		const names = [...new Set([...Object.keys(a), ...Object.keys(b)])];
		return Object.fromEntries(
			names.map((name) => [name, united(a[name] ?? 'null', b[name] ?? 'null')]),
		);
	}
	if (a === b) return a;
	throw new Error(`${JSON.stringify(a)} and ${JSON.stringify(b)} stand in one place`);
}

/** What fields of each name hold, where all that were seen hold the same. */
export function kindsIn(shapes: Shape[]): Map<string, Shape | undefined> {
	const kinds = new Map<string, Shape | undefined>();
	const look = (shape: Shape): void => {
		if (Array.isArray(shape)) shape.forEach(look);
		if (!isShapes(shape)) return;
		for (const [name, one] of Object.entries(shape)) {
			look(one);
			if (isNothing(one)) continue;
			const known = kinds.get(name);
			const isOther = kinds.has(name) && JSON.stringify(known) !== JSON.stringify(one);
			kinds.set(name, isOther && typeof one === 'string' ? undefined : (known ?? one));
		}
	};
	shapes.forEach(look);
	return kinds;
}

/** The shape with the kinds of those fields in it that held nothing. */
export function filledFrom(kinds: Map<string, Shape | undefined>, shape: Shape): Shape {
	if (Array.isArray(shape)) return shape.map((one) => filledFrom(kinds, one));
	if (!isShapes(shape)) return shape;
	return Object.fromEntries(
		Object.entries(shape).map(([name, one]) => [
			name,
			isNothing(one) ? (kinds.get(name) ?? one) : filledFrom(kinds, one),
		]),
	);
}

const isNothing = (shape: Shape) =>
	shape === 'null' || (Array.isArray(shape) && shape.length === 0);

/** The JSON schema that the build makes of a shape. */
export function schemaOf(shape: Shape): IDataObject {
	if (typeof shape === 'string') return { type: shape };
	if (Array.isArray(shape)) {
		const [entry] = shape;
		return { type: 'array', items: entry === undefined ? {} : schemaOf(entry) };
	}
	return {
		type: 'object',
		properties: Object.fromEntries(
			Object.entries(shape).map(([name, one]) => [name, schemaOf(one)]),
		),
	};
}

const fileOf = (pair: PairName) =>
	resolve(
		__dirname,
		'../../../nodes',
		`${pair.charAt(0).toUpperCase()}${pair.slice(1)}`,
		'outputs.json',
	);

export const storedOutputs = (pair: PairName) =>
	JSON.parse(readFileSync(fileOf(pair), 'utf8')) as Outputs;

/** Writes what came into the pair's folder, where that is asked for with `REGENERATE_DOCS=1`. */
export function keepOutputs(pair: PairName, outputs: Outputs): void {
	if (process.env.REGENERATE_DOCS === undefined) return;
	const lines = Object.entries(outputs).map(
		([what, shape]) => `\t${JSON.stringify(what)}: ${JSON.stringify(shape)}`,
	);
	writeFileSync(fileOf(pair), `{\n${lines.join(',\n')}\n}\n`);
}
