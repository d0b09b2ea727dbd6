extension PlainQueue {
  static let find = "SELECT * FROM jobs WHERE run_id = ?"
  static let insert = """
    INSERT INTO jobs (request, state, priority, max_tries, queued_at, submitted_at) VALUES (?, 'queued', 0, 3, ?, ?)
    """
  static let note = "INSERT INTO job_events (job_id, attempt, worker, kind, at) VALUES (?, ?, 'bench', ?, ?)"
  static let mayClaim = """
    SELECT ((SELECT paused_at FROM gate) IS NULL
        AND (SELECT id FROM jobs WHERE state = 'queued' AND held = 0 ORDER BY priority DESC, id LIMIT 1) IS NOT NULL)
      OR EXISTS (SELECT 1 FROM jobs WHERE state = 'scheduled' AND waits_for IS NULL AND run_at <= ?)
    """
  static let promote = """
    UPDATE jobs SET state = 'queued', queued_at = run_at, run_at = NULL, held = concurrency_key IS NOT NULL
    WHERE id IN (SELECT id FROM jobs WHERE state = 'scheduled' AND waits_for IS NULL AND run_at <= ?
      ORDER BY run_at LIMIT 1000)
    RETURNING id, attempt, concurrency_key
    """
  static let claim = """
    UPDATE jobs SET state = 'running', attempt = attempt + 1, tries = tries + 1, worker = 'bench', lease_until = ?,
      started_at = ?, finished_at = NULL
    WHERE id = (SELECT id FROM jobs WHERE state = 'queued' AND held = 0 ORDER BY priority DESC, id LIMIT 1)
    RETURNING *
    """
  static let attempt = """
    INSERT INTO attempts (job_id, attempt, worker, log, started_at) VALUES (?, 1, 'bench', 'logs/bench.log', ?)
    """
  static let fenced = """
    SELECT concurrency_key, cancel_requested_at FROM jobs
    WHERE id = ? AND attempt = 1 AND worker = 'bench' AND state = 'running'
    """
  static let succeed = """
    UPDATE jobs SET state = 'succeeded', worker = NULL, lease_until = NULL, cancel_requested_at = NULL,
      finished_at = ?, result = 'SUCCESS', reason = NULL, synthetic = 1, run_dir = ?, error_code = NULL,
      error_message = NULL
    WHERE id = ? AND attempt = 1 AND worker = 'bench' AND state = 'running'
    """
  static let dependents = "SELECT id, attempt, concurrency_key, run_at FROM jobs WHERE waits_for = ? ORDER BY id"
  static let file = "INSERT INTO artifacts (job_id, path, bytes, sha256) VALUES (?, ?, 1000, ?)"
  static let close = """
    UPDATE attempts SET finished_at = ?, outcome = 'succeeded', error_code = NULL, error_message = NULL
    WHERE job_id = ? AND attempt = 1 AND finished_at IS NULL
    """
}
