import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import 'reflect-metadata';

// The engine's own log would drown what a test says.
process.env.N8N_LOG_LEVEL ??= 'silent';
// n8n-core writes its settings below this folder; without it, into the home folder.
process.env.N8N_USER_FOLDER ??= mkdtempSync(join(tmpdir(), 'creator-chat-engine-'));
