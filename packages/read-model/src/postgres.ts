export { openPostgresReadModelHome } from './generations/postgres-home.ts';
export {
  openPostgresReadModel,
  READ_MODEL_SCHEMA,
  type PostgresReadModel,
  type PostgresReadModelOptions,
} from './postgres/postgres-read-model.ts';
