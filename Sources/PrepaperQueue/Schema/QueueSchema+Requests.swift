extension QueueSchema {
  /// One column of JSON for all that is said about a run.
  static let requests = """
    -- What a job is to run becomes one column of JSON, by the names that its flags have; what the queue must find it by
    -- is made of that. SQLite takes no such column away from a table, and so a new one takes its place.
    DROP VIEW IF EXISTS v_jobs;
    DROP VIEW IF EXISTS v_stuck;
    DROP VIEW IF EXISTS v_latency;
    CREATE TABLE jobs_new (
      -- Never used again: a claim of a job that was pruned must not be one of another.
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      request TEXT NOT NULL CHECK (json_valid(request)),
      run_id TEXT NOT NULL GENERATED ALWAYS AS (request ->> '$.run_id') STORED UNIQUE,
      backtest_run_id TEXT NOT NULL GENERATED ALWAYS AS (request ->> '$.backtest_run_id') STORED,
      artifacts_root TEXT NOT NULL GENERATED ALWAYS AS (request ->> '$.artifacts_root') STORED
        CHECK (artifacts_root LIKE '/%'),
      state TEXT NOT NULL
        CHECK (state IN ('queued', 'scheduled', 'running', 'succeeded', 'failed', 'cancelled')),
      priority INTEGER NOT NULL,
      attempt INTEGER NOT NULL DEFAULT 0 CHECK (attempt >= 0),
      tries INTEGER NOT NULL DEFAULT 0 CHECK (tries BETWEEN 0 AND attempt),
      max_tries INTEGER NOT NULL CHECK (max_tries >= 1),
      timeout_ms INTEGER CHECK (timeout_ms > 0),
      concurrency_key TEXT,
      -- Queued, but another job of its key goes first.
      held INTEGER NOT NULL DEFAULT 0 CHECK (held IN (0, 1)),
      after_run_id TEXT,
      -- The job that must succeed first, until it has.
      waits_for INTEGER REFERENCES jobs (id),
      worker TEXT,
      lease_until INTEGER,
      cancel_requested_at INTEGER,
      run_at INTEGER,
      queued_at INTEGER NOT NULL,
      submitted_at INTEGER NOT NULL,
      started_at INTEGER,
      finished_at INTEGER,
      result TEXT CHECK (result IN ('SUCCESS', 'NO_SIGNALS')),
      reason TEXT,
      synthetic INTEGER CHECK (synthetic IN (0, 1)),
      error_code TEXT,
      error_message TEXT,
      run_dir TEXT,
      CHECK ((state = 'running') = (worker IS NOT NULL)),
      CHECK ((state = 'running') = (lease_until IS NOT NULL)),
      CHECK (cancel_requested_at IS NULL OR state = 'running'),
      CHECK ((state = 'scheduled') = (run_at IS NOT NULL OR waits_for IS NOT NULL)),
      CHECK (held = 0 OR (state = 'queued' AND concurrency_key IS NOT NULL)),
      CHECK ((state = 'succeeded') = (result IS NOT NULL)),
      CHECK ((state = 'succeeded') = (synthetic IS NOT NULL)),
      CHECK (state <> 'failed' OR error_code IS NOT NULL)
    ) STRICT;
    INSERT INTO jobs_new (id, request, state, priority, attempt, tries, max_tries, timeout_ms, concurrency_key, held,
      after_run_id, waits_for, worker, lease_until, cancel_requested_at, run_at, queued_at, submitted_at, started_at,
      finished_at, result, reason, synthetic, error_code, error_message, run_dir)
    SELECT id,
      -- A patch takes nulls away: what was not said has no member.
      json_patch('{}', json_object(
        -- A text behind a NUL is not seen by JSON, and two such ids would become one.
        'run_id', iif(length(run_id) = length(CAST(run_id AS BLOB)), run_id, hex(run_id) || '?'),
        'backtest_run_id', backtest_run_id, 'artifacts_root', artifacts_root,
        'session_mode', session_mode, 'allow_unapproved', json(iif(allow_unapproved, 'true', 'false')),
        'mode', mode, 'strict', json(iif(strict, 'true', 'false')),
        'replay_date', replay_date, 'from', window_from, 'to', window_to, 'as_of', as_of,
        'symbols', CASE WHEN symbols IS NULL THEN NULL
          WHEN json_valid('["' || replace(symbols, ',', '","') || '"]')
            THEN json('["' || replace(symbols, ',', '","') || '"]')
          ELSE symbols END,
        -- All 17 digits: SQLite writes 15.
        'max_missing', iif(max_missing IS NULL, NULL, json(printf('%!.17g', max_missing))),
        'max_jump', CASE WHEN max_jump IS NULL THEN NULL
          WHEN max_jump <= 1.7976931348623157e308 THEN json(printf('%!.17g', max_jump)) ELSE 'infinite' END,
        'calendar', calendar, 'sizing', sizing)),
      state, priority, attempt, tries, max_tries, timeout_ms, concurrency_key, held,
      after_run_id, waits_for, worker, lease_until, cancel_requested_at, run_at, queued_at, submitted_at, started_at,
      finished_at, result, reason, synthetic, error_code, error_message, run_dir
    FROM jobs;
    -- Numbers of jobs that were pruned are not used again.
    DELETE FROM sqlite_sequence WHERE name = 'jobs_new';
    INSERT INTO sqlite_sequence (name, seq) SELECT 'jobs_new', seq FROM sqlite_sequence WHERE name = 'jobs';
    DROP TABLE jobs;
    -- Views that somebody has added speak of the name that is not there for a moment.
    PRAGMA legacy_alter_table = ON;
    ALTER TABLE jobs_new RENAME TO jobs;
    PRAGMA legacy_alter_table = OFF;
    CREATE INDEX jobs_queued ON jobs (priority DESC, id) WHERE state = 'queued' AND held = 0;
    CREATE INDEX jobs_queued_since ON jobs (queued_at) WHERE state = 'queued';
    CREATE INDEX jobs_scheduled ON jobs (run_at) WHERE state = 'scheduled' AND waits_for IS NULL;
    CREATE INDEX jobs_running ON jobs (lease_until) WHERE state = 'running';
    CREATE INDEX jobs_waiting ON jobs (waits_for) WHERE waits_for IS NOT NULL;
    CREATE INDEX jobs_of_key ON jobs (concurrency_key, priority DESC, id)
      WHERE concurrency_key IS NOT NULL AND state = 'queued';
    -- Never two jobs of a key at once.
    CREATE UNIQUE INDEX jobs_key_holder ON jobs (concurrency_key)
      WHERE concurrency_key IS NOT NULL AND held = 0 AND state IN ('queued', 'running');
    CREATE TRIGGER jobs_count_new AFTER INSERT ON jobs
      BEGIN UPDATE counters SET value = value + 1 WHERE name = 'jobs_' || NEW.state; END;
    CREATE TRIGGER jobs_count_move AFTER UPDATE OF state ON jobs WHEN OLD.state <> NEW.state
      BEGIN
        UPDATE counters SET value = value - 1 WHERE name = 'jobs_' || OLD.state;
        UPDATE counters SET value = value + 1 WHERE name = 'jobs_' || NEW.state;
      END;
    CREATE TRIGGER jobs_count_old AFTER DELETE ON jobs
      BEGIN UPDATE counters SET value = value - 1 WHERE name = 'jobs_' || OLD.state; END;

    CREATE VIEW v_jobs AS SELECT
      id, run_id, state, result, synthetic, error_code, attempt, priority, worker,
      datetime(submitted_at / 1000, 'unixepoch') AS submitted,
      datetime(started_at / 1000, 'unixepoch') AS started,
      datetime(finished_at / 1000, 'unixepoch') AS finished,
      (finished_at - started_at) / 1000.0 AS seconds,
      run_dir
      FROM jobs ORDER BY id;
    CREATE VIEW v_stuck AS SELECT
      id, run_id, attempt, worker, datetime(lease_until / 1000, 'unixepoch') AS lease_over_since
      FROM jobs WHERE state = 'running' AND lease_until < CAST(strftime('%s', 'now') AS INTEGER) * 1000;
    CREATE VIEW v_latency AS SELECT
      jobs.run_id, attempts.attempt, attempts.outcome,
      (attempts.started_at - (
        SELECT max(at) FROM job_events
        WHERE job_events.job_id = attempts.job_id AND at <= attempts.started_at
          AND kind IN ('submitted', 'due', 'lost', 'retried', 'released'))) / 1000.0 AS waited_seconds,
      (attempts.finished_at - attempts.started_at) / 1000.0 AS ran_seconds
      FROM attempts JOIN jobs ON jobs.id = attempts.job_id ORDER BY attempts.job_id, attempts.attempt;
    """
}
