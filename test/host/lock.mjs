import { createHash, randomUUID } from 'node:crypto';
import {
	linkSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	renameSync,
	rmSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ROOT } from './paths.mjs';

/**
 * What two runs at once of one checkout may not do at the same time: install, and build what the
 * other is using. Kept outside the checkout, whose node_modules an installation empties.
 */
const FOLDER = join(
	tmpdir(),
	`creator-chat-locks-${createHash('sha256').update(ROOT).digest('hex').slice(0, 16)}`,
);
const USERS = join(FOLDER, 'users');
/** Of the whole machine: ports do not belong to a checkout. */
const CLAIMS = join(tmpdir(), 'creator-chat-claims');

/** What the present build was made from. */
export const BUILD_STAMP = join(FOLDER, 'build.json');

const POLL_MS = 200;

function isAlive(pid) {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return error.code === 'EPERM';
	}
}

function contentOf(file) {
	try {
		return readFileSync(file, 'utf8');
	} catch (error) {
		if (error.code === 'ENOENT') return undefined;
		throw error;
	}
}

/** Puts the lock away whose holder is gone; another process may have done that and taken it. */
function breakLock(file, content) {
	const aside = `${file}-${randomUUID()}`;
	try {
		renameSync(file, aside);
		if (contentOf(aside) !== content) linkSync(aside, file);
		rmSync(aside);
	} catch (error) {
		if (error.code !== 'ENOENT' && error.code !== 'EEXIST') throw error;
	}
}

function take(file) {
	// Written aside first: a lock that exists has its holder in it.
	const own = `${file}-${randomUUID()}`;
	writeFileSync(own, `${process.pid} ${randomUUID()}`);
	try {
		linkSync(own, file);
		return true;
	} catch (error) {
		if (error.code !== 'EEXIST') throw error;
		const content = contentOf(file);
		if (content !== undefined && !isAlive(Number.parseInt(content, 10))) breakLock(file, content);
		return false;
	} finally {
		rmSync(own);
	}
}

const claimed = new Set();

/** Takes what another process may have taken before, until this one ends; gives whether it could. */
export function claim(name) {
	if (claimed.has(name)) return true;
	mkdirSync(CLAIMS, { recursive: true });
	const file = join(CLAIMS, name);
	// A second time, in case that the first one found a lock whose holder is gone.
	if (!take(file) && !take(file)) return false;
	claimed.add(name);
	process.once('exit', () => rmSync(file, { force: true }));
	return true;
}

/** Waits until it holds, telling once what for. */
async function until(holds, what) {
	for (let told = false; !holds(); await sleep(POLL_MS)) {
		if (!told) console.log(`  Another run of this checkout is at work: waiting until ${what}.`);
		told = true;
	}
}

/** Carries out the work while no other run of this checkout carries out work of that name. */
export async function locked(name, work) {
	mkdirSync(USERS, { recursive: true });
	const file = join(FOLDER, name);
	await until(() => take(file), `it has finished to ${name}`);
	try {
		return await work();
	} finally {
		rmSync(file);
	}
}

/** Notes that this process uses what is built, until it ends. */
export function useBuild() {
	const file = join(USERS, String(process.pid));
	writeFileSync(file, '');
	process.once('exit', () => rmSync(file, { force: true }));
}

/** Waits until no other run uses what is built. */
export async function untilUnused() {
	const others = () =>
		readdirSync(USERS)
			.map(Number)
			.filter((pid) => pid !== process.pid && isAlive(pid));
	await until(() => others().length === 0, 'it has ended, since the code has changed meanwhile');
}
