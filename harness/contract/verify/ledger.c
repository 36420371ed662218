#include "contract/verify/ledger.h"

#include "base/list.h"
#include "base/mem.h"
#include "base/text.h"

/* More of the same teaches nothing. */
enum { SHOWN_PER_RULE = 3 };

void ledger_add(struct ledger *ledger, const struct finding *finding)
{
    struct verify_result *result = ledger->result;
    struct text came = {0};

    result->different++;
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
