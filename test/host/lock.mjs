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

function takeOnce(file) {
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

/** A second time, in case that the first one found a lock whose holder is gone. */
const take = (file) => takeOnce(file) || takeOnce(file);

const claimed = new Set();

function releaseClaims() {
	for (const name of claimed) rmSync(join(CLAIMS, name), { force: true });
}

/** Takes what another process may have taken before, until this one ends; gives whether it could. */
export function claim(name) {
	if (claimed.has(name)) return true;
	mkdirSync(CLAIMS, { recursive: true });
	const file = join(CLAIMS, name);
	if (!take(file)) return false;
	if (claimed.size === 0) process.once('exit', releaseClaims);
	claimed.add(name);
	return true;
}

/** Waits until nobody is in the way, telling once who is and what it waits for. */
async function untilNobody(inTheWay, what) {
	for (let told = false; ; await sleep(POLL_MS)) {
		const pid = inTheWay();
		if (pid === undefined) return;
		if (!told)
			console.log(`  Another run of this checkout (process ${pid}): waiting until ${what}.`);
		told = true;
	}
}

/** Carries out the work while no other run of this checkout carries out work of that name. */
export async function locked(name, work) {
	mkdirSync(USERS, { recursive: true });
	const file = join(FOLDER, name);
	const holder = () => Number.parseInt(contentOf(file), 10) || 'unknown';
	await untilNobody(() => (take(file) ? undefined : holder()), `its ${name} is done`);
	try {
		return await work();
	} finally {
		rmSync(file);
	}
}

/** Notes that this process uses what is built, until it ends: `build` is not to change it. */
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
	await untilNobody(() => others()[0], 'it has ended, since the code has changed meanwhile');
}
