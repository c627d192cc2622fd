export { openPostgresReadModelHome } from './generations/postgres-home.ts';
export { READ_MODEL_SCHEMA } from './postgres/postgres-read-model.ts';
