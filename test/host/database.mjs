import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Execution, UNFINISHED } from './client.mjs';
import { N8N_HOME } from './paths.mjs';

const POLL_MS = 50;
const FINISH_MS = 300_000;
const STORE_MS = 20_000;
const BUSY_MS = 60_000;

const IS_UNFINISHED = `status IN (${[...UNFINISHED].map((status) => `'${status}'`).join(', ')})`;

/** What n8n keeps in its database, whichever that is; a driver adds `query` and `close`. */
class N8nDatabase {
	async execute(sql, ...values) {
		await this.query(sql, ...values);
	}

	/** What a node of the workflow has remembered with n8n. */
	async staticData({ id }, node) {
		const [{ staticData }] = await this.query(
			'SELECT "staticData" FROM workflow_entity WHERE id = ?',
			id,
		);
		// Postgres gives JSON columns parsed, SQLite gives their text.
		const all = typeof staticData === 'string' ? JSON.parse(staticData) : (staticData ?? {});
		return all[`node:${node}`] ?? {};
	}

	/** The IDs of the workflow's executions with how each stands, oldest first, without what happened in them. */
	async executionStates({ id }) {
		return this.query(
			'SELECT id, status, mode FROM execution_entity WHERE "workflowId" = ? ORDER BY id',
			id,
		);
	}

	/** The workflow's executions, oldest first, once all that have begun have ended, but for the `abandoned` ones. */
	async executions(workflow, abandoned = []) {
		await this.untilFinished(workflow, abandoned);
		for (const deadline = Date.now() + STORE_MS; ; await sleep(POLL_MS)) {
			const executions = await this.#stored(workflow);
			// Killed between the two, n8n 1 never stores the rest.
			if (executions.every(({ isWhole }) => isWhole) || Date.now() > deadline) return executions;
		}
	}

	async #stored(workflow) {
		const rows = await this.query(
			`SELECT id, status, mode, data FROM execution_entity JOIN execution_data ON "executionId" = id
				WHERE execution_entity."workflowId" = ? ORDER BY id`,
			workflow.id,
		);
		return rows.map((row) => new Execution(row));
	}

	async untilFinished({ id, name }, abandoned = []) {
		const others = abandoned.map(() => ' AND id <> ?').join('');
		await this.#untilNone(
			`Executions of the workflow "${name}"`,
			`"workflowId" = ?${others}`,
			id,
			...abandoned,
		);
	}

	/** The IDs of all executions that have not ended. */
	async unfinished() {
		const rows = await this.query(`SELECT id FROM execution_entity WHERE ${IS_UNFINISHED}`);
		return rows.map(({ id }) => id);
	}

	/** Which of these n8n does not bring to an end: an older one leaves an execution that was cut off "running". */
	async abandoned(ids) {
		for (const deadline = Date.now() + STORE_MS; ; await sleep(POLL_MS)) {
			const unfinished = await this.unfinished();
			const left = ids.filter((id) => unfinished.includes(id));
			if (left.length === 0 || Date.now() > deadline) return left;
		}
	}

	/** Waits until no execution of any workflow is left that has not ended. */
	async untilAllFinished() {
		await this.#untilNone('Executions', 'true');
	}

	async #untilNone(what, condition, ...values) {
		const sql = `SELECT count(*) AS count FROM execution_entity WHERE ${condition} AND ${IS_UNFINISHED}`;
		for (const deadline = Date.now() + FINISH_MS; Date.now() < deadline; await sleep(POLL_MS)) {
			const [{ count }] = await this.query(sql, ...values);
			if (Number(count) === 0) return;
		}
		throw new Error(`${what} did not end within ${FINISH_MS / 1000} seconds`);
	}

	/** Forgets the workflow's executions. */
	async forgetExecutions({ id }) {
		await this.execute('DELETE FROM execution_entity WHERE "workflowId" = ?', id);
	}
}

/** n8n's SQLite database, also while no n8n runs on it. */
export class Database extends N8nDatabase {
	#database;

	constructor(userFolder) {
		super();
		const sqlite = createRequire(join(N8N_HOME, 'package.json'))('sqlite3');
		this.#database = new sqlite.Database(join(userFolder, '.n8n', 'database.sqlite'));
		this.#database.configure('busyTimeout', BUSY_MS);
	}

	async query(sql, ...values) {
		return new Promise((resolve, reject) => {
			this.#database.all(sql, values, (error, rows) => (error ? reject(error) : resolve(rows)));
		});
	}

	async close() {
		await new Promise((resolve) => this.#database.close(resolve));
	}
}

/** n8n's database in a Postgres; a query after that server was restarted connects anew. */
export class PostgresDatabase extends N8nDatabase {
	#pool;

	constructor({ host, port, user, database }) {
		super();
		const { Pool } = createRequire(join(N8N_HOME, 'node_modules', 'n8n', 'package.json'))('pg');
		this.#pool = new Pool({ host, port, user, database, max: 2 });
		// A connection that ends while nobody uses it is replaced by the next query.
		this.#pool.on('error', () => {});
	}

	async query(sql, ...values) {
		let position = 0;
		const numbered = sql.replaceAll('?', () => `$${++position}`);
		return (await this.#pool.query(numbered, values)).rows;
	}

	async close() {
		await this.#pool.end();
	}
}
