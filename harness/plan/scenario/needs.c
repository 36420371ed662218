#include "plan/scenario/needs.h"

#include "base/clock.h"

static const char *const needs_keys[] = {"upstream", "database", "model", "table_rows", "accounts", NULL};
static const char *const upstream_keys[] = {"delay", "spread", "failures", "at_once", NULL};
static const char *const spreads[] = {"fixed", "exponential", NULL};
static const char *const databases[] = {"postgresql", NULL};
static const char *const models[] = {"trees", NULL};
static const char *const accounts_names[] = {"members", NULL};

/* What backends give up on a call after; a longer delay would only try that. */
static const uint64_t delay_most_ns = 2 * CLOCK_SECOND_NS;

/* More calls than a machine has connections for. */
static const int64_t at_once_most = 1000000;

/* Of the table: fewer rows than the contract reports on at least, and more than a service holds at its ease. */
static const int64_t table_rows_least = 1000;
static const int64_t table_rows_most = 1048576;

static int read_upstream(struct needs *needs, const struct json_at *at, struct error *err)
{
    struct json_at delay, spread, failures, at_once;
    int64_t most = 0;
    int choice = 0;

    if (json_check_object(at, upstream_keys, err) != 0 || json_need(at, "delay", "\"20ms\"", &delay, err) != 0 ||
        json_read_duration(&delay, &needs->upstream_delay_ns, err) != 0) {
        return -1;
    }
    if (needs->upstream_delay_ns > delay_most_ns) {
        return json_expected(&delay, err, "a time above 0 and up to 2s, after which backends give a call up");
    }
    json_find(at, "spread", &spread);
    json_find(at, "failures", &failures);
    json_find(at, "at_once", &at_once);
    if ((spread.value != NULL && json_read_choice(&spread, spreads, &choice, err) != 0) ||
        (failures.value != NULL && json_read_share(&failures, &needs->upstream_failure_share, err) != 0) ||
        (at_once.value != NULL && json_read_integer(&at_once, 1, at_once_most, &most, err) != 0)) {
        return -1;
    }
    needs->upstream_at_once = (uint64_t)most;
    needs->upstream_exponential = choice == 1;
    needs->upstream = true;
    return 0;
}

/* A key with one possible value. */
static int read_word(const struct json_at *at, const char *key, const char *const *words, bool *ret_there,
                     struct error *err)
{
    struct json_at word;
    int choice;

    json_find(at, key, &word);
    *ret_there = word.value != NULL;
    return *ret_there ? json_read_choice(&word, words, &choice, err) : 0;
}

static int read_table(struct needs *needs, const struct json_at *at, struct error *err)
{
    struct json_at rows;
    int64_t count = 0;

    json_find(at, "table_rows", &rows);
    if (rows.value != NULL && json_read_integer(&rows, table_rows_least, table_rows_most, &count, err) != 0) {
        return -1;
    }
    needs->table_rows = (uint64_t)count;
    return 0;
}

int needs_read(struct needs *needs, const struct json_at *at, struct error *err)
{
    struct json_at upstream;
    struct needs read = {0};

    if (json_check_object(at, needs_keys, err) != 0) {
        return -1;
    }
    json_find(at, "upstream", &upstream);
    if ((upstream.value != NULL && read_upstream(&read, &upstream, err) != 0) ||
        read_word(at, "database", databases, &read.database, err) != 0 ||
        read_word(at, "model", models, &read.model, err) != 0 || read_table(&read, at, err) != 0 ||
        read_word(at, "accounts", accounts_names, &read.accounts, err) != 0) {
        return -1;
    }
    if (!needs_anything(&read)) {
        return json_reject(
            at, err,
            "expected \"upstream\", \"database\", \"model\", \"table_rows\" or \"accounts\" in it; remove "
            "the key where nothing is needed");
    }
    *needs = read;
    return 0;
}

bool needs_processes(const struct needs *needs)
{
    return needs->upstream || needs->database;
}

bool needs_anything(const struct needs *needs)
{
    return needs_words(needs) != NULL;
}

const char *needs_words(const struct needs *needs)
{
    if (needs->database) {
        return "PostgreSQL";
    }
    if (needs->upstream) {
        return "an upstream";
    }
    if (needs->model) {
        return "a model";
    }
    if (needs->table_rows > 0) {
        return "a table";
    }
    return needs->accounts ? "accounts" : NULL;
}
