#include "base/units.h"
#include "contract/verify/verify.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

bool verify_result_is_good(const struct verify_result *result)
{
    return result->different == 0 && result->ended == NULL;
}

void verify_result_release(struct verify_result *result)
{
    for (size_t i = 0; i < result->difference_count; i++) {
        free(result->differences[i].rule);
        free(result->differences[i].request);
        free(result->differences[i].expected);
        free(result->differences[i].came);
    }
    free(result->differences);
    free(result->tallies);
    free(result->ended);
    *result = (struct verify_result){0};
}

void verify_write_lines(const char *label, const char *lines, struct text *out)
{
    while (*lines != '\0') {
        size_t length = strcspn(lines, "\n");
        text_format(out, "   %-9s ", label);
        text_append(out, lines, length);
        text_add(out, "\n");
        lines += length + (lines[length] == '\n');
        label = "";
    }
}

static void write_difference(size_t number, const struct verify_difference *difference, struct text *out)
{
    text_format(out, "\n%zu. %s\n", number, difference->rule);
    verify_write_lines("request", difference->request, out);
    verify_write_lines("expected", difference->expected, out);
    verify_write_lines("came", difference->came, out);
}

/* ---- operation by operation ---- */

enum tally_state { STATE_FINE, STATE_NOT_FINE, STATE_NOT_TRIED };

static enum tally_state state_of(const struct verify_tally *tally)
{
    if (tally->different > 0) {
        return STATE_NOT_FINE;
    }
    return tally->checks > 0 ? STATE_FINE : STATE_NOT_TRIED;
}

static void write_tally(const struct verify_tally *tally, struct text *out)
{
    char checks[UNITS_TEXT], different[UNITS_TEXT];

    units_write_count(checks, tally->checks);
    units_write_count(different, tally->different);
    text_add(out, tally->operation != NULL ? tally->operation : "other paths");
    if (tally->different > 0) {
        text_format(out, " (%s of %s responses differ)", different, checks);
    } else if (tally->checks > 0) {
        text_format(out, " (%s)", checks);
    }
}

static void write_operations(const struct verify_result *result, struct text *out)
{
    static const char *const labels[] = {
        [STATE_FINE] = "fine", [STATE_NOT_FINE] = "not fine", [STATE_NOT_TRIED] = "not tried"};

    for (int state = STATE_FINE; state <= STATE_NOT_TRIED; state++) {
        bool any = false;
        for (size_t i = 0; i < result->tally_count; i++) {
            if (state_of(&result->tallies[i]) != (enum tally_state)state) {
                continue;
            }
            if (any) {
                text_add(out, ", ");
            } else {
                text_format(out, "   %-9s ", labels[state]);
            }
            write_tally(&result->tallies[i], out);
            any = true;
        }
        text_add(out, any ? "\n" : "");
    }
}

/* ---- the whole ---- */

/* "a", "a and b", "a, b and c" */
static void add_word(const char *word, size_t index, size_t count, struct text *out)
{
    if (index > 0) {
        text_add(out, index + 1 == count ? " and " : ", ");
    }
    text_add(out, word);
}

static void write_without(const struct verify_result *result, struct text *out)
{
    static const struct {
        unsigned bit;
        const char *words;
        const char *operations[2];
    } things[] = {
        {WITHOUT_UPSTREAM, "an upstream", {"fanOut"}},
        {WITHOUT_DATABASE, "a database", {"placeOrder", "getOrder"}},
        {WITHOUT_MODEL, "a model", {"scoreRows"}},
        {WITHOUT_TABLE, "a table", {"makeReport"}},
        {WITHOUT_ACCOUNTS, "accounts", {"logIn", "getMemberItem"}},
    };
    const char *words[8], *operations[16];
    size_t count = 0, operation_count = 0;

    for (size_t i = 0; i < sizeof things / sizeof things[0]; i++) {
        if (result->without & things[i].bit) {
            words[count++] = things[i].words;
            for (int k = 0; k < 2 && things[i].operations[k] != NULL; k++) {
                operations[operation_count++] = things[i].operations[k];
            }
        }
    }
    for (size_t i = 0; i < count; i++) {
        text_add(out, i == 0 ? "Covered less: without " : "");
        add_word(words[i], i, count, out);
    }
    for (size_t i = 0; i < operation_count; i++) {
        text_add(out, i == 0 ? " only the 503 of " : "");
        add_word(operations[i], i, operation_count, out);
    }
    text_add(out, count > 0 ? " was tried.\n" : "");
}

void verify_result_write(const struct verify_result *result, struct text *out)
{
    char checks[UNITS_TEXT];
    char different[UNITS_TEXT];

    units_write_count(checks, result->checks);
    units_write_count(different, result->different);
    if (result->different == 0) {
        text_format(out, "%s responses, no difference from the contract (seed %" PRIu64 ")\n", checks, result->seed);
    } else {
        text_format(out, "%s responses, %s differ from the contract (seed %" PRIu64 ")%s:\n", checks, different,
                    result->seed, result->difference_count < result->different ? "; the first of each rule" : "");
    }
    if (result->ended != NULL) {
        text_format(out, "Some checks were left out: %s.\n", result->ended);
    }
    write_without(result, out);
    if (result->without_statements) {
        text_add(out, "Covered less: the SQL statements of the orders were not counted.\n");
    }
    for (size_t i = 0; i < result->difference_count; i++) {
        write_difference(i + 1, &result->differences[i], out);
    }
    text_add(out, result->difference_count > 0 ? "\n" : "");
    write_operations(result, out);
}
