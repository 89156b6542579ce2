-- CreateEnum
CREATE TYPE "run_state" AS ENUM ('queued', 'running', 'done', 'refused', 'failed', 'cancelled');

-- CreateEnum
CREATE TYPE "trial_origin" AS ENUM ('human', 'agent', 'evolution');

-- CreateEnum
CREATE TYPE "job_state" AS ENUM ('waiting', 'taken', 'done', 'failed', 'cancelled');

-- CreateTable
CREATE TABLE "play" (
    "id" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "changed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deleted_at" TIMESTAMPTZ(3),
    "actor" TEXT NOT NULL,

    CONSTRAINT "play_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "play_draft" (
    "play_id" TEXT NOT NULL,
    "revision" INTEGER NOT NULL,
    "yaml" TEXT NOT NULL,
    "sidecar" JSONB NOT NULL,
    "loose" TEXT,
    "saved_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "origin" TEXT NOT NULL,
    "actor" TEXT NOT NULL,

    CONSTRAINT "play_draft_pkey" PRIMARY KEY ("play_id")
);

-- CreateTable
CREATE TABLE "play_version" (
    "id" TEXT NOT NULL,
    "play_id" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "play_hash" TEXT NOT NULL,
    "logic_hash" TEXT NOT NULL,
    "canonical" TEXT NOT NULL,
    "yaml" TEXT NOT NULL,
    "sidecar" JSONB NOT NULL,
    "note" TEXT NOT NULL DEFAULT '',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "actor" TEXT NOT NULL,

    CONSTRAINT "play_version_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "block_version" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "role" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "yaml" TEXT NOT NULL,
    "note" TEXT NOT NULL DEFAULT '',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "actor" TEXT NOT NULL,

    CONSTRAINT "block_version_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "run_settings" (
    "hash" TEXT NOT NULL,
    "settings" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "actor" TEXT NOT NULL,

    CONSTRAINT "run_settings_pkey" PRIMARY KEY ("hash")
);

-- CreateTable
CREATE TABLE "dataset" (
    "hash" TEXT NOT NULL,
    "series" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "dataset_pkey" PRIMARY KEY ("hash")
);

-- CreateTable
CREATE TABLE "run" (
    "id" TEXT NOT NULL,
    "play_id" TEXT NOT NULL,
    "play_version_id" TEXT,
    "play_hash" TEXT NOT NULL,
    "logic_hash" TEXT NOT NULL,
    "from_ms" BIGINT NOT NULL,
    "to_ms" BIGINT NOT NULL,
    "settings_hash" TEXT,
    "dataset_hash" TEXT,
    "engine" TEXT,
    "state" "run_state" NOT NULL DEFAULT 'queued',
    "request" JSONB NOT NULL,
    "trades_hash" TEXT,
    "equity_hash" TEXT,
    "trades" INTEGER,
    "report" TEXT,
    "problems" JSONB,
    "failure" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    "actor" TEXT NOT NULL,

    CONSTRAINT "run_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "trade" (
    "run_id" TEXT NOT NULL,
    "no" INTEGER NOT NULL,
    "instrument" TEXT NOT NULL,
    "side" TEXT NOT NULL,
    "setup" TEXT NOT NULL,
    "entry_ms" BIGINT NOT NULL,
    "entry_price" DOUBLE PRECISION NOT NULL,
    "qty_base" DOUBLE PRECISION NOT NULL,
    "exit_ms" BIGINT NOT NULL,
    "exit_price" DOUBLE PRECISION NOT NULL,
    "exit_reason" TEXT NOT NULL,
    "net_usdt" DOUBLE PRECISION NOT NULL,
    "r" DOUBLE PRECISION,

    CONSTRAINT "trade_pkey" PRIMARY KEY ("run_id","no")
);

-- CreateTable
CREATE TABLE "trial" (
    "id" BIGSERIAL NOT NULL,
    "logic_hash" TEXT NOT NULL,
    "dataset_hash" TEXT NOT NULL,
    "settings_hash" TEXT NOT NULL,
    "from_ms" BIGINT NOT NULL,
    "to_ms" BIGINT NOT NULL,
    "lineage" TEXT NOT NULL,
    "origin" "trial_origin" NOT NULL,
    "score" DOUBLE PRECISION,
    "trades" INTEGER NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "actor" TEXT NOT NULL,

    CONSTRAINT "trial_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "job" (
    "id" BIGSERIAL NOT NULL,
    "kind" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "state" "job_state" NOT NULL DEFAULT 'waiting',
    "key" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "not_before" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lease_until" TIMESTAMPTZ(3),
    "taker" TEXT,
    "cancel_at" TIMESTAMPTZ(3),
    "progress" JSONB,
    "failure" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ended_at" TIMESTAMPTZ(3),
    "actor" TEXT NOT NULL,

    CONSTRAINT "job_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "play_deleted_at_changed_at_idx" ON "play"("deleted_at", "changed_at");

-- CreateIndex
CREATE INDEX "play_version_play_hash_idx" ON "play_version"("play_hash");

-- CreateIndex
CREATE INDEX "play_version_logic_hash_idx" ON "play_version"("logic_hash");

-- CreateIndex
CREATE UNIQUE INDEX "play_version_play_id_number_key" ON "play_version"("play_id", "number");

-- CreateIndex
CREATE INDEX "block_version_hash_idx" ON "block_version"("hash");

-- CreateIndex
CREATE UNIQUE INDEX "block_version_name_version_key" ON "block_version"("name", "version");

-- CreateIndex
CREATE INDEX "run_play_id_created_at_idx" ON "run"("play_id", "created_at");

-- CreateIndex
CREATE INDEX "run_state_idx" ON "run"("state");

-- CreateIndex
CREATE INDEX "run_play_hash_settings_hash_dataset_hash_idx" ON "run"("play_hash", "settings_hash", "dataset_hash");

-- CreateIndex
CREATE INDEX "trial_lineage_dataset_hash_idx" ON "trial"("lineage", "dataset_hash");

-- CreateIndex
CREATE UNIQUE INDEX "trial_logic_hash_dataset_hash_settings_hash_lineage_origin_key" ON "trial"("logic_hash", "dataset_hash", "settings_hash", "lineage", "origin");

-- CreateIndex
CREATE UNIQUE INDEX "job_key_key" ON "job"("key");

-- CreateIndex
CREATE INDEX "job_state_not_before_id_idx" ON "job"("state", "not_before", "id");

-- AddForeignKey
ALTER TABLE "play_draft" ADD CONSTRAINT "play_draft_play_id_fkey" FOREIGN KEY ("play_id") REFERENCES "play"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "play_version" ADD CONSTRAINT "play_version_play_id_fkey" FOREIGN KEY ("play_id") REFERENCES "play"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "run" ADD CONSTRAINT "run_play_id_fkey" FOREIGN KEY ("play_id") REFERENCES "play"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "run" ADD CONSTRAINT "run_play_version_id_fkey" FOREIGN KEY ("play_version_id") REFERENCES "play_version"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "run" ADD CONSTRAINT "run_settings_hash_fkey" FOREIGN KEY ("settings_hash") REFERENCES "run_settings"("hash") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "run" ADD CONSTRAINT "run_dataset_hash_fkey" FOREIGN KEY ("dataset_hash") REFERENCES "dataset"("hash") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "trade" ADD CONSTRAINT "trade_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "trial" ADD CONSTRAINT "trial_dataset_hash_fkey" FOREIGN KEY ("dataset_hash") REFERENCES "dataset"("hash") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What is published stays as it was published, and what was counted stays counted: for every client of the database.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'rows of % are never changed or removed', TG_TABLE_NAME;
END $$;
CREATE TRIGGER play_version_stays BEFORE UPDATE OR DELETE ON "play_version" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER block_version_stays BEFORE UPDATE OR DELETE ON "block_version" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER run_settings_stays BEFORE UPDATE OR DELETE ON "run_settings" FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER trial_stays BEFORE UPDATE OR DELETE ON "trial" FOR EACH ROW EXECUTE FUNCTION refuse_change();

-- Who looks at a run hears of each step of it, whoever took it.
CREATE FUNCTION tell_run() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_TABLE_NAME = 'run' THEN
    PERFORM pg_notify('playloom_run', NEW.id);
  ELSE
    PERFORM pg_notify('playloom_run', substr(NEW.key, 5));
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER run_told AFTER INSERT OR UPDATE ON "run" FOR EACH ROW EXECUTE FUNCTION tell_run();
CREATE TRIGGER job_told AFTER UPDATE OF "progress", "cancel_at" ON "job" FOR EACH ROW WHEN (NEW.kind = 'run') EXECUTE FUNCTION tell_run();
