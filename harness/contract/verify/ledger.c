#include "contract/verify/ledger.h"

#include "base/list.h"
#include "base/mem.h"
#include "base/text.h"

#include <stdbool.h>
#include <string.h>

/* More of the same teaches nothing. */
enum { SHOWN_PER_RULE = 3 };

static bool is_of(const struct verify_tally *tally, const char *operation)
{
    if (tally->operation == NULL || operation == NULL) {
        return tally->operation == operation;
    }
    return strcmp(tally->operation, operation) == 0;
}

static struct verify_tally *tally_of(struct ledger *ledger, const char *operation)
{
    struct verify_result *result = ledger->result;

    for (size_t i = 0; i < result->tally_count; i++) {
        if (is_of(&result->tallies[i], operation)) {
            return &result->tallies[i];
        }
    }
    struct verify_tally *tally = list_add(result->tallies, result->tally_count);
    tally->operation = operation;
    return tally;
}

void ledger_expect(struct ledger *ledger, const char *operation)
{
    tally_of(ledger, operation);
}

void ledger_ask(struct ledger *ledger, const char *operation)
{
    tally_of(ledger, operation)->checks++;
    ledger->result->checks++;
}

void ledger_add(struct ledger *ledger, const struct finding *finding)
{
    struct verify_result *result = ledger->result;
    struct text came = {0};

    result->different++;
    tally_of(ledger, finding->operation)->different++;
    if (++ledger->counts[finding->rule] > SHOWN_PER_RULE) {
        return;
    }
    text_add(&came, finding->wrong);
    if (finding->response != NULL) {
        call_response_describe(finding->response, &came);
    }
    struct verify_difference *difference = list_add(result->differences, result->difference_count);
    difference->rule = mem_string(rule_sentence(finding->rule));
    difference->request = mem_string(finding->request);
    difference->expected = mem_string(finding->expected);
    difference->came = text_take(&came);
}

void ledger_end(struct ledger *ledger, const char *reason)
{
    if (ledger->result->ended == NULL) {
        ledger->result->ended = mem_string(reason);
    }
}
