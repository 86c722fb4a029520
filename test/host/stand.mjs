import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { Database } from './database.mjs';
import { startN8n } from './n8n.mjs';
import { installIntoUserFolder, pack, temporaryFolder } from './package.mjs';
import { freePort } from './ports.mjs';
import { interruption, stopAll } from './processes.mjs';
import { logInAsOwner, saveCredentials, withCredentials } from './setup.mjs';
import { freePorts, startSimulator } from './simulator.mjs';

interruption().then(async (code) => {
	await stopAll();
	process.exit(code);
});

/** The packed package in an n8n of its own, with a simulator beside it. n8n can be ended and started again. */
export class Stand {
	static async open(settings) {
		const stand = new Stand();
		stand.folder = temporaryFolder();
		stand.userFolder = join(stand.folder, 'user');
		stand.port = await freePort();
		await installIntoUserFolder(await pack(stand.folder), stand.userFolder);
		stand.simulator = await startSimulator(await freePorts());
		await stand.start(settings);
		stand.database = new Database(stand.userFolder);
		stand.credentials = await saveCredentials(stand.client, stand.simulator);
		return stand;
	}

	/** Starts n8n again where it was, on what it has stored. */
	async start(settings) {
		this.n8n = await startN8n({ userFolder: this.userFolder, port: this.port, settings });
		this.client = this.n8n.client;
		await logInAsOwner(this.n8n);
	}

	async restart(settings) {
		await this.n8n.stop();
		await this.start(settings);
	}

	async close() {
		await this.database?.close();
		await stopAll();
		rmSync(this.folder, { recursive: true, force: true });
	}

	/** Stores the workflow with the credentials attached; gives it as n8n stored it. */
	async save(workflow) {
		return this.client.saveWorkflow(withCredentials(workflow, this.credentials));
	}

	/** Stores the workflow and takes it into production. */
	async activate(workflow) {
		const saved = await this.save(workflow);
		await this.client.activate(saved);
		return saved;
	}
}
