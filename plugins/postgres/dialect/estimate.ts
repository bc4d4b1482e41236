import type { SqlSession, SqlText } from '@millrace/sdk';

/** The rows that the planner expects. */
export async function estimatedRows(
  session: SqlSession,
  sql: string,
  parameters: SqlText[],
): Promise<number | undefined> {
  const [[text] = []] = await session.rows(`EXPLAIN (FORMAT JSON) ${sql}`, parameters);
  const [plan] = JSON.parse(text ?? '[]') as { Plan?: { 'Plan Rows'?: number } }[];
  return plan?.Plan?.['Plan Rows'];
}
