extension QueueSchema {
  /// The tables as they were at first.
  static let first = """
    CREATE TABLE jobs (
      -- Never used again: a claim of a job that was pruned must not be one of another.
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      run_id TEXT NOT NULL UNIQUE,
      backtest_run_id TEXT NOT NULL,
      artifacts_root TEXT NOT NULL CHECK (artifacts_root LIKE '/%'),
      session_mode TEXT NOT NULL CHECK (session_mode IN ('rth', 'all')),
      allow_unapproved INTEGER NOT NULL CHECK (allow_unapproved IN (0, 1)),
      replay_date TEXT,
      window_from TEXT,
      window_to TEXT,
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
      CHECK ((window_from IS NULL) = (window_to IS NULL)),
      CHECK (replay_date IS NULL OR window_from IS NULL),
      CHECK ((state = 'running') = (worker IS NOT NULL)),
      CHECK ((state = 'running') = (lease_until IS NOT NULL)),
      CHECK (cancel_requested_at IS NULL OR state = 'running'),
      CHECK ((state = 'scheduled') = (run_at IS NOT NULL OR waits_for IS NOT NULL)),
      CHECK (held = 0 OR (state = 'queued' AND concurrency_key IS NOT NULL)),
      CHECK ((state = 'succeeded') = (result IS NOT NULL)),
      CHECK ((state = 'succeeded') = (synthetic IS NOT NULL)),
      CHECK (state <> 'failed' OR error_code IS NOT NULL)
    ) STRICT;
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

    CREATE TABLE attempts (
      job_id INTEGER NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
      attempt INTEGER NOT NULL CHECK (attempt >= 1),
      worker TEXT NOT NULL,
      -- Names of files in the directory beside the queue.
      lock TEXT,
      log TEXT NOT NULL,
      pid INTEGER,
      started_at INTEGER NOT NULL,
      stage TEXT,
      bars_done INTEGER,
      bars_total INTEGER,
      finished_at INTEGER,
      outcome TEXT CHECK (outcome IN ('succeeded', 'failed', 'lost', 'cancelled', 'released')),
      error_code TEXT,
      error_message TEXT,
      exit_status INTEGER,
      signal INTEGER,
      peak_memory_bytes INTEGER,
      cpu_ms INTEGER,
      PRIMARY KEY (job_id, attempt),
      CHECK ((finished_at IS NULL) = (outcome IS NULL)),
      CHECK (exit_status IS NULL OR signal IS NULL)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE job_events (
      seq INTEGER PRIMARY KEY AUTOINCREMENT,
      job_id INTEGER NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
      attempt INTEGER NOT NULL,
      worker TEXT,
      kind TEXT NOT NULL CHECK (kind IN
        ('submitted', 'claimed', 'succeeded', 'failed', 'scheduled', 'due', 'lost', 'retried', 'cancel_requested',
        'cancelled', 'released')),
      at INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX job_events_job ON job_events (job_id, seq);
    CREATE TRIGGER job_events_are_final BEFORE UPDATE ON job_events
      BEGIN SELECT RAISE(ABORT, 'job_events is append-only'); END;

    -- Counting a million rows takes longer than anybody wants to wait.
    CREATE TABLE counters (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT, WITHOUT ROWID;
    INSERT INTO counters (name, value) VALUES
      ('jobs_queued', 0), ('jobs_scheduled', 0), ('jobs_running', 0), ('jobs_succeeded', 0), ('jobs_failed', 0),
      ('jobs_cancelled', 0), ('attempts_succeeded', 0), ('attempts_failed', 0), ('attempts_lost', 0),
      ('attempts_cancelled', 0), ('attempts_released', 0);
    CREATE TRIGGER jobs_count_new AFTER INSERT ON jobs
      BEGIN UPDATE counters SET value = value + 1 WHERE name = 'jobs_' || NEW.state; END;
    CREATE TRIGGER jobs_count_move AFTER UPDATE OF state ON jobs WHEN OLD.state <> NEW.state
      BEGIN
        UPDATE counters SET value = value - 1 WHERE name = 'jobs_' || OLD.state;
        UPDATE counters SET value = value + 1 WHERE name = 'jobs_' || NEW.state;
      END;
    CREATE TRIGGER jobs_count_old AFTER DELETE ON jobs
      BEGIN UPDATE counters SET value = value - 1 WHERE name = 'jobs_' || OLD.state; END;
    CREATE TRIGGER attempts_count AFTER UPDATE OF outcome ON attempts
      WHEN OLD.outcome IS NULL AND NEW.outcome IS NOT NULL
      BEGIN UPDATE counters SET value = value + 1 WHERE name = 'attempts_' || NEW.outcome; END;

    -- One row: whether workers may claim.
    CREATE TABLE gate (id INTEGER PRIMARY KEY CHECK (id = 1), paused_at INTEGER) STRICT;
    INSERT INTO gate (id) VALUES (1);

    CREATE TABLE artifacts (
      job_id INTEGER NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
      path TEXT NOT NULL,
      bytes INTEGER NOT NULL CHECK (bytes >= 0),
      sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
      PRIMARY KEY (job_id, path)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE workers (
      name TEXT PRIMARY KEY,
      host TEXT NOT NULL,
      pid INTEGER NOT NULL,
      started_at INTEGER NOT NULL,
      seen_at INTEGER NOT NULL,
      -- The name of its socket in the directory beside the queue.
      bell TEXT
    ) STRICT, WITHOUT ROWID;

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

  /// What may be said about a run beyond its backtest and window.
  static let options = """
    ALTER TABLE jobs ADD COLUMN mode TEXT NOT NULL DEFAULT 'replay' CHECK (mode IN ('replay', 'live'));
    -- 'now' or a time, in place of a window.
    ALTER TABLE jobs ADD COLUMN as_of TEXT
      CHECK (as_of IS NULL OR (replay_date IS NULL AND window_from IS NULL));
    -- With commas between them; null for those of the backtest.
    ALTER TABLE jobs ADD COLUMN symbols TEXT CHECK (symbols <> '');
    ALTER TABLE jobs ADD COLUMN strict INTEGER NOT NULL DEFAULT 0 CHECK (strict IN (0, 1));
    ALTER TABLE jobs ADD COLUMN max_missing REAL CHECK (max_missing BETWEEN 0 AND 1);
    ALTER TABLE jobs ADD COLUMN max_jump REAL CHECK (max_jump > 0);
    ALTER TABLE jobs ADD COLUMN calendar TEXT;
    ALTER TABLE jobs ADD COLUMN sizing TEXT;
    """
}
