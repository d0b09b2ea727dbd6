extension PlainQueue {
  static let find = "SELECT * FROM jobs WHERE run_id = ?"
  static let insert = """
    INSERT INTO jobs (run_id, backtest_run_id, artifacts_root, session_mode, allow_unapproved, state, priority,
      max_tries, queued_at, submitted_at)
    VALUES (?, 'B', '/srv/artifacts', 'rth', 0, 'queued', 0, 3, ?, ?)
    """
  static let note = "INSERT INTO job_events (job_id, attempt, worker, kind, at) VALUES (?, ?, 'bench', ?, ?)"
  static let promote = """
    UPDATE jobs SET state = 'queued', queued_at = run_at, run_at = NULL
    WHERE state = 'scheduled' AND run_at <= ? RETURNING id, attempt
    """
  static let lost = """
    SELECT id, run_id, attempt, worker, tries, max_tries FROM jobs WHERE state = 'running' AND lease_until <= ?
    """
  static let claim = """
    UPDATE jobs SET state = 'running', attempt = attempt + 1, tries = tries + 1, worker = 'bench', lease_until = ?,
      started_at = ?, finished_at = NULL
    WHERE id = (SELECT id FROM jobs WHERE state = 'queued' ORDER BY priority DESC, id LIMIT 1) RETURNING *
    """
  static let attempt = "INSERT INTO attempts (job_id, attempt, worker, started_at) VALUES (?, 1, 'bench', ?)"
  static let succeed = """
    UPDATE jobs SET state = 'succeeded', worker = NULL, lease_until = NULL, finished_at = ?, result = 'SUCCESS',
      reason = NULL, synthetic = 1, run_dir = ?, error_code = NULL, error_message = NULL
    WHERE id = ? AND attempt = 1 AND worker = 'bench' AND state = 'running'
    """
  static let file = "INSERT INTO artifacts (job_id, path, bytes, sha256) VALUES (?, ?, 1000, ?)"
  static let close = """
    UPDATE attempts SET finished_at = ?, outcome = 'succeeded', error_code = NULL, error_message = NULL
    WHERE job_id = ? AND attempt = 1 AND finished_at IS NULL
    """
}
