-- An inverted index of our own, so that search needs no extension of DuckDB.
CREATE TABLE history.search_documents (
    "document" BIGINT,
    "kind" VARCHAR,
    "report" VARCHAR,
    "record" VARCHAR,
    "words" INTEGER
);

CREATE TABLE history.search_postings (
    "term" VARCHAR,
    "document" BIGINT,
    "count" INTEGER
);
