import 'reflect-metadata';

// The engine's own log would drown what a test says.
process.env.N8N_LOG_LEVEL ??= 'silent';
