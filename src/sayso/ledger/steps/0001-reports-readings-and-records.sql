-- Every reading of every report is kept; the views in main show the current one.
CREATE SCHEMA history;

CREATE TABLE history.reports (
    "id" VARCHAR,
    "external_id" VARCHAR,
    "title" VARCHAR,
    "byline" VARCHAR,
    "agency" VARCHAR,
    "publisher" VARCHAR,
    "published" VARCHAR,
    "published_on" DATE,
    "published_at" TIMESTAMP,
    "url" VARCHAR,
    "language" VARCHAR,
    "path" VARCHAR,
    "collected" VARCHAR,
    "collected_at" TIMESTAMP,
    "text" VARCHAR,
    "parts" STRUCT("kind" VARCHAR, "start" INTEGER, "end" INTEGER, "when" VARCHAR, "page" INTEGER)[]
);

CREATE TABLE history.readings (
    "number" BIGINT,
    "report" VARCHAR,
    "hash" VARCHAR,
    "sayso" VARCHAR,
    "weights" VARCHAR,
    "reference" VARCHAR,
    "read_at" TIMESTAMP
);

CREATE TABLE history.statements (
    "reading" BIGINT,
    "n" INTEGER,
    "id" VARCHAR,
    "source" STRUCT("start" INTEGER, "end" INTEGER, "text" VARCHAR),
    "actor" VARCHAR,
    "cue" STRUCT("start" INTEGER, "end" INTEGER, "text" VARCHAR),
    "content" STRUCT("start" INTEGER, "end" INTEGER, "text" VARCHAR)[],
    "manner" VARCHAR,
    "kind" VARCHAR,
    "sourcing" VARCHAR,
    "within" VARCHAR,
    "confidence" DOUBLE,
    "sources" VARCHAR[],
    "trace" VARCHAR[]
);

CREATE TABLE history.events (
    "reading" BIGINT,
    "n" INTEGER,
    "id" VARCHAR,
    "anchor" STRUCT("start" INTEGER, "end" INTEGER, "text" VARCHAR),
    "also" STRUCT("start" INTEGER, "end" INTEGER, "text" VARCHAR, "statement" VARCHAR, "status" VARCHAR)[],
    "type" VARCHAR,
    "mode" VARCHAR[],
    "status" VARCHAR,
    "statement" VARCHAR,
    "actors" STRUCT("start" INTEGER, "end" INTEGER, "text" VARCHAR, "actor" VARCHAR, "status" VARCHAR, "statement" VARCHAR)[],
    "recipients" STRUCT("start" INTEGER, "end" INTEGER, "text" VARCHAR, "actor" VARCHAR, "status" VARCHAR, "statement" VARCHAR)[],
    "instruments" STRUCT("start" INTEGER, "end" INTEGER, "text" VARCHAR)[],
    "where" STRUCT("start" INTEGER, "end" INTEGER, "text" VARCHAR, "place" VARCHAR, "in" INTEGER)[],
    "when" STRUCT("start" VARCHAR, "end" VARCHAR, "granularity" VARCHAR, "timex" VARCHAR, "span" STRUCT("start" INTEGER, "end" INTEGER, "text" VARCHAR)),
    "contexts" VARCHAR[],
    "figures" VARCHAR[],
    "confidence" DOUBLE,
    "reasons" MAP(VARCHAR, VARCHAR),
    "sources" VARCHAR[],
    "trace" VARCHAR[]
);

CREATE TABLE history.figures (
    "reading" BIGINT,
    "n" INTEGER,
    "id" VARCHAR,
    "span" STRUCT("start" INTEGER, "end" INTEGER, "text" VARCHAR),
    "number" STRUCT("start" INTEGER, "end" INTEGER, "text" VARCHAR),
    "hedge_span" STRUCT("start" INTEGER, "end" INTEGER, "text" VARCHAR),
    "item" STRUCT("start" INTEGER, "end" INTEGER, "text" VARCHAR),
    "measure" VARCHAR,
    "low" DOUBLE,
    "high" DOUBLE,
    "hedge" VARCHAR,
    "unit" VARCHAR,
    "currency" VARCHAR,
    "population" VARCHAR,
    "scope" VARCHAR,
    "since" VARCHAR,
    "as_of" VARCHAR,
    "status" VARCHAR,
    "part_of" VARCHAR,
    "was" DOUBLE[],
    "event" VARCHAR,
    "statement" VARCHAR,
    "where" STRUCT("start" INTEGER, "end" INTEGER, "text" VARCHAR, "place" VARCHAR, "in" INTEGER)[],
    "when" STRUCT("start" VARCHAR, "end" VARCHAR, "granularity" VARCHAR, "timex" VARCHAR, "span" STRUCT("start" INTEGER, "end" INTEGER, "text" VARCHAR)),
    "confidence" DOUBLE,
    "sources" VARCHAR[],
    "trace" VARCHAR[]
);

CREATE TABLE history.actors (
    "reading" BIGINT,
    "n" INTEGER,
    "id" VARCHAR,
    "name" VARCHAR,
    "kind" VARCHAR,
    "country" VARCHAR,
    "sector" VARCHAR,
    "role" VARCHAR,
    "mentions" STRUCT("start" INTEGER, "end" INTEGER, "text" VARCHAR)[]
);

CREATE TABLE history.places (
    "reading" BIGINT,
    "n" INTEGER,
    "id" VARCHAR,
    "name" VARCHAR,
    "gazetteer_id" BIGINT,
    "latitude" DOUBLE,
    "longitude" DOUBLE,
    "admin1" VARCHAR,
    "country" VARCHAR,
    "precision" VARCHAR,
    "mentions" STRUCT("start" INTEGER, "end" INTEGER, "text" VARCHAR)[]
);

CREATE TABLE history.times (
    "reading" BIGINT,
    "n" INTEGER,
    "span" STRUCT("start" INTEGER, "end" INTEGER, "text" VARCHAR),
    "type" VARCHAR,
    "start" VARCHAR,
    "end" VARCHAR,
    "granularity" VARCHAR,
    "timex" VARCHAR,
    "mod" VARCHAR
);
